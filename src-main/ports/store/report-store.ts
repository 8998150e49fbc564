import type { DoubtedPlace, LateOrder, UsedStock } from '../../domain/report.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { Size } from '../../kernel/units.ts'

/** From the first instant, included, to the last, not included. */
export interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * Which quarter of an hour since 1970: days and hours of every time zone begin with one, so that counts by quarter
 * can be put together to local hours and days.
 */
export type Quarter = number
export const quarterMs = 900_000

export interface FlowCount {
  readonly quarter: Quarter
  /** Orders placed; orders of which the last parcel of this span was packed; parcels packed and handed over. */
  readonly what: 'placed' | 'packed-orders' | 'packed' | 'handed-over'
  readonly count: number
}

/** Tours whose last stop was done in this quarter, added up. */
export interface WalkSum {
  readonly quarter: Quarter
  readonly tours: number
  readonly plannedMm: number
  readonly binOrderMm: number
  readonly walkedMm: number
  readonly plannedMs: number
  readonly workedMs: number
}

/** Parcels packed in the span that cost the same. `carton` undefined = its own box. */
export interface PackedGroup {
  readonly carrierCode: string | undefined
  readonly carton: string | undefined
  readonly outerMm: Size
  readonly grossG: number
  readonly parcels: number
}

export interface PackedCount {
  /** How many orders were packed in so many parcels, fewest parcels first. */
  readonly spread: readonly { readonly parcels: number; readonly orders: number }[]
  readonly groups: readonly PackedGroup[]
}

export interface LateOrders {
  /** Orders of which a parcel was handed over in the span. */
  readonly handedOver: number
  /** Windows first, then collections; within each the one that was due first comes first, ties by order code. */
  readonly late: readonly LateOrder[]
}

export interface StockNeeds {
  /** Used in the span and not enough for `coverDays` more at that rate, the scarcest first. */
  readonly toReorder: readonly UsedStock[]
  /** The latest first. */
  readonly toCount: readonly DoubtedPlace[]
}

export interface StockQuestion extends Span {
  /** Days of the span that have passed. */
  readonly days: number
  readonly coverDays: number
  readonly limit: number
}

/** Sums over a span, made where the records lie. Each method is one moment; cost grows with what happened in the span. */
export interface ReportStore {
  /** By quarter. */
  countFlow(span: Span): Promise<readonly FlowCount[]>
  /** By quarter. */
  sumWalks(span: Span): Promise<readonly WalkSum[]>
  countPacked(span: Span): Promise<PackedCount>
  findLate(span: Span, now: EpochMs): Promise<LateOrders>
  findStockNeeds(question: StockQuestion): Promise<StockNeeds>
  /** Parcels that are planned or being picked, by courier. */
  countUnpacked(): Promise<readonly { readonly carrierCode: string; readonly parcels: number }[]>
  /** Orders whose window ends within the span and which are neither with a courier nor over. */
  countWindows(span: Span): Promise<number>
}
