import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import { shortCycle } from '../../kernel/cycles/cycle-search.ts'
import { exactOrder, mostExactStops } from './exact-order.ts'
import type { Model } from './model.ts'
import type { PlanSnapshot } from './plan-state.ts'
import { emptyRoute, isAllowed, reckon } from './route.ts'
import { oneTreeBound } from '../../kernel/cycles/tree-bound.ts'

/** A plan with a bound on its distance. */
export interface BoundedPlan {
  readonly plan: PlanSnapshot
  readonly lowerBound: number
}

/**
 * The special case of one vehicle whose capacity holds everything and that no stop's window binds: a travelling
 * salesman's tour, or a path with a free end when the vehicle does not return. Exact for few stops, else local search
 * (symmetric distances only) with a 1-tree bound. Undefined when it is not that case, or when the tour found breaks
 * the depot's window; then the general search takes over.
 */
export function singleRoute(
  model: Model,
  how: { readonly random: Random; readonly budget: Budget },
): BoundedPlan | undefined {
  if (!isSingleRoute(model)) return undefined
  const stops = model.size - 1
  const isSmall = stops <= mostExactStops
  if (!isSmall && (!isSymmetric(model) || model.distance.some((length) => length >= model.noWay))) return undefined
  const nodes = isSmall ? exactOrder(model) : searchedOrder(model, how)
  const route = emptyRoute(model, 0)
  route.nodes.push(...nodes)
  reckon(model, route)
  if (!isAllowed(model, route)) return undefined
  const lowerBound = isSmall ? route.distance : treeBound(model, route.distance)
  return { plan: { routes: [route], absent: [], distance: route.distance }, lowerBound }
}

function isSingleRoute(model: Model): boolean {
  const { kinds, demand, dimensions, size, opens, closes } = model
  const kind = kinds[0]
  if (!kind || kinds.length !== 1 || size < 2) return false
  // More vehicles could only help where distances break the triangle inequality, so only one vehicle counts.
  if (kind.count !== 1) return false
  for (let k = 0; k < dimensions; k++) {
    let total = 0
    for (let v = 1; v < size; v++) total += demand[v * dimensions + k] ?? 0
    if (total > (kind.capacity[k] ?? Infinity)) return false
  }
  for (let v = 1; v < size; v++) if ((opens[v] ?? 0) > 0 || (closes[v] ?? Infinity) < Infinity) return false
  return true
}

function isSymmetric({ size, distance }: Model): boolean {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) if (distance[a * size + b] !== distance[b * size + a]) return false
  }
  return true
}

function searchedOrder(
  model: Model,
  { random, budget }: { readonly random: Random; readonly budget: Budget },
): readonly number[] {
  const closed = closedTour(model)
  const cycle = shortCycle(closed, random, budget)
  if (closed.count === model.size) return cycle.slice(1)
  // Beyond the depot on one side lies the free end (the last node): read the other way.
  const order = cycle[1] === model.size ? [0, ...cycle.slice(1).reverse()] : cycle
  return order.slice(1, -1)
}

function treeBound(model: Model, target: number): number {
  const closed = closedTour(model)
  const bound = oneTreeBound(closed, target - closed.tie) + closed.tie
  return Math.min(target, model.distance.every(Number.isInteger) ? Math.ceil(bound - 1e-6) : bound)
}

interface ClosedTour {
  readonly count: number
  readonly matrix: Float64Array
  /** What the edge that ties the free end to the depot takes off every tour. */
  readonly tie: number
}

/** For a free end one more node that is at no distance from every stop and tied to the depot. */
function closedTour({ size, distance, kinds, longest }: Model): ClosedTour {
  if (kinds[0]?.returns !== false) return { count: size, matrix: distance, tie: 0 }
  const count = size + 1
  const tie = 4 * longest + 1
  const matrix = new Float64Array(count * count)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) matrix[a * count + b] = distance[a * size + b] ?? 0
  }
  matrix[size] = -tie
  matrix[size * count] = -tie
  return { count, matrix, tie }
}
