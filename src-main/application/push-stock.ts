import { freeOf } from '../domain/stock.ts'
import type { StockAnswer, Storefront } from '../ports/storefront.ts'
import { keptHolds } from './check-order.ts'
import type { Told } from './traffic.ts'
import type { Workshop } from './workshop.ts'

const ordersPerRead = 2000

export interface StockCounts {
  readonly set: number
  /** Left alone because orders came in at that very moment; the next round sets them. */
  readonly conflicts: number
  /** Levels that were another number there before; the others were right already. */
  readonly changed: number
}

interface StockPush {
  readonly connectionId: string
  readonly storefront: Pick<Storefront, 'pushStock'>
  /** What this storefront acknowledged last: only what differs from it is sent. */
  readonly told: Told
  /** Compare every level, whatever was acknowledged: finds what somebody has changed there by hand. */
  readonly isFull: boolean
  /** Takes in the orders that have come in meanwhile. */
  readonly pullOrders: () => Promise<unknown>
}

/**
 * Tells a storefront what is sellable: what is free on the shelves less what orders that wait for planning will take.
 * The last piece is never promised twice: first we ask which levels differ from ours, then the orders that came in
 * meanwhile are read, and only then a level is set, and only if it still is what it was when we asked.
 */
export async function pushStock(deps: Pick<Workshop, 'store'>, push: StockPush): Promise<StockCounts> {
  const { storefront, told } = push
  const before = await sellableAt(deps, push.connectionId)
  const known = push.isFull ? undefined : told.stock
  const toTell = [...before].filter(([sku, quantity]) => known?.get(sku) !== quantity)
  const acknowledged = new Map(known)
  const remember = (answers: readonly StockAnswer[], quantityOf: ReadonlyMap<string, number>): void => {
    for (const answer of answers) {
      if (answer.outcome === 'conflict') acknowledged.delete(answer.sku)
      else acknowledged.set(answer.sku, quantityOf.get(answer.sku) ?? 0)
    }
    told.stock = acknowledged
  }
  if (toTell.length === 0) return { set: 0, conflicts: 0, changed: 0 }
  const asked = await storefront.pushStock(toTell.map(([sku, quantity]) => ({ sku, quantity, expected: quantity })))
  remember(asked, before)
  const differing = asked.flatMap((answer) => (answer.outcome === 'conflict' ? [answer] : []))
  if (differing.length === 0) return counted(asked, [])
  await push.pullOrders()
  const now = await sellableAt(deps, push.connectionId)
  const answers = await storefront.pushStock(
    differing.map(({ sku, present }) => ({ sku, quantity: now.get(sku) ?? 0, expected: present })),
  )
  remember(answers, now)
  return counted(asked, answers)
}

const counted = (asked: readonly StockAnswer[], set: readonly StockAnswer[]): StockCounts => ({
  set: [...asked, ...set].filter((answer) => answer.outcome === 'set').length,
  conflicts: set.filter((answer) => answer.outcome === 'conflict').length,
  changed: set.filter((answer) => answer.outcome === 'set').length,
})

const messagesPerRead = 1000

/**
 * What one storefront may offer: pieces of an order that we have cancelled are not offered there again before it knows;
 * until then the customer may cancel it too, and the storefront would put the same pieces back a second time.
 */
export async function sellableAt(
  deps: Pick<Workshop, 'store'>,
  connectionId: string,
): Promise<ReadonlyMap<string, number>> {
  const sellable = new Map(await sellableNow(deps))
  const { rows } = await deps.store.listMessages({ state: 'waiting', offset: 0, limit: messagesPerRead })
  for (const { payload } of rows) {
    if (payload.kind !== 'report' || payload.connectionId !== connectionId) continue
    if (payload.report.kind !== 'cancelled' || payload.report.parcelId !== undefined) continue
    const file = await deps.store.findOrder(payload.report.orderId)
    for (const { sku, quantity } of file?.order.lines ?? [])
      if (sellable.has(sku)) sellable.set(sku, Math.max(0, (sellable.get(sku) ?? 0) - quantity))
  }
  return sellable
}

/** Pieces that may be promised to the next customer, by SKU; every product that has, or had, a place on a shelf. */
async function sellableNow(deps: Pick<Workshop, 'store'>): Promise<ReadonlyMap<string, number>> {
  const sellable = new Map<string, number>()
  for (const level of await deps.store.loadStockLevels()) {
    if (level.of === 'product') sellable.set(level.sku, (sellable.get(level.sku) ?? 0) + freeOf(level))
  }
  for (let offset = 0; ; offset += ordersPerRead) {
    const page = await deps.store.listOrders({ status: ['received', 'on-hold'], offset, limit: ordersPerRead })
    for (const { order } of page.rows) {
      // Nothing will be taken for an order that cannot be packed at all until somebody changes it.
      if (keptHolds(order.holds).some((hold) => hold.code === 'unpackable')) continue
      for (const line of order.lines) {
        if (sellable.has(line.sku))
          sellable.set(line.sku, (sellable.get(line.sku) ?? 0) - (line.quantity - line.withdrawn))
      }
    }
    if (page.rows.length < ordersPerRead) break
  }
  return new Map([...sellable].map(([sku, quantity]) => [sku, Math.max(0, quantity)]))
}
