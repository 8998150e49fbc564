import { tellOrder } from '../mail/tell-order.ts'
import { Refusal } from '../refusal.ts'
import { insertEvent, linesOf, packagesOf, setState, type OrderRow } from '../store/orders.ts'
import { forgetIfErased } from './erasure.ts'
import type { Shop } from './shop.ts'

/** A customer may cancel until the first piece is picked. */
export const canBeCancelled = (shop: Shop, order: OrderRow): boolean =>
  (order.status === 'open' || order.status === 'on-hold') &&
  packagesOf(shop.db, order.id).every(({ status }) => status === 'planned' || status === 'cancelled')

/** Cancels, gives the pieces back to the shelf, and tells the back office through its feed. */
export function cancelOrder(shop: Shop, order: OrderRow): void {
  const now = shop.clock.now()
  const cancel = shop.db.transaction(() => {
    if (!canBeCancelled(shop, order)) throw new Refusal(409, 'too-late-to-cancel')
    for (const line of linesOf(shop.db, order.id)) shop.products.giveBack(line.sku, line.quantity)
    const event = { order_id: order.id, parcel_id: null, kind: 'cancelled' as const, sequence: order.shop_sequence }
    insertEvent(shop.db, { ...event, at: now, reason: 'by-customer', tracking: null })
    shop.db.prepare("UPDATE customer_order SET shop_kind = 'cancelled', shop_at = ? WHERE id = ?").run(now, order.id)
    shop.db.prepare("UPDATE package SET status = 'cancelled', at = ? WHERE order_id = ?").run(now, order.id)
    setState(shop.db, order.id, { state: 'cancelled', nowMs: now, isNews: true })
    tellOrder(shop, order, { kind: 'cancelled' })
    forgetIfErased(shop, order.user_id)
  })
  cancel.immediate()
  shop.news.announce()
}
