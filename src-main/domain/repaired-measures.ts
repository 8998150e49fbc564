import { volumeMm3, type Size } from '../kernel/units.ts'
import { suspiciousMeasures, type CategoryMeasures, type Measured } from './suspicious-measures.ts'

/** What may have gone wrong: `grams-as-kilograms` = 350 for grams was typed where kilograms were meant. */
export type RepairCause =
  | 'decimal-comma'
  | 'grams-as-kilograms'
  | 'kilograms-as-grams'
  | 'pounds-as-grams'
  | 'ounces-as-grams'
  | 'millimetres-as-centimetres'
  | 'millimetres-as-metres'
  | 'centimetres-as-metres'
  | 'centimetres-as-millimetres'
  | 'metres-as-millimetres'
  | 'inches-as-millimetres'
  | 'millimetres-as-inches'
  | 'decimal-comma-of-a-side'
  | 'volume-of-sides'

/** A value that one slip would explain; exactly one of the three is there. */
export interface Repair {
  readonly cause: RepairCause
  readonly weightG?: number | undefined
  readonly sizeMm?: Size | undefined
  readonly volumeCm3?: number | undefined
}

interface Slip {
  readonly cause: RepairCause
  /** What was written times this is what was meant. */
  readonly times: number
  /** How much farther away it counts: rare slips must explain more. */
  readonly rarity: number
}

const weightSlips: readonly Slip[] = [
  { cause: 'decimal-comma', times: 1 / 10, rarity: 0.2 },
  { cause: 'decimal-comma', times: 1 / 100, rarity: 0 },
  { cause: 'grams-as-kilograms', times: 1 / 1000, rarity: 0 },
  { cause: 'decimal-comma', times: 10, rarity: 0.5 },
  { cause: 'decimal-comma', times: 100, rarity: 0.5 },
  { cause: 'kilograms-as-grams', times: 1000, rarity: 0 },
  { cause: 'pounds-as-grams', times: 453.592_37, rarity: 1 },
  { cause: 'ounces-as-grams', times: 28.349_523_125, rarity: 1 },
]

const sizeSlips: readonly Slip[] = [
  { cause: 'centimetres-as-millimetres', times: 10, rarity: 0 },
  { cause: 'millimetres-as-centimetres', times: 1 / 10, rarity: 0 },
  { cause: 'centimetres-as-metres', times: 1 / 100, rarity: 0.2 },
  { cause: 'millimetres-as-metres', times: 1 / 1000, rarity: 0 },
  { cause: 'metres-as-millimetres', times: 1000, rarity: 0.2 },
  { cause: 'inches-as-millimetres', times: 25.4, rarity: 1 },
  { cause: 'millimetres-as-inches', times: 1 / 25.4, rarity: 1 },
]

const sideSlips: readonly Slip[] = [
  { cause: 'decimal-comma-of-a-side', times: 1 / 10, rarity: 1.5 },
  { cause: 'decimal-comma-of-a-side', times: 1 / 100, rarity: 1.5 },
  { cause: 'decimal-comma-of-a-side', times: 10, rarity: 2 },
]

/** Grams per cubic decimetre of what shops send in parcels, in the middle of the sample shop. */
const usualDensity = 400

/**
 * The one slip that best explains doubtful measures: undone, no doubt is left, and the product lies nearest to what is
 * usual (its category, and the density of goods). Undefined where nothing is doubted or no single slip explains it.
 */
export function repairOf(product: Measured, usual?: ReadonlyMap<string, CategoryMeasures>): Repair | undefined {
  if (suspiciousMeasures(product, usual).length === 0) return undefined
  let best: { readonly repair: Repair; readonly distance: number } | undefined
  for (const { repair, rarity } of candidates(product)) {
    const { cause: _cause, ...measures } = repair
    const mended = { ...product, ...measures }
    if (suspiciousMeasures(mended, usual).length > 0) continue
    const distance = rarity + awayFromUsual(mended, usual?.get(product.category))
    if (best === undefined || distance < best.distance) best = { repair, distance }
  }
  return best?.repair
}

function* candidates({ weightG, sizeMm, volumeCm3 }: Measured): Generator<{ repair: Repair; rarity: number }> {
  if (sizeMm && volumeCm3 !== undefined)
    yield {
      repair: { cause: 'volume-of-sides', volumeCm3: Math.max(1, Math.round(volumeMm3(sizeMm) / 1000)) },
      rarity: 0,
    }
  if (weightG !== undefined)
    for (const { cause, times, rarity } of weightSlips)
      if (weightG * times >= 0.5) yield { repair: { cause, weightG: Math.max(1, Math.round(weightG * times)) }, rarity }
  if (!sizeMm) return
  const [length, width, height] = sizeMm
  for (const { cause, times, rarity } of sizeSlips)
    if (sizeMm.every((side) => side * times >= 0.5))
      yield { repair: { cause, sizeMm: [whole(length, times), whole(width, times), whole(height, times)] }, rarity }
  for (const { cause, times, rarity } of sideSlips) {
    if (length * times >= 0.5) yield { repair: { cause, sizeMm: [whole(length, times), width, height] }, rarity }
    if (width * times >= 0.5) yield { repair: { cause, sizeMm: [length, whole(width, times), height] }, rarity }
    if (height * times >= 0.5) yield { repair: { cause, sizeMm: [length, width, whole(height, times)] }, rarity }
  }
}

const whole = (side: number, times: number): number => Math.max(1, Math.round(side * times))

/** Sum of the distances, in logarithms: ten times too much and a tenth are equally far. */
function awayFromUsual({ weightG, sizeMm, volumeCm3 }: Measured, usual: CategoryMeasures | undefined): number {
  const space = sizeMm ? volumeMm3(sizeMm) / 1000 : volumeCm3
  const ofWeight = weightG !== undefined && usual?.weightG ? Math.log(weightG) - usual.weightG.median : 0
  const ofSpace = space !== undefined && usual?.volumeCm3 ? Math.log(space) - usual.volumeCm3.median : 0
  const density = weightG !== undefined && space !== undefined ? Math.log((weightG / space) * 1000) : undefined
  const ofDensity = density === undefined ? 0 : density - Math.log(usualDensity)
  return Math.abs(ofWeight) + Math.abs(ofSpace) + Math.abs(ofDensity)
}
