import { freeOf } from '../domain/stock.ts'
import type { StockAnswer, Storefront } from '../ports/storefront.ts'
import { keptHolds } from './check-order.ts'
import type { Workshop } from './workshop.ts'

const mostWaiting = 5000

export interface StockCounts {
  readonly set: number
  /** Left alone because orders came in at that very moment; the next round sets them. */
  readonly conflicts: number
}

/**
 * Tells a storefront what is sellable: what is free on the shelves less what orders that wait for planning will take.
 * The last piece is never promised twice: first we ask which levels differ from ours, then the orders that came in
 * meanwhile are read, and only then a level is set, and only if it still is what it was when we asked.
 */
export async function pushStock(
  deps: Pick<Workshop, 'store'>,
  storefront: Pick<Storefront, 'pushStock'>,
  pullOrders: () => Promise<unknown>,
): Promise<StockCounts> {
  const before = await sellableNow(deps)
  const asked = await storefront.pushStock(
    [...before].map(([sku, quantity]) => ({ sku, quantity, expected: quantity })),
  )
  const differing = asked.flatMap((answer) => (answer.outcome === 'conflict' ? [answer] : []))
  if (differing.length === 0) return counted(asked, [])
  await pullOrders()
  const now = await sellableNow(deps)
  const answers = await storefront.pushStock(
    differing.map(({ sku, present }) => ({ sku, quantity: now.get(sku) ?? 0, expected: present })),
  )
  return counted(asked, answers)
}

const counted = (asked: readonly StockAnswer[], set: readonly StockAnswer[]): StockCounts => ({
  set: [...asked, ...set].filter((answer) => answer.outcome === 'set').length,
  conflicts: set.filter((answer) => answer.outcome === 'conflict').length,
})

async function sellableNow(deps: Pick<Workshop, 'store'>): Promise<ReadonlyMap<string, number>> {
  const sellable = new Map<string, number>()
  for (const level of await deps.store.loadStockLevels()) {
    if (level.of === 'product') sellable.set(level.sku, (sellable.get(level.sku) ?? 0) + freeOf(level))
  }
  const waiting = await deps.store.listOrders({ status: ['received', 'on-hold'], offset: 0, limit: mostWaiting })
  for (const { order } of waiting.rows) {
    // Nothing will be taken for an order that cannot be packed at all until somebody changes it.
    if (keptHolds(order.holds).some((hold) => hold.code === 'unpackable')) continue
    for (const line of order.lines) {
      if (sellable.has(line.sku))
        sellable.set(line.sku, (sellable.get(line.sku) ?? 0) - (line.quantity - line.withdrawn))
    }
  }
  return new Map([...sellable].map(([sku, quantity]) => [sku, Math.max(0, quantity)]))
}
