import type { Product } from '../domain/catalogue.ts'
import { piecesOf, type HoldReason, type OrderLine } from '../domain/order.ts'

/**
 * What keeps an order from being planned, by looking at it and at the catalogue alone: every SKU known, every
 * product with a weight and either sides or a volume, an address unless it is collected. In order of lines.
 */
export function holdsOf(
  order: { readonly lines: readonly OrderLine[]; readonly hasAddress: boolean },
  productBySku: ReadonlyMap<string, Product>,
): readonly HoldReason[] {
  const holds: HoldReason[] = []
  if (!order.hasAddress) holds.push({ code: 'missing-address', facts: {} })
  if (order.lines.every((line) => piecesOf(line) <= 0)) holds.push({ code: 'nothing-left', facts: {} })
  for (const line of order.lines) {
    const product = productBySku.get(line.sku)
    if (!product) holds.push({ code: 'unknown-sku', facts: { sku: line.sku } })
    else if (product.weightG === undefined)
      holds.push({ code: 'missing-measures', facts: { sku: line.sku, missing: 'weight' } })
    else if (product.sizeMm === undefined && product.volumeCm3 === undefined) {
      holds.push({ code: 'missing-measures', facts: { sku: line.sku, missing: 'size' } })
    }
  }
  return holds
}

/**
 * Holds that a person or a failed plan has set; looking again at the catalogue does not lift them. Stock that was short
 * is not among them: the next plan finds out whether it still is.
 */
export const keptHolds = (holds: readonly HoldReason[]): readonly HoldReason[] =>
  holds.filter((hold) => hold.code === 'by-hand' || hold.code === 'unpackable' || hold.code === 'no-carrier')
