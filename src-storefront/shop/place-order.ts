import { createHmac, randomBytes } from 'node:crypto'
import { uuidV7 } from '../../src-main/kernel/ids.ts'
import { parseMoney } from '../../src-main/kernel/money.ts'
import { canonicalJson, type Json } from '../../src-main/kernel/json.ts'
import type { WireAddress, WireUserInformation } from '../../src-protocol/index.ts'
import type { OrderRequest } from '../customer/schemas.ts'
import type { Travel } from '../customer/travel-schema.ts'
import { tellOrder } from '../mail/tell-order.ts'
import { Refusal } from '../refusal.ts'
import { seal } from '../sealing/seal.ts'
import { findAnswer, saveAnswer } from '../store/answers.ts'
import { replaceCart, type CustomerRow } from '../store/customers.ts'
import { nextInSequence } from '../store/database.ts'
import { insertEvent, insertOrder, type OrderLineRow } from '../store/orders.ts'
import { findRules } from '../store/packaging-rules.ts'
import { basketOf, weightsOf } from './basket.ts'
import { userInformationOf } from './customers.ts'
import { amountOf, totalsOf } from './money.ts'
import type { OrderPersonal } from './order-personal.ts'
import { shippingPrice } from './shipping.ts'
import type { Shop } from './shop.ts'
import { isPostcodeOf, postcodeExample } from './postcodes.ts'
import { planTravel, type BasketLine } from './travel.ts'
import { openWindows, type DeliveryWindow } from './windows.ts'

/**
 * Turns the basket into an order, once per key: stock, order, emptied basket and the answer to the key
 * are one transaction, so the last piece is sold once and a request sent twice buys once. Returns the
 * order's id. Refuses 409 `out-of-stock` with what is left of each product, 409 `cart-empty`,
 * 409 `price-changed` with both totals where the customer expected another one,
 * 422 `key-used-otherwise`, and 422 with the field's path for what the shop does not offer.
 */
export function placeOrder(
  shop: Shop,
  customer: CustomerRow,
  asked: { readonly key: string; readonly request: OrderRequest },
): { orderId: string; isReplay: boolean } {
  const scope = `order:${customer.user_id}`
  const bodyHash = fingerprint(shop, asked.request)
  const before = findAnswer(shop.db, scope, { key: asked.key, bodyHash })
  if (before === 'other-body') throw new Refusal(422, 'key-used-otherwise')
  if (before !== undefined) return { orderId: before.body, isReplay: true }

  const lines = basketOf(shop, customer.user_id)
  if (lines.length === 0) throw new Refusal(409, 'cart-empty')
  const draft = draftOf(shop, lines, { request: asked.request, user: userInformationOf(shop, customer) })
  const orderId = uuidV7(shop.clock, { bytes: (count) => randomBytes(count) })
  const save = shop.db.transaction(() => {
    takeStock(shop, lines)
    writeOrder(shop, orderId, { customer, lines, draft })
    replaceCart(shop.db, customer.user_id, [])
    const now = shop.clock.now()
    saveAnswer(shop.db, scope, { key: asked.key, bodyHash, status: 201, body: orderId, nowMs: now })
  })
  save.immediate()
  shop.news.announce()
  return { orderId, isReplay: false }
}

/** Keyed, because a plain hash of a name and a street can be guessed. */
function fingerprint(shop: Shop, request: OrderRequest): string {
  const text = canonicalJson(JSON.parse(JSON.stringify(request)) as Json) // JSON text holds nothing but JSON
  return createHmac('sha256', shop.keys.requests).update(text).digest('base64url')
}

interface Draft {
  readonly request: OrderRequest
  readonly personal: OrderPersonal
  readonly window: DeliveryWindow | undefined
  readonly travel: Travel
  readonly totals: ReturnType<typeof totalsOf>
}

function draftOf(
  shop: Shop,
  lines: readonly BasketLine[],
  who: { readonly request: OrderRequest; readonly user: WireUserInformation },
): Draft {
  const { request, user } = who
  const { configuration } = shop
  if (!configuration.services.includes(request.service)) throw notOffered('service', configuration.services)
  if (!configuration.payments.includes(request.payment)) throw notOffered('payment', configuration.payments)
  const address = request.service === 'collect' ? undefined : (request.deliveryAddress ?? user.deliveryAddresses[0])
  if (request.service !== 'collect' && address === undefined) {
    throw new Refusal(422, 'missing', { details: { path: 'deliveryAddress', expected: 'where it shall be delivered' } })
  }
  const contact = { ...user.contact, ...request.contact }
  if (contact.email === undefined && contact.phone === undefined) {
    throw new Refusal(422, 'missing', { details: { path: 'contact', expected: 'an e-mail address or a phone number' } })
  }
  if (address !== undefined && !isPostcodeOf(address.country, address.postcode)) {
    const facts = { path: 'deliveryAddress.postcode', expected: postcodeExample(address.country) ?? '' }
    throw new Refusal(422, 'invalid', { details: facts })
  }
  const travel = planTravel(findRules(shop.db), lines)
  const shipping = shippingOf(shop, { travel, lines, request, address })
  const totals = totalsOf(lines.map(pricedLine), shipping)
  const window = windowOf(shop, request)
  checkTotal(shop, request, totals.totalMinor)
  return {
    request,
    window,
    travel,
    totals,
    personal: personalOf(user, { request, address, contact }),
  }
}

/** What the customer saw before ordering is what the order costs, or there is no order. */
function checkTotal(shop: Shop, { expectedTotal }: OrderRequest, totalMinor: number): void {
  if (expectedTotal === undefined) return
  const { currency } = shop.configuration
  const seen = parseMoney(expectedTotal.amount, currency)
  if (seen?.minor === totalMinor && expectedTotal.currency === currency) return
  const now = amountOf(totalMinor, currency)
  throw new Refusal(409, 'price-changed', { details: { before: { ...expectedTotal }, now: { ...now } } })
}

const notOffered = (path: string, offered: readonly string[]): Refusal =>
  new Refusal(422, 'not-offered', { details: { path, offered } })

const pricedLine = ({ product, quantity }: BasketLine) => ({
  quantity,
  unitPriceMinor: product.priceMinor,
  taxRate: product.taxRate,
})

function shippingOf(
  shop: Shop,
  basket: {
    readonly travel: Travel
    readonly lines: readonly BasketLine[]
    readonly request: OrderRequest
    readonly address: WireAddress | undefined
  },
): number {
  const country = basket.address?.country ?? shop.configuration.country
  const weights = weightsOf(basket.travel, basket.lines)
  const price = shippingPrice(shop.configuration, weights, { service: basket.request.service, country })
  if (price === undefined) throw new Refusal(422, 'not-offered', { details: { path: 'deliveryAddress.country' } })
  return price
}

function windowOf(shop: Shop, request: OrderRequest): DeliveryWindow | undefined {
  if (request.window === undefined) return undefined
  const wanted = { from: Date.parse(request.window.from), to: Date.parse(request.window.to) }
  const offered = openWindows(shop.configuration, shop.clock.now())
  const found = offered.find(({ from, to }) => from === wanted.from && to === wanted.to)
  if (found) return found
  const from = offered.map((window) => new Date(window.from).toISOString())
  throw new Refusal(422, 'not-offered', { details: { path: 'window', offered: from } })
}

function personalOf(
  user: WireUserInformation,
  given: {
    readonly request: OrderRequest
    readonly address: WireAddress | undefined
    readonly contact: WireUserInformation['contact']
  },
): OrderPersonal {
  const instructions = given.request.instructions ?? user.deliveryWishes.instructions
  const { address, contact } = given
  const name = user.name ?? address?.name
  // The courier reads the address alone: a number told anywhere travels with it.
  const phone = address?.phone ?? contact.phone
  return {
    user: { ...user, ...(name !== undefined && { name }), contact },
    ...(address !== undefined && { deliveryAddress: { ...address, ...(phone !== undefined && { phone }) } }),
    ...(instructions !== undefined && { instructions }),
  }
}

/** All or nothing: a refusal rolls the transaction back. */
function takeStock(shop: Shop, lines: readonly BasketLine[]): void {
  const short = lines.filter(({ product, quantity }) => !shop.products.take(product.sku, quantity))
  if (short.length === 0) return
  const left = short.map(({ product, quantity }) => ({
    sku: product.sku,
    name: product.name,
    wanted: quantity,
    available: shop.products.find(product.sku)?.sellable ?? 0,
  }))
  throw new Refusal(409, 'out-of-stock', { details: { lines: left } })
}

function writeOrder(
  shop: Shop,
  orderId: string,
  order: { readonly customer: CustomerRow; readonly lines: readonly BasketLine[]; readonly draft: Draft },
): void {
  const { customer, lines, draft } = order
  const now = shop.clock.now()
  const rows: OrderLineRow[] = lines.map(({ product, quantity }, position) => ({
    order_id: orderId,
    id: String(position + 1),
    position,
    sku: product.sku,
    gtin: product.gtin ?? null,
    name: product.name,
    quantity,
    unit_price_minor: product.priceMinor,
    tax_rate: product.taxRate,
  }))
  const row = {
    id: orderId,
    number: nextInSequence(shop.db, 'order-number'),
    user_id: customer.user_id,
    status: 'open' as const,
    shop_kind: 'received' as const,
    shop_sequence: 0,
    shop_at: now,
    placed_at: now,
    changed_at: now,
    ended_at: null,
    seq: nextInSequence(shop.db, 'order'),
    service: draft.request.service,
    window_from: draft.window?.from ?? null,
    window_to: draft.window?.to ?? null,
    payment: draft.request.payment,
    currency: shop.configuration.currency,
    goods_minor: draft.totals.goodsMinor,
    shipping_minor: draft.totals.shippingMinor,
    tax_minor: draft.totals.taxMinor,
    total_minor: draft.totals.totalMinor,
    travel: JSON.stringify(draft.travel),
    ...seal(shop.keys, orderId, draft.personal),
  }
  insertOrder(shop.db, row, rows)
  const event = { order_id: orderId, parcel_id: null, kind: 'received' as const, sequence: 0, at: now }
  insertEvent(shop.db, { ...event, reason: null, tracking: null })
  tellOrder(shop, row, { kind: 'order-placed' })
}
