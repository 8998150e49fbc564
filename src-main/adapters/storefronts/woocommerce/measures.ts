import type { Measures } from '../../../ports/storefront.ts'
import { measuredOf } from './amounts.ts'
import type { ShopSettings } from './shop-facts.ts'
import type { WireProduct } from './wire.ts'

/**
 * Grams and millimetres from the shop's units, rounded, at least 1. An empty field and a zero are both unknown; a size
 * is known only when all three sides are. What is written is believed here: 35 kg of tea are found suspicious later.
 */
export function measuresOf(product: WireProduct, settings: ShopSettings): Measures {
  const weight = measuredOf(product.weight)
  const sides = [product.dimensions?.length, product.dimensions?.width, product.dimensions?.height].map((side) => {
    const value = measuredOf(side)
    return value === undefined ? undefined : Math.max(1, Math.round(value * settings.millimetresPerUnit))
  })
  const [length, width, height] = sides
  const isWhole = length !== undefined && width !== undefined && height !== undefined
  return {
    ...(weight !== undefined && { weightG: Math.max(1, Math.round(weight * settings.gramsPerUnit)) }),
    ...(isWhole && { sizeMm: [length, width, height] as const }),
  }
}
