import type { Model } from './model.ts'
import type { PlanSnapshot } from './plan-state.ts'
import { emptyRoute, reckon } from './route.ts'

/** Stops up to which every way to share them out is weighed: 6,561 pairs of sets per vehicle, milliseconds. */
export const mostExactPlanStops = 8
/** More vehicles than stops are never used; with more kinds than this the general search is asked. */
const mostExactKinds = 6

export interface ExactPlan {
  readonly plan: PlanSnapshot
  /** The least distance over any number of routes that serves the same stops. */
  readonly lowerBound: number
  /** By node: how some vehicle could serve it if nothing else were to do. */
  readonly reach: readonly Reach[]
}

/** `on-the-way`: only past other stops. */
export type Reach = 'alone' | 'on-the-way' | 'never'

/** A route over a set of stops: how long it is and in which order. */
interface SetRoute {
  readonly distance: number
  readonly nodes: readonly number[]
}

/**
 * The best plan of a small problem, with all its rules: most stops, then (where asked) fewest routes, then the least
 * distance. For each kind of vehicle the best route over every set of stops (labels of distance and time that do not
 * dominate each other, after Desrochers 1986), then vehicle by vehicle which set it takes. Undefined for larger
 * problems. Cost O(vehicles 3^n n).
 */
export function exactPlan(model: Model): ExactPlan | undefined {
  const stops = model.size - 1
  if (stops > mostExactPlanStops || model.kinds.length > mostExactKinds) return undefined
  const routesByKind = model.kinds.map((_kind, k) => bestRoutes(model, k))
  const shares = sharedOut(model, routesByKind)
  const chosen = bestShare(model, shares)
  const routes = chosen.sets.map(({ kind, set }) => {
    const route = emptyRoute(model, kind)
    route.nodes.push(...(routesByKind[kind]?.[set]?.nodes ?? []))
    reckon(model, route)
    return route
  })
  const nodes = Array.from({ length: stops }, (_, i) => i + 1)
  const absent = nodes.filter((node) => !hasNode(chosen.served, node))
  const sameServed = shares.filter(({ served }) => served === chosen.served)
  const isServed = (isRight: (set: number) => boolean): boolean =>
    routesByKind.some(
      (routes, k) => (model.kinds[k]?.count ?? 0) > 0 && routes.some((route, set) => route && isRight(set)),
    )
  const reachOf = (node: number): Reach => {
    if (isServed((set) => set === 1 << (node - 1))) return 'alone'
    return isServed((set) => hasNode(set, node)) ? 'on-the-way' : 'never'
  }
  return {
    plan: { routes, absent, distance: routes.reduce((sum, route) => sum + route.distance, 0) },
    lowerBound: Math.min(...sameServed.map(({ distance }) => distance)),
    reach: ['alone', ...nodes.map(reachOf)],
  }
}

const hasNode = (set: number, node: number): boolean => (set & (1 << (node - 1))) !== 0

/** A way to serve a set that ends at `last`, kept unless another is both shorter and earlier. */
interface Label {
  readonly distance: number
  readonly ready: number
  readonly last: number
  readonly before: Label | undefined
}

/** The shortest allowed route over every set of stops for one kind of vehicle; undefined where there is none. */
function bestRoutes(model: Model, kind: number): readonly (SetRoute | undefined)[] {
  const stops = model.size - 1
  const sets = 1 << stops
  const labels: Label[][] = Array.from({ length: sets }, () => [])
  const best: (SetRoute | undefined)[] = new Array<undefined>(sets).fill(undefined)
  const start: Label = { distance: 0, ready: model.opens[0] ?? 0, last: 0, before: undefined }
  for (let set = 0; set < sets; set++) {
    if (!isCarried(model, kind, set)) continue
    for (const label of set === 0 ? [start] : (labels[set] ?? [])) {
      if (set > 0) best[set] = shorter(best[set], closed(model, kind, label))
      for (let node = 1; node <= stops; node++) {
        if (hasNode(set, node)) continue
        const next = extended(model, label, node)
        if (next) keep(labels[set | (1 << (node - 1))] ?? [], next)
      }
    }
  }
  return best
}

function isCarried({ dimensions, demand, kinds, size }: Model, kind: number, set: number): boolean {
  const capacity = kinds[kind]?.capacity ?? []
  for (let k = 0; k < dimensions; k++) {
    let load = 0
    for (let node = 1; node < size; node++) if (hasNode(set, node)) load += demand[node * dimensions + k] ?? 0
    if (load > (capacity[k] ?? Infinity)) return false
  }
  return true
}

function extended(model: Model, label: Label, node: number): Label | undefined {
  const { size, distance, time, noWay, opens, closes, service } = model
  const way = distance[label.last * size + node] ?? noWay
  if (way >= noWay) return undefined
  const start = Math.max(opens[node] ?? 0, label.ready + (time[label.last * size + node] ?? Infinity))
  if (start > (closes[node] ?? Infinity)) return undefined
  return { distance: label.distance + way, ready: start + (service[node] ?? 0), last: node, before: label }
}

function closed(model: Model, kind: number, label: Label): SetRoute | undefined {
  const { size, distance, time, noWay, closes, kinds } = model
  let total = label.distance
  if (kinds[kind]?.returns !== false) {
    const way = distance[label.last * size] ?? noWay
    if (way >= noWay || label.ready + (time[label.last * size] ?? Infinity) > (closes[0] ?? Infinity)) return undefined
    total += way
  }
  const nodes: number[] = []
  for (let at: Label | undefined = label; at?.before; at = at.before) nodes.push(at.last)
  return { distance: total, nodes: nodes.reverse() }
}

const shorter = (a: SetRoute | undefined, b: SetRoute | undefined): SetRoute | undefined =>
  a === undefined || (b !== undefined && b.distance < a.distance) ? b : a

function keep(labels: Label[], next: Label): void {
  const isNoBetter = (a: Label, b: Label): boolean => a.distance >= b.distance && a.ready >= b.ready
  if (labels.some((label) => label.last === next.last && isNoBetter(next, label))) return
  const kept = labels.filter((label) => label.last !== next.last || !isNoBetter(label, next))
  labels.splice(0, labels.length, ...kept, next)
}

/** Stops served by so many routes at the least distance, and how. */
interface Share {
  readonly served: number
  readonly distance: number
  readonly sets: readonly { readonly kind: number; readonly set: number }[]
}

function sharedOut(model: Model, routesByKind: readonly (readonly (SetRoute | undefined)[])[]): readonly Share[] {
  const stops = model.size - 1
  const sets = 1 << stops
  const keyOf = (served: number, routes: number): number => routes * sets + served
  let shares = new Map<number, Share>([[0, { served: 0, distance: 0, sets: [] }]])
  model.kinds.forEach(({ count }, kind) => {
    const routes = routesByKind[kind] ?? []
    for (let vehicle = 0; vehicle < Math.min(count, stops); vehicle++) {
      const next = new Map(shares)
      for (const share of shares.values()) {
        const open = (sets - 1) ^ share.served
        for (let set = open; set > 0; set = (set - 1) & open) {
          const route = routes[set]
          if (!route) continue
          const key = keyOf(share.served | set, share.sets.length + 1)
          const distance = share.distance + route.distance
          if (distance >= (next.get(key)?.distance ?? Infinity)) continue
          next.set(key, { served: share.served | set, distance, sets: [...share.sets, { kind, set }] })
        }
      }
      shares = next
    }
  })
  return [...shares.values()]
}

function bestShare({ fewestFirst }: Model, shares: readonly Share[]): Share {
  return shares.reduce((best, share) => {
    const more = stopsIn(share.served) - stopsIn(best.served)
    const fewer = fewestFirst ? best.sets.length - share.sets.length : 0
    const gain = more || fewer || best.distance - share.distance
    return gain > 0 ? share : best
  })
}

function stopsIn(set: number): number {
  let count = 0
  for (let left = set; left > 0; left &= left - 1) count++
  return count
}
