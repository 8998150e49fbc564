import type { Model } from './model.ts'

/**
 * One vehicle's stops in order, with what insertion needs to know. `starts[i]` is the earliest start of service at
 * stop i, `latest[i]` the latest one that keeps everything behind it in time; both empty without windows. A route is
 * never changed once others can see it: copy, change, `reckon`.
 */
export interface Route {
  readonly kind: number
  readonly nodes: number[]
  readonly load: number[]
  readonly starts: number[]
  readonly latest: number[]
  distance: number
}

export function emptyRoute(model: Model, kind: number): Route {
  return { kind, nodes: [], load: new Array<number>(model.dimensions).fill(0), starts: [], latest: [], distance: 0 }
}

export function copyOf(route: Route): Route {
  const { kind, nodes, load, starts, latest, distance } = route
  return {
    kind,
    nodes: nodes.slice(),
    load: load.slice(),
    starts: starts.slice(),
    latest: latest.slice(),
    distance,
  }
}

/** Brings load, times and distance in line with the nodes. Cost O(stops of the route). */
export function reckon(model: Model, route: Route): void {
  const { size, distance, dimensions, demand } = model
  route.load.fill(0)
  let before = 0
  let length = 0
  for (const node of route.nodes) {
    length += distance[before * size + node] ?? Infinity
    for (let k = 0; k < dimensions; k++) {
      route.load[k] = (route.load[k] ?? 0) + (demand[node * dimensions + k] ?? 0)
    }
    before = node
  }
  const returns = model.kinds[route.kind]?.returns !== false
  if (returns && route.nodes.length > 0) length += distance[before * size] ?? Infinity
  route.distance = length
  if (model.hasWindows) reckonTimes(model, route, returns)
}

function reckonTimes(model: Model, route: Route, returns: boolean): void {
  const { size, time, service, opens, closes } = model
  const { nodes, starts, latest } = route
  starts.length = nodes.length
  latest.length = nodes.length
  let ready = opens[0] ?? 0
  let before = 0
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] ?? 0
    const start = Math.max(opens[node] ?? 0, ready + (time[before * size + node] ?? Infinity))
    starts[i] = start
    ready = start + (service[node] ?? 0)
    before = node
  }
  let after = 0
  let deadline = returns ? (closes[0] ?? Infinity) : Infinity
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] ?? 0
    const onwards = i === nodes.length - 1 && !returns ? 0 : (time[node * size + after] ?? Infinity)
    deadline = Math.min(closes[node] ?? Infinity, deadline - onwards - (service[node] ?? 0))
    // A stop that opens too late for what lies behind it leaves no good start to anyone before it either.
    if (deadline < (opens[node] ?? 0)) deadline = -Infinity
    latest[i] = deadline
    after = node
  }
}

/** True when the route keeps every window, its capacity, and every way exists. */
export function isAllowed(model: Model, route: Route): boolean {
  const capacity = model.kinds[route.kind]?.capacity ?? []
  if (route.load.some((amount, k) => amount > (capacity[k] ?? Infinity))) return false
  if (route.distance >= model.noWay) return false
  if (!model.hasWindows) return true
  return route.starts.every((start, i) => start <= (route.latest[i] ?? Infinity) + 1e-9)
}
