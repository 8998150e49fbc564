import type { EpochMs } from '../../kernel/time.ts'

/** An order that waits at the counter to be collected. */
export interface WaitingCollection {
  readonly orderId: string
  readonly orderCode: string
  /** When its last parcel was packed. */
  readonly readySince: EpochMs
  /** Letters of the parcels that are packed. */
  readonly letters: readonly string[]
}

/** What the counter asks. Each method is one transaction. */
export interface CounterStore {
  /** Pieces of these SKUs that orders wait for which are not planned yet; SKUs nobody waits for are left out. */
  loadWaitingPieces(skus: readonly string[]): Promise<readonly { readonly sku: string; readonly pieces: number }[]>
  /** Orders to be collected with packed parcels, the longest waiting first. */
  listToCollect(): Promise<readonly WaitingCollection[]>
}
