import type { Handling, Product } from '../domain/catalogue.ts'
import type { ProductPatch } from '../ports/imports.ts'

/** How a product wants to be packed as long as nobody has said anything about it. */
const usualHandling: Handling = {
  orientation: 'any',
  temperature: 'ambient',
  alone: false,
  ownBox: false,
  fragile: false,
  dangerousG: 0,
  foldedMm: [],
}

/**
 * A product with what a file says laid over it: what the file does not speak of stays. A new product needs a name and a
 * price; `missing` says which the file lacks.
 */
export function productFrom(input: {
  readonly before: Product | undefined
  readonly sku: string
  readonly patch: ProductPatch
  readonly currency: string
}): { readonly product: Product; readonly missing: readonly string[] } {
  const { before, sku, patch, currency } = input
  const { handling, name, description, category, priceMinor, taxRate, measuresFrom, active, ...optional } = patch
  const product: Product = {
    ...before,
    ...optional,
    sku,
    name: name ?? before?.name ?? '',
    description: description ?? before?.description ?? '',
    category: category ?? before?.category ?? '',
    priceMinor: priceMinor ?? before?.priceMinor ?? 0,
    currency: patch.currency ?? before?.currency ?? currency,
    taxRate: taxRate ?? before?.taxRate ?? 0,
    measuresFrom: measuresFrom ?? before?.measuresFrom ?? 'staff',
    handling: { ...(before?.handling ?? usualHandling), ...handling },
    active: active ?? before?.active ?? true,
  }
  const missing = before
    ? []
    : [...(name === undefined ? ['name'] : []), ...(priceMinor === undefined ? ['price'] : [])]
  return { product, missing }
}
