import type { Size } from '../../kernel/units.ts'

/** The answer as the planning format `backroom-pack-result-1` states it. */
export interface PackingResult {
  readonly orders: readonly PackedOrder[]
  readonly totals: PackingTotals
}

export interface PackingTotals {
  readonly parcels: number
  readonly outerCm3: number
  readonly billableG: number
  /** Pieces, not lines. */
  readonly unpacked: number
  readonly ms: number
}

export interface PackedOrder {
  readonly id: string
  readonly parcels: readonly PackedParcel[]
  readonly unpacked: readonly UnpackedItem[]
  readonly proof: PackingProof
  readonly ms: number
}

export interface PackedParcel {
  /** null: the piece travels in its own box. */
  readonly carton: string | null
  readonly netG: number
  readonly grossG: number
  /** The smaller of the carton's and the carrier's limit on the gross weight. */
  readonly allowableG: number
  /** Volumes in whole cm3, rounded up; they are compared in mm3. */
  readonly piecesCm3: number
  readonly allowableCm3: number
  readonly outerCm3: number
  readonly billableG: number
  /** `volume` when a piece without sides travels in it: the others still have places. */
  readonly checkedBy: 'placement' | 'volume'
  readonly why: { readonly code: ParcelReason; readonly facts: Facts }
  /** In an order in which a person can put the pieces in. */
  readonly placements: readonly Placement[]
}

export interface Placement {
  readonly sku: string
  /** Corner nearest the origin of the carton's inside, and size as placed; both null for a piece without sides. */
  readonly atMm: Size | null
  readonly sizeMm: Size | null
}

export type Facts = { readonly [name: string]: string | number }

/**
 * Why a parcel is what it is. `smallest-carton`: no carton that is better for the objective could
 * hold it by weight, volume or sides; `larger-carton`: a better one was tried and refused (facts:
 * its code and what binds); `one-more-parcel`: what keeps the order from one parcel less;
 * `set-split`: it holds a part of a set that should have stayed together.
 */
export type ParcelReason = 'smallest-carton' | 'larger-carton' | 'one-more-parcel' | 'set-split' | 'alone' | 'own-box'

export type UnpackedReason =
  | 'too-long'
  | 'too-heavy'
  | 'too-much-volume'
  | 'no-insulated-carton'
  | 'no-carton-left'
  | 'too-many-parcels'
  | 'contradictory-rules'
  | 'budget-spent'

export interface UnpackedItem {
  readonly sku: string
  readonly quantity: number
  readonly reason: UnpackedReason
  readonly facts: Facts
}

export interface PackingProof {
  /** No plan that packs the same pieces uses fewer parcels. */
  readonly parcelsLowerBound: number
  readonly fewestParcels: boolean
  /** Proven best in the mode's two aims, number of parcels and objective. */
  readonly best: boolean
}
