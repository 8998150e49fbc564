import { aisleFrame, rowBelow, type AisleFrame } from './aisle-frame.ts'
import { rangeOf, widthOf } from './aisle-sweep.ts'
import { aisleTourLength, widestFrontier } from './aisle-tour.ts'
import { AisleVisits } from './aisle-visits.ts'
import { heldKarp } from './held-karp.ts'
import { placeDistances, type PlaceDistances } from './place-distances.ts'
import type { AisleFloor, BatchProblem, Place } from './types.ts'

/** Places up to which a batch on a free graph is measured exactly while batches are still being changed. */
const mostExactNodes = 8

/** How long the walk for a set of orders is. */
export interface BatchLengths {
  /** Orders in any sequence. */
  of(orders: readonly number[]): number
  /** True when every answer is the shortest walk, not an estimate. */
  readonly isExact: boolean
  /** About how much work one answer is, in microseconds of an ordinary machine; the search makes its budget of it. */
  readonly work: number
}

/** Lengths for the problem's orders; all their places can be visited on one walk. */
export function batchLengths(problem: BatchProblem): BatchLengths {
  return (
    (problem.floor.kind === 'aisles' ? onAisles(problem, problem.floor) : undefined) ?? remembered(onGraph(problem))
  )
}

/** Walks over graphs take longer to measure than to remember. */
function remembered(measure: BatchLengths): BatchLengths {
  const known = new Map<string, number>()
  return {
    of: (orders) => {
      const key = orders.toSorted((a, b) => a - b).join(' ')
      const found = known.get(key)
      if (found !== undefined) return found
      const length = measure.of(orders)
      known.set(key, length)
      return length
    },
    isExact: measure.isExact,
    work: measure.work,
  }
}

/** The places of an order on a floor of aisles, rising, where the sweep wants them. */
interface LocatedOrder {
  readonly cells: Int32Array
  readonly offsets: Float64Array
}

function located(frame: AisleFrame, places: readonly Place[]): LocatedOrder {
  const at = places
    .filter((place) => typeof place === 'object')
    .map(([aisle, y]) => {
      const row = rowBelow(frame, y)
      return { cell: (frame.columnOfAisle[aisle] ?? 0) * frame.rows + row, offset: y - (frame.y[row] ?? 0) }
    })
    .sort((a, b) => a.cell - b.cell || a.offset - b.offset)
  return { cells: Int32Array.from(at, ({ cell }) => cell), offsets: Float64Array.from(at, ({ offset }) => offset) }
}

/** Undefined when the floor is too wide for the sweep. Each walk is measured anew: that takes microseconds. */
function onAisles(problem: BatchProblem, floor: AisleFloor): BatchLengths | undefined {
  const frame = aisleFrame(floor)
  const visits = new AisleVisits(frame)
  const orders = problem.orders.map((places) => located(frame, places))
  const ends = [located(frame, [problem.start]), located(frame, [problem.end])]
  const addEnd = (i: number): number => visits.addAt(ends[i]?.cells[0] ?? 0, ends[i]?.offsets[0] ?? 0)
  const fill = (batch: readonly number[]): void => {
    visits.clear()
    visits.start = addEnd(0)
    visits.end = addEnd(1)
    for (const order of batch) {
      const { cells, offsets } = orders[order] ?? noPlaces
      for (let i = 0; i < cells.length; i++) visits.addAt(cells[i] ?? 0, offsets[i] ?? 0)
    }
  }
  fill(problem.orders.map((_, i) => i))
  if (widthOf(rangeOf(visits)) > widestFrontier) return undefined
  return {
    of: (batch) => {
      fill(batch)
      return aisleTourLength(visits) ?? Infinity
    },
    isExact: true,
    work: workOf(visits),
  }
}

/** Microseconds per column by rows of the sweep, as measured with 45 picks; the longer side counts the columns. */
const workByWidth = [0.5, 0.5, 1.6, 5, 38, 300, 2400]

function workOf(visits: AisleVisits): number {
  const { left, right, low, high } = rangeOf(visits)
  const isPlain = visits.frame.isWhole && visits.start === visits.end && high - low <= 1
  const perColumn = isPlain ? 0.4 : (workByWidth[Math.min(right - left, high - low) + 1] ?? 1)
  return 1 + perColumn * (Math.max(right - left, high - low) + 1)
}

const noPlaces: LocatedOrder = { cells: new Int32Array(0), offsets: new Float64Array(0) }

function onGraph(problem: BatchProblem): BatchLengths {
  const distances = placeDistances(problem.floor, [problem.start, problem.end, ...problem.orders.flat()])
  const nodesByOrder: number[][] = []
  let at = 2
  for (const order of problem.orders) {
    nodesByOrder.push(order.map(() => distances.indexOfPlace[at++] ?? 0))
  }
  const [start, end] = [distances.indexOfPlace[0] ?? 0, distances.indexOfPlace[1] ?? 0]
  const nodesOf = (orders: readonly number[]): readonly number[] => [
    ...new Set(orders.flatMap((order) => nodesByOrder[order] ?? []).filter((node) => node !== start && node !== end)),
  ]
  const isExact = nodesOf(problem.orders.map((_, i) => i)).length <= mostExactNodes
  return { of: (orders) => graphLength(distances, { start, end, nodes: nodesOf(orders) }), isExact, work: 60 }
}

/** Exact for few places; above that cheapest insertion (Rosenkrantz, Stearns and Lewis 1977), an estimate. */
function graphLength(
  { length, count }: PlaceDistances,
  visit: { readonly start: number; readonly end: number; readonly nodes: readonly number[] },
): number {
  const way = (from: number, to: number): number => length[from * count + to] ?? Infinity
  const { start, end, nodes } = visit
  if (nodes.length === 0) return way(start, end)
  if (nodes.length <= mostExactNodes) {
    const path = heldKarp({
      count: nodes.length,
      fromStart: Float64Array.from(nodes, (node) => way(start, node)),
      matrix: Float64Array.from(nodes.flatMap((from) => nodes.map((to) => way(from, to)))),
      toEnd: Float64Array.from(nodes, (node) => way(node, end)),
    })
    // Held-Karp leaves out what one walk cannot visit; a batch may not.
    return path.order.length === nodes.length ? path.length : Infinity
  }
  const path = [start, end]
  let total = way(start, end)
  for (const node of nodes) {
    let best = { at: 1, extra: Infinity }
    for (let at = 1; at < path.length; at++) {
      const [from, to] = [path[at - 1] ?? start, path[at] ?? end]
      const extra = way(from, node) + way(node, to) - way(from, to)
      if (extra < best.extra) best = { at, extra }
    }
    path.splice(best.at, 0, node)
    total += best.extra
  }
  return total
}
