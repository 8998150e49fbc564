import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import type { Model } from './model.ts'
import { PlanState, type PlanSnapshot } from './plan-state.ts'
import { nearestNeighbours } from './neighbours.ts'
import { Recreation, type RecreateLimits } from './recreate.ts'
import { ruin } from './ruin.ts'

/** Temperatures as shares of the mean distance per stop; tuned on the shared CVRP and VRPTW sets. */
const hottest = 1
const coldest = 0.005
/** Of the stops left out so far, as many are tried again in a step. */
const mostTried = 30
const turnsPerTemperature = 16
/** A better plan is told of at most once in this many turns. */
const turnsPerTold = 4096

/**
 * `iterations` is the length of the first cooling; each further one starts hot from the best plan so far and is
 * `growth` times as long, so that a search that may be stopped at any time has always cooled down lately. Without
 * `iterations` there is one cooling as long as the budget.
 */
export interface Search {
  readonly random: Random
  readonly budget: Budget
  /** Share of the budget at which this cooling has to be over; 1 when not given. Only without `iterations`. */
  readonly until?: number | undefined
  readonly iterations?: number | undefined
  readonly growth: number
}

/** A first usable plan: every stop at its cheapest position, once. */
export function firstPlan(model: Model, random: Random): PlanSnapshot {
  const state = new PlanState(model)
  state.begin()
  new Recreation(state, { mostRoutes: Infinity, mostTried: Infinity }, random).run()
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
  search: Search & Pick<RecreateLimits, 'mostRoutes'> & { readonly onBetter?: (plan: PlanSnapshot) => void },
): PlanSnapshot {
  const { random, budget } = search
  if (model.size < 3) return start
  const neighbours = nearestNeighbours(model)
  const state = new PlanState(model)
  state.restore(start)
  const recreation = new Recreation(state, { mostRoutes: search.mostRoutes, mostTried }, random)
  const scale = Math.max(1e-9, start.distance / (model.size - 1))
  const missing = 20 * scale + 2 * model.longest
  const cooling = coolingOf(search)
  let best = start
  let told = start
  let temperature = 0
  for (let turn = 0; budget.spend(); turn++) {
    if (turn % turnsPerTold === 0 && best !== told) search.onBetter?.((told = best))
    if (turn % turnsPerTemperature === 0) {
      const { share, isReheated } = cooling.at(turn)
      if (share >= 1) break
      if (isReheated) state.restore(best)
      temperature = scale * hottest * (coldest / hottest) ** share
    }
    const former = state.distance + missing * state.absentCount
    state.begin()
    ruin(state, neighbours, random)
    recreation.run()
    const change = state.distance + missing * state.absentCount - former
    if (change > -temperature * Math.log(1 - random.unit()) || !state.keepsRules) {
      state.takeBack()
      continue
    }
    const isGain =
      state.absentCount < best.absent.length ||
      (state.absentCount === best.absent.length && state.distance < best.distance - 1e-7)
    if (isGain) best = state.snapshot()
  }
  return best
}

/** How far the cooling has come, 0 to 1; `isReheated` where it begins anew. */
interface Cooling {
  at(turn: number): { readonly share: number; readonly isReheated: boolean }
}

/** By the share of the budget where it knows one, else by turns, each cooling `growth` times as long as the last. */
function coolingOf({ budget, iterations, growth, until = 1 }: Search): Cooling {
  const from = budget.share
  if (iterations === undefined && from !== undefined && from < until) {
    return { at: () => ({ share: ((budget.share ?? 1) - from) / (until - from), isReheated: false }) }
  }
  let begun = 0
  let length = iterations ?? 1
  return {
    at(turn) {
      const isReheated = turn - begun >= length
      if (isReheated) {
        begun = turn
        length = Math.ceil(length * growth)
      }
      return { share: (turn - begun) / length, isReheated }
    },
  }
}
