import type { Size } from '../kernel/units.ts'
import type { HandlingMark } from './catalogue.ts'
import type { ParcelStatus } from './fulfilment.ts'
import type { ParcelReturn } from './parcel-return.ts'

/** A share of an order line in a parcel. */
export interface ParcelContent {
  readonly orderLineId: string
  readonly sku: string
  readonly quantity: number
}

/** Position and orientation of one piece; axes x = length, y = width, z = up, origin at the inner bottom corner. */
export interface Placement {
  readonly sku: string
  readonly atMm: readonly [number, number, number]
  readonly sizeMm: Size
}

/** The two totals against what is allowed; compared before and after placing. */
export interface ParcelTotals {
  readonly netG: number
  readonly grossG: number
  readonly allowableG: number
  readonly piecesCm3: number
  readonly allowableCm3: number
}

/** The binding reason as a code and facts; sentences are made at the doors. */
export interface Why {
  readonly code: string
  readonly facts: { readonly [key: string]: string | number }
}

/** One packed carton, or a product in its own box (`carton` undefined). */
export interface Parcel {
  readonly id: string
  readonly orderId: string
  readonly orderCode: string
  readonly letter: string
  readonly waveId: string
  readonly carton: string | undefined
  readonly innerMm: Size | undefined
  readonly outerMm: Size
  readonly contents: readonly ParcelContent[]
  /** In an order in which a person can put them in. Empty when planned by volume alone. */
  readonly placements: readonly Placement[]
  readonly totals: ParcelTotals
  readonly checkedBy: 'placement' | 'volume'
  readonly handling: readonly HandlingMark[]
  readonly why: Why
  readonly status: ParcelStatus
  /** Set by plan-delivery. */
  readonly carrierCode?: string | undefined
  /** Own number or SSCC; set by plan-delivery, never reused, also when the label is voided. */
  readonly number?: string | undefined
  /** Place in the carrier's delivery order, such as `7` or `7a`; frozen on the label. */
  readonly sequence?: string | undefined
  readonly routingCode?: string | undefined
  readonly manifestId?: string | undefined
  /** The carrier's own number, where the parcel carries their label beside ours. */
  readonly tracking?: string | undefined
  /** What came back of it, oldest first; absent while nothing has. */
  readonly returns?: readonly ParcelReturn[] | undefined
}
