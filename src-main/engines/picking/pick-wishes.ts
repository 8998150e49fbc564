import { placeDistances } from './place-distances.ts'
import { planTour } from './tour.ts'
import type { Place, PlanOptions, TourProblem, TourResult } from './types.ts'

/**
 * Picks in ranks: all of a lower rank are taken before any of a higher one. Heavy first is rank 0 for heavy picks and
 * 1 for the rest; fragile or frozen last is a rank above the rest.
 */
export interface RankedProblem extends TourProblem {
  /** By pick. */
  readonly ranks: readonly number[]
}

/** A tour that keeps the ranks, and what keeping them costs in units of the floor. */
export interface RankedResult extends TourResult {
  /** This length less that of the walk without ranks, which is at most `TourResult.length`. */
  readonly price: number
  /** False where one-way lanes or an end out of reach leave no walk in ranks; the tour is then the one without. */
  readonly isRanked: boolean
}

/** Of a rank so many picks are tried as its last: those nearest to the picks that follow. */
const mostLasts = 12

/**
 * The shortest walk that keeps the ranks. Rank after rank, for every pick that may be the last of its rank, the
 * shortest way there past all of the rank is kept (dynamic programming over last picks; each part an exact tour where
 * `planTour` is exact). With more than `mostLasts` picks in a rank only the nearest to what follows are tried, and
 * `optimal` is then false unless the walk is as short as the one without ranks. Unreachable picks as `planTour`.
 * Cost: at most 144 tours per pair of ranks.
 */
export function planTourInRanks(problem: RankedProblem, options: PlanOptions = {}): RankedResult {
  const free = planTour(problem, options)
  const isReached = new Set(free.order)
  const ranks = [...new Set(free.order.map((i) => problem.ranks[i] ?? 0))].sort((a, b) => a - b)
  if (ranks.length < 2) return { ...free, price: 0, isRanked: true }
  const groups = ranks.map((rank) =>
    [...isReached].filter((i) => (problem.ranks[i] ?? 0) === rank).sort((a, b) => a - b),
  )
  let ways: Way[] = [{ order: [], length: 0, at: problem.start, isExact: true }]
  let isComplete = true
  groups.forEach((group, g) => {
    const next = groups[g + 1]
    if (!next) ways = [shortestOn(problem, { ways, group, to: problem.end }, options)]
    else {
      const lasts = nearestTo(problem, group, next)
      if (lasts.length < group.length) isComplete = false
      ways = lasts.map((last) => onPast(problem, { ways, group, last }, options))
    }
  })
  const best = ways[0]
  if (!best || best.length === Infinity) return { ...free, price: 0, isRanked: false }
  const lowerBound = isComplete && best.isExact ? best.length : free.lowerBound
  const { order, length } = best
  return {
    ...free,
    order,
    length,
    lowerBound,
    optimal: lowerBound === length,
    price: length - free.length,
    isRanked: true,
  }
}

interface Way {
  readonly order: readonly number[]
  readonly length: number
  readonly at: Place
  readonly isExact: boolean
}

function onPast(
  problem: RankedProblem,
  { ways, group, last }: { readonly ways: readonly Way[]; readonly group: readonly number[]; readonly last: number },
  options: PlanOptions,
): Way {
  const to = problem.picks[last] ?? problem.start
  const rest = group.filter((i) => i !== last)
  const way = shortestOn(problem, { ways, group: rest, to }, options)
  return { ...way, order: [...way.order, last] }
}

function shortestOn(
  { id, floor, picks }: RankedProblem,
  { ways, group, to }: { readonly ways: readonly Way[]; readonly group: readonly number[]; readonly to: Place },
  options: PlanOptions,
): Way {
  let best: Way = { order: [], length: Infinity, at: to, isExact: true }
  let isExact = true
  for (const way of ways) {
    const places = group.map((i) => picks[i] ?? to)
    const tour = planTour({ id, floor, start: way.at, end: to, picks: places }, options)
    if (!tour.optimal || !way.isExact) isExact = false
    if (tour.unreachable.length > 0 || way.length + tour.length >= best.length) continue
    const order = [...way.order, ...tour.order.map((i) => group[i] ?? 0)]
    best = { order, length: way.length + tour.length, at: to, isExact }
  }
  return { ...best, isExact }
}

/** The picks of a group nearest to any of the next, at most `mostLasts`. */
function nearestTo(
  { floor, picks, start }: RankedProblem,
  group: readonly number[],
  next: readonly number[],
): number[] {
  if (group.length <= mostLasts) return group.slice()
  const places = [...group, ...next].map((i) => picks[i] ?? start)
  const { length, count, indexOfPlace } = placeDistances(floor, places)
  const away = group.map((_, g) =>
    Math.min(
      ...next.map(
        (__, n) => length[(indexOfPlace[g] ?? 0) * count + (indexOfPlace[group.length + n] ?? 0)] ?? Infinity,
      ),
    ),
  )
  const order = group.map((_, g) => g).sort((a, b) => (away[a] ?? 0) - (away[b] ?? 0) || a - b)
  return order.slice(0, mostLasts).map((g) => group[g] ?? 0)
}
