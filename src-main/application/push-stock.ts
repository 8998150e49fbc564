import { freeOf } from '../domain/stock.ts'
import type { Storefront } from '../ports/storefront.ts'
import { keptHolds } from './check-order.ts'
import type { Workshop } from './workshop.ts'

const mostWaiting = 5000

/**
 * Tells a storefront what is sellable: what is free on the shelves less what orders that wait for planning will take.
 * A conflict (orders came in between) is left alone: the next round knows those orders.
 */
export async function pushStock(
  deps: Pick<Workshop, 'store'>,
  storefront: Storefront,
): Promise<{ readonly set: number; readonly conflicts: number }> {
  const levels = await deps.store.loadStockLevels()
  const sellable = new Map<string, number>()
  for (const level of levels)
    if (level.of === 'product') sellable.set(level.sku, (sellable.get(level.sku) ?? 0) + freeOf(level))
  const waiting = await deps.store.listOrders({ status: ['received', 'on-hold'], offset: 0, limit: mostWaiting })
  for (const { order } of waiting.rows) {
    if (keptHolds(order.holds).some((hold) => hold.code === 'unpackable')) continue
    for (const line of order.lines)
      sellable.set(line.sku, (sellable.get(line.sku) ?? 0) - (line.quantity - line.withdrawn))
  }
  const answers = await storefront.pushStock(
    [...sellable].map(([sku, quantity]) => ({ sku, quantity: Math.max(0, quantity) })),
  )
  return {
    set: answers.filter((answer) => answer.outcome === 'set').length,
    conflicts: answers.filter((answer) => answer.outcome === 'conflict').length,
  }
}
