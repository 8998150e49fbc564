import { parcelLetter } from '../../src-main/kernel/ids.ts'
import { reportedPackage, type WireReportKind } from '../../src-protocol/index.ts'
import type { OrderAnswer, OrderEvent, OrderPackage } from '../customer/schemas.ts'
import { travel as travelSchema, type Travel } from '../customer/travel-schema.ts'
import { changeText, statusText } from '../pages/status-words.ts'
import { eventsOf, linesOf, packagesOf, type OrderEventRow, type OrderLineRow, type OrderRow } from '../store/orders.ts'
import type { PackageRow } from '../store/orders.ts'
import { canBeCancelled } from './cancel-order.ts'
import { amountOf } from './money.ts'
import { personalOfOrder } from './order-personal.ts'
import { changesOf } from './promise.ts'
import { isOrderWord, progressOf, type Progress } from './progress.ts'
import type { Shop } from './shop.ts'
import { reportedReason, spokenTravel } from '../pages/travel-words.ts'
import { english, type Words } from '../translations/words.ts'
import type { AccessWay } from '../store/order-access.ts'
import { orderLink } from './order-link.ts'
import { instantText, totalsOf, windowOf } from './wire-order.ts'

export interface OrderReader {
  /** Leaves out what happened since: the answer to the order itself. */
  readonly asPlaced?: boolean
  readonly words?: Words
  /** Whoever only knew number and e-mail address sees no address and cannot cancel. */
  readonly access?: 'owner' | AccessWay
}

/** An order as its customer reads it. */
export function orderAnswer(shop: Shop, row: OrderRow, reader: OrderReader = {}): OrderAnswer {
  const { words = english, access = 'owner' } = reader
  const reported = reader.asPlaced === true ? [] : packagesOf(shop.db, row.id)
  const lines = linesOf(shop.db, row.id)
  const promised = spokenTravel(travelSchema.parse(JSON.parse(row.travel)), words)
  const events = reader.asPlaced === true ? [] : eventsOf(shop.db, row.id)
  const { status, isPartly } = reader.asPlaced === true ? asPlaced : orderProgress(row, reported)
  const shown = reported.filter((parcel) => parcel.status !== 'cancelled' || status === 'cancelled')
  const isCancelled = status === 'cancelled'
  const packages =
    shown.length > 0
      ? shown.map((parcel, index) => reportedPackageView(parcel, { index, of: shown.length, lines, events, words }))
      : promised.packages.map((parcel) => promisedPackageView(parcel, { lines, row, isCancelled, words }))
  return {
    id: row.id,
    number: String(row.number),
    status,
    statusText: statusText(status, { isPartly }, words),
    isPartly,
    placedAt: instantText(row.placed_at),
    service: row.service,
    ...windowOf(row),
    payment: row.payment,
    access,
    ...(access !== 'look-up' && personalParts(shop, row)),
    ...(access !== 'look-up' && row.sealed !== null && { link: orderLink(shop, row.id) }),
    ...(row.service === 'collect' && { collection: { name: shop.configuration.name, lines: [], ...shop.configuration.collection } }), // prettier-ignore
    lines: lines.map((line) => ({
      id: line.id,
      sku: line.sku,
      name: line.name,
      quantity: line.quantity,
      unitPrice: amountOf(line.unit_price_minor, row.currency),
      taxRate: line.tax_rate,
    })),
    totals: totalsOf(row),
    currency: row.currency,
    packagesFrom: shown.length > 0 ? 'shop' : 'preview',
    packages,
    unplaced: shown.length > 0 ? [] : promised.unplaced,
    changes: isCancelled || shown.length === 0 ? [] : spokenChanges(changesOf(promised, packages, lines), words),
    canBeCancelled: access !== 'look-up' && canBeCancelled(shop, row),
    href: `/orders/${row.id}`,
  }
}

const spokenChanges = (changes: OrderAnswer['changes'], words: Words): OrderAnswer['changes'] =>
  changes.map((change) => ({ ...change, text: changeText(change.code, change.facts, words) }))

const asPlaced = { status: 'received', isPartly: false } as const

/** An order's progress from what was reported of it and of its parcels. */
export const orderProgress = (row: OrderRow, reported: readonly PackageRow[]): Progress =>
  progressOf(
    reported.map(({ status, sequence }) => ({ kind: status, sequence })),
    { kind: row.shop_kind, sequence: row.shop_sequence },
  )

function personalParts(shop: Shop, row: OrderRow): Pick<OrderAnswer, 'deliveryAddress' | 'instructions'> {
  const personal = personalOfOrder(shop, row)
  return {
    ...(personal?.deliveryAddress !== undefined && { deliveryAddress: personal.deliveryAddress }),
    ...(personal?.instructions !== undefined && { instructions: personal.instructions }),
  }
}

function promisedPackageView(
  parcel: Travel['packages'][number],
  order: {
    readonly lines: readonly OrderLineRow[]
    readonly row: OrderRow
    readonly isCancelled: boolean
    readonly words: Words
  },
): OrderPackage {
  const status: WireReportKind = order.isCancelled ? 'cancelled' : 'planned'
  const lineOf = (sku: string): string | undefined => order.lines.find((line) => line.sku === sku)?.id
  return {
    number: parcel.number,
    of: parcel.of,
    letter: parcel.letter,
    carton: parcel.carton,
    grossG: parcel.grossG,
    contents: parcel.contents.map((content) => ({ lineId: lineOf(content.sku), ...content })),
    travelsAlone: parcel.travelsAlone,
    why: parcel.why,
    status,
    statusText: statusText(status, {}, order.words),
    history: [
      { status: 'planned', at: instantText(order.row.placed_at), text: statusText('planned', {}, order.words) },
    ],
  }
}

const reportedContents = reportedPackage.shape.contents

function reportedPackageView(
  parcel: PackageRow,
  order: {
    readonly index: number
    readonly of: number
    readonly lines: readonly OrderLineRow[]
    readonly events: readonly OrderEventRow[]
    readonly words: Words
  },
): OrderPackage {
  const contents = parcel.contents === null ? [] : reportedContents.parse(JSON.parse(parcel.contents))
  const why = parcel.why === null ? undefined : reportedPackage.shape.why.parse(JSON.parse(parcel.why))
  const code = why?.code ?? 'packed'
  return {
    number: order.index + 1,
    of: order.of,
    letter: parcel.letter ?? parcelLetter(order.index),
    parcelId: parcel.parcel_id,
    carton: parcel.carton,
    grossG: parcel.gross_g ?? 0,
    contents: contents.map(({ lineId, sku, quantity }) => ({
      lineId,
      sku,
      quantity,
      name: order.lines.find((line) => line.id === lineId)?.name ?? sku,
    })),
    travelsAlone: code === 'alone' || code === 'own-box',
    why: { code, facts: why?.facts ?? {}, text: reportedReason(code, order.of, order.words) },
    status: parcel.status,
    statusText: statusText(parcel.status, { reason: lastReason(parcel, order.events) }, order.words),
    history: historyOf(parcel, order.events, order.words),
    ...(parcel.tracking !== null && { tracking: JSON.parse(parcel.tracking) as OrderPackage['tracking'] }), // stored from a parsed report
  }
}

/** What happened to the parcel, and to the order where that says more than the parcel's own events. */
function historyOf(parcel: PackageRow, events: readonly OrderEventRow[], words: Words): OrderPackage['history'] {
  const own = events.filter(({ parcel_id }) => parcel_id === parcel.parcel_id)
  const isOwn = new Set(own.map(({ kind }) => kind))
  return events
    .filter(
      (event) =>
        own.includes(event) || (event.parcel_id === null && !isOrderWord(event.kind) && !isOwn.has(event.kind)),
    )
    .map(({ kind, at, reason }) => ({
      status: kind,
      at: instantText(at),
      text: statusText(kind, { reason: reason ?? undefined }, words),
    }))
}

const lastReason = (parcel: PackageRow, events: readonly OrderEventRow[]): string | undefined =>
  events.findLast(({ parcel_id, kind }) => parcel_id === parcel.parcel_id && kind === parcel.status)?.reason ??
  undefined

/** Everything that happened, oldest first. */
export function orderEvents(shop: Shop, row: OrderRow, words: Words = english): readonly OrderEvent[] {
  const letterOf = new Map(packagesOf(shop.db, row.id).map(({ parcel_id, letter }) => [parcel_id, letter]))
  return eventsOf(shop.db, row.id).map((event) => {
    const letter = event.parcel_id === null ? undefined : (letterOf.get(event.parcel_id) ?? undefined)
    const status = statusText(event.kind, { reason: event.reason ?? undefined }, words)
    return {
      at: instantText(event.at),
      status: event.kind,
      ...(event.parcel_id !== null && { parcelId: event.parcel_id }),
      ...(letter !== undefined && { letter }),
      ...(event.reason !== null && { reason: event.reason }),
      ...(event.tracking !== null && { tracking: JSON.parse(event.tracking) as OrderEvent['tracking'] }), // stored from a parsed report
      text: letter === undefined ? status : words.say('order.ofParcel', { letter, status }),
    }
  })
}
