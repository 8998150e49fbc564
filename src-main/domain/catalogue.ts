import type { Size } from '../kernel/units.ts'

export type Temperature = 'ambient' | 'chilled' | 'frozen'
export type Orientation = 'any' | 'upright' | 'flat' | 'fixed'

/** How a product wants to be packed; every field as in the planning formats (docs/protocol). */
export interface Handling {
  readonly orientation: Orientation
  /** Grams that may rest on it; absent = anything, 0 = nothing on top. */
  readonly maxLoadG?: number | undefined
  /** Goods class for keep-apart rules: food, chemicals, batteries ...; `adults` is marked on the parcel. */
  readonly class?: string | undefined
  readonly temperature: Temperature
  readonly alone: boolean
  readonly ownBox: boolean
  readonly fragile: boolean
  readonly dangerousG: number
  /** Other sizes a soft product can be folded to. */
  readonly foldedMm: readonly Size[]
}

/** Where a measure came from: measured beats told, told beats guessed. */
export type MeasureOrigin = 'staff' | 'storefront' | 'estimated'

/** How much room a product takes: its sides, its volume, or both. */
export interface Space {
  readonly sizeMm?: Size | undefined
  readonly volumeCm3?: number | undefined
}

/** What one origin says of a product; it may know some measures and not others. */
export interface MeasureLayer {
  readonly space?: Space | undefined
  readonly weightG?: number | undefined
  readonly handling?: Handling | undefined
}

/** Each origin keeps its own word, so that taking one back brings the next one to light. */
export type MeasureLayers = { readonly [Origin in MeasureOrigin]?: MeasureLayer | undefined }

/**
 * The catalogue entry of a sellable unit. Sizes and weight may be missing: then planning says so. What is in force
 * (sizeMm, volumeCm3, weightG, handling) follows from the layers and is made by `withMeasures` alone.
 */
export interface Product {
  readonly sku: string
  readonly gtin?: string | undefined
  readonly name: string
  readonly description: string
  readonly category: string
  readonly priceMinor: number
  readonly currency: string
  /** Percent, such as 7 or 19. */
  readonly taxRate: number
  readonly sizeMm?: Size | undefined
  readonly volumeCm3?: number | undefined
  readonly weightG?: number | undefined
  readonly handling: Handling
  readonly layers: MeasureLayers
  /** Staff have said that size and weight in force are right, however odd they look; gone once they change. */
  readonly measuresConfirmed?: boolean | undefined
  /** False once the storefront has taken it off sale; kept for the orders that name it. */
  readonly active: boolean
}

/** Marks printed on labels and lists for people who handle a parcel. */
export type HandlingMark = 'adult' | 'fragile' | 'this-way-up' | 'chilled' | 'frozen' | 'dangerous' | 'heavy'

/** Goods of this class may only be handed to an adult: alcohol, knives, films for adults. */
export const adultsClass = 'adults'

/** A parcel from this weight on is marked heavy: the limit for lifting by one person in retail. */
const heavyFromG = 15_000

/** The marks of a parcel, in the order in which they are printed. */
export function handlingMarks(contents: readonly Handling[], grossG: number): readonly HandlingMark[] {
  const marks: HandlingMark[] = []
  if (contents.some((handling) => handling.class?.toLowerCase() === adultsClass)) marks.push('adult')
  if (contents.some((handling) => handling.fragile)) marks.push('fragile')
  if (contents.some((handling) => handling.orientation === 'upright')) marks.push('this-way-up')
  if (contents.some((handling) => handling.temperature === 'chilled')) marks.push('chilled')
  if (contents.some((handling) => handling.temperature === 'frozen')) marks.push('frozen')
  if (contents.some((handling) => handling.dangerousG > 0)) marks.push('dangerous')
  if (grossG >= heavyFromG) marks.push('heavy')
  return marks
}
