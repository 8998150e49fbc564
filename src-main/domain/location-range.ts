import { AppError } from '../kernel/errors.ts'
import type { Floor, Location } from './floor.ts'

/**
 * On which side of the aisle the places of a range stand, seen from its front: one of them; `zigzag` = first left,
 * second right, and so on; `round` = the first half up the left side, the second half back down the right one.
 */
export type RangeSides = 'left' | 'right' | 'zigzag' | 'round'

export interface LocationRange {
  /** `A-01..A-24`; `A-01..F-24` for several aisles; one code alone. */
  readonly codes: string
  /** The first aisle's index; further aisles of the range follow to its right. */
  readonly aisle: number
  /** Where along the aisle the shelf begins and ends, millimetres; either way round. */
  readonly fromMm: number
  readonly toMm: number
  readonly sides: RangeSides
  /** Shelves above each other; from two on each code gets `-1`, `-2` ... from the floor up. */
  readonly levels: number
}

/** Nobody draws more at once; a slip such as `A-1..A-99999` ends here. */
export const mostInRange = 5000
/** Kept free on both sides of a cross aisle's line, so that carts can turn. */
export const crossClearMm = 900

const refuse = (expected: string): never => {
  throw new AppError('ERR_INPUT_INVALID', { path: 'codes', expected })
}

/**
 * The codes a range names, by aisle: where a part before the last changing one changes too, each of its values is an
 * aisle. `A-01..B-02` is [[A-01, A-02], [B-01, B-02]]. Numbers keep their zeros; single letters count as letters do.
 * Throws ERR_INPUT_INVALID for ends that do not belong together and for more than `mostInRange` codes.
 */
export function codesOfRange(text: string): readonly (readonly string[])[] {
  const ends = text.split(/\s*(?:\.\.+|…)\s*/u).map((end) => end.trim())
  const [first = '', last = first] = ends
  if (first === '' || last === '' || ends.length > 2) return refuse('a code, or first and last as in A-01..A-24')
  const parts = [first, last].map((code) => code.match(/\d+|[^\d]/gu) ?? [])
  const [from = [], to = []] = parts
  if (from.length !== to.length) return refuse('first and last code written alike, as in A-01..A-24')
  const values = from.map((part, i) => valuesBetween(part, to[i] ?? part))
  const changing = values.flatMap((options, i) => (options.length > 1 ? [i] : []))
  const bayPart = changing.at(-1)
  const count = values.reduce((product, options) => product * options.length, 1)
  if (count > mostInRange) return refuse(`at most ${mostInRange} places`)
  const combine = (chosen: readonly (readonly string[])[]): readonly string[] =>
    chosen.reduce<readonly string[]>((heads, options) => heads.flatMap((head) => options.map((o) => head + o)), [''])
  if (bayPart === undefined) return [[first]]
  const aisles = combine(values.slice(0, bayPart))
  const bays = combine(values.slice(bayPart))
  return aisles.map((aisle) => bays.map((bay) => aisle + bay))
}

function valuesBetween(from: string, to: string): readonly string[] {
  if (from === to) return [from]
  if (/^\d+$/.test(from) && /^\d+$/.test(to)) {
    const [low, high] = [Number(from), Number(to)]
    if (low > high || high - low >= mostInRange) return refuse(`numbers that rise, at most ${mostInRange} of them`)
    return Array.from({ length: high - low + 1 }, (_, i) => String(low + i).padStart(from.length, '0'))
  }
  const isLetters = /^[a-z]$/.test(from) && /^[a-z]$/.test(to)
  const isCapitals = /^[A-Z]$/.test(from) && /^[A-Z]$/.test(to)
  const [low, high] = [from.charCodeAt(0), to.charCodeAt(0)]
  if ((!isLetters && !isCapitals) || low > high) return refuse('letters or numbers that rise, as in A-01..C-24')
  return Array.from({ length: high - low + 1 }, (_, i) => String.fromCharCode(low + i))
}

/**
 * The locations of a range, evenly along the shelf, clear of the cross aisles between its ends; in order of the range,
 * each code's levels from the floor up. Throws ERR_INPUT_INVALID as `codesOfRange` does, and where the floor has too few
 * aisles or the shelf has no length.
 */
export function placeRange(floor: Floor, range: LocationRange): readonly Location[] {
  const aisles = codesOfRange(range.codes)
  if (range.aisle + aisles.length > floor.aisleX.length)
    return refuse(`a range over at most ${Math.max(0, floor.aisleX.length - range.aisle)} aisles`)
  return aisles.flatMap((codes, i) => placeOnAisle(floor, codes, { ...range, aisle: range.aisle + i }))
}

function placeOnAisle(floor: Floor, codes: readonly string[], range: LocationRange): readonly Location[] {
  const [low, high] = [Math.min(range.fromMm, range.toMm), Math.max(range.fromMm, range.toMm)]
  const isDown = range.fromMm > range.toMm
  const perSide = range.sides === 'left' || range.sides === 'right' ? codes.length : Math.ceil(codes.length / 2)
  const rising = spread(freeStretches(floor, low, high), perSide)
  const heights = isDown ? rising.toReversed() : rising
  return codes.flatMap((code, index) => {
    const { side, nth } = standing(range.sides, index, perSide)
    const place = [range.aisle, heights[nth] ?? low] as const // a pair, not an array
    const levels = Math.max(1, range.levels)
    if (levels === 1) return [{ code, place, side, shelf: 1 }]
    return Array.from({ length: levels }, (_, level) => ({
      code: `${code}-${level + 1}`,
      place,
      side,
      shelf: level + 1,
    }))
  })
}

function standing(sides: RangeSides, index: number, perSide: number): { side: Location['side']; nth: number } {
  switch (sides) {
    case 'left':
      return { side: 'L', nth: index }
    case 'right':
      return { side: 'R', nth: index }
    case 'zigzag':
      return { side: index % 2 === 0 ? 'L' : 'R', nth: Math.floor(index / 2) }
    case 'round':
      return index < perSide ? { side: 'L', nth: index } : { side: 'R', nth: 2 * perSide - 1 - index }
  }
}

type Stretch = readonly [low: number, high: number]

/** What is left of a shelf where cross aisles run through it. */
function freeStretches(floor: Floor, low: number, high: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  let from = low
  for (const y of floor.crossY) {
    if (y <= low || y >= high) continue
    if (y - crossClearMm > from) stretches.push([from, y - crossClearMm])
    from = Math.max(from, y + crossClearMm)
  }
  if (high > from) stretches.push([from, high])
  return stretches.length > 0 ? stretches : refuse('a shelf with some length between its cross aisles')
}

/** Middles of `count` equal bays: each stretch takes its share of them, the largest remainders first. */
function spread(stretches: readonly Stretch[], count: number): readonly number[] {
  const total = stretches.reduce((sum, [low, high]) => sum + high - low, 0)
  const shares = stretches.map(([low, high]) => ((high - low) / total) * count)
  const counts = shares.map(Math.floor)
  const byRemainder = shares.map((share, i) => [share - Math.floor(share), i] as const).toSorted((a, b) => b[0] - a[0] || a[1] - b[1]) // prettier-ignore
  const left = count - counts.reduce((sum, one) => sum + one, 0)
  for (const [, i] of byRemainder.slice(0, left)) counts[i] = (counts[i] ?? 0) + 1
  return stretches.flatMap(([low, high], i) => {
    const here = counts[i] ?? 0
    return Array.from({ length: here }, (_, k) => Math.round(low + ((k + 0.5) * (high - low)) / here))
  })
}
