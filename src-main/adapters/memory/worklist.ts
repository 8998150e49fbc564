import { originsOf } from '../../domain/measures.ts'
import { piecesOf } from '../../domain/order.ts'
import type { MeasuredProduct, WorklistBundle } from '../../ports/store/catalogue-store.ts'
import { isFound } from './lists.ts'
import type { MemoryState } from './state.ts'
import { compareText } from './stock.ts'

export function worklistInMemory(
  state: MemoryState,
  { since = -1, search }: { readonly since?: number | undefined; readonly search?: string | undefined },
): WorklistBundle {
  const products = [...state.products.values()].sort((a, b) => compareText(a.sku, b.sku))
  const placed = new Set([...state.levels.values()].flatMap((level) => (level.of === 'product' ? [level.sku] : [])))
  return {
    revision: state.counters.get('catalogue') ?? 0,
    total: products.length,
    changed: products
      .filter(({ sku }) => (state.revisions.get(sku) ?? 0) > since)
      .map(
        ({ sku, name, category, sizeMm, volumeCm3, weightG, measuresConfirmed, active, layers }): MeasuredProduct => ({
          ...{ sku, name, category, sizeMm, volumeCm3, weightG, measuresConfirmed, active },
          isWeightEstimated: originsOf({ layers }).weight === 'estimated',
          isSpaceEstimated: originsOf({ layers }).space === 'estimated',
          isPlaced: placed.has(sku),
        }),
      ),
    waiting: waiting(state),
    found:
      (search ?? '').trim() === ''
        ? undefined
        : products.flatMap(({ sku, gtin, name, category }) =>
            isFound(search, [sku, gtin ?? '', name, category]) ? [sku] : [],
          ),
  }
}

function waiting(state: MemoryState): WorklistBundle['waiting'] {
  const ordersBySku = new Map<string, number>()
  for (const { status, lines } of state.orders.values()) {
    if (status !== 'received' && status !== 'on-hold') continue
    for (const sku of new Set(lines.filter((line) => piecesOf(line) > 0).map((line) => line.sku)))
      ordersBySku.set(sku, (ordersBySku.get(sku) ?? 0) + 1)
  }
  return [...ordersBySku].map(([sku, orders]) => ({ sku, orders })).sort((a, b) => compareText(a.sku, b.sku))
}
