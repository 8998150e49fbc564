import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable, orderProgress, type ParcelStatus } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import { cartonLocation, freeOf, type StockMovement } from '../domain/stock.ts'
import type { PickTour, Stop } from '../domain/tour.ts'
import { stageAfter } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { usableLevels } from './choose-locations.ts'
import { fulfil, type Happening } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

export interface ConfirmedPick {
  readonly waveId: string
  readonly tour: number
  readonly seq: number
  /** What was scanned: GTIN or SKU. */
  readonly code: string
  readonly quantity: number
}

/** Where a stop stands after a pick. */
export interface PickedStop {
  readonly tour: number
  readonly seq: number
  readonly picked: number
  readonly short: number
  readonly quantity: number
}

/**
 * Confirms pieces taken at a stop. The first pick of a parcel makes it `picking`, also for the customer.
 * Throws ERR_PICK_WRONG_PRODUCT for another product's code, ERR_PICK_TOO_MANY for more pieces than are open,
 * ERR_WAVE_STAGE before documents are issued or after the wave is closed, ERR_STATUS_NOT_ALLOWED for a cancelled parcel.
 */
export async function confirmPick(deps: Deps, caller: Caller, pick: ConfirmedPick): Promise<PickedStop> {
  const bundle = await deps.store.loadWave(pick.waveId)
  requirePickable(bundle)
  const { tour, stop } = stopOf(bundle, pick)
  requireLiving(bundle, stop)
  if (pick.code !== stop.gtin && pick.code !== stop.sku) {
    throw new AppError('ERR_PICK_WRONG_PRODUCT', {
      scanned: pick.code,
      expectedSku: stop.sku,
      expectedGtin: stop.gtin ?? '',
      location: stop.location,
    })
  }
  const open = openOf(stop)
  if (pick.quantity < 1 || pick.quantity > open)
    throw new AppError('ERR_PICK_TOO_MANY', { quantity: pick.quantity, open, sku: stop.sku })

  const after: Stop = { ...stop, picked: stop.picked + pick.quantity }
  const taken = movement(deps, caller, { stop, kind: 'picked', quantity: -pick.quantity })
  await saveStop(deps, caller, {
    bundle,
    tour: withStop(tour, after),
    changes: { movements: [taken], parcels: bundle.parcels, withdrawn: new Map() },
    pickedParcelId: stop.parcelId,
    action: 'confirm-pick',
  })
  return { tour: pick.tour, seq: after.seq, picked: after.picked, short: after.short, quantity: after.quantity }
}

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
  requirePickable(bundle)
  const { tour, stop } = stopOf(bundle, pick)
  requireLiving(bundle, stop)
  const open = openOf(stop)
  if (pick.quantity < 1 || pick.quantity > open)
    throw new AppError('ERR_PICK_TOO_MANY', { quantity: pick.quantity, open, sku: stop.sku })

  const after: Stop = { ...stop, short: stop.short + pick.quantity }
  const corrected = [
    movement(deps, caller, { stop, kind: 'reserved', quantity: -pick.quantity }),
    { ...movement(deps, caller, { stop, kind: 'corrected', quantity: -pick.quantity }), reason: 'short-pick' },
  ]
  const other = otherStop(bundle, {
    stop,
    quantity: pick.quantity,
    seq: Math.max(...tour.stops.map((one) => one.seq)) + 1,
    now: deps.system.clock.now(),
  })
  const result = { tour: pick.tour, seq: after.seq, picked: after.picked, short: after.short, quantity: after.quantity }
  if (other) {
    const promised = movement(deps, caller, { stop: other, kind: 'reserved', quantity: other.quantity })
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

const openOf = (stop: Stop): number => stop.quantity - stop.picked - stop.short

function requirePickable(bundle: WaveBundle): void {
  if (bundle.wave.stage !== 'issued' && bundle.wave.stage !== 'picking') {
    throw new AppError('ERR_WAVE_STAGE', { wave: bundle.wave.code, stage: bundle.wave.stage, needed: 'issued' })
  }
}

function stopOf(
  bundle: WaveBundle,
  pick: { readonly tour: number; readonly seq: number },
): { tour: PickTour; stop: Stop } {
  const tour = bundle.tours.find((candidate) => candidate.seq === pick.tour)
  const stop = tour?.stops.find((candidate) => candidate.seq === pick.seq)
  if (!tour || !stop)
    throw new AppError('ERR_INPUT_INVALID', { path: tour ? 'seq' : 'tour', expected: 'a stop of this wave' })
  return { tour, stop }
}

function requireLiving(bundle: WaveBundle, stop: Stop): void {
  const parcel = bundle.parcels.find((candidate) => candidate.id === stop.parcelId)
  if (parcel?.status === 'cancelled')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      parcel: `${stop.orderCode}${stop.parcelLetter}`,
      from: 'cancelled',
      to: 'picking',
    })
}

const withStop = (tour: PickTour, stop: Stop): PickTour => ({
  ...tour,
  stops: tour.stops.map((one) => (one.seq === stop.seq ? stop : one)),
})

function movement(
  deps: Deps,
  caller: Caller,
  taken: { stop: Stop; kind: StockMovement['kind']; quantity: number },
): StockMovement {
  const { stop } = taken
  return {
    id: newId(deps.system),
    at: deps.system.clock.now(),
    kind: taken.kind,
    sku: stop.sku,
    of: 'product',
    location: stop.location,
    ...(stop.lot !== undefined ? { lot: stop.lot } : {}),
    quantity: taken.quantity,
    actor: caller.actor,
    orderId: stop.orderId,
  }
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
    let drop = loss.quantity
    // The last placed pieces of the product go: nothing rests on a piece placed later, so the drawing stays true.
    const placements = parcel.placements
      .toReversed()
      .filter((placement) => placement.sku !== loss.stop.sku || drop-- <= 0)
      .toReversed()
    return {
      ...parcel,
      contents,
      placements,
      totals: { ...parcel.totals, netG: parcel.totals.netG - weightG, grossG: parcel.totals.grossG - weightG },
    }
  })
  return { parcels, withdrawn }
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

interface SavedStop {
  readonly bundle: WaveBundle
  readonly tour: PickTour
  readonly changes: {
    readonly movements: readonly StockMovement[]
    readonly parcels: readonly Parcel[]
    readonly withdrawn: ReadonlyMap<string, number>
  }
  readonly pickedParcelId: string | undefined
  readonly action: string
}

async function saveStop(deps: Deps, caller: Caller, saved: SavedStop): Promise<void> {
  const { bundle, changes } = saved
  const parcelId = saved.tour.stops.find((stop) => stop.parcelId === saved.pickedParcelId)?.parcelId
  const orderIds = new Set(
    bundle.parcels
      .filter(
        (parcel) =>
          parcel.id === parcelId || changes.parcels.some((after) => after.id === parcel.id && after !== parcel),
      )
      .map((parcel) => parcel.orderId),
  )
  const orders = bundle.orders
    .filter((order) => orderIds.has(order.id))
    .map((order) => ({
      ...order,
      lines: order.lines.map((line) => ({
        ...line,
        withdrawn: line.withdrawn + (changes.withdrawn.get(line.id) ?? 0),
      })),
    }))
  const done = await fulfil(deps, caller, {
    orders,
    parcels: changes.parcels.filter((parcel) => orderIds.has(parcel.orderId)),
    happenings: happeningsOf(deps, saved, parcelId),
    undoMs: bundle.settings.undoMs,
  })
  await deps.store.saveFloorWork({
    waveId: bundle.wave.id,
    stage: stageAfter('picking', statusesAfter(bundle, done.parcels)),
    tours: [saved.tour],
    ...done,
    movements: changes.movements,
    audit: auditEntry(deps.system, caller, {
      action: saved.action,
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: { tour: saved.tour.seq },
    }),
  })
}

/** Where the wave's parcels are, seen with a change already done. */
export function statusesAfter(
  bundle: Pick<WaveBundle, 'parcels'>,
  changed: readonly Parcel[],
): readonly ParcelStatus[] {
  const statusById = new Map(changed.map((parcel) => [parcel.id, parcel.status]))
  return bundle.parcels.map((parcel) => statusById.get(parcel.id) ?? parcel.status)
}

/** First pick of a parcel: `picking`. Nothing left in it: `cancelled`. Something left: the customer gets the new list of packages. */
function happeningsOf(deps: Deps, saved: SavedStop, pickedParcelId: string | undefined): readonly Happening[] {
  const at = deps.system.clock.now()
  const picked = saved.bundle.parcels.find((parcel) => parcel.id === pickedParcelId)
  const happenings: Happening[] = []
  if (picked && fulfilmentTable[picked.status].rank < fulfilmentTable.picking.rank) {
    happenings.push({ orderId: picked.orderId, parcelId: picked.id, status: 'picking', at })
  }
  for (const parcel of saved.changes.parcels) {
    const before = saved.bundle.parcels.find((candidate) => candidate.id === parcel.id)
    if (!before || before === parcel) continue
    if (parcel.contents.length === 0)
      happenings.push({ orderId: parcel.orderId, parcelId: parcel.id, status: 'cancelled', at, reason: 'short-pick' })
    const siblings = saved.changes.parcels.filter((candidate) => candidate.orderId === parcel.orderId)
    const { status } = orderProgress(
      siblings.map((sibling) => (sibling.contents.length === 0 ? 'cancelled' : sibling.status)),
      before.status,
    )
    happenings.push({ orderId: parcel.orderId, status, at, reason: 'short-pick' })
  }
  return happenings
}
