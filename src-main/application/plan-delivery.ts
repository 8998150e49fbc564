import { AppError } from '../kernel/errors.ts'
import { ownParcelNumber, ssccOf } from '../kernel/ids.ts'
import { routingCodeFor, type Carrier } from '../domain/carrier.ts'
import type { Consignment, RoutePlan } from '../domain/manifest.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { GeoPoint } from '../domain/recipient.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { collectionDay } from './collection-day.ts'
import { planRoute, type RouteStop } from './plan-route.ts'
import { sequenceBetween } from './sequence.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotStarted, requireStep, stepResult } from './wave-step.ts'
import { openPersonal } from './open-personal.ts'

type Deps = Pick<Workshop, 'store' | 'planners' | 'system' | 'vault'>

/**
 * Plans in which order each courier's parcels are delivered, gives every parcel its number, and freezes its place in
 * the sequence. Coordinates are opened in memory only. A later wave of the same collection gets numbers between (7a).
 */
export async function planDelivery(deps: Deps, caller: Caller, waveId: string): Promise<void> {
  const startedAt = deps.system.clock.now()
  const bundle = await deps.store.loadWave(waveId)
  requireStep(bundle, 'plan-pick-tour')
  const fingerprint = fingerprintOf(deps, bundle, { step: 'plan-delivery', content: whatDeliveryReads(bundle) })
  if (isDone(bundle, 'plan-delivery', fingerprint)) return
  requireNotStarted(bundle)

  const living = bundle.parcels.filter((parcel) => parcel.status === 'planned')
  const numbered = await withNumbers(deps, bundle, living)
  const consignments: Consignment[] = []
  const routes: RoutePlan[] = []
  const groups = Map.groupBy(
    numbered.filter((parcel) => parcel.carrierCode !== undefined),
    (parcel) => parcel.carrierCode ?? '',
  )
  for (const [code, parcels] of groups) {
    const carrier = bundle.carriers.find((candidate) => candidate.code === code)
    if (!carrier) throw new AppError('ERR_CARRIER_NOT_FOUND', { carrier: code })
    const planned = await planCarrier(deps, bundle, { carrier, parcels })
    consignments.push(...planned.consignments)
    routes.push(planned.route)
    caller.watch.report({ step: 'plan-delivery', done: routes.length, total: groups.size })
  }
  await deps.store.saveDeliveryPlan({
    waveId,
    step: stepResult(deps, { step: 'plan-delivery', fingerprint, startedAt }),
    consignments,
    routes,
    parcels: numbered.map((parcel) => withSequence(parcel, consignments)),
    audit: auditEntry(deps.system, caller, {
      action: 'plan-delivery',
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: { consignments: consignments.length, parcels: numbered.length },
    }),
  })
}

function whatDeliveryReads(bundle: WaveBundle): object {
  return {
    addresses: bundle.orders.map((order) => ({
      id: order.id,
      address: order.addressToken,
      window: order.window,
      service: order.service,
    })),
    carriers: bundle.carriers.map((carrier) => ({
      code: carrier.code,
      routing: carrier.routing,
      vehicle: carrier.vehicle,
      plansOwnRoute: carrier.plansOwnRoute,
    })),
    delivery: bundle.settings.delivery,
  }
}

/** SSCCs with a GS1 prefix and a courier who reads them, else the shop's own numbers. A parcel that has a number keeps it. */
async function withNumbers(deps: Deps, bundle: WaveBundle, parcels: readonly Parcel[]): Promise<readonly Parcel[]> {
  const without = parcels.filter((parcel) => parcel.number === undefined).length
  const { letter, gs1Prefix } = bundle.settings.shop
  let serial = without > 0 ? await deps.store.takeParcelSerials(without) : 0
  return parcels.map((parcel) => {
    if (parcel.number !== undefined) return parcel
    const isOwn = bundle.carriers.find(({ code }) => code === parcel.carrierCode)?.numbers === 'own'
    const number = gs1Prefix && !isOwn ? ssccOf(gs1Prefix, serial) : ownParcelNumber(letter, serial)
    serial += 1
    return { ...parcel, number }
  })
}

interface CarrierWork {
  readonly carrier: Carrier
  readonly parcels: readonly Parcel[]
}

async function planCarrier(
  deps: Deps,
  bundle: WaveBundle,
  work: CarrierWork,
): Promise<{ consignments: readonly Consignment[]; route: RoutePlan }> {
  const { carrier } = work
  const day = collectionDay(carrier, deps.system.clock.now(), bundle.settings.shop.zone)
  const byOrder = Map.groupBy(work.parcels, (parcel) => parcel.orderId)
  const stops = [...byOrder].map(([orderId, parcels]): RouteStop => {
    const order = bundle.orders.find((candidate) => candidate.id === orderId)
    if (!order) throw new AppError('ERR_ORDER_NOT_FOUND', { order: orderId })
    return {
      order,
      parcels,
      at: pointOf(deps, order),
      routingCode: routingCodeFor(carrier, order.country, order.postcodeArea),
    }
  })
  const planned = await planRoute(deps, bundle, { carrier, stops, day })
  const frozen = bundle.collectionMates
    .filter(({ consignment }) => consignment.carrierCode === carrier.code && consignment.collectionDay === day)
    .map(({ consignment, order }) => ({ sequence: consignment.sequence, at: pointOf(deps, order) }))
  const sequences = sequenceBetween(planned.stops, frozen)
  const consignments = planned.stops.map((stop, index) => ({
    id: newId(deps.system),
    orderId: stop.order.id,
    waveId: bundle.wave.id,
    carrierCode: carrier.code,
    collectionDay: day,
    parcelIds: stop.parcels.map((parcel) => parcel.id),
    sequence: sequences[index] ?? String(index + 1),
    routingCode: stop.routingCode,
    route: stop.route,
  }))
  const route: RoutePlan = {
    waveId: bundle.wave.id,
    carrierCode: carrier.code,
    collectionDay: day,
    stops: consignments.length,
    distanceM: planned.distanceM,
    lowerBoundM: planned.lowerBoundM,
    isOptimal: planned.isOptimal,
  }
  return { consignments, route }
}

/** Where the order goes, opened for this thought only. */
const pointOf = (deps: Pick<Workshop, 'vault'>, order: Order): GeoPoint | undefined =>
  openPersonal(deps.vault, order)?.at

function withSequence(parcel: Parcel, consignments: readonly Consignment[]): Parcel {
  const own = consignments.find((consignment) => consignment.parcelIds.includes(parcel.id))
  return own ? { ...parcel, sequence: own.sequence, routingCode: own.routingCode } : parcel
}
