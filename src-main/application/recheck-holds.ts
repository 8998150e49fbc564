import type { Order } from '../domain/order.ts'
import { auditEntry } from './audit.ts'
import { holdsOf, keptHolds } from './check-order.ts'
import { fulfil } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

/** Orders looked at in one go; a shop with more on hold looks again with the next import. */
const mostOnHold = 2000

/**
 * Looks again at every order on hold, after the catalogue has changed: what is mended goes back to `received`,
 * the rest says what is still missing. Answers how many were released.
 */
export async function recheckHolds(deps: Pick<Workshop, 'store' | 'system'>, caller: Caller): Promise<number> {
  const settings = await deps.store.findSettings()
  const page = await deps.store.listOrders({ status: ['on-hold'], offset: 0, limit: mostOnHold })
  const products = await deps.store.loadProducts([
    ...new Set(page.rows.flatMap((row) => row.order.lines.map((line) => line.sku))),
  ])
  const productBySku = new Map(products.map((product) => [product.sku, product]))
  let released = 0
  for (const { order } of page.rows) {
    // Whether there is an address was decided at intake from the sealed data; it does not change by itself.
    const hasAddress = !order.holds.some((hold) => hold.code === 'missing-address')
    const holds = [...keptHolds(order.holds), ...holdsOf({ lines: order.lines, hasAddress }, productBySku)]
    if (JSON.stringify(holds) === JSON.stringify(order.holds)) continue
    const changed: Order = { ...order, holds }
    const at = deps.system.clock.now()
    const done = await fulfil(deps, caller, {
      orders: [changed],
      parcels: [],
      happenings: holds.length === 0 ? [{ orderId: order.id, status: 'received', at }] : [],
      undoMs: settings?.undoMs ?? 0,
    })
    if (holds.length === 0) released += 1
    await deps.store.saveOrderChange({
      ...done,
      movements: [],
      audit: auditEntry(deps.system, caller, { action: 'recheck-hold', entity: 'order', entityId: order.id }),
    })
  }
  return released
}
