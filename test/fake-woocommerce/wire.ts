import { zonedTime } from '../../src-main/kernel/time.ts'
import { stockHolder } from './verbs.ts'
import type { Address, Fulfilment, Line, Note, Order, Product, Refund, Shop } from './shop.ts'

export type Wire = Record<string, unknown>

/** `2026-11-22T14:05:00`: no zone is written, neither for local time nor for GMT. */
export const gmtText = (at: number): string => new Date(at).toISOString().slice(0, 19)

/** Offsets of zones change on the quarter of an hour, if ever; asking for each row would take most of a soak's time. */
const offsets = new Map<string, number>()
const quarterMs = 900_000

function offsetAt(zone: string, at: number): number {
  const quarter = Math.floor(at / quarterMs)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const { year, month, day, secondOfDay } = zonedTime(quarter * quarterMs, zone)
  const offset = Date.UTC(year, month - 1, day) + secondOfDay * 1000 - quarter * quarterMs
  offsets.set(key, offset)
  return offset
}

export const localText = (shop: Shop, at: number): string => gmtText(at + offsetAt(shop.options.zone, at))

const dates = (shop: Shop, name: string, at: number | undefined): Wire => ({
  [name]: at === undefined ? null : localText(shop, at),
  [`${name}_gmt`]: at === undefined ? null : gmtText(at),
})

const decimal = (minor: number): string => (minor / 100).toFixed(2)
const netOf = (line: Line): number => line.unitMinor * line.quantity
const taxOf = (line: Line): number => Math.round((netOf(line) * line.taxPercent) / 100)

const withoutEmail = ({ email: _email, ...address }: Address): Wire => address

export function orderWire(shop: Shop, order: Order): Wire {
  const shippingMinor = order.shippingMethod?.totalMinor ?? 0
  const goodsMinor = order.lines.reduce((sum, line) => sum + netOf(line), 0)
  const taxMinor = order.lines.reduce((sum, line) => sum + taxOf(line), 0)
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: shop.options.currency,
    version: `${shop.options.version}.0`,
    prices_include_tax: shop.options.pricesIncludeTax,
    ...dates(shop, 'date_created', order.createdAt),
    ...dates(shop, 'date_modified', order.modifiedAt),
    ...dates(shop, 'date_paid', order.paidAt),
    discount_total: '0.00',
    discount_tax: '0.00',
    shipping_total: decimal(shippingMinor),
    shipping_tax: '0.00',
    cart_tax: decimal(taxMinor),
    total: decimal(goodsMinor + taxMinor + shippingMinor),
    total_tax: decimal(taxMinor),
    customer_id: order.customerId,
    order_key: `wc_order_secret${order.id}`,
    billing: order.billing,
    shipping: withoutEmail(order.shipping),
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethod,
    customer_ip_address: '203.0.113.7',
    customer_user_agent: 'Browser of a person',
    customer_note: order.customerNote,
    number: String(order.id),
    meta_data: order.meta,
    line_items: order.lines.map((line) => lineWire(shop, line)),
    shipping_lines: order.shippingMethod
      ? [
          {
            id: order.id * 1000,
            method_title: order.shippingMethod.title,
            method_id: order.shippingMethod.method_id,
            instance_id: '1',
            total: decimal(shippingMinor),
            total_tax: '0.00',
            meta_data: [],
          },
        ]
      : [],
    tax_lines: [...new Set(order.lines.map(({ taxPercent }) => taxPercent))].map((percent) => ({
      id: order.id * 1000 + percent,
      rate_id: percent === 7 ? 2 : 1,
      rate_percent: percent,
    })),
    // Only their sums: which pieces came back is told by orders/{id}/refunds.
    refunds: order.refunds.map(({ id, reason, amountMinor }) => ({ id, reason, total: `-${decimal(amountMinor)}` })),
    payment_url: `${shop.options.address}/checkout/order-pay/${order.id}/?key=wc_order_secret${order.id}`,
  }
}

function lineWire(shop: Shop, line: Line): Wire {
  const product = shop.products.get(line.variationId || line.productId)
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: '',
    subtotal: decimal(netOf(line)),
    subtotal_tax: decimal(taxOf(line)),
    total: decimal(netOf(line)),
    total_tax: decimal(taxOf(line)),
    taxes: [{ id: line.taxPercent === 7 ? 2 : 1, total: decimal(taxOf(line)), subtotal: decimal(taxOf(line)) }],
    meta_data: [],
    sku: product ? skuOf(shop, product) : null,
    ...(shop.options.version !== '7.9' && { global_unique_id: product ? product.gtin : null }),
    price: line.unitMinor / 100,
  }
}

/** A variation without a SKU answers with its parent's. */
const skuOf = (shop: Shop, product: Product): string =>
  product.sku || (product.type === 'variation' ? (shop.products.get(product.parentId)?.sku ?? '') : '')

export const refundWire = (shop: Shop, refund: Refund): Wire => ({
  id: refund.id,
  ...dates(shop, 'date_created', refund.at),
  amount: decimal(refund.amountMinor),
  reason: refund.reason,
  line_items: refund.lines.map((line) => ({
    id: line.id,
    name: line.name,
    quantity: -line.quantity,
    meta_data: [{ id: line.id + 1, key: '_refunded_item_id', value: String(line.refundedItemId) }],
  })),
})

export const noteWire = (shop: Shop, note: Note): Wire => ({
  id: note.id,
  author: 'WooCommerce',
  ...dates(shop, 'date_created', note.at),
  note: note.note,
  customer_note: note.isForCustomer,
})

export const fulfilmentWire = (order: Order, fulfilment: Fulfilment): Wire => ({
  id: fulfilment.id,
  entity_type: 'WC_Order',
  entity_id: String(order.id),
  status: fulfilment.status,
  is_fulfilled: fulfilment.isFulfilled,
  date_updated: `${gmtText(fulfilment.at)}Z`,
  date_deleted: null,
  meta_data: fulfilment.meta,
})

export function productWire(shop: Shop, product: Product): Wire {
  const { version } = shop.options
  const parent = product.type === 'variation' ? shop.products.get(product.parentId) : undefined
  const own = (value: string, inherited: string | undefined): string => value || (inherited ?? '')
  const holder = stockHolder(shop, product.id)
  return {
    id: product.id,
    name: product.attributes.length > 0 ? product.attributes.map(({ option }) => option).join(', ') : product.name,
    type: product.type,
    status: product.status,
    ...dates(shop, 'date_modified', product.modifiedAt),
    description: product.description,
    short_description: '',
    sku: skuOf(shop, product),
    ...(version !== '7.9' && { global_unique_id: product.gtin }),
    price: product.price,
    regular_price: product.price,
    tax_status: 'taxable',
    tax_class: own(product.taxClass, parent?.taxClass),
    virtual: product.isVirtual,
    downloadable: product.isDownloadable,
    manage_stock: product.managesStock ? true : holder ? 'parent' : false,
    stock_quantity: holder ? holder.stock : null,
    stock_status: !holder || (holder.stock ?? 0) > 0 ? 'instock' : 'outofstock',
    backorders: product.backorders,
    weight: own(product.weight, parent?.weight),
    dimensions: {
      length: own(product.dimensions.length, parent?.dimensions.length),
      width: own(product.dimensions.width, parent?.dimensions.width),
      height: own(product.dimensions.height, parent?.dimensions.height),
    },
    categories: product.type === 'variation' ? [] : [{ id: 1, name: product.category, slug: 'c' }],
    attributes: product.attributes.map((attribute) => ({ id: 0, ...attribute })),
    parent_id: product.parentId,
    variations: [...shop.products.values()].filter(({ parentId }) => parentId === product.id).map(({ id }) => id),
    meta_data: [],
  }
}

/** `_fields=id,status,billing.email`: top level and one below. */
export function withFields(wire: Wire, fields: string | null): Wire {
  if (fields === null || fields === '') return wire
  const picked: Wire = {}
  for (const field of fields.split(',').map((name) => name.trim())) {
    const [top = '', below] = field.split('.')
    const value = wire[top]
    if (value === undefined) continue
    if (below === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
      picked[top] = value
      continue
    }
    const record = value as Wire // objects only: arrays and null left above
    picked[top] = { ...(picked[top] as Wire | undefined), ...(below in record && { [below]: record[below] }) }
  }
  return picked
}
