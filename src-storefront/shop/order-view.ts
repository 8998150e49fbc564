import { parcelLetter } from '../../src-main/kernel/ids.ts'
import { reportedPackage, type WireReportKind } from '../../src-protocol/index.ts'
import type { OrderAnswer, OrderEvent, OrderPackage } from '../customer/schemas.ts'
import { travel as travelSchema, type Travel } from '../customer/travel-schema.ts'
import { statusText } from '../pages/status-words.ts'
import { eventsOf, linesOf, packagesOf, type OrderEventRow, type OrderLineRow, type OrderRow } from '../store/orders.ts'
import type { PackageRow } from '../store/orders.ts'
import { canBeCancelled } from './cancel-order.ts'
import { amountOf } from './money.ts'
import { personalOfOrder } from './order-personal.ts'
import { changesOf } from './promise.ts'
import { isOrderWord, progressOf, type Progress } from './progress.ts'
import type { Shop } from './shop.ts'
import { reportedReason } from '../pages/travel-words.ts'
import { instantText, totalsOf, windowOf } from './wire-order.ts'

/** An order as its customer reads it. `asPlaced` leaves out what happened since: the answer to the order itself. */
export function orderAnswer(shop: Shop, row: OrderRow, options: { asPlaced?: boolean } = {}): OrderAnswer {
  const reported = options.asPlaced === true ? [] : packagesOf(shop.db, row.id)
  const lines = linesOf(shop.db, row.id)
  const promised = travelSchema.parse(JSON.parse(row.travel))
  const events = options.asPlaced === true ? [] : eventsOf(shop.db, row.id)
  const { status, isPartly } = options.asPlaced === true ? asPlaced : orderProgress(row, reported)
  const shown = reported.filter((parcel) => parcel.status !== 'cancelled' || status === 'cancelled')
  const isCancelled = status === 'cancelled'
  const packages =
    shown.length > 0
      ? shown.map((parcel, index) => reportedPackageView(parcel, { index, of: shown.length, lines, events }))
      : promised.packages.map((parcel) => promisedPackageView(parcel, { lines, row, isCancelled }))
  return {
    id: row.id,
    number: String(row.number),
    status,
    statusText: statusText(status, { isPartly }),
    isPartly,
    placedAt: instantText(row.placed_at),
    service: row.service,
    ...windowOf(row),
    payment: row.payment,
    ...personalParts(shop, row),
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
    changes: isCancelled || shown.length === 0 ? [] : changesOf(promised, packages, lines),
    canBeCancelled: canBeCancelled(shop, row),
    href: `/orders/${row.id}`,
  }
}

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
  order: { readonly lines: readonly OrderLineRow[]; readonly row: OrderRow; readonly isCancelled: boolean },
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
    statusText: statusText(status),
    history: [{ status: 'planned', at: instantText(order.row.placed_at), text: statusText('planned') }],
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
    why: { code, facts: why?.facts ?? {}, text: reportedReason(code, order.of) },
    status: parcel.status,
    statusText: statusText(parcel.status, { reason: lastReason(parcel, order.events) }),
    history: historyOf(parcel, order.events),
    ...(parcel.tracking !== null && { tracking: JSON.parse(parcel.tracking) as OrderPackage['tracking'] }), // stored from a parsed report
  }
}

/** What happened to the parcel, and to the order where that says more than the parcel's own events. */
function historyOf(parcel: PackageRow, events: readonly OrderEventRow[]): OrderPackage['history'] {
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
      text: statusText(kind, { reason: reason ?? undefined }),
    }))
}

const lastReason = (parcel: PackageRow, events: readonly OrderEventRow[]): string | undefined =>
  events.findLast(({ parcel_id, kind }) => parcel_id === parcel.parcel_id && kind === parcel.status)?.reason ??
  undefined

/** Everything that happened, oldest first. */
export function orderEvents(shop: Shop, row: OrderRow): readonly OrderEvent[] {
  const letterOf = new Map(packagesOf(shop.db, row.id).map(({ parcel_id, letter }) => [parcel_id, letter]))
  return eventsOf(shop.db, row.id).map((event) => {
    const letter = event.parcel_id === null ? undefined : (letterOf.get(event.parcel_id) ?? undefined)
    const words = statusText(event.kind, { reason: event.reason ?? undefined })
    return {
      at: instantText(event.at),
      status: event.kind,
      ...(event.parcel_id !== null && { parcelId: event.parcel_id }),
      ...(letter !== undefined && { letter }),
      ...(event.reason !== null && { reason: event.reason }),
      ...(event.tracking !== null && { tracking: JSON.parse(event.tracking) as OrderEvent['tracking'] }), // stored from a parsed report
      text: letter === undefined ? words : `Parcel ${letter}: ${words}`,
    }
  })
}
