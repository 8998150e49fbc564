import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable, type ParcelStatus } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import { auditEntry } from './audit.ts'
import { findScanned } from './find-scanned.ts'
import { fulfil } from './fulfil.ts'
import { nameOf } from './take-return.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** What a courier says by telephone, or what stands in the corner after they have left. */
export type ParcelMishap = 'lost' | 'refused' | 'not-handed-over'

interface Mishap {
  readonly from: readonly ParcelStatus[]
  readonly to: 'failed' | 'packed'
}

const mishaps: Readonly<Record<ParcelMishap, Mishap>> = {
  lost: { from: ['handed-over', 'out-for-delivery', 'failed'], to: 'failed' },
  refused: { from: ['handed-over', 'out-for-delivery', 'failed'], to: 'failed' },
  'not-handed-over': { from: ['handed-over'], to: 'packed' },
}

export interface ReportedParcel {
  readonly order: string
  readonly parcel: string
  readonly parcelId: string
  readonly status: 'failed' | 'packed'
  /** Sending the same pieces once more is the next step that is open. */
  readonly canSendAgain: boolean
}

/**
 * Writes down what happened to a parcel after hand-over, and has the customer told. What was lost or refused is `failed`
 * with that reason: a lost one can be sent again, a refused one comes back by its label. What the courier left behind is
 * packed again, off its manifest and part of the next collection; its label stays good. `code` = anything findScanned
 * takes that names one parcel. Throws ERR_ORDER_NOT_FOUND, ERR_PARCEL_NOT_NAMED for an order of several parcels,
 * ERR_STATUS_NOT_ALLOWED.
 */
export async function reportParcel(
  deps: Deps,
  caller: Caller,
  input: { readonly code: string; readonly what: ParcelMishap },
): Promise<ReportedParcel> {
  const { file, parcel: scanned } = await findScanned(deps.store, input.code)
  const { from, to } = mishaps[input.what]
  const parcel = scanned ?? onlyOne(file.order.code, file.parcels)
  if (!from.includes(parcel.status))
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { parcel: nameOf(parcel), from: parcel.status, to: input.what })
  const settings = await deps.store.findSettings()
  const at = deps.system.clock.now()
  const done = await fulfil(deps, caller, {
    orders: [file.order],
    parcels: file.parcels.map((one) =>
      one.id === parcel.id && to === 'packed' ? { ...one, manifestId: undefined } : one,
    ),
    happenings: [{ orderId: file.order.id, parcelId: parcel.id, status: to, at, reason: input.what }],
    undoMs: settings?.undoMs ?? 0,
  })
  await deps.store.saveOrderChange({
    ...done,
    movements: [],
    audit: auditEntry(deps.system, caller, {
      action: `parcel-${input.what}`,
      entity: 'parcel',
      entityId: nameOf(parcel),
    }),
  })
  return {
    order: file.order.code,
    parcel: nameOf(parcel),
    parcelId: parcel.id,
    status: to,
    canSendAgain: input.what === 'lost',
  }
}

/** The only parcel of an order that is still alive. */
function onlyOne(order: string, parcels: readonly Parcel[]): Parcel {
  const [one, ...others] = parcels.filter(({ status }) => !fulfilmentTable[status].isEnded)
  if (!one || others.length > 0) throw new AppError('ERR_PARCEL_NOT_NAMED', { order, parcels: others.length + (one ? 1 : 0) }) // prettier-ignore
  return one
}
