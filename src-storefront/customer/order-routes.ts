import type { Context, Hono } from 'hono'
import { eventsPage, orderPage, ordersPage } from '../pages/order-pages.ts'
import { statusText } from '../pages/status-words.ts'
import { Refusal } from '../refusal.ts'
import { cancelOrder } from '../shop/cancel-order.ts'
import { amountOf } from '../shop/money.ts'
import { orderAnswer, orderEvents, orderProgress } from '../shop/order-view.ts'
import { placeOrder } from '../shop/place-order.ts'
import { instantText } from '../shop/wire-order.ts'
import { findOrder, ordersOfUser, packagesOf, type OrderRow } from '../store/orders.ts'
import { orderFromForm } from './forms.ts'
import { bodyOf, read, wantsJson } from './http.ts'
import type { Desk } from './routes.ts'
import { orderRequest } from './schemas.ts'

export function orderRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  app.get('/orders', (c) => {
    const orders = ordersOfUser(shop.db, desk.session(c).customer.user_id).map((row) => orderSummary(desk, row))
    return desk.answer(c, { orders }, (frame) => ordersPage(frame, { orders }))
  })
  app.post('/orders', (c) => postOrder(desk, c))
  app.get('/orders/:id', (c) => {
    const order = orderAnswer(shop, ownOrder(desk, c))
    return desk.answer(c, order, (frame) => orderPage(frame, order))
  })
  app.get('/orders/:id/events', (c) => {
    const row = ownOrder(desk, c)
    const events = [...orderEvents(shop, row)]
    return desk.answer(c, { orderId: row.id, events }, (frame) => eventsPage(frame, orderAnswer(shop, row), events))
  })
  app.post('/orders/:id/cancel', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) desk.sessionOfForm(c, body.form)
    const row = ownOrder(desk, c)
    cancelOrder(shop, row)
    return wantsJson(c) ? c.json(orderAnswer(shop, ownOrder(desk, c))) : c.redirect(`/orders/${row.id}`, 303)
  })
}

async function postOrder(desk: Desk, c: Context): Promise<Response> {
  const { shop } = desk
  const body = await bodyOf(c)
  const { customer } = 'form' in body ? desk.sessionOfForm(c, body.form) : desk.session(c)
  const request = read(orderRequest, 'form' in body ? orderFromForm(body.form) : body.json)
  const key = 'form' in body ? body.form['idempotencyKey'] : c.req.header('idempotency-key')
  if (key === undefined || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal(422, 'missing', { details: { path: 'Idempotency-Key', expected: '1 to 200 visible signs' } })
  }
  const { orderId, isReplay } = placeOrder(shop, customer, { key, request })
  const row = findOrder(shop.db, orderId)
  if (row === undefined) throw new Refusal(404, 'order-not-found')
  c.header('Location', `/orders/${orderId}`)
  if (!wantsJson(c)) return c.redirect(`/orders/${orderId}`, 303)
  if (isReplay) c.header('Idempotent-Replayed', 'true')
  return c.json(orderAnswer(shop, row, { asPlaced: true }), 201)
}

/** Somebody else's order looks exactly like one that does not exist. */
function ownOrder({ shop, session }: Desk, c: Context): OrderRow {
  const row = findOrder(shop.db, c.req.param('id') ?? '')
  if (row === undefined || row.user_id !== session(c).customer.user_id) throw new Refusal(404, 'order-not-found')
  return row
}

function orderSummary({ shop }: Desk, row: OrderRow) {
  const { status, isPartly } = orderProgress(row, packagesOf(shop.db, row.id))
  return {
    id: row.id,
    number: String(row.number),
    status,
    statusText: statusText(status, { isPartly }),
    placedAt: instantText(row.placed_at),
    total: amountOf(row.total_minor, row.currency),
    href: `/orders/${row.id}`,
  }
}
