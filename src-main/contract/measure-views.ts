import type { Handling, Product, Space } from '../domain/catalogue.ts'
import type { MeasureName } from '../domain/measures.ts'
import type { Repair } from '../domain/repaired-measures.ts'
import type { StockLevel } from '../domain/stock.ts'
import type { Suspicion } from '../domain/suspicious-measures.ts'

export type WorklistKindView = 'no-weight' | 'no-size' | 'suspicious' | 'no-location' | 'estimated'

/** A product with what is missing or doubtful about it. */
export interface WorklistRowView {
  readonly product: Product
  readonly levels: readonly StockLevel[]
  /** The most pressing first. */
  readonly kinds: readonly WorklistKindView[]
  /** Orders not planned yet that name it. */
  readonly waitingOrders: number
  readonly doubts: readonly Suspicion[]
  /** A value that one slip in typing or in units would explain. */
  readonly repair?: Repair | undefined
}

export interface WorklistView {
  readonly rows: readonly WorklistRowView[]
  /** Of the kind that was asked for. */
  readonly total: number
  /** By kind, of all that the search finds; one product may be of several kinds. */
  readonly counts: { readonly [Kind in WorklistKindView]: number }
}

/** What staff say of one product, as `catalogue.measure` takes it. */
export interface MeasureChangeView {
  readonly sku: string
  readonly space?: Space | undefined
  readonly weightG?: number | undefined
  readonly handling?: Handling | undefined
  readonly clear?: readonly MeasureName[] | undefined
  readonly confirmed?: boolean | undefined
}

export interface MeasureOutcomeView {
  readonly changed: number
  /** Orders that waited for it and go on. */
  readonly released: number
  /** `catalogue.measure` with these puts everything back. */
  readonly undo: readonly MeasureChangeView[]
}

export interface EstimateView {
  /** Products that were given an estimate, or freed of one. */
  readonly skus: readonly string[]
  /** Products that still lack something: too few of their category were measured. */
  readonly without: number
  readonly released: number
}

/** A product's photo as it is shown; null stands for none. */
export interface ProductPhotoView {
  readonly sku: string
  readonly mediaType: 'image/jpeg' | 'image/webp'
  readonly widthPx: number
  readonly heightPx: number
  readonly takenAt: number
  readonly base64: string
}

/** What puts the former photo back: set it again, or remove the new one where there was none. */
export interface PhotoOutcomeView {
  readonly undo: { readonly sku: string; readonly base64?: string | undefined }
}
