import { packingPartOf } from '../domain/carton.ts'
import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import type { PackagingRules } from '../ports/storefront.ts'
import type { Workshop } from './workshop.ts'

/** More products than this are published in later rounds; storefronts of that size are served by their own connectors. */
const mostProducts = 100_000

/**
 * What a storefront needs to answer "how does this travel" by itself: cartons, rules, measures. The version is a
 * hash of the content, so that publishing the same again changes nothing.
 */
export async function packagingRules(deps: Pick<Workshop, 'store' | 'system'>): Promise<PackagingRules> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const cartons = await deps.store.loadCartons()
  const { rows } = await deps.store.listProducts({ offset: 0, limit: mostProducts, sort: 'sku' })
  const content = {
    cartons: cartons.map(({ carton }) => packingPartOf(carton)),
    rules: { ...settings.packing },
    products: rows
      .map((row) => row.product)
      .filter(
        (product) => product.weightG !== undefined && (product.sizeMm !== undefined || product.volumeCm3 !== undefined),
      )
      .map((product) => ({
        sku: product.sku,
        sizeMm: product.sizeMm ?? null,
        weightG: product.weightG ?? 0,
        volumeCm3: product.volumeCm3,
        handling: product.handling,
      })),
  }
  return { version: deps.system.hasher.sha256(canonicalJson(toJson(content))).slice(0, 32), ...content }
}
