import type { Handling, MeasureLayer, Product } from '../domain/catalogue.ts'
import { unmeasured, usualHandling, withMeasures } from '../domain/measures.ts'
import type { Measures, StorefrontProduct } from '../ports/storefront.ts'

/**
 * What the storefront says about a product, laid over what we know: name, price and texts are the storefront's; its
 * measures replace what a storefront said before and nothing that staff have said. Where other listings sell the same
 * SKU (`isListedElsewhere`), silence takes nothing back: one of them may know what the other does not.
 */
export function mergeStorefrontProduct(
  known: Product | undefined,
  told: StorefrontProduct,
  isListedElsewhere = false,
): Product {
  const said = layerOf(told.measures)
  const product: Product = {
    ...(known ?? unmeasured),
    sku: told.sku,
    gtin: told.gtin ?? known?.gtin,
    name: told.name,
    description: told.description ?? known?.description ?? '',
    category: told.category ?? known?.category ?? '',
    priceMinor: told.price.minor,
    currency: told.price.currency,
    taxRate: told.taxRate,
    active: true,
  }
  return withMeasures(product, 'storefront', isListedElsewhere ? { ...known?.layers.storefront, ...said } : said)
}

function layerOf({ sizeMm, volumeCm3, weightG, handling }: Measures): MeasureLayer {
  const hasSpace = sizeMm !== undefined || volumeCm3 !== undefined
  return {
    ...(hasSpace && { space: { sizeMm, volumeCm3 } }),
    ...(weightG !== undefined && { weightG }),
    ...(handling && { handling: handlingOf(handling) }),
  }
}

const handlingOf = (told: NonNullable<Measures['handling']>): Handling => ({
  // A list of axes is the planning format's finest grain; the catalogue keeps the word that promises at least as much.
  orientation: typeof told.orientation === 'string' ? told.orientation : told.orientation ? 'fixed' : 'any',
  maxLoadG: told.maxLoadG,
  class: told.class,
  temperature: told.temperature ?? usualHandling.temperature,
  alone: told.alone ?? usualHandling.alone,
  ownBox: told.ownBox ?? usualHandling.ownBox,
  fragile: told.fragile ?? usualHandling.fragile,
  dangerousG: told.dangerousG ?? usualHandling.dangerousG,
  foldedMm: told.foldedMm ?? usualHandling.foldedMm,
})
