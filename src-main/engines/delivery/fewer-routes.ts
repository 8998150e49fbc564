import { fewestRoutes } from './bounds.ts'
import type { Model } from './model.ts'
import { PlanState, type PlanSnapshot } from './plan-state.ts'
import { recreate } from './recreate.ts'
import { ruin } from './ruin.ts'
import { nearestNodes, type Search } from './search.ts'

/**
 * Takes routes away one by one while all their stops find another place: fleet minimisation of Christiaens and Vanden
 * Berghe 2020. Every stop counts how often it was left out; a plan is taken when those left out now were left out
 * less often than those before, so stubborn stops get in first. Ends with the budget, with a failure to go lower, or
 * at the number of vehicles that demand needs. One ruin = one budget step.
 */
export function withFewerRoutes(model: Model, start: PlanSnapshot, search: Search): PlanSnapshot {
  const least = fewestRoutes(model)
  const state = new PlanState(model)
  const nearest = nearestNodes(model)
  const timesAbsent = new Float64Array(model.size)
  let best = start
  state.restore(start)
  let stubborn = 0
  for (let turn = 0; turn < search.iterations && best.routes.length > least; turn++) {
    if (state.absent.length === 0) {
      best = state.snapshot()
      if (best.routes.length <= least) break
      dropEasiestRoute(state, timesAbsent)
      stubborn = sumOf(state.absent, timesAbsent)
    }
    if (!search.budget.spend()) break
    const former = state.distance
    const formerAbsent = state.absent.length
    state.begin()
    ruin(state, nearest, search.random)
    recreate(state, { mostRoutes: best.routes.length - 1, mostTried: Infinity }, search.random)
    const sum = sumOf(state.absent, timesAbsent)
    for (const node of state.absent) timesAbsent[node] = (timesAbsent[node] ?? 0) + 1
    const isEasier = sum < stubborn || state.absent.length === 0
    const isTaken = isEasier || (state.absent.length <= formerAbsent && state.distance <= former)
    if (isTaken && state.keepsRules) stubborn = sum
    else state.takeBack()
  }
  return best
}

const sumOf = (nodes: readonly number[], times: Float64Array): number =>
  nodes.reduce((sum, node) => sum + (times[node] ?? 0), 0)

/** The route whose stops were left out least often; ties: the one with fewest stops. */
function dropEasiestRoute(state: PlanState, timesAbsent: Float64Array): void {
  let easiest = -1
  let least = Infinity
  state.routes.forEach((route, slot) => {
    if (route.nodes.length === 0) return
    const effort = sumOf(route.nodes, timesAbsent) + route.nodes.length / state.model.size
    if (effort < least) [least, easiest] = [effort, slot]
  })
  const nodes = state.routes[easiest]?.nodes ?? []
  state.begin()
  state.remove(
    easiest,
    nodes.map((_, i) => i),
  )
  state.absent = [...state.absent, ...state.removed]
}
