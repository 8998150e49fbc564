import { verifyRoutes, type DeliverProblem, type DeliveryRoute } from '../../../../src-main/engines/delivery/index.ts'

export interface Best {
  readonly served: number
  readonly routes: number
  readonly distance: number
}

/**
 * The best plan of all, judged by stops served, then routes (when asked), then distance: every way to share stops out
 * to vehicles, every order. `drive` reckons one route and answers undefined when it breaks a rule.
 */
export function bestPlan(
  problem: DeliverProblem,
  drive: (vehicle: number, order: readonly number[]) => number | undefined,
): Best {
  const counts = problem.vehicles.map(({ count }) => count ?? 1)
  const bestRoute = new Map<string, number>()
  const distanceOf = (vehicle: number, stops: readonly number[]): number => {
    const key = `${vehicle}:${stops.join(',')}`
    const known = bestRoute.get(key)
    if (known !== undefined) return known
    let best = Infinity
    for (const order of orders(stops)) best = Math.min(best, drive(vehicle, order) ?? Infinity)
    bestRoute.set(key, best)
    return best
  }
  let best: Best = { served: 0, routes: 0, distance: 0 }
  const judge = (groups: readonly (readonly number[])[], kinds: readonly number[]): void => {
    const distance = groups.reduce((sum, group, i) => sum + distanceOf(kinds[i] ?? 0, group), 0)
    if (distance === Infinity) return
    const found = { served: groups.reduce((sum, group) => sum + group.length, 0), routes: groups.length, distance }
    if (isBetter(problem, found, best)) best = found
  }
  const choose = (groups: readonly (readonly number[])[], kinds: readonly number[]): void => {
    if (kinds.length === groups.length) return judge(groups, kinds)
    counts.forEach((count, k) => {
      if (kinds.filter((kind) => kind === k).length < count) choose(groups, [...kinds, k])
    })
  }
  const share = (next: number, groups: readonly (readonly number[])[]): void => {
    if (next === problem.stops.length) return choose(groups, [])
    share(next + 1, groups)
    share(next + 1, [...groups, [next]])
    groups.forEach((group, i) => share(next + 1, groups.with(i, [...group, next])))
  }
  share(0, [])
  return best
}

function isBetter({ objective }: DeliverProblem, a: Best, b: Best): boolean {
  if (a.served !== b.served) return a.served > b.served
  if (objective === 'vehicles-then-distance' && a.routes !== b.routes) return a.routes < b.routes
  return a.distance < b.distance - 1e-9
}

function* orders(stops: readonly number[]): Iterable<readonly number[]> {
  if (stops.length < 2) yield stops
  else {
    for (const [i, first] of stops.entries()) {
      for (const rest of orders(stops.toSpliced(i, 1))) yield [first, ...rest]
    }
  }
}

/** Drives a route by the tables of `times` and `lengths` (row 0 = depot); undefined when a rule is broken. */
export function driver(
  problem: DeliverProblem,
  tables: { readonly lengths: readonly (readonly number[])[]; readonly times: readonly (readonly number[])[] },
): (vehicle: number, order: readonly number[]) => number | undefined {
  return (vehicle, order) => {
    const kind = problem.vehicles[vehicle]
    const stops = order.map((i) => problem.stops[i])
    const isOver = kind?.capacity?.some(
      (limit, k) => stops.reduce((sum, stop) => sum + (stop?.demand?.[k] ?? 0), 0) > limit,
    )
    if (!kind || isOver) return undefined
    let [time, length, row] = [problem.depot.window?.[0] ?? 0, 0, 0]
    for (const i of order) {
      time = Math.max(time + (tables.times[row]?.[i + 1] ?? Infinity), problem.stops[i]?.window?.[0] ?? 0)
      length += tables.lengths[row]?.[i + 1] ?? Infinity
      if (time > (problem.stops[i]?.window?.[1] ?? Infinity)) return undefined
      time += problem.stops[i]?.serviceS ?? 0
      row = i + 1
    }
    if (kind.returns ?? true) {
      length += tables.lengths[row]?.[0] ?? Infinity
      if (time + (tables.times[row]?.[0] ?? Infinity) > (problem.depot.window?.[1] ?? Infinity)) return undefined
    }
    return length === Infinity ? undefined : length
  }
}

/** Codes of the faults that the engine's own check finds. */
export const faultsOf = (problem: DeliverProblem, routes: readonly DeliveryRoute[]): readonly string[] =>
  verifyRoutes(problem, {
    id: problem.id,
    routes,
    distance: routes.reduce((sum, { distance }) => sum + distance, 0),
    lowerBound: 0,
    optimal: false,
    unserved: problem.stops
      .filter(({ id }) => !routes.some(({ stops }) => stops.includes(id)))
      .map(({ id }) => ({ id, reason: 'no-vehicle-left', facts: {} })),
    ms: 0,
  }).map(({ code }) => code)
