import { inWholeUnits, unitOf, type Dimension } from '../kernel/measure-units.ts'
import type { Size } from '../kernel/units.ts'

/** As the import takes them: a measure above is a slip of the unit. */
export const largestMeasures = { weightG: 2_000_000, sideMm: 20_000, volumeCm3: 50_000_000 } as const

/** `350`, `350 g`, `0,35 kg`, `12 oz` as grams; without a unit grams. Undefined for anything else. */
export const typedWeight = (text: string): number | undefined => within(measureOf(text, 'weight'), largestMeasures.weightG) // prettier-ignore

/** `1,2 l`, `900 cm3`, `900` as cubic centimetres. */
export const typedVolume = (text: string): number | undefined => within(measureOf(text, 'volume'), largestMeasures.volumeCm3) // prettier-ignore

/** `600`, `60 cm`, `23.6 in` as millimetres; without a unit millimetres. A girth may be six sides long. */
export const typedSide = (text: string): number | undefined => within(measureOf(text, 'length'), 6 * largestMeasures.sideMm) // prettier-ignore

/**
 * `160 x 90 x 70`, `16×9×7 cm`, `6in 4in 2.5in`, `16 9 7 cm` as millimetres: the unit of a side is the one written
 * behind it, else the one behind the last side, else millimetres. Undefined unless there are three sides.
 */
export function typedSides(text: string): Size | undefined {
  const plain = text.normalize('NFKC').trim()
  const parts = plain.split(/\s*[x×*✕]\s*/iu)
  const sides = parts.length === 3 ? parts : [...plain.matchAll(/[\d.,]+\s*[^\d\s.,]*/gu)].map(([part]) => part.trim())
  if (sides.length !== 3) return undefined
  const lastUnit = /[^\d\s.,].*$/u.exec(sides[2] ?? '')?.[0]
  const [length, width, height] = sides.map((side) =>
    within(measureOf(side, 'length', lastUnit), largestMeasures.sideMm),
  )
  return length !== undefined && width !== undefined && height !== undefined ? [length, width, height] : undefined
}

const baseUnits = { weight: 'g', length: 'mm', volume: 'cm3' } as const

function measureOf(text: string, dimension: Dimension, saidElsewhere?: string): number | undefined {
  const [, digits, word] = /^([\d.,]+)\s*(\D*)$/u.exec(text.normalize('NFKC').trim()) ?? []
  // A cubic unit ends in a digit.
  const [, cubicDigits, cubicWord] = /^([\d.,]+)\s*([a-z]+\^?3)$/iu.exec(text.normalize('NFKC').trim()) ?? []
  const value = numberOf(cubicDigits ?? digits ?? '')
  const typed = (cubicWord ?? word ?? '').trim() || saidElsewhere
  const unit = unitOf(typed ?? baseUnits[dimension], dimension)
  if (value === undefined || unit === undefined) return undefined
  // Half a gram is no weight: more likely kilograms were meant and not written.
  if (typed === undefined && !Number.isInteger(value)) return undefined
  return inWholeUnits(value, unit, dimension)
}

/** One sign is the decimal one, whichever it is; of two kinds the last. */
function numberOf(digits: string): number | undefined {
  const comma = digits.lastIndexOf(',')
  const point = digits.lastIndexOf('.')
  const decimal = comma > point ? ',' : '.'
  const plain = digits.replaceAll(decimal === ',' ? '.' : ',', '').replace(decimal, '.')
  return /^\d+(\.\d+)?$|^\.\d+$/.test(plain) ? Number(plain) : undefined
}

const within = (value: number | undefined, most: number): number | undefined =>
  value !== undefined && value >= 1 && value <= most ? value : undefined
