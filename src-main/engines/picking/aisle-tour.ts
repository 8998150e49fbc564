import { AisleSweep, rangeOf, widthOf } from './aisle-sweep.ts'
import type { AisleVisits } from './aisle-visits.ts'
import { addPieces, eulerWalk } from './euler-walk.ts'
import { oneBlockLength } from './one-block.ts'
import { sweptLength, sweptTour } from './frontier-dp.ts'

/** Wider frontiers have too many states: 10,423 live ones at 6, five times as many with each point more. */
export const widestFrontier = 6

export interface AisleTour {
  /** Nodes of the visits in the order of their first visit; begins with the start. */
  readonly order: readonly number[]
  readonly length: number
  /** Points of the frontier that the sweep needed; 2 or fewer = one block. */
  readonly width: number
}

/** Laid out anew by every call; calls do not nest. */
const laid = new AisleSweep()

/**
 * The shortest walk from the start of the visits past all of them to the end, exactly; undefined when the floor is too
 * wide both ways (`widestFrontier`) or the visits do not hang together. Among equally short walks the sweep's first.
 */
export function aisleTour(visits: AisleVisits): AisleTour | undefined {
  if (visits.count < 2) return { order: visits.count === 1 ? [0] : [], length: 0, width: 1 }
  if (isInOneBlock(visits)) return upAndDown(visits)
  const range = rangeOf(visits)
  const width = widthOf(range)
  if (width > widestFrontier) return undefined
  laid.layOut(visits, range)
  const swept = sweptTour(laid.sweep)
  if (!swept) return undefined
  const pairs: number[] = []
  for (let s = 0; s < laid.sweep.stepCount; s++) {
    const walked = laid.sweep.stretch[swept.taken[s] ?? 0] ?? stretchNone
    if (laid.from[s] !== -1) addPieces(pairs, { laid, visits }, { s, walked })
  }
  return { order: firstVisits(visits, pairs), length: swept.length, width }
}

const stretchNone = 0

/**
 * True for a walk that comes back and never leaves one block of one aisle: it touches no crossing, and the sweep knows
 * only walks that do.
 */
function isInOneBlock({ frame, start, end, left, right, low, high }: AisleVisits): boolean {
  if (left !== right || high - low > 1 || start !== end) return false
  return high === low || frame.hasUp[left * frame.rows + low] === 1
}

const isOneWholeBlock = ({ frame, start, end, left, right, low, high }: AisleVisits): boolean =>
  frame.isWhole && start === end && high === low + 1 && left < right

function heightOf({ frame, cellOf, offset }: AisleVisits, node: number): number {
  return (frame.y[(cellOf[node] ?? 0) % frame.rows] ?? 0) + (offset[node] ?? 0)
}

function reachOf(visits: AisleVisits): number {
  let [lowest, highest] = [Infinity, -Infinity]
  for (let node = 0; node < visits.count; node++) {
    lowest = Math.min(lowest, heightOf(visits, node))
    highest = Math.max(highest, heightOf(visits, node))
  }
  return highest - lowest
}

/** From the start up to the highest node, then down to the lowest, and back. */
function upAndDown(visits: AisleVisits): AisleTour {
  const height = (node: number): number => heightOf(visits, node)
  const rising = Array.from({ length: visits.count }, (_, node) => node).sort((a, b) => height(a) - height(b))
  const at = rising.indexOf(visits.start)
  return { order: [...rising.slice(at), ...rising.slice(0, at).reverse()], length: 2 * reachOf(visits), width: 2 }
}

function firstVisits(visits: AisleVisits, pairs: readonly number[]): readonly number[] {
  const { head, offset, count, cellOf, start } = visits
  const cells = head.length
  const startPoint = offset[start] === 0 ? (cellOf[start] ?? 0) : cells + start
  const isVisited = new Uint8Array(count)
  const order: number[] = []
  for (const point of eulerWalk(pairs, cells + count, startPoint)) {
    const node = point >= cells ? point - cells : (head[point] ?? -1)
    if (node === -1 || isVisited[node] === 1 || (point < cells && offset[node] !== 0)) continue
    isVisited[node] = 1
    order.push(node)
  }
  return order
}

/** Length of `aisleTour` without its order, at less than half the cost; undefined where that is undefined. */
export function aisleTourLength(visits: AisleVisits): number | undefined {
  if (visits.count < 2) return 0
  if (isInOneBlock(visits)) return 2 * reachOf(visits)
  if (isOneWholeBlock(visits)) return oneBlockLength(visits)
  const range = rangeOf(visits)
  if (widthOf(range) > widestFrontier) return undefined
  laid.layOut(visits, range)
  const length = sweptLength(laid.sweep)
  return length === Infinity ? undefined : length
}
