import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import type { Model } from './model.ts'
import { PlanState, type PlanSnapshot } from './plan-state.ts'
import { recreate, type RecreateLimits } from './recreate.ts'
import { ruin } from './ruin.ts'

/** Temperatures as shares of the mean distance per stop; tuned on the shared CVRP and VRPTW sets. */
const hottest = 0.5
const coldest = 0.005
/** Of the stops left out so far, as many are tried again in a step. */
const mostTried = 30

/**
 * `iterations` is the length of the first cooling; each further one starts hot from the best plan so far and is
 * `growth` times as long, so that a search that may be stopped at any time has always cooled down lately.
 */
export interface Search {
  readonly random: Random
  readonly budget: Budget
  readonly iterations: number
  readonly growth: number
}

/** Every other node of each node, from near to far; ties by number. */
export function nearestNodes(model: Model): Int32Array {
  const { size, distance } = model
  const nearest = new Int32Array(size * (size - 1))
  for (let a = 0; a < size; a++) {
    const others = Array.from({ length: size }, (_, i) => i).filter((i) => i !== a)
    const toA = Float64Array.from({ length: size }, (_, i) =>
      Math.min(distance[a * size + i] ?? 0, distance[i * size + a] ?? 0),
    )
    others.sort((i, j) => (toA[i] ?? 0) - (toA[j] ?? 0) || i - j)
    nearest.set(others, a * (size - 1))
  }
  return nearest
}

/** A first usable plan: every stop at its cheapest position, once. */
export function firstPlan(model: Model, limit: RecreateLimits, random: Random): PlanSnapshot {
  const state = new PlanState(model)
  state.begin()
  recreate(state, limit, random)
  return state.snapshot()
}

/** True when `a` serves more, or as many over less distance. */
export const isBetter = (a: PlanSnapshot, b: PlanSnapshot): boolean =>
  a.absent.length < b.absent.length || (a.absent.length === b.absent.length && a.distance < b.distance - 1e-7)

/**
 * Ruin and recreate under annealing (Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020) from `start`: serve as
 * many stops as possible, then the least distance. One ruin = one budget step.
 */
export function improvedPlan(
  model: Model,
  start: PlanSnapshot,
  search: Search & Pick<RecreateLimits, 'mostRoutes'>,
): PlanSnapshot {
  const { random, budget, iterations, growth } = search
  if (model.size < 3) return start
  const nearest = nearestNodes(model)
  const state = new PlanState(model)
  state.restore(start)
  const scale = Math.max(1e-9, start.distance / (model.size - 1))
  const missing = 20 * scale + 2 * model.longest
  let best = start
  let length = iterations
  for (let turn = 0; budget.spend(); turn++) {
    if (turn >= length) {
      turn = 0
      length = Math.ceil(length * growth)
      state.restore(best)
    }
    const temperature = scale * hottest * (coldest / hottest) ** (turn / length)
    const former = state.distance + missing * state.absent.length
    state.begin()
    ruin(state, nearest, random)
    recreate(state, { mostRoutes: search.mostRoutes, mostTried }, random)
    const change = state.distance + missing * state.absent.length - former
    if (change > -temperature * Math.log(1 - random.unit()) || !state.keepsRules) {
      state.takeBack()
      continue
    }
    const isGain =
      state.absent.length < best.absent.length ||
      (state.absent.length === best.absent.length && state.distance < best.distance - 1e-7)
    if (isGain) best = state.snapshot()
  }
  return best
}
