import { parcelLetter } from '../../src-main/kernel/ids.ts'
import { report, reportedPackage } from '../../src-protocol/index.ts'
import type { Shop } from '../shop/shop.ts'
import {
  eventsOf,
  linesOf,
  packagesOf,
  type OrderLineRow,
  type OrderEventRow,
  type PackageRow,
} from '../store/orders.ts'
import type { Block } from './letter.ts'
import type { OrderMail } from './order-letters.ts'
import type { MailWords } from './words/mail-words.ts'

type ParcelKind = 'shipped' | 'out-for-delivery' | 'delivered' | 'failed'
const isParcelKind = (kind: OrderMail['kind']): kind is ParcelKind =>
  kind === 'shipped' || kind === 'out-for-delivery' || kind === 'delivered' || kind === 'failed'

/** What happened to which parcels: contents, tracking, and the reason where a delivery failed. */
export function parcelBlocks(shop: Shop, mail: OrderMail, words: MailWords): readonly Block[] {
  const { kind, order } = mail
  if (!isParcelKind(kind)) return []
  const all = packagesOf(shop.db, order.id).filter(({ status }) => status !== 'cancelled')
  const told = new Set(mail.parcels)
  const setting = {
    lines: linesOf(shop.db, order.id),
    events: eventsOf(shop.db, order.id),
    kind,
    of: all.length,
    words,
  }
  const parcels = all.flatMap((row, index) => (told.has(row.parcel_id) ? parcelParts(row, { ...setting, index }) : []))
  const lead = mail.parcels.length === 0 ? words.say(`${kind}.lead`) : words.count(`${kind}.lead`, mail.parcels.length)
  const isSome = mail.parcels.length > 0 && mail.parcels.length < all.length
  const whole = mail.parcels.length === 0 ? wholeParts(setting) : []
  return [
    { text: lead },
    ...whole,
    ...parcels,
    ...(isSome ? [{ text: words.say('parcelsOfAll', { of: all.length }) }] : []),
  ]
}

interface Setting {
  readonly lines: readonly OrderLineRow[]
  readonly events: readonly OrderEventRow[]
  readonly kind: ParcelKind
  readonly of: number
  readonly words: MailWords
}

const contentsOf = reportedPackage.shape.contents
const trackingOf = report.shape.tracking.unwrap()

function parcelParts(row: PackageRow, setting: Setting & { readonly index: number }): readonly Block[] {
  const { index, of, words, lines, events, kind } = setting
  const letter = row.letter ?? parcelLetter(index)
  const contents = row.contents === null ? [] : contentsOf.parse(JSON.parse(row.contents))
  const nameOf = (lineId: string, sku: string): string => lines.find(({ id }) => id === lineId)?.name ?? sku
  const items = contents.map(({ lineId, sku, quantity }) =>
    words.shared.say('travel.line', { quantity, name: nameOf(lineId, sku) }),
  )
  const own = events.filter(({ parcel_id: id }) => id === row.parcel_id || id === null)
  return [
    { heading: words.shared.say('order.parcel', { letter, number: index + 1, of }) },
    ...(items.length === 0 ? [] : [{ items }]),
    ...(kind === 'shipped' || kind === 'out-for-delivery' ? trackingParts(row.tracking, words) : []),
    ...(kind === 'failed' ? reasonParts(own, words) : []),
  ]
}

/** Nothing was said of parcels: the last word about the order has the reason and the tracking. */
function wholeParts({ events, kind, words }: Setting): readonly Block[] {
  const own = events.filter(({ parcel_id }) => parcel_id === null)
  if (kind === 'failed') return reasonParts(own, words)
  return kind === 'shipped'
    ? trackingParts(own.findLast(({ tracking }) => tracking !== null)?.tracking ?? null, words)
    : []
}

function trackingParts(json: string | null, { shared }: MailWords): readonly Block[] {
  if (json === null) return []
  const { carrier, number, url } = trackingOf.parse(JSON.parse(json))
  const named = number === undefined ? carrier : shared.say('order.trackingNumber', { carrier, number })
  return [{ text: named }, ...(url === undefined ? [] : [{ label: shared.say('order.tracking'), link: url }])]
}

function reasonParts(events: readonly OrderEventRow[], words: MailWords): readonly Block[] {
  const reason = events.findLast(({ kind }) => kind === 'failed')?.reason
  if (reason === null || reason === undefined) return []
  return [{ text: words.say('why', { reason: words.shared.find('reason', reason) ?? reason }) }]
}
