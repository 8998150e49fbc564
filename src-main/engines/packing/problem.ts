import type { Size } from '../../kernel/units.ts'

/**
 * The problem as the planning format `backroom-pack-1` states it, with every default filled in.
 * Lengths mm, weights g, money in minor units, sizes as [length, width, height]. Nothing here
 * knows of orders in a shop's sense: an order is an id and the pieces that shall travel.
 */
export interface PackingProblem {
  readonly cartons: readonly PackingCarton[]
  readonly rules: PackingRules
  readonly orders: readonly PackingOrder[]
}

/** Everything an order is planned against; what `planOrder` takes beside the order. */
export type PackingSetup = Pick<PackingProblem, 'cartons' | 'rules'>

export interface PackingCarton {
  readonly code: string
  readonly innerMm: Size
  readonly outerMm: Size
  readonly tareG: number
  readonly maxGrossG: number
  /** Allowable volume of pieces and coolant; absent: the inner volume. */
  readonly maxVolumeCm3?: number | undefined
  readonly costMinor: number
  /** How many there are for the whole problem; absent: as many as it takes. */
  readonly available?: number | undefined
  readonly insulated: boolean
  /** Taken once off each inner side: a piece ends at inner size less padding. */
  readonly paddingMm: number
  /** Coolant that travels in every carton of this kind, by volume and by weight. */
  readonly coolantMm3: number
  readonly coolantG: number
}

export type PackingMode = 'fewest' | 'cheapest'
export type PackingObjective = 'billable' | 'volume' | 'cost' | 'tariff'

export interface PackingRules {
  /** Share of a raised base that must rest on tops at its height; 0 switches support and centre off, else 0.5 to 1. */
  readonly minSupport: number
  /** Cubic centimetres that bill as one kilogram; absent: billable weight = gross weight. */
  readonly dimDivisorCm3PerKg?: number | undefined
  /** Groups of classes; two different classes of one group never share a parcel. */
  readonly keepApart: readonly (readonly string[])[]
  readonly mode: PackingMode
  /** What is made small after (mode fewest) or before (mode cheapest) the number of parcels. */
  readonly objective: PackingObjective
  readonly carrier?: CarrierLimits | undefined
  /** First row that fits prices a parcel. A parcel that no row fits is avoided wherever possible. */
  readonly tariff: readonly TariffRow[]
}

/** Limits per parcel on outer sizes and gross weight; `maxParcels` per order. Girth = 2 x (sum of the two shorter sides). */
export interface CarrierLimits {
  readonly maxLengthMm?: number | undefined
  readonly maxGirthMm?: number | undefined
  readonly maxGrossG?: number | undefined
  readonly maxParcels?: number | undefined
  readonly maxDangerousG?: number | undefined
}

export interface TariffRow {
  readonly maxGrossG?: number | undefined
  readonly maxLengthMm?: number | undefined
  readonly maxGirthMm?: number | undefined
  readonly priceMinor: number
}

export interface PackingOrder {
  readonly id: string
  readonly items: readonly PackingItem[]
}

export interface PackingItem {
  readonly sku: string
  readonly quantity: number
  /** null: without usable sides, planned by weight and volume alone. */
  readonly sizeMm: Size | null
  readonly weightG: number
  /** Overrides the product of the sides (soft, loose goods); needed where `sizeMm` is null. */
  readonly volumeCm3?: number | undefined
  readonly handling: PackingHandling
}

export type Temperature = 'ambient' | 'chilled' | 'frozen'
export type VerticalAxis = 'l' | 'w' | 'h'
export type Orientation = 'any' | 'upright' | 'flat' | 'fixed' | readonly VerticalAxis[]

export interface PackingHandling {
  readonly orientation: Orientation
  /** Weight that may rest on the piece, straight or through others; absent: anything; 0: nothing on top. */
  readonly maxLoadG?: number | undefined
  /** Nothing on top, whatever `maxLoadG` says. */
  readonly fragile: boolean
  readonly class?: string | undefined
  readonly temperature: Temperature
  readonly alone: boolean
  readonly ownBox: boolean
  /** Pieces of one label share a parcel unless that is impossible. */
  readonly keepTogether?: string | undefined
  /** Other sizes the piece can be folded to; the same orientation rule holds for each. */
  readonly foldedMm: readonly Size[]
  readonly dangerousG: number
}

/** Handling of a piece that knows no rule. */
export const plainHandling: PackingHandling = {
  orientation: 'any',
  fragile: false,
  temperature: 'ambient',
  alone: false,
  ownBox: false,
  foldedMm: [],
  dangerousG: 0,
}

/** Rules of the format's defaults: 75 % support, fewest parcels, then outer volume. */
export const plainRules: PackingRules = {
  minSupport: 0.75,
  keepApart: [],
  mode: 'fewest',
  objective: 'volume',
  tariff: [],
}
