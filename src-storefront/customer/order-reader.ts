import type { Context } from 'hono'
import { Refusal } from '../refusal.ts'
import { orderAnswer } from '../shop/order-view.ts'
import { findOrder, type OrderRow } from '../store/orders.ts'
import { findAccess, type AccessWay } from '../store/order-access.ts'
import type { Desk } from './desk.ts'
import type { OrderAnswer } from './schemas.ts'

export interface ReadableOrder {
  readonly row: OrderRow
  readonly access: 'owner' | AccessWay
}

/** An order that this session may read. Somebody else's looks exactly like one that does not exist. */
export function readableOrder({ shop, session }: Desk, c: Context): ReadableOrder {
  const { customer, tokenHash } = session(c)
  const row = findOrder(shop.db, c.req.param('id') ?? '')
  if (row === undefined) throw new Refusal(404, 'order-not-found')
  if (row.user_id === customer.user_id) return { row, access: 'owner' }
  const access = findAccess(shop.db, tokenHash, row.id)
  if (access === undefined) throw new Refusal(404, 'order-not-found')
  return { row, access }
}

/** One that this session may change too: its own, or one whose link it opened. */
export function ownOrder(desk: Desk, c: Context): ReadableOrder {
  const order = readableOrder(desk, c)
  if (order.access === 'look-up') throw new Refusal(404, 'order-not-found')
  return order
}

export const viewOf = (desk: Desk, c: Context, { row, access }: ReadableOrder): OrderAnswer =>
  orderAnswer(desk.shop, row, { words: desk.words(c), access })
