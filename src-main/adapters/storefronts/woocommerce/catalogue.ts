import { AppError } from '../../../kernel/errors.ts'
import { shapedAnswer } from './answer-of.ts'
import type { IdLists } from './id-list.ts'
import { productFields, wireProduct, type WireProduct } from './wire.ts'
import type { WooHost } from './woo-host.ts'

/** A product without variations, or one variation: what a customer can put into a cart. */
export interface UnitRef {
  readonly productId: number
  /** 0 = none. */
  readonly variationId: number
  /** What the shop answers as its SKU, perhaps its parent's. */
  readonly sku: string
}

export interface SoldUnit {
  readonly id: number
  readonly sku: string
  /** Undefined for a product that is in the bin, or gone. */
  readonly product: WireProduct | undefined
}

export interface Catalogue {
  /** The named units by their id, each with the SKU by which we know it. */
  unitsOf(refs: readonly UnitRef[]): Promise<ReadonlyMap<number, SoldUnit>>
  /** The products that store one of these SKUs themselves. */
  withSkus(skus: readonly string[]): Promise<readonly WireProduct[]>
  /** Products by id, variations left out: they are not in the shop's list. */
  products(ids: readonly number[]): Promise<readonly WireProduct[]>
  /** The variations of a product; none for a product that is gone. */
  variations(productId: number, ids?: readonly number[]): Promise<readonly WireProduct[]>
  /** One product or variation by its id. */
  find(id: number): Promise<WireProduct | undefined>
}

const skusPerCall = 50
const idsPerCall = 100

export const unitIdOf = ({ productId, variationId }: Pick<UnitRef, 'productId' | 'variationId'>): number =>
  variationId || productId

/** Grouped products are their parts, external ones are sold elsewhere, variable ones are their variations. */
export const isSoldItself = ({ type }: WireProduct): boolean =>
  !type.startsWith('variable') && type !== 'grouped' && type !== 'external'

/** Several SKUs are asked for with commas between them: one with a comma in it cannot be. */
const canAskFor = (sku: string): boolean => sku !== '' && !sku.includes(',')

/** The SKU of a unit that has none of its own. */
export const ownSku = (id: number): string => `woo-${id}`

export function skuOfUnit(unit: { readonly id: number; readonly sku: string }, stored: readonly WireProduct[]): string {
  if (!canAskFor(unit.sku)) return ownSku(unit.id)
  const same = stored.filter(({ sku }) => sku === unit.sku)
  // Nobody stores it any more: the product is in the bin, and its SKU is still the best name for it.
  if (same.length === 0) return unit.sku
  const owner = same.filter(isSoldItself).reduce((least, { id }) => Math.min(least, id), Infinity)
  return owner === unit.id ? unit.sku : ownSku(unit.id)
}

/**
 * What the shop sells, by our SKU. WooCommerce's own is neither always there nor unique: variations answer with their
 * parent's, and imports bring doubles. The unit with the lowest id keeps a SKU, so that a double that comes later
 * renames nothing; every other one is `woo-<id>`.
 */
export function catalogueOf(host: WooHost, lists: IdLists): Catalogue {
  const list = async (path: string, query: Readonly<Record<string, string>>): Promise<readonly WireProduct[]> => {
    const rows = await lists.readAll({ path, query: { ...query, _fields: productFields } })
    return rows.map((row) => shapedAnswer(host, path, { json: row, schema: wireProduct }))
  }
  const inChunks = async (
    values: readonly string[],
    size: number,
    read: (chunk: string) => Promise<readonly WireProduct[]>,
  ): Promise<readonly WireProduct[]> => {
    const all: WireProduct[] = []
    for (let start = 0; start < values.length; start += size) {
      all.push(...(await read(values.slice(start, start + size).join(','))))
    }
    return all
  }
  const catalogue: Catalogue = {
    withSkus: (skus) =>
      inChunks([...new Set(skus.filter(canAskFor))], skusPerCall, (sku) => list('wc/v3/products', { sku })),
    products: (ids) => inChunks(ids.map(String), idsPerCall, (include) => list('wc/v3/products', { include })),
    async variations(productId, ids) {
      const path = `wc/v3/products/${productId}/variations`
      try {
        const found = await list(path, ids ? { include: ids.join(',') } : {})
        // Older versions say neither type nor parent.
        return found.map((product) => ({ ...product, type: 'variation', parent_id: productId }))
      } catch (error) {
        if (error instanceof AppError && error.details['what'] === 'not-found') return []
        throw error
      }
    },
    async find(id) {
      const path = `wc/v3/products/${id}`
      const query = { _fields: productFields }
      const { status, json } = await host.call({ method: 'GET', path, query, alsoAccept: [404] })
      return status === 404 ? undefined : shapedAnswer(host, path, { json, schema: wireProduct })
    },
    async unitsOf(refs) {
      const known = new Map(refs.map((ref) => [unitIdOf(ref), ref]))
      const stored = await catalogue.withSkus([...known.values()].map(({ sku }) => sku))
      const productById = new Map(stored.filter(({ id }) => known.has(id)).map((product) => [product.id, product]))
      const missing = [...known.values()].filter((ref) => !productById.has(unitIdOf(ref)))
      for (const product of await readMissing(catalogue, missing)) productById.set(product.id, product)
      return new Map(
        [...known].map(([id, ref]) => [
          id,
          { id, sku: skuOfUnit({ id, sku: ref.sku }, stored), product: productById.get(id) },
        ]),
      )
    },
  }
  return catalogue
}

async function readMissing(catalogue: Catalogue, missing: readonly UnitRef[]): Promise<readonly WireProduct[]> {
  const plain = missing.filter(({ variationId }) => variationId === 0)
  const found = [...(plain.length > 0 ? await catalogue.products(plain.map(({ productId }) => productId)) : [])]
  const byParent = Map.groupBy(
    missing.filter(({ variationId }) => variationId !== 0),
    ({ productId }) => productId,
  )
  for (const [parentId, refs] of byParent) {
    found.push(
      ...(await catalogue.variations(
        parentId,
        refs.map(({ variationId }) => variationId),
      )),
    )
  }
  return found
}
