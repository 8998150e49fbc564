import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable, orderProgress, type ParcelStatus } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { StockMovement } from '../domain/stock.ts'
import type { PickTour, Stop } from '../domain/tour.ts'
import { stageAfter } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import type { PickedStop } from './confirm-pick.ts'
import { fulfil, type Happening } from './fulfil.ts'
import { withWalk } from './record-walk.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'planners'>

/** Pieces of a stop that nobody has accounted for yet. */
export const openOf = (stop: Stop): number => stop.quantity - stop.picked - stop.short

/** Throws ERR_PICK_TOO_MANY for fewer than one piece or more than are open. */
export function requireQuantity(stop: Stop, quantity: number): void {
  const open = openOf(stop)
  if (quantity < 1 || quantity > open) throw new AppError('ERR_PICK_TOO_MANY', { quantity, open, sku: stop.sku })
}

export const resultOf = (tour: PickTour, stop: Stop): PickedStop => ({
  tour: tour.seq,
  seq: stop.seq,
  picked: stop.picked,
  short: stop.short,
  quantity: stop.quantity,
})

/** A stop that can be worked on now. Throws ERR_WAVE_STAGE, ERR_INPUT_INVALID for no stop, ERR_STATUS_NOT_ALLOWED for a cancelled parcel. */
export function requireOpenStop(
  bundle: WaveBundle,
  pick: { readonly tour: number; readonly seq: number },
): { tour: PickTour; stop: Stop } {
  requirePickable(bundle)
  const found = stopOf(bundle, pick)
  requireLiving(bundle, found.stop)
  return found
}

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

export const withStop = (tour: PickTour, stop: Stop): PickTour => ({
  ...tour,
  stops: tour.stops.map((one) => (one.seq === stop.seq ? stop : one)),
})

export function stopMovement(
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
  /** Why a parcel's contents change, where they do; a short pick unless it is said. */
  readonly reason?: string | undefined
}

/** Saves what happened at a stop together with everything that follows from it. */
export async function saveStop(deps: Deps, caller: Caller, saved: SavedStop): Promise<void> {
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
    tours: [await withWalk(deps, bundle, saved.tour)],
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
  const reason = saved.reason ?? 'short-pick'
  if (picked && fulfilmentTable[picked.status].rank < fulfilmentTable.picking.rank) {
    happenings.push({ orderId: picked.orderId, parcelId: picked.id, status: 'picking', at })
  }
  for (const parcel of saved.changes.parcels) {
    const before = saved.bundle.parcels.find((candidate) => candidate.id === parcel.id)
    if (!before || before === parcel) continue
    if (parcel.contents.length === 0)
      happenings.push({ orderId: parcel.orderId, parcelId: parcel.id, status: 'cancelled', at, reason })
    const siblings = saved.changes.parcels.filter((candidate) => candidate.orderId === parcel.orderId)
    const { status } = orderProgress(
      siblings.map((sibling) => (sibling.contents.length === 0 ? 'cancelled' : sibling.status)),
      before.status,
    )
    happenings.push({ orderId: parcel.orderId, status, at, reason })
  }
  return happenings
}
