import type { Reach } from './exact-plan.ts'
import type { Model } from './model.ts'
import type { Route } from './route.ts'
import type { DeliverProblem, DeliveryRoute, UnservedStop } from './types.ts'

/** A vehicle's day in the engine's unit; `starts` as `arrivals` of the result. */
export interface PlannedRoute {
  readonly kind: number
  readonly nodes: readonly number[]
  readonly distance: number
  readonly starts: readonly number[]
  readonly reloadsAfter: readonly number[]
  readonly price: number
}

/** `isBest`: nothing but the distance could be better. */
export interface PlannedRoutes {
  readonly routes: readonly PlannedRoute[]
  readonly absent: readonly number[]
  readonly lowerBound: number
  readonly isBest: boolean
  readonly reach?: readonly Reach[] | undefined
}

export function plannedRoute(model: Model, { kind, nodes, distance }: Route): PlannedRoute {
  return { kind, nodes, distance, starts: startsOf(model, { kind, nodes }), reloadsAfter: [], price: 0 }
}

/** Routes as the result shows them: by vehicle, then by the first stop's place in the problem. */
export function resultRoutes(
  problem: DeliverProblem,
  model: Model,
  routes: readonly PlannedRoute[],
): readonly DeliveryRoute[] {
  const first = ({ nodes }: PlannedRoute): number => nodes[0] ?? 0
  return routes
    .slice()
    .sort((a, b) => a.kind - b.kind || first(a) - first(b))
    .map(({ kind, nodes, distance, starts, reloadsAfter, price }) => ({
      vehicle: model.kinds[kind]?.id ?? '',
      stops: nodes.map((node) => idOf(problem, model, node)),
      distance: distance / model.scale,
      arrivals: starts.map((time) => time / model.scale),
      ...(reloadsAfter.length > 0 ? { reloadsAfter } : {}),
      ...(price > 0 ? { price: price / model.scale } : {}),
    }))
}

const idOf = (problem: DeliverProblem, model: Model, node: number): string =>
  problem.stops[model.stops[node - 1] ?? -1]?.id ?? ''

function startsOf(model: Model, route: Pick<Route, 'kind' | 'nodes'>): readonly number[] {
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

interface LeftOut {
  /** Of the vehicles that drive. */
  readonly kinds: readonly number[]
  readonly absent: readonly number[]
  /** By node, where it is known. */
  readonly reach?: readonly Reach[] | undefined
}

/** Why the search left stops out: it was the way or the window, else there was no vehicle for them. */
export function unservedStops(problem: DeliverProblem, model: Model, plan: LeftOut): readonly UnservedStop[] {
  const vehicles = model.kinds.reduce((sum, { count }) => sum + count, 0)
  const used = model.kinds.map((_, k) => plan.kinds.filter((kind) => kind === k).length)
  return plan.absent.map((node) => {
    const id = idOf(problem, model, node)
    const able = model.kinds.map(
      ({ count, capacity }) =>
        count > 0 && capacity.every((limit, d) => (model.demand[node * model.dimensions + d] ?? 0) <= limit),
    )
    const isLeft = able.some((isAble, k) => isAble && (used[k] ?? 0) < (model.kinds[k]?.count ?? 0))
    const reach = plan.reach?.[node] ?? (isCutOff(model, node, able) ? 'never' : 'on-the-way')
    // Who could come alone, and did not, was busy; where only others lie on the way a vehicle left standing proves nothing.
    if (reach === 'alone' || (reach === 'on-the-way' && !isLeft))
      return { id, reason: 'no-vehicle-left', facts: { vehicles } }
    if (isCutOff(model, node, able)) return { id, reason: 'unreachable', facts: {} }
    return {
      id,
      reason: 'window-missed',
      facts: {
        opens: (model.opens[node] ?? 0) / model.scale,
        latest: Math.min(1e15, Math.min(model.closes[node] ?? Infinity, model.closes[0] ?? Infinity)) / model.scale,
      },
    }
  })
}

/** No straight way there, or none back for those who must return. */
function isCutOff({ distance, size, noWay, kinds }: Model, node: number, able: readonly boolean[]): boolean {
  if ((distance[node] ?? 0) >= noWay) return true
  const mustReturn = kinds.every(({ returns }, k) => !able[k] || returns)
  return mustReturn && (distance[node * size] ?? 0) >= noWay
}
