import { ordersWithStatus, pageOf, WireError, type Listed } from './lists.ts'
import type { Answer, Call, Routes } from './routes.ts'
import { legalStatuses, takeId, type Meta, type Order } from './shop.ts'
import { upsertMeta } from './verbs.ts'
import { fulfilmentWire, noteWire, orderWire, refundWire, withFields, type Wire } from './wire.ts'

const listed = (list: Listed): Answer => ({ body: list.rows, list })

function orderOf({ shop, ids }: Call, status: number): Order {
  const order = shop.orders.get(ids[0] ?? 0)
  if (!order) throw new WireError(status, 'woocommerce_rest_shop_order_invalid_id', { message: 'Invalid ID.' })
  return order
}

/** Later versions send only the fields of plugins that are asked for by `include_meta`; older ones do not know it. */
function wireFor({ shop, query }: Call, order: Order): Wire {
  const wire = orderWire(shop, order)
  const wanted = query.get('include_meta')?.split(',')
  if (!wanted || shop.options.version === '7.9') return wire
  return { ...wire, meta_data: order.meta.filter(({ key }) => wanted.includes(key)) }
}

const answered = (call: Call, order: Order): Answer => ({
  body: withFields(wireFor(call, order), call.query.get('_fields')),
})

export const orderRoutes: Routes = {
  'GET orders': (call) => {
    const { shop, query } = call
    const words = query.get('search')
    const rows = ordersWithStatus(shop, query).filter(
      ({ billing }) => words === null || Object.values(billing).some((value) => value.includes(words)),
    )
    return listed(pageOf(shop, query, { rows, wire: (order) => wireFor(call, order) }))
  },
  'GET orders/#': (call) => answered(call, orderOf(call, 404)),
  // An unknown order is a bad request here, not a missing one.
  'PUT orders/#': (call) => {
    const order = orderOf(call, 400)
    writeOrder(call, order)
    return answered(call, order)
  },
  // Nothing to do is answered by an empty list; the right to write was asked for before.
  'POST orders/batch': (call) => {
    const updates = call.body['update']
    if (!Array.isArray(updates) || updates.length === 0) return { body: [] }
    return {
      body: {
        update: updates.map((update: Record<string, unknown>) => {
          const order = call.shop.orders.get(Number(update['id']))
          if (!order) return invalidId(Number(update['id']))
          writeOrder({ ...call, body: update }, order)
          return orderWire(call.shop, order)
        }),
      },
    }
  },
  'GET orders/#/refunds': (call) => {
    const order = orderOf(call, 404)
    const rows = order.refunds.map((refund) => ({ ...refund, modifiedAt: refund.at, createdAt: refund.at }))
    return listed(pageOf(call.shop, call.query, { rows, wire: (refund) => refundWire(call.shop, refund) }))
  },
  // Never paged: every note comes, the newest first.
  'GET orders/#/notes': (call) => {
    const notes = [...orderOf(call, 404).notes].reverse()
    const type = call.query.get('type') ?? 'any'
    const kept = notes.filter(({ isForCustomer }) => type === 'any' || isForCustomer === (type === 'customer'))
    return { body: kept.map((note) => withFields(noteWire(call.shop, note), call.query.get('_fields'))) }
  },
  'POST orders/#/notes': (call) => {
    const order = orderOf(call, 404)
    const text = call.body['note']
    if (typeof text !== 'string' || text === '') throw missing('note')
    const isForCustomer = call.body['customer_note'] === true
    const id = call.verbs.addNote(order.id, text, isForCustomer)
    const note = order.notes.find((known) => known.id === id)
    return { status: 201, body: note && noteWire(call.shop, note) }
  },
  'DELETE orders/#/notes/#': (call) => {
    const order = orderOf(call, 404)
    const at = order.notes.findIndex(({ id }) => id === call.ids[1])
    const [note] = at < 0 ? [] : order.notes.splice(at, 1)
    if (!note) throw new WireError(404, 'woocommerce_rest_invalid_id', { message: 'Invalid resource ID.' })
    return { body: noteWire(call.shop, note) }
  },
  'GET orders/#/fulfillments': (call) => {
    const order = withFulfilments(call)
    const living = order.fulfilments.filter(({ deletedAt }) => deletedAt === undefined)
    return { body: living.map((fulfilment) => fulfilmentWire(order, fulfilment)) }
  },
  'POST orders/#/fulfillments': (call) => {
    const order = withFulfilments(call)
    const meta = metaOf(call.body['meta_data'])
    checkItems(order, meta)
    const given = {
      status: String(call.body['status'] ?? 'unfulfilled'),
      isFulfilled: call.body['is_fulfilled'] === true,
      meta: meta.map((entry) => ({ ...entry, id: takeId(call.shop) })),
    }
    const isTold = call.body['notify_customer'] === true || call.query.get('notify_customer') === 'true'
    const fulfilment = call.verbs.addFulfilment(order.id, given, isTold)
    return { status: 201, body: fulfilmentWire(order, fulfilment) }
  },
}

const invalidId = (id: number) => ({
  id,
  error: { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 400 } },
})

const missing = (name: string): WireError =>
  new WireError(400, 'rest_missing_callback_param', { message: `Missing parameter(s): ${name}`, params: [name] })

function metaOf(value: unknown): readonly Meta[] {
  return Array.isArray(value) ? value.filter((entry): entry is Meta => typeof entry?.key === 'string') : []
}

function writeOrder({ shop, verbs, body }: Call, order: Order): void {
  const status = body['status']
  if (typeof status === 'string' && !legalStatuses(shop).includes(status)) {
    throw new WireError(400, 'rest_invalid_param', { message: 'Invalid parameter(s): status', params: { status: '' } })
  }
  const meta = metaOf(body['meta_data'])
  for (const entry of meta) upsertMeta(shop, order.meta, entry)
  if (meta.length > 0) verbs.touch(order, 'body')
  if (typeof status === 'string') verbs.setStatus(order.id, status)
}

function withFulfilments(call: Call): Order {
  if (!call.shop.options.hasFulfilments) {
    throw new WireError(404, 'rest_no_route', { message: 'No route was found matching the URL and request method.' })
  }
  return orderOf(call, 404)
}

/** Items must be the order's own and no more than it has (checked before anything is stored). */
function checkItems(order: Order, meta: readonly Meta[]): void {
  const items = meta.find(({ key }) => key === '_items')?.value
  if (!Array.isArray(items) || items.length === 0) {
    throw new WireError(400, 'woocommerce_fulfillment_missing_items', { message: 'The fulfillment has no items.' })
  }
  for (const { item_id: id, qty } of items as { item_id: number; qty: number }[]) {
    const line = order.lines.find((own) => own.id === id)
    const used = order.fulfilments
      .filter(({ deletedAt }) => deletedAt === undefined)
      .flatMap((fulfilment) => fulfilment.meta.filter(({ key }) => key === '_items'))
      .flatMap(({ value }) => value as { item_id: number; qty: number }[])
      .filter((item) => item.item_id === id)
      .reduce((sum, item) => sum + item.qty, 0)
    if (!line || qty < 1 || used + qty > line.quantity) {
      throw new WireError(400, 'woocommerce_fulfillment_invalid_items', { message: 'Invalid item quantity.' })
    }
  }
}
