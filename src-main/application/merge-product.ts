import type { Product } from '../domain/catalogue.ts'
import type { StorefrontProduct } from '../ports/storefront.ts'

/**
 * What the storefront says about a product, laid over what we know: name, price and texts are the storefront's,
 * measures and handling are ours once staff have set them.
 */
export function mergeStorefrontProduct(known: Product | undefined, told: StorefrontProduct): Product {
  const { measures } = told
  const ours = known !== undefined && (known.measuresFrom === 'staff' || measures.weightG === undefined)
  const handling = measures.handling
  return {
    sku: told.sku,
    gtin: told.gtin ?? known?.gtin,
    name: told.name,
    description: told.description ?? known?.description ?? '',
    category: told.category ?? known?.category ?? '',
    priceMinor: told.price.minor,
    currency: told.price.currency,
    taxRate: told.taxRate,
    sizeMm: ours ? known.sizeMm : measures.sizeMm,
    volumeCm3: ours ? known.volumeCm3 : measures.volumeCm3,
    weightG: ours ? known.weightG : measures.weightG,
    measuresFrom: ours ? known.measuresFrom : 'storefront',
    handling: ours
      ? known.handling
      : {
          // A list of axes is the planning format's finest grain; the catalogue keeps the word that promises at least as much.
          orientation:
            typeof handling?.orientation === 'string' ? handling.orientation : handling?.orientation ? 'fixed' : 'any',
          maxLoadG: handling?.maxLoadG,
          class: handling?.class,
          temperature: handling?.temperature ?? 'ambient',
          alone: handling?.alone ?? false,
          ownBox: handling?.ownBox ?? false,
          fragile: handling?.fragile ?? false,
          dangerousG: handling?.dangerousG ?? 0,
          foldedMm: handling?.foldedMm ?? [],
        },
    active: true,
  }
}
