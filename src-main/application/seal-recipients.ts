import { AppError } from '../kernel/errors.ts'
import { currentKey, type Carrier } from '../domain/carrier.ts'
import type { DeliveryRecipient } from '../domain/delivery-information.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { keyMissing } from './courier-keys.ts'
import { openPersonal } from './open-personal.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'system' | 'labels' | 'vault'>

const dayMs = 86_400_000

export interface SealedRecipients {
  /** By parcel id. */
  readonly recipients: ReadonlyMap<string, DeliveryRecipient>
  /** Short codes of orders whose recipient no label has room for, even without instructions. */
  readonly tooLong: readonly string[]
}

/**
 * The recipient of each parcel, as its label carries it: sealed for the courier's key, or plain where the shop seals the
 * other side. An order that cannot be sealed is named and left out; it holds up nobody else. Throws ERR_CANCELLED.
 */
export async function sealRecipients(
  deps: Deps,
  caller: Caller,
  work: { readonly bundle: WaveBundle; readonly carrier: Carrier; readonly parcels: readonly Parcel[] },
): Promise<SealedRecipients> {
  const recipients = new Map<string, DeliveryRecipient>()
  const tooLong = new Set<string>()
  for (const parcel of work.parcels) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    try {
      recipients.set(parcel.id, await recipientOf(deps, work, parcel))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ERR_SEALED_TOO_LONG') throw error
      tooLong.add(parcel.orderCode)
    }
  }
  return { recipients, tooLong: [...tooLong] }
}

async function recipientOf(
  deps: Deps,
  { bundle, carrier }: { readonly bundle: WaveBundle; readonly carrier: Carrier },
  parcel: Parcel,
): Promise<DeliveryRecipient> {
  const order = bundle.orders.find((candidate) => candidate.id === parcel.orderId)
  const personal = order && openPersonal(deps.vault, order)
  if (!personal || parcel.number === undefined)
    throw new AppError('ERR_ORDER_NOT_FOUND', { order: parcel.orderCode, missing: 'address' })
  if (bundle.settings.privacy.sealing !== 'delivery') return { plain: personal.recipient }
  const now = deps.system.clock.now()
  const key = currentKey(carrier, now)
  if (!key) throw keyMissing([carrier], now)
  const expiresAt = now + bundle.settings.privacy.labelDays * dayMs
  return { sealed: await deps.labels.seal(personal.recipient, { key, parcelNumber: parcel.number, expiresAt }) }
}
