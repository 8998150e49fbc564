import type { Model } from './model.ts'
import type { Route } from './route.ts'
import type { DeliverProblem, DeliveryRoute, UnservedStop } from './types.ts'

/** Routes as the result shows them: by vehicle, then by the first stop's place in the problem. */
export function resultRoutes(
  problem: DeliverProblem,
  model: Model,
  routes: readonly Route[],
): readonly DeliveryRoute[] {
  const first = (route: Route): number => route.nodes[0] ?? 0
  return routes
    .slice()
    .sort((a, b) => a.kind - b.kind || first(a) - first(b))
    .map((route) => ({
      vehicle: model.kinds[route.kind]?.id ?? '',
      stops: route.nodes.map((node) => idOf(problem, model, node)),
      distance: route.distance / model.scale,
      arrivals: arrivalsOf(model, route).map((time) => time / model.scale),
    }))
}

const idOf = (problem: DeliverProblem, model: Model, node: number): string =>
  problem.stops[model.stops[node - 1] ?? -1]?.id ?? ''

function arrivalsOf(model: Model, route: Route): readonly number[] {
  const { size, time, opens, service } = model
  const arrivals: number[] = []
  let ready = opens[0] ?? 0
  let before = 0
  for (const node of route.nodes) {
    const start = Math.max(opens[node] ?? 0, ready + (time[before * size + node] ?? 0))
    arrivals.push(start)
    ready = start + (service[node] ?? 0)
    before = node
  }
  const returns = model.kinds[route.kind]?.returns !== false
  return returns ? [...arrivals, ready + (time[before * size] ?? 0)] : arrivals
}

/** Why the search left stops out: with vehicles still standing it was the way or the window, else there was none. */
export function unservedStops(
  problem: DeliverProblem,
  model: Model,
  plan: { readonly routes: readonly Route[]; readonly absent: readonly number[] },
): readonly UnservedStop[] {
  const vehicles = model.kinds.reduce((sum, { count }) => sum + count, 0)
  const used = model.kinds.map((_, k) => plan.routes.filter((route) => route.kind === k).length)
  return plan.absent.map((node) => {
    const id = idOf(problem, model, node)
    const isDead = (model.distance[node] ?? 0) >= model.noWay || (model.distance[node * model.size] ?? 0) >= model.noWay
    if (isDead) return { id, reason: 'unreachable', facts: {} }
    const isLeft = model.kinds.some(
      ({ count, capacity }, k) =>
        (used[k] ?? 0) < count &&
        capacity.every((limit, d) => (model.demand[node * model.dimensions + d] ?? 0) <= limit),
    )
    if (!isLeft) return { id, reason: 'no-vehicle-left', facts: { vehicles } }
    return {
      id,
      reason: 'window-missed',
      facts: {
        opens: (model.opens[node] ?? 0) / model.scale,
        latest: Math.min(1e15, model.closes[node] ?? 0) / model.scale,
      },
    }
  })
}
