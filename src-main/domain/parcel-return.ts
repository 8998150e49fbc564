import type { EpochMs } from '../kernel/time.ts'
import type { Parcel } from './parcel.ts'
import type { ParcelStatus } from './fulfilment.ts'

/** Where a piece that came back goes: onto a shelf, aside until somebody has looked at it, or away. */
export type Fate = 'restock' | 'quarantine' | 'discard'

/** Why it came back, as far as anybody said. The last two are no wish of the customer's. */
export type ReturnReason =
  'changed-mind' | 'wrong-item' | 'damaged' | 'not-as-described' | 'too-late' | 'other' | 'refused' | 'not-delivered'

/** Pieces of one order line that go to one place. */
export interface ReturnedPiece {
  readonly orderLineId: string
  readonly sku: string
  readonly quantity: number
  readonly fate: Fate
  /** Where they lie now; absent for what was discarded. */
  readonly location?: string | undefined
  readonly reason: ReturnReason
}

/** One opened package at the returns desk. */
export interface ParcelReturn {
  readonly id: string
  readonly at: EpochMs
  readonly actor: string
  /** What the parcel was before, for who takes this back. */
  readonly before: ParcelStatus
  readonly pieces: readonly ReturnedPiece[]
}

/** What lies here waits for somebody's decision; nobody is promised it. */
export const quarantineLocation = 'QUARANTINE'

/** Pieces of each content of a parcel that have not come back yet, in the order of its contents. */
export function stillOut(
  parcel: Pick<Parcel, 'contents' | 'returns'>,
): readonly { readonly orderLineId: string; readonly sku: string; readonly quantity: number }[] {
  const back = new Map<string, number>()
  for (const { orderLineId, sku, quantity } of (parcel.returns ?? []).flatMap(({ pieces }) => pieces)) {
    const key = JSON.stringify([orderLineId, sku])
    back.set(key, (back.get(key) ?? 0) + quantity)
  }
  return parcel.contents.map(({ orderLineId, sku, quantity }) => {
    const key = JSON.stringify([orderLineId, sku])
    const taken = Math.min(quantity, back.get(key) ?? 0)
    back.set(key, (back.get(key) ?? 0) - taken)
    return { orderLineId, sku, quantity: quantity - taken }
  })
}

/** Statuses in which a parcel is with its courier or its customer, so that it can come back. */
export const canComeBack = (status: ParcelStatus): boolean =>
  status === 'handed-over' || status === 'out-for-delivery' || status === 'failed' || status === 'delivered'
