import { AppError } from '../kernel/errors.ts'
import type { Stop } from '../domain/tour.ts'
import { requireOpenStop, requireQuantity, resultOf, saveStop, stopMovement, withStop } from './save-stop.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'planners'>

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
  const { tour, stop } = requireOpenStop(bundle, pick)
  if (pick.code !== stop.gtin && pick.code !== stop.sku) {
    throw new AppError('ERR_PICK_WRONG_PRODUCT', {
      scanned: pick.code,
      expectedSku: stop.sku,
      expectedGtin: stop.gtin ?? '',
      location: stop.location,
    })
  }
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
