import type { Carrier } from '../domain/carrier.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { GeoPoint } from '../domain/recipient.ts'
import type { DeliverProblem } from '../ports/planners.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { secondsInto } from './collection-day.ts'
import type { Workshop } from './workshop.ts'

export interface RouteStop {
  readonly order: Order
  readonly parcels: readonly Parcel[]
  readonly at: GeoPoint | undefined
  readonly routingCode: string
}

export interface PlannedStop extends RouteStop {
  /** From 1. */
  readonly route: number
}

export interface PlannedRoute {
  /** In delivery order, route by route. */
  readonly stops: readonly PlannedStop[]
  readonly distanceM: number
  readonly lowerBoundM: number
  readonly isOptimal: boolean
}

const secondsPerDay = 86_400

/**
 * The order in which one carrier delivers. Couriers who plan their own route get stops grouped by routing code; so do
 * stops without coordinates or that no vehicle can serve in time, after all others: they still have to travel, and
 * whoever drives decides.
 */
export async function planRoute(
  deps: Pick<Workshop, 'planners'>,
  bundle: WaveBundle,
  work: { readonly carrier: Carrier; readonly stops: readonly RouteStop[]; readonly day: string },
): Promise<PlannedRoute> {
  const { carrier, stops } = work
  const byRoutingCode = stops.toSorted(
    (a, b) => a.routingCode.localeCompare(b.routingCode) || a.order.code.localeCompare(b.order.code),
  )
  const sorted = (list: readonly RouteStop[], route: number): readonly PlannedStop[] =>
    list.map((stop) => ({ ...stop, route }))
  if (carrier.plansOwnRoute || !carrier.vehicle)
    return { stops: sorted(byRoutingCode, 1), distanceM: 0, lowerBoundM: 0, isOptimal: false }

  const located = byRoutingCode.filter((stop) => stop.at !== undefined)
  const lost = byRoutingCode.filter((stop) => stop.at === undefined)
  const [result] = await deps.planners.deliveries([deliverProblem(bundle, { ...work, stops: located })], {
    seed: bundle.wave.seed,
  })
  if (!result) return { stops: sorted(byRoutingCode, 1), distanceM: 0, lowerBoundM: 0, isOptimal: false }
  const stopById = new Map(located.map((stop) => [stop.order.id, stop]))
  const served = result.routes.flatMap((route, index) =>
    route.stops.flatMap((id) => {
      const stop = stopById.get(id)
      return stop ? [{ ...stop, route: index + 1 }] : []
    }),
  )
  const unserved = result.unserved.flatMap((entry) => stopById.get(entry.id) ?? [])
  const last = Math.max(1, result.routes.length)
  const detour = bundle.settings.delivery.detourFactor
  return {
    stops: [...served, ...sorted([...unserved, ...lost], last)],
    distanceM: Math.round(result.distance * detour),
    lowerBoundM: Math.round(result.lowerBound * detour),
    isOptimal: result.optimal && unserved.length === 0,
  }
}

function deliverProblem(
  bundle: WaveBundle,
  work: { carrier: Carrier; stops: readonly RouteStop[]; day: string },
): DeliverProblem {
  const { shop, delivery } = bundle.settings
  const vehicle = work.carrier.vehicle ?? {
    count: 1,
    capacityParcels: 100,
    capacityG: 1_000_000,
    returns: true,
    speedKmh: 30,
  }
  const [hour = 0, minute = 0] = work.carrier.collection.split(':').map(Number)
  const leaves = hour * 3600 + minute * 60
  return {
    id: work.carrier.code,
    metric: 'haversine',
    // Roads are longer than the crow flies: the same minutes come out of a slower crow.
    speedKmh: vehicle.speedKmh / delivery.detourFactor,
    depot: { at: [shop.lat, shop.lon], window: [leaves, leaves + secondsPerDay] },
    vehicles: [
      {
        id: work.carrier.code,
        count: vehicle.count,
        capacity: [vehicle.capacityParcels, vehicle.capacityG],
        returns: vehicle.returns,
      },
    ],
    stops: work.stops.map((stop) => ({
      id: stop.order.id,
      at: [stop.at?.lat ?? 0, stop.at?.lon ?? 0],
      demand: [stop.parcels.length, stop.parcels.reduce((sum, parcel) => sum + parcel.totals.grossG, 0)],
      serviceS: delivery.serviceS,
      ...windowOf(bundle, stop, { day: work.day, leaves }),
    })),
    objective: 'distance',
  }
}

/** A window that is over before the van leaves was promised for another day: it does not bind this route. */
function windowOf(
  bundle: WaveBundle,
  stop: RouteStop,
  at: { day: string; leaves: number },
): { window?: readonly [number, number] } {
  const { window } = stop.order
  if (!window) return {}
  const from = secondsInto(at.day, window.from, bundle.settings.shop.zone)
  const to = secondsInto(at.day, window.to, bundle.settings.shop.zone)
  if (to <= at.leaves || from > at.leaves + secondsPerDay) return {}
  return { window: [Math.max(0, from), to] }
}
