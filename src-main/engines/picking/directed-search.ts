import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import type { ExactPath, PathProblem } from './held-karp.ts'

/** Differences below this are rounding, not gains. */
const leastGain = 1e-7

/**
 * A short path through all nodes where ways there and back differ (one-way lanes): nearest neighbour, then
 * exchanges of neighbouring stretches without turning them (the pure Or-3opt of Or 1976, which contains Or-opt
 * without reversal), restarted from double-bridge kicks and undone unless they gain. One pass = one budget step.
 * Every pair of nodes must have a way in both directions. Cost of a pass O(n^2) to O(n^3) for n nodes.
 */
export function shortDirectedPath(problem: PathProblem, random: Random, budget: Budget): ExactPath {
  const count = problem.count
  const distance = (from: number, to: number): number =>
    from === -1
      ? (problem.fromStart[to] ?? Infinity)
      : to === -1
        ? (problem.toEnd[from] ?? Infinity)
        : (problem.matrix[from * count + to] ?? Infinity)
  const lengthOf = (order: readonly number[]): number => {
    let length = distance(-1, order[0] ?? -1)
    for (let i = 0; i < order.length; i++) length += distance(order[i] ?? -1, order[i + 1] ?? -1)
    return length
  }
  let best = settled(nearestNeighbourPath(count, distance), distance, { budget, low: 0, high: count })
  let length = lengthOf(best)
  while (count > 3 && budget.spend()) {
    const kick = kicked(best, random)
    const tried = settled(kick.order, distance, { budget, low: kick.first - reach, high: kick.last + 1 })
    const triedLength = lengthOf(tried)
    if (triedLength <= length) [best, length] = [tried, triedLength]
  }
  return { order: best, length }
}

/** A kick is mended from so many places before it. */
const reach = 8

type Distance = (from: number, to: number) => number

function nearestNeighbourPath(count: number, distance: Distance): number[] {
  const left = new Set(Array.from({ length: count }, (_, i) => i))
  const order: number[] = []
  let last = -1
  while (left.size > 0) {
    let nearest = -1
    for (const node of left) if (nearest === -1 || distance(last, node) < distance(last, nearest)) nearest = node
    left.delete(nearest)
    order.push(nearest)
    last = nearest
  }
  return order
}

/** Three cuts, the two middle stretches change places. */
function kicked(order: readonly number[], random: Random): Kicked {
  const longest = Math.max(1, Math.min(10, Math.floor(order.length / 3)))
  const first = random.below(order.length - 1)
  const middle = Math.min(order.length - 1, first + 1 + random.below(longest))
  const last = Math.min(order.length, middle + 1 + random.below(longest))
  return { order: exchanged(order, { first, middle, last }), first, last }
}

interface Cuts {
  readonly first: number
  readonly middle: number
  readonly last: number
}

interface Kicked {
  readonly order: number[]
  /** Positions between which the kick changed something. */
  readonly first: number
  readonly last: number
}

function exchanged(order: readonly number[], { first, middle, last }: Cuts): number[] {
  const next = order.slice(0, first)
  for (let i = middle; i < last; i++) next.push(order[i] ?? -1)
  for (let i = first; i < middle; i++) next.push(order[i] ?? -1)
  for (let i = last; i < order.length; i++) next.push(order[i] ?? -1)
  return next
}

interface Mending {
  readonly budget: Budget
  /** Positions between which first cuts are looked at; gains widen them. */
  readonly low: number
  readonly high: number
}

/** Exchanges neighbouring stretches while that gains, the best exchange of each first cut at a time. */
function settled(start: readonly number[], distance: Distance, mending: Mending): number[] {
  let order = start.slice()
  let { low, high } = mending
  for (let isBetter = true; isBetter;) {
    isBetter = false
    for (let first = Math.max(0, low); first + 1 < order.length && first < high; first++) {
      // With many nodes a single pass is long: out of time, what has been gained so far counts.
      if (!mending.budget.spend(0)) return order
      const cut = bestExchange(order, first, distance)
      if (!cut) continue
      order = exchanged(order, { first, ...cut })
      low = Math.min(low, first - 1)
      high = Math.max(high, cut.last + 1)
      isBetter = true
    }
  }
  return order
}

function bestExchange(
  order: readonly number[],
  first: number,
  distance: Distance,
): { readonly middle: number; readonly last: number } | undefined {
  const at = (i: number): number => order[i] ?? -1
  const before = first === 0 ? -1 : at(first - 1)
  let best: { middle: number; last: number } | undefined
  let bestChange = -leastGain
  for (let middle = first + 1; middle < order.length; middle++) {
    const opened = distance(before, at(first)) + distance(at(middle - 1), at(middle))
    const joined = distance(before, at(middle))
    if (joined >= opened) continue
    for (let last = middle + 1; last <= order.length; last++) {
      const removed = opened + distance(at(last - 1), at(last))
      const change = joined + distance(at(last - 1), at(first)) + distance(at(middle - 1), at(last)) - removed
      if (change < bestChange) {
        bestChange = change
        best = { middle, last }
      }
    }
  }
  return best
}
