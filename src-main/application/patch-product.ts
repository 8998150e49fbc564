import { canonicalJson, toJson } from '../kernel/json.ts'
import type { MeasureLayer, Product } from '../domain/catalogue.ts'
import { spaceOf, unmeasured, withMeasures } from '../domain/measures.ts'
import type { ProductPatch } from '../ports/imports.ts'

/**
 * A product with what a file says laid over it: what the file does not speak of stays. A measure that differs from what
 * is in force is staff's word from now on; one that repeats it changes nothing, so that a catalogue that was exported,
 * given other prices and taken in again leaves the storefront its measures. A new product needs a name and a price;
 * `missing` says which the file lacks.
 */
export function productFrom(input: {
  readonly before: Product | undefined
  readonly sku: string
  readonly patch: ProductPatch
  readonly currency: string
}): { readonly product: Product; readonly missing: readonly string[] } {
  const { before, sku, patch, currency } = input
  const { name, description, category, priceMinor, taxRate, active } = patch
  const product: Product = {
    ...(before ?? unmeasured),
    sku,
    gtin: 'gtin' in patch ? patch.gtin : before?.gtin,
    name: name ?? before?.name ?? '',
    description: description ?? before?.description ?? '',
    category: category ?? before?.category ?? '',
    priceMinor: priceMinor ?? before?.priceMinor ?? 0,
    currency: patch.currency ?? before?.currency ?? currency,
    taxRate: taxRate ?? before?.taxRate ?? 0,
    active: active ?? before?.active ?? true,
  }
  const missing = before
    ? []
    : [...(name === undefined ? ['name'] : []), ...(priceMinor === undefined ? ['price'] : [])]
  return { product: withMeasures(product, 'staff', staffWord(product, patch)), missing }
}

const staffWord = (product: Product, patch: ProductPatch): MeasureLayer => ({
  space: staffSpace(product, patch),
  weightG: staffWeight(product, patch),
  handling: staffHandling(product, patch),
})

/** An empty cell takes staff's own word back; sides and volume are one measure, so one of them keeps the other's company. */
function staffSpace(product: Product, patch: ProductPatch): MeasureLayer['space'] {
  const own = product.layers.staff?.space
  const told = {
    ...('sizeMm' in patch && { sizeMm: patch.sizeMm }),
    ...('volumeCm3' in patch && { volumeCm3: patch.volumeCm3 }),
  }
  const inForce = { sizeMm: product.sizeMm, volumeCm3: product.volumeCm3 }
  if (spaceOf(told) === undefined) return own && spaceOf({ ...own, ...told })
  const becomes = { ...inForce, ...told }
  return isEqual(becomes, inForce) ? own : becomes
}

function staffWeight(product: Product, patch: ProductPatch): number | undefined {
  const own = product.layers.staff?.weightG
  if (!('weightG' in patch)) return own
  return patch.weightG === product.weightG ? own : patch.weightG
}

function staffHandling(product: Product, patch: ProductPatch): MeasureLayer['handling'] {
  const becomes = { ...product.handling, ...patch.handling }
  return isEqual(becomes, product.handling) ? product.layers.staff?.handling : becomes
}

const isEqual = (one: object, other: object): boolean => canonicalJson(toJson(one)) === canonicalJson(toJson(other))
