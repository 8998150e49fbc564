import type { EpochMs } from '../kernel/time.ts'
import type { Place } from './floor.ts'

/** One halt: pieces of one product for one parcel out of one location into one tote. */
export interface Stop {
  readonly seq: number
  readonly location: string
  readonly place: Place
  readonly lot?: string | undefined
  readonly sku: string
  readonly gtin?: string | undefined
  readonly name: string
  readonly quantity: number
  readonly orderId: string
  readonly orderCode: string
  readonly parcelId: string
  readonly parcelLetter: string
  readonly tote: number
  /** Pieces confirmed so far, and pieces that were not there. */
  readonly picked: number
  readonly short: number
}

/** One walk through the floor. Lengths in millimetres. */
export interface PickTour {
  readonly id: string
  readonly waveId: string
  readonly seq: number
  readonly stops: readonly Stop[]
  readonly lengthMm: number
  readonly lowerBoundMm: number
  readonly isOptimal: boolean
  readonly method: string
  /** What the same stops cost in the order of their location codes: the usual way. */
  readonly binOrderMm: number
  /** The line actually walked, from start to end, as points on the floor. */
  readonly path: readonly (readonly [number, number])[]
  /** What was really done on it; absent before its first stop is done. */
  readonly walk?: TourWalk | undefined
}

export interface TourWalk {
  /** Stops in the order in which they were done: picked, or known to be missing. */
  readonly done: readonly (readonly [seq: number, at: EpochMs])[]
  /** Once nothing is open any more. */
  readonly finished?: FinishedWalk | undefined
}

export interface FinishedWalk {
  readonly at: EpochMs
  /** From the start past the stops in the order in which they were done, to the end. */
  readonly walkedMm: number
  /** From the first stop done to the last, without breaks. */
  readonly workedMs: number
  /** What the plan says for walking and taking. */
  readonly plannedMs: number
}
