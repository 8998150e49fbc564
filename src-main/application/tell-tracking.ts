import { counterConnectionId } from '../domain/counter.ts'
import type { OutboxMessage, StatusReport } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Order } from '../domain/order.ts'
import { newId } from './audit.ts'
import { addresseeOf } from './order-family.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** On its way: before that a number would lead the customer nowhere, and after it nobody follows it any more. */
const underWay: ReadonlySet<Parcel['status']> = new Set<Parcel['status']>(['handed-over', 'out-for-delivery', 'failed'])

/**
 * Parcels that have left with our number alone and have the carrier's now: their status once more, with it. What leaves
 * later is told with its hand-over.
 */
export async function tellTracking(
  deps: Deps,
  { parcels, carrierName }: { readonly parcels: readonly Parcel[]; readonly carrierName: string },
): Promise<readonly OutboxMessage[]> {
  const reports: OutboxMessage[] = []
  const told = parcels.filter(({ status }) => underWay.has(status))
  const sequenceById = new Map<string, number>()
  for (const [orderId, sent] of Map.groupBy(told, (parcel) => parcel.orderId)) {
    const own = (await deps.store.findOrder(orderId))?.order
    const order = own && (await addresseeOf(deps.store, own))
    if (!order || order.connectionId === counterConnectionId) continue
    let sequence = sequenceById.get(order.id) ?? (await deps.store.lastReportSequence(order.id))
    for (const parcel of sent) {
      sequence += 1
      reports.push(messageFor(deps, { order, parcel, sequence, carrierName }))
    }
    sequenceById.set(order.id, sequence)
  }
  return reports
}

interface Telling {
  readonly order: Order
  readonly parcel: Parcel
  readonly sequence: number
  readonly carrierName: string
}

function messageFor({ system }: Deps, { order, parcel, sequence, carrierName }: Telling): OutboxMessage {
  const id = newId(system)
  const now = system.clock.now()
  const report: StatusReport = {
    id,
    orderId: order.id,
    parcelId: parcel.id,
    kind: parcel.status,
    sequence,
    at: now,
    tracking: { carrier: carrierName, number: parcel.tracking ?? parcel.number ?? '' },
  }
  return {
    id,
    lane: order.id,
    payload: { kind: 'report', connectionId: order.connectionId, externalOrderId: order.externalId, report },
    createdAt: now,
    notBefore: now,
    attempts: 0,
    state: 'waiting',
  }
}
