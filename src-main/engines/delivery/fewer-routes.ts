import { fewestRoutes } from './bounds.ts'
import type { Model } from './model.ts'
import { PlanState, type PlanSnapshot } from './plan-state.ts'
import { nearestNeighbours } from './neighbours.ts'
import { Recreation } from './recreate.ts'
import { ruin } from './ruin.ts'
import type { Search } from './search.ts'

/**
 * Takes routes away one by one while all their stops find another place: fleet minimisation of Christiaens and Vanden
 * Berghe 2020. Every stop counts how often it was left out; a plan is taken when those left out now were left out
 * less often than those before, so stubborn stops get in first. Ends with the budget, with a failure to go lower, or
 * at the number of vehicles that demand needs. One ruin = one budget step.
 */
export function withFewerRoutes(
  model: Model,
  start: PlanSnapshot,
  search: Pick<Search, 'random' | 'budget'> & { readonly most: number; readonly fewest?: number },
): PlanSnapshot {
  const { random, budget } = search
  const least = Math.max(fewestRoutes(model), search.fewest ?? 0)
  const state = new PlanState(model)
  const recreation = new Recreation(state, { mostRoutes: Infinity, mostTried: Infinity }, random)
  const neighbours = nearestNeighbours(model)
  const timesAbsent = new Float64Array(model.size)
  let best = start
  state.restore(start)
  let stubborn = 0
  for (let turn = 0; turn < search.most && best.routes.length > least; turn++) {
    if (state.absentCount === 0) {
      best = state.snapshot()
      if (best.routes.length <= least) break
      dropEasiestRoute(state, timesAbsent)
      stubborn = absentSum(state, timesAbsent)
    }
    if (!budget.spend()) break
    const former = state.distance
    const formerAbsent = state.absentCount
    state.begin()
    ruin(state, neighbours, random)
    recreation.run(best.routes.length - 1)
    const sum = absentSum(state, timesAbsent)
    for (let i = 0; i < state.absentCount; i++) {
      const node = state.absentAt(i)
      timesAbsent[node] = (timesAbsent[node] ?? 0) + 1
    }
    const isEasier = sum < stubborn || state.absentCount === 0
    const isTaken = isEasier || (state.absentCount <= formerAbsent && state.distance <= former)
    if (isTaken && state.keepsRules) stubborn = sum
    else state.takeBack()
  }
  return best
}

function absentSum(state: PlanState, times: Float64Array): number {
  let sum = 0
  for (let i = 0; i < state.absentCount; i++) sum += times[state.absentAt(i)] ?? 0
  return sum
}

/** The route whose stops were left out least often; ties: the one with fewest stops. */
function dropEasiestRoute(state: PlanState, timesAbsent: Float64Array): void {
  let easiest = -1
  let least = Infinity
  for (let i = 0; i < state.usedRoutes; i++) {
    const slot = state.used[i] ?? 0
    let effort = (state.count[slot] ?? 0) / state.model.size
    for (let node = state.first[slot] ?? 0; node !== 0; node = state.next[node] ?? 0) effort += timesAbsent[node] ?? 0
    if (effort < least) [least, easiest] = [effort, slot]
  }
  state.begin()
  state.cut(state.first[easiest] ?? 0, state.last[easiest] ?? 0)
  for (const node of state.removed) state.addAbsent(node)
}
