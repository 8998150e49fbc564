import type { Parcel, Placement } from '../domain/parcel.ts'
import { cartonLocation, freeOf, type StockMovement } from '../domain/stock.ts'
import type { Stop } from '../domain/tour.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { newId } from './audit.ts'
import { usableLevels } from './choose-locations.ts'
import type { ConfirmedPick, PickedStop } from './confirm-pick.ts'
import { requireOpenStop, requireQuantity, resultOf, saveStop, stopMovement, withStop } from './save-stop.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'planners'>

/**
 * Says that pieces were not at their place. Stock is corrected; where the same product is free elsewhere a new stop is
 * added at the end of the tour, else the pieces leave the parcel and the customer is told.
 */
export async function reportShortPick(
  deps: Deps,
  caller: Caller,
  pick: Omit<ConfirmedPick, 'code'>,
): Promise<{ readonly stop: PickedStop; readonly otherLocation: string | undefined }> {
  const bundle = await deps.store.loadWave(pick.waveId)
  const { tour, stop } = requireOpenStop(bundle, pick)
  requireQuantity(stop, pick.quantity)

  const after: Stop = { ...stop, short: stop.short + pick.quantity }
  const corrected = [
    stopMovement(deps, caller, { stop, kind: 'reserved', quantity: -pick.quantity }),
    { ...stopMovement(deps, caller, { stop, kind: 'corrected', quantity: -pick.quantity }), reason: 'short-pick' },
  ]
  const other = otherStop(bundle, {
    stop,
    quantity: pick.quantity,
    seq: Math.max(...tour.stops.map((one) => one.seq)) + 1,
    now: deps.system.clock.now(),
  })
  const result = resultOf(tour, after)
  if (other) {
    const promised = stopMovement(deps, caller, { stop: other, kind: 'reserved', quantity: other.quantity })
    const walked = withStop(tour, after)
    await saveStop(deps, caller, {
      bundle,
      tour: { ...walked, stops: [...walked.stops, other] },
      changes: { movements: [...corrected, promised], parcels: bundle.parcels, withdrawn: new Map() },
      pickedParcelId: undefined,
      action: 'short-pick',
    })
    return { stop: result, otherLocation: other.location }
  }
  const left = withdraw(bundle, { stop, quantity: pick.quantity })
  await saveStop(deps, caller, {
    bundle,
    tour: withStop(tour, after),
    changes: { ...left, movements: [...corrected, ...cartonsGivenBack(deps, caller, left.parcels)] },
    pickedParcelId: undefined,
    action: 'short-pick',
  })
  return { stop: result, otherLocation: undefined }
}

/** The same product at another place, enough of it to make up for what was missing. */
function otherStop(
  bundle: WaveBundle,
  need: { stop: Stop; quantity: number; seq: number; now: number },
): Stop | undefined {
  const { stop, quantity, seq } = need
  const level = usableLevels(bundle, need.now).find(
    (candidate) =>
      candidate.sku === stop.sku &&
      (candidate.location !== stop.location || candidate.lot !== (stop.lot ?? '')) &&
      freeOf(candidate) >= quantity,
  )
  const place = bundle.locations.find((location) => location.code === level?.location)?.place
  if (!level || !place) return undefined
  const { lot: _lot, ...rest } = stop
  return {
    ...rest,
    seq,
    location: level.location,
    place,
    ...(level.lot ? { lot: level.lot } : {}),
    quantity,
    picked: 0,
    short: 0,
  }
}

/** Takes pieces out of their parcel for good: fewer contents, lighter, and the order's line says what will not come. */
function withdraw(
  bundle: WaveBundle,
  loss: { stop: Stop; quantity: number },
): { parcels: readonly Parcel[]; withdrawn: ReadonlyMap<string, number> } {
  const product = bundle.products.find((candidate) => candidate.sku === loss.stop.sku)
  const withdrawn = new Map<string, number>()
  const parcels = bundle.parcels.map((parcel) => {
    if (parcel.id !== loss.stop.parcelId) return parcel
    let left = loss.quantity
    const contents = parcel.contents.flatMap((content) => {
      const taken = content.sku === loss.stop.sku ? Math.min(left, content.quantity) : 0
      left -= taken
      if (taken > 0) withdrawn.set(content.orderLineId, (withdrawn.get(content.orderLineId) ?? 0) + taken)
      return content.quantity > taken ? [{ ...content, quantity: content.quantity - taken }] : []
    })
    const weightG = (product?.weightG ?? 0) * loss.quantity
    const placements = placementsWithout(parcel.placements, { sku: loss.stop.sku, pieces: loss.quantity })
    return {
      ...parcel,
      contents,
      placements,
      totals: { ...parcel.totals, netG: parcel.totals.netG - weightG, grossG: parcel.totals.grossG - weightG },
    }
  })
  return { parcels, withdrawn }
}

/**
 * The drawing with pieces of a product taken out from the top, so that everything left still rests on something.
 * Where a piece would have to come out from below, there is no drawing any more: what is left fits, and the packer
 * decides how.
 */
function placementsWithout(
  placements: readonly Placement[],
  loss: { sku: string; pieces: number },
): readonly Placement[] {
  let left = [...placements]
  for (let piece = 0; piece < loss.pieces; piece++) {
    const free = left.findLast(
      (placement) => placement.sku === loss.sku && !left.some((above) => restsOn(above, placement)),
    )
    if (!free) return []
    left = left.filter((placement) => placement !== free)
  }
  return left
}

function restsOn(above: Placement, below: Placement): boolean {
  const overlaps = (axis: 0 | 1): boolean =>
    above.atMm[axis] < below.atMm[axis] + below.sizeMm[axis] && below.atMm[axis] < above.atMm[axis] + above.sizeMm[axis]
  return above.atMm[2] === below.atMm[2] + below.sizeMm[2] && overlaps(0) && overlaps(1)
}

/** A parcel that is left empty never needs its carton. */
function cartonsGivenBack(deps: Deps, caller: Caller, parcels: readonly Parcel[]): readonly StockMovement[] {
  return parcels
    .filter((parcel) => parcel.contents.length === 0 && parcel.status !== 'cancelled')
    .flatMap(({ carton, orderId }) => (carton === undefined ? [] : [{ carton, orderId }]))
    .map(({ carton, orderId }) => ({
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'reserved',
      sku: carton,
      of: 'carton',
      location: cartonLocation,
      quantity: -1,
      actor: caller.actor,
      orderId,
    }))
}
