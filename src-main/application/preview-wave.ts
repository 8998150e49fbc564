import { postageOf } from '../domain/postage.ts'
import type { Carrier } from '../domain/carrier.ts'
import { pieceCount, type HoldReason, type Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { PickTour } from '../domain/tour.ts'
import type { OrderProof, UnplannedOrder } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { decideParcels, type DecidedParcels, type Packer } from './plan-parcels.ts'
import { decideTours } from './plan-pick-tour.ts'
import { rememberPacking } from './remember-packing.ts'
import { usualSeed } from './run-wave.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'planners' | 'system'>

/** What one chosen order comes to. */
export interface PreviewedOrder {
  readonly orderId: string
  readonly orderCode: string
  /** Cartons by code, `''` for a product's own box, in order of the parcels' letters. */
  readonly cartons: readonly string[]
  readonly proof: OrderProof | undefined
  /** Given for the orders asked about. */
  readonly parcels?: readonly Parcel[] | undefined
}

export interface PreviewTotals {
  readonly orders: number
  readonly pieces: number
  readonly parcels: number
  /** Most used first; `''` = products in their own box. */
  readonly cartons: readonly { readonly code: string; readonly count: number }[]
  readonly grossG: number
  readonly tours: number
  readonly stops: number
  readonly lengthMm: number
  /** The same walks in order of the locations' names. */
  readonly binOrderMm: number
  /** Walking and picking, rounded up. */
  readonly minutes: number
  /** Metres and minutes come of a short search: planning finds walks that are as short or shorter. */
  readonly isWalkEstimated: boolean
  readonly cartonMinor: number
  readonly postageMinor: number
  /** Parcels whose courier has no price for them; they are left out of `postageMinor`. */
  readonly unpriced: number
}

export interface WavePreview {
  readonly orders: readonly PreviewedOrder[]
  readonly unplanned: readonly UnplannedOrder[]
  readonly totals: PreviewTotals
}

/** Up to so many orders the engine tries every way of sharing carts, in no time: then the walks are the plan's own. */
const ordersOfExactWalks = 12
/** Planning searches for many seconds which orders share a cart; somebody who ticks waits for less than one. */
const liveWalksMs = 500

const isEstimated = (parcels: readonly Parcel[]): boolean =>
  new Set(parcels.map((parcel) => parcel.orderId)).size > ordersOfExactWalks
const walksMs = ({ parcels }: WaveBundle): number | undefined => (isEstimated(parcels) ? liveWalksMs : undefined)

/**
 * What planning a wave of these orders would decide: the same steps on the same data as `planWave`, without a wave and
 * without writing; walks for many orders are an estimate. Parcels are remembered by order, so that one tick more costs one order more. Throws ERR_CANCELLED,
 * ERR_FLOOR_LOCATION_OUTSIDE.
 */
export function wavePreviews(deps: Deps): {
  preview(
    caller: Caller,
    wanted: { readonly orderIds: readonly string[]; readonly details: readonly string[] },
  ): Promise<WavePreview>
} {
  const planners: Packer = rememberPacking(deps.planners)
  return {
    async preview(caller, wanted) {
      const now = deps.system.clock.now()
      const loaded = await deps.store.loadForPlanning({ orderIds: wanted.orderIds, seed: usualSeed, at: now })
      const isOpen = ({ status }: Order): boolean => status === 'received' || status === 'on-hold'
      const bundle = { ...loaded, orders: loaded.orders.filter(isOpen) }
      const decided = await decideParcels({ ...deps, planners }, caller, { bundle, now })
      const planned = { ...bundle, parcels: decided.parcels }
      const tours = bundle.floor
        ? await decideTours(deps, caller, { bundle: planned, now, batchMs: walksMs(planned) })
        : []
      return previewOf(bundle, { decided, tours, details: new Set(wanted.details) })
    },
  }
}

function previewOf(
  bundle: WaveBundle,
  plan: { decided: DecidedParcels; tours: readonly PickTour[]; details: ReadonlySet<string> },
): WavePreview {
  const { parcels, proofs, unplanned } = plan.decided
  const parcelsByOrder = Map.groupBy(parcels, (parcel) => parcel.orderId)
  const proofByOrder = new Map(proofs.map((proof) => [proof.orderId, proof]))
  const orders = bundle.orders.flatMap(({ id, code }): PreviewedOrder[] => {
    const own = parcelsByOrder.get(id)
    if (!own) return []
    return [
      {
        orderId: id,
        orderCode: code,
        cartons: own.map((parcel) => parcel.carton ?? ''),
        proof: proofByOrder.get(id),
        ...(plan.details.has(id) && { parcels: own }),
      },
    ]
  })
  return { orders, unplanned: unplanned.map(plainly), totals: totalsOf(bundle, plan.decided, plan.tours) }
}

const plainly = (order: UnplannedOrder): UnplannedOrder => ({
  ...order,
  reasons: order.reasons.map(({ code, facts }): HoldReason => ({ code, facts })),
})

function totalsOf(bundle: WaveBundle, { parcels }: DecidedParcels, tours: readonly PickTour[]): PreviewTotals {
  const costByCarton = new Map(bundle.cartons.map(({ carton }) => [carton.code, carton.costMinor]))
  const carrierByCode = new Map(bundle.carriers.map((carrier) => [carrier.code, carrier]))
  const counts = Map.groupBy(parcels, (parcel) => parcel.carton ?? '')
  const planned = new Set(parcels.map((parcel) => parcel.orderId))
  const { walkMetresPerMinute, secondsPerPick } = bundle.settings.picking
  const lengthMm = sum(tours, (tour) => tour.lengthMm)
  const stops = tours.flatMap((tour) => tour.stops)
  const postages = parcels.map((parcel) => postage(carrierByCode.get(parcel.carrierCode ?? ''), parcel))
  return {
    orders: planned.size,
    pieces: sum(bundle.orders, (order) => (planned.has(order.id) ? pieceCount(order) : 0)),
    parcels: parcels.length,
    cartons: [...counts]
      .map(([code, used]) => ({ code, count: used.length }))
      .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    grossG: sum(parcels, (parcel) => parcel.totals.grossG),
    tours: tours.length,
    stops: stops.length,
    lengthMm,
    binOrderMm: sum(tours, (tour) => tour.binOrderMm),
    minutes: Math.ceil(
      lengthMm / 1000 / walkMetresPerMinute + (sum(stops, (stop) => stop.quantity) * secondsPerPick) / 60,
    ),
    isWalkEstimated: isEstimated(parcels),
    cartonMinor: sum(parcels, (parcel) => costByCarton.get(parcel.carton ?? '') ?? 0),
    postageMinor: sum(postages, (price) => price ?? 0),
    unpriced: postages.filter((price) => price === undefined).length,
  }
}

/** Collected in the shop costs nothing; undefined = the courier's prices do not say. */
const postage = (carrier: Carrier | undefined, parcel: Parcel): number | undefined =>
  carrier ? postageOf(carrier, { outerMm: parcel.outerMm, grossG: parcel.totals.grossG }) : 0

const sum = <Thing>(things: readonly Thing[], of: (thing: Thing) => number): number =>
  things.reduce((total, thing) => total + of(thing), 0)
