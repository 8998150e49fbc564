import type { EpochMs } from '../kernel/time.ts'
import type { ParcelStatus } from './fulfilment.ts'
import type { Order } from './order.ts'
import type { SealedRecord } from './recipient.ts'
import type { StockMovement } from './stock.ts'
import type { WaveStage } from './wave.ts'

/** What can be done to an order and taken back as a whole. (A hold is released, a part merged again: they need no more.) */
export type TakeBackDeed = 'merge-orders' | 'change-address' | 'cancel-order'

/** The part of an order that merging and cancelling change. Nothing personal. */
export type OrderState = Pick<Order, 'status' | 'isPartly' | 'holds' | 'lines' | 'totals'>

/** What an order says in clear of where it goes. */
export type OrderPlace = Pick<Order, 'country' | 'postcodeArea' | 'addressToken'>

/** One order as it was before the deed. */
export interface FormerOrder {
  readonly orderId: string
  /** What was true of the order once the deed was done; is it no more, something else has happened since. */
  readonly mark: string
  readonly state?: OrderState | undefined
  readonly place?: OrderPlace | undefined
  /** The former recipient as it lay sealed; it ends with the order's own. */
  readonly personal?: SealedRecord | undefined
}

/** What cancelling changed of a wave, to be put back. */
export interface FormerWork {
  readonly waveId: string
  readonly stageBefore: WaveStage
  readonly stageAfter: WaveStage
  readonly parcels: readonly { readonly id: string; readonly status: ParcelStatus }[]
  readonly stops: readonly { readonly tourId: string; readonly seq: number; readonly quantity: number }[]
  readonly documentIds: readonly string[]
  readonly movements: readonly StockMovement[]
}

/** How orders were before a deed, kept for as long as it can be taken back. An order has one at most: that of its last. */
export interface TakeBack {
  readonly id: string
  readonly deed: TakeBackDeed
  readonly at: EpochMs
  /** Before this instant. */
  readonly until: EpochMs
  /** The one it was done to first. */
  readonly orders: readonly FormerOrder[]
  /** Words about it in the outbox: none of them may have gone out. */
  readonly messageIds: readonly string[]
  readonly work?: FormerWork | undefined
}

/** Where nobody is told: long enough for a second look and a telephone call, short for what is kept of a person. */
export const untoldMs = 5 * 60_000

/** Until when a deed can be taken back: before the first word of it goes out; undefined = it is out at once. */
export function takeBackUntil(
  at: EpochMs,
  told: { readonly words: number; readonly undoMs: number },
): EpochMs | undefined {
  // prettier-ignore
  if (told.words === 0) return at + untoldMs
  return told.undoMs > 0 ? at + told.undoMs : undefined
}

export const stateOf = ({ status, isPartly, holds, lines, totals }: Order): OrderState => ({
  status,
  isPartly,
  holds,
  lines,
  totals,
})

export const placeOf = ({ country, postcodeArea, addressToken }: Order): OrderPlace => ({
  country,
  postcodeArea,
  addressToken,
})

/** The order as it was, but for what others have said of it since. */
export const withState = (order: Order, state: OrderState): Order => ({ ...order, totals: undefined, ...state })

/** The counterpart of a movement: what was given back is promised again, what lay down is taken up. */
export const reversed = (movement: StockMovement): Pick<StockMovement, 'kind' | 'quantity'> => ({
  kind: movement.kind === 'reserved' ? 'reserved' : 'corrected',
  quantity: -movement.quantity,
})

/** The stage of a wave that gets an order back: what it was, or what others have made of it since, as far as that can still be. */
export function stageBack(work: Pick<FormerWork, 'stageBefore' | 'stageAfter'>, now: WaveStage): WaveStage {
  if (now === work.stageAfter) return work.stageBefore
  return now === 'packed' || now === 'closed' ? 'picking' : now
}
