import { AppError, assertNever } from '../kernel/errors.ts'
import { readScan, scanFault } from '../kernel/scanned-code.ts'
import { isoDay } from '../kernel/time.ts'
import type { Stop } from '../domain/tour.ts'
import { requireOpenStop, requireQuantity, resultOf, saveStop, stopMovement, withStop } from './save-stop.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'planners'>

export interface ConfirmedPick {
  readonly waveId: string
  readonly tour: number
  readonly seq: number
  /** What was scanned: GTIN, SKU, or a GS1 code with lot and days. */
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
 * Throws ERR_PICK_WRONG_PRODUCT for another product's code, ERR_PICK_WRONG_LOT and ERR_PICK_EXPIRED for what a code with
 * lot and days tells of the piece, ERR_PICK_TOO_MANY for more pieces than are open,
 * ERR_WAVE_STAGE before documents are issued or after the wave is closed, ERR_STATUS_NOT_ALLOWED for a cancelled parcel.
 */
export async function confirmPick(deps: Deps, caller: Caller, pick: ConfirmedPick): Promise<PickedStop> {
  const bundle = await deps.store.loadWave(pick.waveId)
  const { tour, stop } = requireOpenStop(bundle, pick)
  requireScan(stop, pick.code, isoDay(deps.system.clock.now(), bundle.settings.shop.zone))
  requireQuantity(stop, pick.quantity)

  const after: Stop = { ...stop, picked: stop.picked + pick.quantity }
  const taken = stopMovement(deps, caller, { stop, kind: 'picked', quantity: -pick.quantity })
  await saveStop(deps, caller, {
    bundle,
    tour: withStop(tour, after),
    changes: { movements: [taken], parcels: bundle.parcels, withdrawn: new Map() },
    pickedParcelId: stop.parcelId,
    action: 'confirm-pick',
  })
  return resultOf(tour, after)
}

function requireScan(stop: Stop, code: string, today: string): void {
  const scan = readScan(code)
  const fault = scanFault(scan, stop, today)
  if (!fault) return
  const { sku, location } = stop
  switch (fault.kind) {
    case 'product':
      throw new AppError('ERR_PICK_WRONG_PRODUCT', {
        scanned: scan.gtin ?? scan.text,
        expectedSku: sku,
        expectedGtin: stop.gtin ?? '',
        location,
      })
    case 'lot':
      throw new AppError('ERR_PICK_WRONG_LOT', { sku, location, scannedLot: fault.lot, lot: stop.lot ?? '' })
    case 'expired':
      throw new AppError('ERR_PICK_EXPIRED', { sku, location, day: fault.day })
    default:
      assertNever(fault)
  }
}

/** How a stop stands now, for whoever asks again. Throws ERR_INPUT_INVALID for no stop of this wave. */
export async function findPickedStop(
  deps: Pick<Deps, 'store'>,
  pick: Pick<ConfirmedPick, 'waveId' | 'tour' | 'seq'>,
): Promise<PickedStop> {
  const { tours } = await deps.store.loadWave(pick.waveId)
  const tour = tours.find(({ seq }) => seq === pick.tour)
  const stop = tour?.stops.find(({ seq }) => seq === pick.seq)
  if (!tour || !stop) throw new AppError('ERR_INPUT_INVALID', { path: 'seq', expected: 'a stop of this wave' })
  return resultOf(tour, stop)
}
