import { aisleTourLength } from './aisle-tour.ts'
import type { AislePlace } from './aisle-grid.ts'
import { heldKarp } from './held-karp.ts'
import { placeDistances, type PlaceDistances } from './place-distances.ts'
import type { AisleFloor, BatchProblem } from './types.ts'

/** Places up to which a batch on a free graph is measured exactly while batches are still being changed. */
const mostExactNodes = 8

/** How long the walk for a set of orders is, remembered by set: batches are asked for again and again. */
export interface BatchLengths {
  /** Orders as rising indices. */
  of(orders: readonly number[]): number
  /** True when every answer is the shortest walk, not an estimate. */
  readonly isExact: boolean
}

/** Lengths for the problem's orders; all their places can be visited on one walk. */
export function batchLengths(problem: BatchProblem): BatchLengths {
  const measured = problem.floor.kind === 'aisles' ? onAisles(problem, problem.floor) : undefined
  const measure = measured ?? onGraph(problem)
  const known = new Map<string, number>()
  return {
    of: (orders) => {
      const key = orders.join(' ')
      const found = known.get(key)
      if (found !== undefined) return found
      const length = measure.length(orders)
      known.set(key, length)
      return length
    },
    isExact: measure.isExact,
  }
}

interface Measure {
  readonly length: (orders: readonly number[]) => number
  readonly isExact: boolean
}

/** Undefined when the floor is too wide for the sweep. */
function onAisles(problem: BatchProblem, floor: AisleFloor): Measure | undefined {
  const placeOf = (place: BatchProblem['start']): AislePlace =>
    typeof place === 'number' ? { aisle: 0, y: 0 } : { aisle: place[0], y: place[1] }
  const length = (orders: readonly number[]): number | undefined => {
    const places: AislePlace[] = []
    const seen = new Map<string, number>()
    const add = (place: BatchProblem['start']): number => {
      const at = placeOf(place)
      const key = `${at.aisle} ${at.y}`
      const index = seen.get(key) ?? places.push(at) - 1
      seen.set(key, index)
      return index
    }
    const start = add(problem.start)
    const end = add(problem.end)
    for (const order of orders) for (const place of problem.orders[order] ?? []) add(place)
    return aisleTourLength({ floor, places, start, end })
  }
  const everything = length(problem.orders.map((_, i) => i))
  if (everything === undefined) return undefined
  return { length: (orders) => length(orders) ?? Infinity, isExact: true }
}

function onGraph(problem: BatchProblem): Measure {
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
  return { length: (orders) => graphLength(distances, { start, end, nodes: nodesOf(orders) }), isExact }
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
