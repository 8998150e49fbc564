import type { Box } from '../model/box.ts'
import type { Horizon } from './horizon.ts'

/** Numbers per free space: x1, y1, z1, x2, y2, z2. */
export const spaceSize = 6

interface Spaces {
  spaces: Int32Array
  spaceCount: number
  readonly horizon: Horizon
}

/** The spaces cut last; written over at every cut. */
const cut: { from: Int32Array; numbers: Int32Array; count: number } = {
  from: new Int32Array(),
  numbers: new Int32Array(256 * spaceSize),
  count: 0,
}

/**
 * Cuts the cuboid at `placed[at]` (x1, y1, z1, x2, y2, z2) out of the spaces: the difference process of Lai and Chan
 * (1997). Each space that it meets leaves up to six smaller ones; those inside another or too thin for what is left
 * are dropped. Cost: spaces x new spaces.
 */
export function cutSpaces(load: Spaces, placed: Int32Array, at: number): void {
  const { spaces, horizon } = load
  const [leastX, leastY, leastZ] = horizon.least
  const x1 = placed[at] ?? 0
  const y1 = placed[at + 1] ?? 0
  const z1 = placed[at + 2] ?? 0
  const x2 = placed[at + 3] ?? 0
  const y2 = placed[at + 4] ?? 0
  const z2 = placed[at + 5] ?? 0
  cut.count = 0
  cut.from = spaces
  let kept = 0
  const end = load.spaceCount * spaceSize
  for (let from = 0; from < end; from += spaceSize) {
    const sx1 = spaces[from] ?? 0
    const sy1 = spaces[from + 1] ?? 0
    const sz1 = spaces[from + 2] ?? 0
    const sx2 = spaces[from + 3] ?? 0
    const sy2 = spaces[from + 4] ?? 0
    const sz2 = spaces[from + 5] ?? 0
    if (sx2 - sx1 < leastX || sy2 - sy1 < leastY || sz2 - sz1 < leastZ) continue
    if (x1 >= sx2 || x2 <= sx1 || y1 >= sy2 || y2 <= sy1 || z1 >= sz2 || z2 <= sz1) {
      for (let number = 0; number < spaceSize; number++) spaces[kept + number] = spaces[from + number] ?? 0
      kept += spaceSize
      continue
    }
    if (x1 - sx1 >= leastX) addCut(from, 3, x1)
    if (sx2 - x2 >= leastX) addCut(from, 0, x2)
    if (y1 - sy1 >= leastY) addCut(from, 4, y1)
    if (sy2 - y2 >= leastY) addCut(from, 1, y2)
    if (z1 - sz1 >= leastZ) addCut(from, 5, z1)
    if (sz2 - z2 >= leastZ) addCut(from, 2, z2)
  }
  load.spaceCount = kept / spaceSize
  for (let index = 0; index < cut.count; index++) if (isMaximal(spaces, kept, index)) keepCut(load, index)
}

/** The space at `from` with one of its numbers changed. */
function addCut(from: number, changed: number, value: number): void {
  const at = cut.count++ * spaceSize
  if (at + spaceSize > cut.numbers.length) cut.numbers = doubled(cut.numbers)
  const { numbers } = cut
  for (let number = 0; number < spaceSize; number++) numbers[at + number] = cut.from[from + number] ?? 0
  numbers[at + changed] = value
}

function doubled(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}

function keepCut(load: Spaces, index: number): void {
  const to = load.spaceCount++ * spaceSize
  if (to + spaceSize > load.spaces.length) {
    const larger = new Int32Array(2 * load.spaces.length)
    larger.set(load.spaces)
    load.spaces = larger
  }
  for (let number = 0; number < spaceSize; number++)
    load.spaces[to + number] = cut.numbers[index * spaceSize + number] ?? 0
}

/** Not inside a space that was left alone, nor inside another cut one (of equal ones the first stays). */
function isMaximal(spaces: Int32Array, keptEnd: number, index: number): boolean {
  const { numbers, count } = cut
  const own = index * spaceSize
  for (let at = 0; at < keptEnd; at += spaceSize) if (isInside(own, spaces, at)) return false
  for (let other = 0; other < count; other++) {
    const at = other * spaceSize
    if (other !== index && isInside(own, numbers, at) && (other < index || !isInsideCut(at, own))) return false
  }
  return true
}

const isInsideCut = (at: number, own: number): boolean => isInside(at, cut.numbers, own)

/** Is the cut space at `own` inside the one at `at` of `others`? */
function isInside(own: number, others: Int32Array, at: number): boolean {
  const { numbers } = cut
  return (
    (numbers[own] ?? 0) >= (others[at] ?? 0) &&
    (numbers[own + 3] ?? 0) <= (others[at + 3] ?? 0) &&
    (numbers[own + 1] ?? 0) >= (others[at + 1] ?? 0) &&
    (numbers[own + 4] ?? 0) <= (others[at + 4] ?? 0) &&
    (numbers[own + 2] ?? 0) >= (others[at + 2] ?? 0) &&
    (numbers[own + 5] ?? 0) <= (others[at + 5] ?? 0)
  )
}

/**
 * The space nearest one of the floor's corners (the sum of the three distances; ties to the larger space, then to the
 * first); -1 when there is none.
 */
export function nearestSpace({ spaces, spaceCount }: Spaces, box: Box): number {
  let best = -1
  let bestScore = Infinity
  for (let at = 0; at < spaceCount * spaceSize; at += spaceSize) {
    const x1 = spaces[at] ?? 0
    const y1 = spaces[at + 1] ?? 0
    const z1 = spaces[at + 2] ?? 0
    const x2 = spaces[at + 3] ?? 0
    const y2 = spaces[at + 4] ?? 0
    const z2 = spaces[at + 5] ?? 0
    const farX = box.x - x2
    const farY = box.y - y2
    const share = ((x2 - x1) * (y2 - y1) * (z2 - z1)) / (box.usableMm3 + 1)
    const score = (x1 < farX ? x1 : farX) + (y1 < farY ? y1 : farY) + z1 - share
    if (score >= bestScore) continue
    bestScore = score
    best = at / spaceSize
  }
  return best
}

export function dropSpace(load: Spaces, index: number): void {
  load.spaces.copyWithin(index * spaceSize, (index + 1) * spaceSize, load.spaceCount * spaceSize)
  load.spaceCount--
}
