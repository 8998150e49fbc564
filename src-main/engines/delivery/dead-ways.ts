import type { Model } from './model.ts'
import type { PlanSnapshot } from './plan-state.ts'
import { copyOf, reckon, type Route } from './route.ts'

/**
 * A plan without ways that do not exist: stops are left out of a route until all its ways do. Where the search could
 * help it, there are none.
 */
export function withoutDeadWays(model: Model, plan: PlanSnapshot): PlanSnapshot {
  if (plan.distance < model.noWay) return plan
  const absent = plan.absent.slice()
  const routes: Route[] = []
  for (const former of plan.routes) {
    const route = copyOf(former)
    for (let dead = deadEnd(model, route); dead !== -1; dead = deadEnd(model, route)) {
      absent.push(...route.nodes.splice(dead, 1))
      reckon(model, route)
    }
    if (route.nodes.length > 0) routes.push(route)
  }
  return { routes, absent, distance: routes.reduce((sum, route) => sum + route.distance, 0) }
}

/** Position of the stop behind the first missing way (the last stop when it is the way back); -1 = none. */
function deadEnd(model: Model, route: Route): number {
  const { size, distance, noWay } = model
  let before = 0
  for (const [i, node] of route.nodes.entries()) {
    if ((distance[before * size + node] ?? noWay) >= noWay) return i
    before = node
  }
  const returns = model.kinds[route.kind]?.returns !== false
  const isDead = returns && route.nodes.length > 0 && (distance[before * size] ?? noWay) >= noWay
  return isDead ? route.nodes.length - 1 : -1
}
