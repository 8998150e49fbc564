import { counterConnectionId } from '../domain/counter.ts'
import { orderProgress, type FulfilmentEvent, type FulfilmentStatus, type ParcelStatus } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { OutboxMessage, ReportedPackage, StatusReport } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Store } from '../ports/store/store.ts'
import type { System } from '../ports/system.ts'
import { newId } from './audit.ts'
import type { Caller } from './workshop.ts'

/** A status that one parcel, or the order as a whole (no parcel), has reached. */
export interface Happening {
  readonly orderId: string
  readonly parcelId?: string | undefined
  readonly status: FulfilmentStatus
  readonly at: number
  readonly reason?: string | undefined
}

/** What follows from happenings and must be saved together with them. */
export interface Fulfilled {
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
}

export interface FulfilOptions {
  readonly orders: readonly Order[]
  /** All parcels of those orders, also the ones that do not change. */
  readonly parcels: readonly Parcel[]
  readonly happenings: readonly Happening[]
  readonly undoMs: number
  readonly carrierNames?: ReadonlyMap<string, string> | undefined
}

/**
 * The one place where statuses change: parcels get their new status, orders the least advanced of
 * their parcels, and each happening becomes one event and one report in the outbox, numbered per order.
 */
export async function fulfil(
  deps: { readonly store: Pick<Store, 'lastReportSequence'>; readonly system: System },
  caller: Caller,
  options: FulfilOptions,
): Promise<Fulfilled> {
  const parcels = options.parcels.map((parcel) => withStatus(parcel, options.happenings))
  const orders = options.orders.map((order) => withProgress(order, parcels, options.happenings))
  const reports: OutboxMessage[] = []
  for (const order of orders) {
    // What was ordered at the counter has no storefront that wants to hear of it.
    if (order.connectionId === counterConnectionId) continue
    let sequence = await deps.store.lastReportSequence(order.id)
    for (const happening of options.happenings.filter((candidate) => candidate.orderId === order.id)) {
      sequence += 1
      reports.push(reportMessage(deps.system, { order, happening, sequence, parcels, options }))
    }
  }
  const events = options.happenings.map((happening) => ({
    id: newId(deps.system),
    ...happening,
    source: caller.source,
    actor: caller.actor,
  }))
  return { parcels, orders, events, reports }
}

function withStatus(parcel: Parcel, happenings: readonly Happening[]): Parcel {
  const last = happenings.findLast((happening) => happening.parcelId === parcel.id)
  // A happening on a parcel only ever carries a parcel's status; the order-only words have no parcelId.
  return last ? { ...parcel, status: last.status as ParcelStatus } : parcel
}

function withProgress(order: Order, parcels: readonly Parcel[], happenings: readonly Happening[]): Order {
  const own = parcels.filter((parcel) => parcel.orderId === order.id)
  const ownWord = happenings.findLast((happening) => happening.orderId === order.id && happening.parcelId === undefined)
  if (own.length === 0) return { ...order, status: ownWord?.status ?? order.status, isPartly: false }
  const progress = orderProgress(
    own.map((parcel) => parcel.status),
    order.status,
  )
  return { ...order, ...progress }
}

interface ReportParts {
  readonly order: Order
  readonly happening: Happening
  readonly sequence: number
  readonly parcels: readonly Parcel[]
  readonly options: FulfilOptions
}

function reportMessage(system: System, parts: ReportParts): OutboxMessage {
  const { order, happening, sequence, parcels, options } = parts
  const id = newId(system)
  const parcel = parcels.find((candidate) => candidate.id === happening.parcelId)
  const tellsPackages = happening.parcelId === undefined
  const report: StatusReport = {
    id,
    orderId: order.id,
    parcelId: happening.parcelId,
    kind: happening.status,
    sequence,
    at: happening.at,
    reason: happening.reason,
    ...trackingOf(parcel, options),
    ...(tellsPackages && { contents: packagesOf(order, parcels) }),
  }
  return {
    id,
    lane: order.id,
    payload: { kind: 'report', connectionId: order.connectionId, externalOrderId: order.externalId, report },
    createdAt: happening.at,
    notBefore: system.clock.now() + options.undoMs,
    attempts: 0,
    state: 'waiting',
  }
}

/** Once the courier has it (then its name is known here): a number before that would lead the customer nowhere. */
function trackingOf(parcel: Parcel | undefined, { carrierNames }: FulfilOptions): Pick<StatusReport, 'tracking'> {
  const carrier = parcel?.carrierCode === undefined ? undefined : carrierNames?.get(parcel.carrierCode)
  if (carrier === undefined || parcel?.number === undefined) return {}
  return { tracking: { carrier, number: parcel.tracking ?? parcel.number } }
}

/** The list of packages a customer sees: the living parcels of the order by letter. */
export function packagesOf(order: Order, parcels: readonly Parcel[]): readonly ReportedPackage[] {
  const externalLineById = new Map(order.lines.map((line) => [line.id, line.externalId]))
  return parcels
    .filter((parcel) => parcel.orderId === order.id && parcel.status !== 'cancelled')
    .map((parcel) => ({
      parcelId: parcel.id,
      letter: parcel.letter,
      carton: parcel.carton ?? null,
      grossG: parcel.totals.grossG,
      contents: parcel.contents.map((content) => ({
        externalLineId: externalLineById.get(content.orderLineId) ?? content.orderLineId,
        sku: content.sku,
        quantity: content.quantity,
      })),
      why: parcel.why,
    }))
}
