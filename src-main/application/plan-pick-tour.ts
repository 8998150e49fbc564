import { AppError } from '../kernel/errors.ts'
import type { Place } from '../domain/floor.ts'
import type { StockMovement } from '../domain/stock.ts'
import type { PickTour, Stop } from '../domain/tour.ts'
import type { TourFloor, TourProblem, TourResult } from '../ports/planners.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { chooseLocations, promisedStops, type Allotment } from './choose-locations.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotStarted, requireStep, stepResult } from './wave-step.ts'

type Deps = Pick<Workshop, 'store' | 'planners' | 'system'>
type Walkers = Pick<Workshop, 'planners' | 'system'>
type PlaceOf = (location: string) => Place

/** Picks a cart carries at most; more and the walk back to the cart costs what batching saves. */
const picksPerTote = 12

/** Of all steps told while walks are planned, those of the search for orders that share a cart: it takes longest. */
const allSteps = 100
const batchSteps = 90

const reportSteps = (caller: Caller, done: number): void =>
  caller.watch.report({ step: 'plan-pick-tour', done: Math.floor(done), total: allSteps })

/**
 * Plans the walks of a wave: where each piece is taken, which orders share a cart, and the shortest way round.
 * The pieces are promised at their locations. Throws ERR_SHOP_NOT_INITIALISED without a floor, ERR_STOCK_SHORT when
 * stock on the floor has gone since the parcels were planned, ERR_FLOOR_LOCATION_OUTSIDE for a place nobody can walk to.
 */
export async function planPickTour(deps: Deps, caller: Caller, waveId: string): Promise<void> {
  const startedAt = deps.system.clock.now()
  const bundle = await deps.store.loadWave(waveId)
  requireStep(bundle, 'plan-parcels')
  const fingerprint = fingerprintOf(deps, bundle, {
    step: 'plan-pick-tour',
    content: {
      floor: bundle.floor ?? {},
      locations: bundle.locations,
      picking: bundle.settings.picking,
      // A parcel cancelled since must not be walked for.
      parcels: bundle.parcels.filter((parcel) => parcel.status !== 'cancelled').map((parcel) => parcel.id),
    },
  })
  if (isDone(bundle, 'plan-pick-tour', fingerprint)) return
  requireNotStarted(bundle)
  if (!bundle.floor) throw new AppError('ERR_SHOP_NOT_INITIALISED', { missing: 'floor' })
  const tours = await decideTours(deps, caller, { bundle, now: startedAt })
  await deps.store.savePickTours({
    waveId,
    step: stepResult(deps, { step: 'plan-pick-tour', fingerprint, startedAt }),
    tours,
    movements: [
      ...promises(deps, caller, { stops: promisedStops(bundle), sign: -1 }),
      ...promises(deps, caller, { stops: tours.flatMap((tour) => tour.stops), sign: 1 }),
    ],
    audit: auditEntry(deps.system, caller, {
      action: 'plan-pick-tour',
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: { tours: tours.length, millimetres: tours.reduce((sum, tour) => sum + tour.lengthMm, 0) },
    }),
  })
}

/**
 * The walks that planning would make for the bundle's planned parcels at this moment. Nothing is written. `batchMs`: the
 * search for orders that share a cart ends after so long, for looking at a plan before it is one.
 */
export async function decideTours(
  deps: Walkers,
  caller: Caller,
  {
    bundle,
    now,
    batchMs,
  }: { readonly bundle: WaveBundle; readonly now: number; readonly batchMs?: number | undefined },
): Promise<readonly PickTour[]> {
  const parcels = bundle.parcels
    .filter((parcel) => parcel.status === 'planned')
    .toSorted((a, b) => a.orderCode.localeCompare(b.orderCode) || a.letter.localeCompare(b.letter))
  const { allotments, missing } = chooseLocations(bundle, { parcels, now })
  const gone = missing[0]
  if (gone)
    throw new AppError('ERR_STOCK_SHORT', { order: gone.parcel.orderCode, sku: gone.sku, missing: gone.quantity })
  const carts = await dealOntoCarts(deps, bundle, { allotments, caller, batchMs })
  return walkCarts(deps, bundle, { carts, caller })
}

const floorOf = (bundle: WaveBundle): TourFloor => {
  if (!bundle.floor) throw new AppError('ERR_SHOP_NOT_INITIALISED', { missing: 'floor' })
  return { kind: 'aisles', aisleX: bundle.floor.aisleX, crossY: bundle.floor.crossY, missing: bundle.floor.missing }
}

/** Orders that share a cart, a tote each: batched by the engine. */
async function dealOntoCarts(
  deps: Walkers,
  bundle: WaveBundle,
  {
    allotments,
    caller,
    batchMs,
  }: { readonly allotments: readonly Allotment[]; readonly caller: Caller; readonly batchMs: number | undefined },
): Promise<readonly (readonly Allotment[])[]> {
  const { totes } = bundle.settings.picking
  const placeByCode = placesOf(bundle)
  const byOrder = [...Map.groupBy(allotments, (allotment) => allotment.parcel.orderId).values()]
  if (byOrder.length === 0 || !bundle.floor) return []
  const largest = Math.max(...byOrder.map((group) => group.length))
  const [result] = await deps.planners.batches(
    [
      {
        id: bundle.wave.code,
        floor: floorOf(bundle),
        start: bundle.floor.depot,
        end: bundle.floor.packingTable,
        capacity: Math.max(largest, totes * picksPerTote),
        cart: { totes },
        orders: byOrder.map((group) => group.map((allotment) => placeByCode(allotment.level.location))),
      },
    ],
    {
      seed: bundle.wave.seed,
      budgetMs: batchMs,
      isCancelled: caller.watch.isCancelled,
      onProgress: (done, total) => reportSteps(caller, (batchSteps * done) / total),
    },
  )
  const batches = result?.batches ?? []
  return batches.map((batch) => batch.orders.flatMap((index) => byOrder[index] ?? []))
}

/** The lookup is built once and handed on: floors have thousands of locations. */
function placesOf(bundle: WaveBundle): PlaceOf {
  const byCode = new Map(bundle.locations.map((location) => [location.code, location.place]))
  return (location) => {
    const place = byCode.get(location)
    if (!place) throw new AppError('ERR_FLOOR_LOCATION_UNKNOWN', { location })
    return place
  }
}

async function walkCarts(
  deps: Walkers,
  bundle: WaveBundle,
  work: { carts: readonly (readonly Allotment[])[]; caller: Caller },
): Promise<readonly PickTour[]> {
  const { floor } = bundle
  if (!floor) return []
  const placeOf = placesOf(bundle)
  const problems = work.carts.map((cart, index): TourProblem => ({
    id: String(index),
    floor: floorOf(bundle),
    start: floor.depot,
    end: floor.packingTable,
    picks: cart.map((allotment) => placeOf(allotment.level.location)),
  }))
  const results = await deps.planners.tours(problems, {
    seed: bundle.wave.seed,
    isCancelled: work.caller.watch.isCancelled,
    onProgress: (done, total) => reportSteps(work.caller, batchSteps + ((allSteps - batchSteps) * done) / total),
  })
  const tours: PickTour[] = []
  for (const [index, cart] of work.carts.entries()) {
    const result = results[index]
    const lost = cart[result?.unreachable.find((pick) => pick >= 0) ?? -1]
    if (lost)
      throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location: lost.level.location, reason: 'no-way-there' })
    if (result) tours.push(await tourOf(deps, bundle, { cart, result, seq: index + 1, placeOf }))
  }
  return tours
}

async function tourOf(
  deps: Walkers,
  bundle: WaveBundle,
  walk: { cart: readonly Allotment[]; result: TourResult; seq: number; placeOf: PlaceOf },
): Promise<PickTour> {
  const { cart, result, seq } = walk
  const floor = floorOf(bundle)
  const ends = [bundle.floor?.depot ?? [0, 0], bundle.floor?.packingTable ?? [0, 0]] as const
  const totes = new Map(
    [...new Set(cart.map((allotment) => allotment.parcel.orderId))].map((orderId, index) => [orderId, index + 1]),
  )
  const stops = result.order.flatMap((pick, index) => {
    const allotment = cart[pick]
    return allotment
      ? [
          stopOf(bundle, allotment, {
            seq: index + 1,
            tote: totes.get(allotment.parcel.orderId) ?? 1,
            place: walk.placeOf(allotment.level.location),
          }),
        ]
      : []
  })
  const binOrder = stops.toSorted((a, b) => a.location.localeCompare(b.location))
  const [walked, usual] = await Promise.all([
    deps.planners.walk(floor, [ends[0], ...stops.map((stop) => stop.place), ends[1]]),
    deps.planners.walk(floor, [ends[0], ...binOrder.map((stop) => stop.place), ends[1]]),
  ])
  return {
    id: newId(deps.system),
    waveId: bundle.wave.id,
    seq,
    stops,
    lengthMm: result.length,
    lowerBoundMm: result.lowerBound,
    isOptimal: result.optimal,
    method: result.method,
    binOrderMm: usual.length,
    path: walked.points,
  }
}

function stopOf(bundle: WaveBundle, allotment: Allotment, at: { seq: number; tote: number; place: Place }): Stop {
  const product = bundle.products.find((candidate) => candidate.sku === allotment.sku)
  return {
    ...at,
    location: allotment.level.location,
    ...(allotment.level.lot ? { lot: allotment.level.lot } : {}),
    sku: allotment.sku,
    ...(product?.gtin !== undefined ? { gtin: product.gtin } : {}),
    name: product?.name ?? allotment.sku,
    quantity: allotment.quantity,
    orderId: allotment.parcel.orderId,
    orderCode: allotment.parcel.orderCode,
    parcelId: allotment.parcel.id,
    parcelLetter: allotment.parcel.letter,
    picked: 0,
    short: 0,
  }
}

function promises(
  deps: Deps,
  caller: Caller,
  change: { stops: readonly Stop[]; sign: 1 | -1 },
): readonly StockMovement[] {
  return change.stops
    .map((stop) => ({
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'reserved' as const,
      sku: stop.sku,
      of: 'product' as const,
      location: stop.location,
      ...(stop.lot !== undefined ? { lot: stop.lot } : {}),
      quantity: change.sign * (stop.quantity - stop.picked - stop.short),
      actor: caller.actor,
      orderId: stop.orderId,
    }))
    .filter((movement) => movement.quantity !== 0)
}
