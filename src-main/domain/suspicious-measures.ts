import { volumeMm3, type Size } from '../kernel/units.ts'

/** What is judged: a catalogue entry, or a row that may become one. */
export interface Measured {
  readonly category: string
  readonly sizeMm?: Size | undefined
  readonly volumeCm3?: number | undefined
  readonly weightG?: number | undefined
}

export type SuspicionCode =
  /** Over what one person or a parcel service carries. */
  | 'very-heavy'
  /** A side longer than anything that travels as a parcel. */
  | 'very-long'
  /** Heavier for its size than steel, or lighter than packing foam: one of the two is wrong. */
  | 'denser-than-steel'
  | 'lighter-than-foam'
  /** Far from everything else of its category. */
  | 'heavier-than-category'
  | 'lighter-than-category'
  | 'larger-than-category'
  | 'smaller-than-category'
  /** The volume that was told and the one of the sides differ by far. */
  | 'volume-not-of-sides'

/** One doubt: the measure doubted, its value, and what would have been usual (grams, millimetres, cm3, or g per dm3). */
export interface Suspicion {
  readonly code: SuspicionCode
  readonly measure: 'weight' | 'size' | 'volume'
  readonly value: number
  readonly usual: number
}

/**
 * Thresholds, chosen on the sample shop (568 products, from seeds to anvils): none of its own measures is doubted, and
 * at least nine of ten weights that were made a thousand times larger are (test/unit/domain/suspicious-measures.test.ts).
 */
const limits = {
  /** The heaviest single parcel that general parcel services take is 31.5 to 70 kg. */
  heavyG: 70_000,
  /** The longest parcel they take is 3 m; long goods by freight go a little further. */
  longMm: 4_000,
  /** Grams per cubic decimetre; steel is 7,850, lead 11,340, and goods have air around them. */
  densest: 8_000,
  /** Expanded polystyrene starts at 10. */
  lightest: 8,
  /** How many times more or less than the middle of the category is doubted, however widely that category spreads. */
  timesCategory: 40,
  /** How many of its own spreads away from the middle, for a category that is wide. */
  spreads: 6,
  /** A category of fewer has no middle worth the name. */
  fewestInCategory: 8,
  /** Goods bulge and boxes have walls: a told volume within these is no contradiction. */
  volumeTimes: 3,
} as const

interface Middle {
  /** Natural logarithm of the median. */
  readonly median: number
  /** Median distance from it, in logarithms. */
  readonly spread: number
}

/** What is usual in a category, by logarithm: a tenth and ten times are equally far. */
export interface CategoryMeasures {
  readonly weightG?: Middle | undefined
  readonly volumeCm3?: Middle | undefined
}

/** The middle and the spread of every category with enough products that have the measure. Cost n log n. */
export function categoryMeasures(products: Iterable<Measured>): ReadonlyMap<string, CategoryMeasures> {
  const listsByCategory = new Map<string, { weights: number[]; volumes: number[] }>()
  for (const product of products) {
    const lists = listsByCategory.get(product.category) ?? { weights: [], volumes: [] }
    listsByCategory.set(product.category, lists)
    if (product.weightG !== undefined && product.weightG > 0) lists.weights.push(Math.log(product.weightG))
    const volumeCm3 = volumeOf(product)
    if (volumeCm3 !== undefined) lists.volumes.push(Math.log(volumeCm3))
  }
  return new Map(
    [...listsByCategory].map(([category, { weights, volumes }]) => [
      category,
      { weightG: middleOf(weights), volumeCm3: middleOf(volumes) },
    ]),
  )
}

/**
 * Doubts about a product's measures: against everything that travels, against its own other measures, against its
 * category (`usual`, from categoryMeasures). Never a reason to refuse; the strongest doubt about a measure comes first.
 */
export function suspiciousMeasures(
  product: Measured,
  usual?: ReadonlyMap<string, CategoryMeasures>,
): readonly Suspicion[] {
  return [...inAbsoluteTerms(product), ...inThemselves(product), ...inCategory(product, usual?.get(product.category))]
}

function inAbsoluteTerms({ weightG, sizeMm }: Measured): Suspicion[] {
  const found: Suspicion[] = []
  if (weightG !== undefined && weightG > limits.heavyG)
    found.push({ code: 'very-heavy', measure: 'weight', value: weightG, usual: limits.heavyG })
  const longest = sizeMm && Math.max(...sizeMm)
  if (longest !== undefined && longest > limits.longMm)
    found.push({ code: 'very-long', measure: 'size', value: longest, usual: limits.longMm })
  return found
}

function inThemselves(product: Measured): Suspicion[] {
  const found: Suspicion[] = []
  const { weightG, sizeMm, volumeCm3 } = product
  const ofSides = sizeMm && volumeMm3(sizeMm) / 1000
  const space = volumeOf(product)
  if (weightG !== undefined && space !== undefined) {
    const density = Math.round((weightG / space) * 1000)
    if (density > limits.densest)
      found.push({ code: 'denser-than-steel', measure: 'weight', value: density, usual: limits.densest })
    else if (density < limits.lightest)
      found.push({ code: 'lighter-than-foam', measure: 'weight', value: density, usual: limits.lightest })
  }
  if (ofSides !== undefined && volumeCm3 !== undefined && isFar(volumeCm3, ofSides, limits.volumeTimes))
    found.push({ code: 'volume-not-of-sides', measure: 'volume', value: volumeCm3, usual: Math.round(ofSides) })
  return found
}

const isFar = (a: number, b: number, times: number): boolean => a > b * times || b > a * times

function inCategory(product: Measured, usual: CategoryMeasures | undefined): Suspicion[] {
  const found: Suspicion[] = []
  const { weightG } = product
  const volumeCm3 = volumeOf(product)
  if (weightG !== undefined && usual?.weightG) {
    const side = sideOf(weightG, usual.weightG)
    const code = side > 0 ? 'heavier-than-category' : 'lighter-than-category'
    if (side !== 0) found.push({ code, measure: 'weight', value: weightG, usual: valueOf(usual.weightG) })
  }
  if (volumeCm3 !== undefined && usual?.volumeCm3) {
    const side = sideOf(volumeCm3, usual.volumeCm3)
    const code = side > 0 ? 'larger-than-category' : 'smaller-than-category'
    if (side !== 0) found.push({ code, measure: 'size', value: Math.round(volumeCm3), usual: valueOf(usual.volumeCm3) })
  }
  return found
}

const valueOf = ({ median }: Middle): number => Math.round(Math.exp(median))

/** 1 far above the middle, -1 far below, 0 where it may well be. */
function sideOf(value: number, { median, spread }: Middle): -1 | 0 | 1 {
  const away = Math.log(Math.max(value, Number.MIN_VALUE)) - median
  if (Math.abs(away) <= Math.max(Math.log(limits.timesCategory), limits.spreads * spread)) return 0
  return away > 0 ? 1 : -1
}

/** Cubic centimetres from the sides, else as told; undefined where neither says anything. */
function volumeOf({ sizeMm, volumeCm3 }: Measured): number | undefined {
  const space = sizeMm ? volumeMm3(sizeMm) / 1000 : volumeCm3
  return space !== undefined && space > 0 ? space : undefined
}

function middleOf(logarithms: readonly number[]): Middle | undefined {
  if (logarithms.length < limits.fewestInCategory) return undefined
  const median = medianOf(logarithms)
  return { median, spread: medianOf(logarithms.map((value) => Math.abs(value - median))) }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2
}
