import type { Travel } from '../customer/travel-schema.ts'
import { travel as travelSchema } from '../customer/travel-schema.ts'
import { spokenTravel } from '../pages/travel-words.ts'
import { orderLink } from '../shop/order-link.ts'
import { personalOfOrder, type OrderPersonal } from '../shop/order-personal.ts'
import type { Shop } from '../shop/shop.ts'
import { amountOf } from '../shop/money.ts'
import { instantText } from '../shop/wire-order.ts'
import { eventsOf, linesOf, type OrderRow } from '../store/orders.ts'
import type { Block, Letter } from './letter.ts'
import type { Mailing, MailKind } from './mailing.ts'
import { parcelBlocks } from './parcel-blocks.ts'
import { mailWords, type MailWords } from './words/mail-words.ts'

export type OrderMailKind = Exclude<MailKind, 'password-reset' | 'password-changed' | 'second-account' | 'erased'>

export interface OrderMail {
  readonly kind: OrderMailKind
  readonly locale: string
  readonly order: OrderRow
  /** Ids of the parcels it tells of; none = the order as a whole. */
  readonly parcels: readonly string[]
}

/** A mail about an order. Only the number stands in the subject; who it is for, in the body alone. */
export function orderLetter(shop: Shop, mailing: Mailing, mail: OrderMail): Letter {
  const { order, kind } = mail
  const words = mailWords(shop.configuration, mail.locale)
  const personal = personalOfOrder(shop, order)
  const name = personal?.user.name
  // Once the personal data is gone the link opens nothing any more.
  const path = personal === undefined ? `/orders/${order.id}` : orderLink(shop, order.id)
  return {
    language: words.shared.language,
    subject: words.say(`${kind}.subject`, { number: order.number }),
    blocks: [
      { text: name === undefined ? words.say('helloAll') : words.say('hello', { name }) },
      ...bodyOf(shop, mail, { words, personal }),
      { label: words.say('follow'), link: mailing.settings.publicUrl + path },
    ],
    sender: shop.configuration.name,
  }
}

interface Telling {
  readonly words: MailWords
  readonly personal: OrderPersonal | undefined
}

function bodyOf(shop: Shop, mail: OrderMail, telling: Telling): readonly Block[] {
  const { words } = telling
  switch (mail.kind) {
    case 'order-placed':
      return placedBlocks(shop, mail.order, telling)
    case 'ready':
      return readyBlocks(shop, mail.order, words)
    case 'cancelled':
      return cancelledBlocks(shop, mail.order, words)
    case 'failed':
      return [...parcelBlocks(shop, mail, words), { text: words.say('failed.next') }]
    default:
      return parcelBlocks(shop, mail, words)
  }
}

function placedBlocks(shop: Shop, order: OrderRow, { words, personal }: Telling): readonly Block[] {
  const { shared } = words
  const travel = spokenTravel(travelSchema.parse(JSON.parse(order.travel)), shared)
  const address = personal?.deliveryAddress
  return [
    { text: words.say('order-placed.lead') },
    { heading: shared.say('order.title', { number: order.number }) },
    { rows: [...lineRows(shop, order, words), ...totalRows(order, words)] },
    { heading: shared.say('order.delivery') },
    { lines: [...serviceLines(shop, order, words), shared.say(paymentKey(order))] },
    ...(address === undefined
      ? []
      : [{ heading: shared.say('order.address') }, { lines: addressLines(address, words) }]),
    { heading: shared.say('travel.title') },
    { text: travel.summary },
    ...(travel.packages.length === 0 ? [] : [{ text: shared.say('order.planned') }]),
    ...travelBlocks(travel, words),
  ]
}

const lineRows = (shop: Shop, order: OrderRow, { shared }: MailWords): readonly (readonly [string, string])[] =>
  linesOf(shop.db, order.id).map((line) => [
    shared.say('travel.line', { quantity: line.quantity, name: line.name }),
    shared.money(amountOf(line.quantity * line.unit_price_minor, order.currency)),
  ])

function totalRows(order: OrderRow, { shared }: MailWords): readonly (readonly [string, string])[] {
  const money = (minor: number): string => shared.money(amountOf(minor, order.currency))
  return [
    [shared.say('cart.goods'), money(order.goods_minor)],
    [shared.say('cart.shipping'), money(order.shipping_minor)],
    [shared.say('order.total'), money(order.total_minor)],
    [shared.say('order.taxIncluded'), money(order.tax_minor)],
  ]
}

const paymentKey = (order: OrderRow): 'payment.collect' | `payment.${OrderRow['payment']}` =>
  order.service === 'collect' && order.payment === 'on-delivery' ? 'payment.collect' : `payment.${order.payment}`

function serviceLines(shop: Shop, order: OrderRow, { shared }: MailWords): readonly string[] {
  const { window_from: from, window_to: to, service } = order
  return [
    shared.say(`service.${service}`),
    ...(from === null || to === null ? [] : [shared.span(instantText(from), instantText(to))]),
    ...(service === 'collect' ? (shop.configuration.collection?.lines ?? []) : []),
  ]
}

type Address = NonNullable<OrderPersonal['deliveryAddress']>

const addressLines = ({ name, company, lines, postcode, city, region, country }: Address, { shared }: MailWords) => [
  name,
  ...(company === undefined ? [] : [company]),
  ...lines,
  [postcode, city, region].filter((part) => part !== undefined).join(' '),
  shared.country(country),
]

/** Each parcel as promised: contents, weight, and why it travels so. */
function travelBlocks(travel: Travel, { shared }: MailWords): readonly Block[] {
  const line = (content: { quantity: number; name: string }): string => shared.say('travel.line', { ...content })
  const parcels = travel.packages.flatMap((parcel): readonly Block[] => [
    {
      heading: `${shared.say('travel.parcel', { number: parcel.number, of: parcel.of })}, ${shared.weight(parcel.grossG)}`,
    },
    { items: parcel.contents.map(({ quantity, name }) => line({ quantity, name })) },
    { text: parcel.why.text },
  ])
  if (travel.unplaced.length === 0) return parcels
  const special = travel.unplaced.map(({ quantity, name, reason }) => `${line({ quantity, name })}: ${reason.text}`)
  return [...parcels, { heading: shared.say('travel.special') }, { items: special }]
}

function readyBlocks(shop: Shop, order: OrderRow, words: MailWords): readonly Block[] {
  const { collection, name } = shop.configuration
  const total = words.shared.money(amountOf(order.total_minor, order.currency))
  return [
    { text: words.say('ready.lead', { shop: name }) },
    ...(collection === undefined ? [] : [{ lines: collection.lines }]),
    ...(collection?.hours === undefined ? [] : [{ rows: [[words.say('ready.hours'), collection.hours] as const] }]),
    { rows: [[words.shared.say('order.total'), total] as const] },
    { text: words.shared.say(paymentKey(order)) },
  ]
}

/** The first word counts: the shop says it again when it has heard of a customer's own. */
function cancelledBlocks(shop: Shop, order: OrderRow, words: MailWords): readonly Block[] {
  const reason = eventsOf(shop.db, order.id).find(({ kind }) => kind === 'cancelled')?.reason
  const rows = { rows: lineRows(shop, order, words) }
  if (reason === 'by-customer') return [{ text: words.say('cancelled.byCustomer') }, rows]
  const why =
    reason === null || reason === undefined
      ? []
      : [{ text: words.say('why', { reason: words.shared.find('reason', reason) ?? reason }) }]
  return [{ text: words.say('cancelled.lead') }, ...why, rows]
}
