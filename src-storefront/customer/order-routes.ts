import type { Hono } from 'hono'
import { eventsPage, orderPage } from '../pages/order-page.ts'
import { ordersPage } from '../pages/orders-page.ts'
import { statusText } from '../pages/status-words.ts'
import { cartAnswer, basketOf, putCart } from '../shop/basket.ts'
import { cancelOrder } from '../shop/cancel-order.ts'
import { amountOf } from '../shop/money.ts'
import { orderEvents, orderProgress } from '../shop/order-view.ts'
import type { Shop } from '../shop/shop.ts'
import { instantText } from '../shop/wire-order.ts'
import { readCart } from '../store/customers.ts'
import { linesOf, ordersOfUser, packagesOf, type OrderRow } from '../store/orders.ts'
import type { Words } from '../translations/words.ts'
import { postOrder } from './checkout-routes.ts'
import type { Desk } from './desk.ts'
import { bodyOf, wantsJson } from './http.ts'
import { ownOrder, readableOrder, viewOf } from './order-reader.ts'

export function orderRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  app.get('/orders', (c) => {
    const words = desk.words(c)
    const rows = ordersOfUser(shop.db, desk.session(c).customer.user_id)
    const orders = rows.map((row) => orderSummary(shop, row, words))
    return desk.answer(c, { orders }, (frame) => ordersPage(frame, { orders }))
  })
  app.post('/orders', (c) => postOrder(desk, c))
  app.get('/orders/:id', (c) => {
    const order = viewOf(desk, c, readableOrder(desk, c))
    const facts = { isJustPlaced: c.req.query('thanks') !== undefined, now: instantText(shop.clock.now()) }
    return desk.answer(c, order, (frame) => orderPage(frame, order, facts))
  })
  app.get('/orders/:id/events', (c) => {
    const order = readableOrder(desk, c)
    const events = [...orderEvents(shop, order.row, desk.words(c))]
    const answer = { orderId: order.row.id, events }
    return desk.answer(c, answer, (frame) => eventsPage(frame, viewOf(desk, c, order), events))
  })
  app.post('/orders/:id/cancel', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) desk.sessionOfForm(c, body.form)
    const { row } = ownOrder(desk, c)
    cancelOrder(shop, row)
    return wantsJson(c) ? c.json(viewOf(desk, c, ownOrder(desk, c))) : c.redirect(`/orders/${row.id}`, 303)
  })
  app.post('/orders/:id/again', async (c) => {
    const body = await bodyOf(c)
    const session = 'form' in body ? desk.sessionOfForm(c, body.form) : desk.session(c)
    const left = orderAgain(shop, session.customer.user_id, readableOrder(desk, c).row)
    if (!wantsJson(c)) return c.redirect(left.length === 0 ? '/cart' : '/cart?left', 303)
    return c.json({ cart: cartAnswer(shop, basketOf(shop, session.customer.user_id)), left })
  })
}

function orderSummary(shop: Shop, row: OrderRow, words: Words) {
  const { status, isPartly } = orderProgress(row, packagesOf(shop.db, row.id))
  return {
    id: row.id,
    number: String(row.number),
    status,
    statusText: statusText(status, { isPartly }, words),
    placedAt: instantText(row.placed_at),
    total: amountOf(row.total_minor, row.currency),
    href: `/orders/${row.id}`,
  }
}

const mostLines = 100
const mostPieces = 999

/** Puts the lines of an order into the basket, beside what is there; returns what the shop sells no more. */
function orderAgain(shop: Shop, userId: string, row: OrderRow) {
  const quantities = new Map(readCart(shop.db, userId).map(({ sku, quantity }) => [sku, quantity]))
  const left: { sku: string; name: string; quantity: number }[] = []
  for (const { sku, name, quantity } of linesOf(shop.db, row.id)) {
    const isFull = quantities.size >= mostLines && !quantities.has(sku)
    if (shop.products.find(sku)?.active !== true || isFull) left.push({ sku, name, quantity })
    else quantities.set(sku, Math.min(mostPieces, (quantities.get(sku) ?? 0) + quantity))
  }
  const lines = [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
  putCart(
    shop,
    userId,
    lines.filter(({ sku }) => shop.products.find(sku)?.active === true),
  )
  return left
}
