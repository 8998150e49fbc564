import type { RefusedEntry, PostalAddress, StorefrontOrder, StorefrontOrderLine } from '../../../ports/storefront.ts'
import { moneyOf, perPiece } from './amounts.ts'
import { ownSku, unitIdOf, type SoldUnit, type UnitRef } from './catalogue.ts'
import { serviceOf, windowOf } from './delivery-wishes.ts'
import { promisedSku, reportStateOf } from './report-state.ts'
import type { StatusMeaning } from './statuses.ts'
import { gmtAt, type WireAddress, type WireLine, type WireOrder } from './wire.ts'

/** What an order is joined with before it can be told. */
export interface OrderSurroundings {
  readonly meaningOf: (status: string) => StatusMeaning
  readonly units: ReadonlyMap<number, SoldUnit>
  /** Pieces given back, by line id. */
  readonly refunded: ReadonlyMap<number, number>
  readonly zone: string
  readonly language: string
  /** Put before the ids of customers, so that two shops' customers stay two people. */
  readonly shopId: string | undefined
}

/** `nothing-to-send`: an order of downloads, vouchers and services, or a draft; it is none of ours. */
export type ReadOrder =
  | { readonly kind: 'order'; readonly order: StorefrontOrder }
  | { readonly kind: 'nothing-to-send' }
  | { readonly kind: 'refused'; readonly refusal: Omit<RefusedEntry, 'index'> }

export const refOf = (line: WireLine): UnitRef => ({
  productId: line.product_id,
  variationId: line.variation_id,
  sku: line.sku ?? '',
})

/**
 * One order as the port tells it. Lines of virtual products are left out, and pieces that were refunded. An order of
 * which nothing is left to send is cancelled; one in which there never was anything to send is none of ours.
 */
export function orderOf(wire: WireOrder, around: OrderSurroundings): ReadOrder {
  const status = around.meaningOf(wire.status)
  const goods = wire.line_items.filter((line) => !isVirtual(line, around.units))
  if (status === 'ignored' || goods.length === 0) return { kind: 'nothing-to-send' }
  const broken = wire.line_items.findIndex(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 0)
  if (broken >= 0) {
    const refusal = { id: String(wire.id), path: `line_items.${broken}.quantity`, expected: 'whole pieces' }
    return { kind: 'refused', refusal }
  }
  const lines = goods.flatMap((line) => lineOf(wire, line, around))
  const placedAt = gmtAt(wire.date_created_gmt)
  const service = serviceOf(wire)
  const address = addressOf(wire)
  const instructions = wire.customer_note?.trim() || undefined
  const window = windowOf(wire.meta_data, around.zone)
  return {
    kind: 'order',
    order: {
      id: String(wire.id),
      number: wire.number ?? String(wire.id),
      status: lines.length === 0 ? 'cancelled' : status,
      placedAt,
      changedAt: wire.date_modified_gmt === undefined ? placedAt : gmtAt(wire.date_modified_gmt),
      user: userOf(wire, { ...around, service, address, instructions }),
      deliveryAddress: service === 'collect' ? undefined : address,
      service,
      ...(window && { window }),
      ...(instructions !== undefined && { instructions }),
      payment: paymentOf(wire),
      lines,
      totals: totalsOf(wire, goods),
      currency: wire.currency,
    },
  }
}

/** A product that is gone says no more whether it could be touched: it is taken for one that can. */
const isVirtual = (line: WireLine, units: OrderSurroundings['units']): boolean =>
  units.get(unitIdOf(refOf(line)))?.product?.virtual ?? false

function lineOf(wire: WireOrder, line: WireLine, around: OrderSurroundings): readonly StorefrontOrderLine[] {
  const quantity = line.quantity - (around.refunded.get(line.id) ?? 0)
  if (quantity <= 0) return []
  const unitId = unitIdOf(refOf(line))
  const total = moneyOf(line.total, wire.currency)
  const tax = moneyOf(line.total_tax, wire.currency)
  const paid = { currency: wire.currency, minor: total.minor + (wire.prices_include_tax ? tax.minor : 0) }
  const gtin = line.global_unique_id?.trim() || around.units.get(unitId)?.product?.global_unique_id?.trim()
  return [
    {
      id: String(line.id),
      productId: String(unitId),
      sku: skuOf(wire, line, around),
      ...(gtin && { gtin }),
      name: line.name,
      quantity,
      unitPrice: perPiece(paid, line.quantity),
      taxRate: taxRateOf(wire, line),
    },
  ]
}

/** A deleted product takes its line's SKU along; then what was promised to the customer remembers it. */
function skuOf(wire: WireOrder, line: WireLine, around: OrderSurroundings): string {
  const unitId = unitIdOf(refOf(line))
  const deleted = (): string => promisedSku(reportStateOf(wire.meta_data), String(line.id)) ?? `woo-line-${line.id}`
  if (unitId === 0) return deleted()
  return around.units.get(unitId)?.sku ?? ownSku(unitId)
}

/** The rates that were charged, as the order names them; worked out from the amounts where it does not. */
function taxRateOf(wire: WireOrder, line: WireLine): number {
  const percentById = new Map(wire.tax_lines.map(({ rate_id: id, rate_percent: percent }) => [id, percent]))
  const charged = line.taxes.filter(({ total }) => total !== undefined && total !== '' && Number(total) !== 0)
  const percents = charged.map(({ id }) => percentById.get(id))
  if (percents.length > 0 && percents.every((percent) => percent !== undefined)) {
    return percents.reduce((sum: number, percent) => sum + percent, 0)
  }
  const [net, tax] = [Number(line.total), Number(line.total_tax)]
  return net > 0 && tax > 0 ? Math.round((tax / net) * 1000) / 10 : 0
}

/** By the way of paying, not by whether it is paid: that changes when an order is done, and is no news to the packer. */
function paymentOf(wire: WireOrder): NonNullable<StorefrontOrder['payment']> {
  const method = wire.payment_method ?? ''
  if (method === 'cod') return 'on-delivery'
  return method === 'bacs' || method === 'cheque' || method.includes('invoice') ? 'invoice' : 'paid'
}

function totalsOf(wire: WireOrder, goods: readonly WireLine[]): StorefrontOrder['totals'] {
  const { currency } = wire
  const sum = (texts: readonly string[]) => ({
    currency,
    minor: texts.reduce((total, text) => total + moneyOf(text, currency).minor, 0),
  })
  const tax = (text: string): readonly string[] => (wire.prices_include_tax ? [text] : [])
  return {
    goods: sum(goods.flatMap((line) => [line.total, ...tax(line.total_tax)])),
    shipping: sum([wire.shipping_total, ...tax(wire.shipping_tax)]),
    tax: sum([wire.total_tax]),
    total: sum([wire.total]),
  }
}

/** The shipping address, or the billing one where a customer gave no other. Undefined when it is not enough to send to. */
function addressOf({ shipping, billing }: WireOrder): PostalAddress | undefined {
  const isGiven = (address: WireAddress | undefined): address is WireAddress =>
    [address?.address_1, address?.address_2, address?.city, address?.postcode].some((part) => trimmed(part) !== undefined) // prettier-ignore
  const given = isGiven(shipping) ? shipping : isGiven(billing) ? billing : undefined
  if (!given) return undefined
  const person = [trimmed(given.first_name), trimmed(given.last_name)].filter((part) => part !== undefined).join(' ')
  const company = trimmed(given.company)
  const name = person || company
  const city = trimmed(given.city)
  const country = trimmed(given.country)
  if (name === undefined || city === undefined || country === undefined || !/^[A-Z]{2}$/.test(country)) return undefined
  const optional = {
    company: person === '' ? undefined : company,
    postcode: trimmed(given.postcode),
    region: trimmed(given.state),
    phone: trimmed(shipping?.phone) ?? trimmed(billing?.phone),
  }
  const lines = [trimmed(given.address_1), trimmed(given.address_2)].filter((line) => line !== undefined)
  return { name, lines, city, country, ...present(optional) }
}

const trimmed = (text: string | undefined): string | undefined => text?.trim() || undefined

/** The same without its absent parts, so that an absent field and a missing one are one. */
const present = <Part extends object>(part: Part): Partial<Part> =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<Part> // only undefined left

interface UserParts {
  readonly service: StorefrontOrder['service']
  readonly address: PostalAddress | undefined
  readonly instructions: string | undefined
  readonly language: string
  readonly shopId: string | undefined
}

/**
 * An account is known by its number. A guest is a new person with each order: the same e-mail address on the next one
 * is seen by whoever keeps our orders, where addresses are sealed, and not told by an id that could be guessed from it.
 */
function userOf(wire: WireOrder, parts: UserParts): StorefrontOrder['user'] {
  const isAccount = wire.customer_id > 0
  const shop = parts.shopId === undefined ? 'woo' : `woo-${parts.shopId}`
  const name = [trimmed(wire.billing?.first_name), trimmed(wire.billing?.last_name)].filter(
    (part) => part !== undefined,
  )
  const contact = { email: trimmed(wire.billing?.email), phone: trimmed(wire.billing?.phone) }
  return {
    userId: isAccount ? `${shop}-${wire.customer_id}` : guestId(parts.shopId, wire.id),
    kind: isAccount ? 'account' : 'guest',
    identifiedBy: isAccount ? 'password' : 'guest-session',
    identifiedAt: gmtAt(wire.date_created_gmt),
    locale: parts.language,
    ...(name.length > 0 && { name: name.join(' ') }),
    contact: present(contact),
    deliveryAddresses: parts.address ? [parts.address] : [],
    deliveryWishes: present({ service: parts.service, instructions: parts.instructions }),
  }
}

export const guestId = (shopId: string | undefined, orderId: number): string =>
  `${shopId === undefined ? 'woo' : `woo-${shopId}`}-guest-${orderId}`
