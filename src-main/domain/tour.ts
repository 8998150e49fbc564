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
}
