import { counterConnectionId } from '../domain/counter.ts'
import { orderProgress, type FulfilmentEvent, type FulfilmentStatus, type ParcelStatus } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { OutboxMessage, ReportedPackage, StatusReport } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Store } from '../ports/store/store.ts'
import type { System } from '../ports/system.ts'
import { newId } from './audit.ts'
import { addresseeOf, packagesTold } from './order-family.ts'
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
  deps: { readonly store: Pick<Store, 'lastReportSequence' | 'findOrder' | 'findFollowers'>; readonly system: System },
  caller: Caller,
  options: FulfilOptions,
): Promise<Fulfilled> {
  const parcels = options.parcels.map((parcel) => withStatus(parcel, options.happenings))
  const orders = options.orders.map((order) => withProgress(order, parcels, options.happenings))
  const reports: OutboxMessage[] = []
  const sequenceById = new Map<string, number>()
  for (const order of orders) {
    const happenings = options.happenings.filter(
      (candidate) => candidate.orderId === order.id && (!order.follows || isToldOfPart(candidate)),
    )
    const addressee = happenings.length === 0 ? undefined : await addresseeOf(deps.store, order)
    // What was ordered at the counter has no storefront that wants to hear of it.
    if (!addressee || addressee.connectionId === counterConnectionId) continue
    let sequence = sequenceById.get(addressee.id) ?? (await deps.store.lastReportSequence(addressee.id))
    for (const happening of happenings) {
      sequence += 1
      const contents =
        happening.parcelId === undefined ? await packagesTold(deps.store, addressee, { orders, parcels }) : undefined
      reports.push(reportMessage(deps.system, { order: addressee, happening, sequence, parcels, contents, options }))
    }
    sequenceById.set(addressee.id, sequence)
  }
  const events = options.happenings.map((happening) => ({
    id: newId(deps.system),
    ...happening,
    source: caller.source,
    actor: caller.actor,
  }))
  return { parcels, orders, events, reports }
}

/** Of an order that carries on another the whole is no word: the storefront knows only the other one. */
const isToldOfPart = ({ parcelId, status }: Happening): boolean =>
  parcelId !== undefined || (status !== 'received' && status !== 'on-hold' && status !== 'cancelled')

function withStatus(parcel: Parcel, happenings: readonly Happening[]): Parcel {
  const last = happenings.findLast((happening) => happening.parcelId === parcel.id)
  // A happening on a parcel only ever carries a parcel's status; the order-only words have no parcelId.
  return last ? { ...parcel, status: last.status as ParcelStatus } : parcel
}

function withProgress(order: Order, parcels: readonly Parcel[], happenings: readonly Happening[]): Order {
  const own = parcels.filter((parcel) => parcel.orderId === order.id)
  const ownWord = happenings.findLast((happening) => happening.orderId === order.id && happening.parcelId === undefined)
  // Nothing of it lives any more: it waits to be planned anew, or is cancelled as a whole.
  const isBare =
    own.every(({ status }) => status === 'cancelled') && (ownWord !== undefined || !isAbout(order, happenings))
  if (own.length === 0 || isBare) return { ...order, status: ownWord?.status ?? order.status, isPartly: false }
  const progress = orderProgress(
    own.map((parcel) => parcel.status),
    order.status,
  )
  return { ...order, ...progress }
}

const isAbout = (order: Order, happenings: readonly Happening[]): boolean =>
  happenings.some(({ orderId }) => orderId === order.id)

interface ReportParts {
  readonly order: Order
  readonly happening: Happening
  readonly sequence: number
  readonly parcels: readonly Parcel[]
  /** The complete list of packages, told with words about the order as a whole. */
  readonly contents: readonly ReportedPackage[] | undefined
  readonly options: FulfilOptions
}

function reportMessage(system: System, parts: ReportParts): OutboxMessage {
  const { order, happening, sequence, parcels, contents, options } = parts
  const id = newId(system)
  const parcel = parcels.find((candidate) => candidate.id === happening.parcelId)
  const report: StatusReport = {
    id,
    orderId: order.id,
    parcelId: happening.parcelId,
    kind: happening.status,
    sequence,
    at: happening.at,
    reason: happening.reason,
    ...trackingOf(parcel, options),
    ...(contents && { contents }),
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
