import { distancesOf, isUsable, scaleOf } from './distances.ts'
import type { DeliverProblem, UnservedStop, Vehicle } from './types.ts'

/** A vehicle kind in numbers; `capacity` by dimension, Infinity = no limit. */
export interface Kind {
  readonly id: string
  readonly count: number
  readonly capacity: readonly number[]
  readonly returns: boolean
}

/**
 * The problem as the search sees it: node 0 is the depot, node i the stop `stops[i - 1]` of the problem; only stops
 * that some vehicle can serve alone. All numbers in the engine's unit (`scale` of them make one of the result's).
 */
export interface Model {
  readonly size: number
  readonly scale: number
  readonly stops: readonly number[]
  readonly distance: Float64Array
  readonly time: Float64Array
  /** The same tables read the other way: `toward[to * size + from]`. One and the same array where ways are symmetric. */
  readonly toward: Float64Array
  readonly timeToward: Float64Array
  readonly service: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  readonly dimensions: number
  /** Demand of node v in dimension k at `v * dimensions + k`. */
  readonly demand: Float64Array
  readonly kinds: readonly Kind[]
  /** Capacity of kind c in dimension k at `c * dimensions + k`. */
  readonly capacities: Float64Array
  /** False when no window can bind, so that times need not be looked at. */
  readonly hasWindows: boolean
  /** A distance that stands for "no way"; no plan that avoids it comes near. */
  readonly noWay: number
  /** True when some way does not exist. */
  readonly hasNoWay: boolean
  /** The longest distance that exists. */
  readonly longest: number
  readonly fewestFirst: boolean
}

export interface ScreenedModel {
  readonly model: Model
  /** Stops that no vehicle can serve even alone, in the problem's order. */
  readonly unserved: readonly UnservedStop[]
}

/** Builds the tables; sets aside stops that are hopeless from the start, with the reason. Cost O(stops^2). */
export function modelOf(problem: DeliverProblem): ScreenedModel {
  const everyone = modelWith(problem, indicesOfUsableStops(problem))
  const unserved = new Map<number, UnservedStop>()
  problem.stops.forEach((stop, i) => {
    if (!isUsable(problem.metric, stop.at)) unserved.set(i, { id: stop.id, reason: 'bad-place', facts: {} })
  })
  const reached = reachedNodes(everyone)
  everyone.stops.forEach((index, i) => {
    const found = hopeless(everyone, i + 1, reached)
    if (found) unserved.set(index, { id: problem.stops[index]?.id ?? '', ...found })
  })
  const model =
    unserved.size === 0
      ? everyone
      : modelWith(
          problem,
          everyone.stops.filter((index) => !unserved.has(index)),
        )
  return { model, unserved: [...unserved].sort((a, b) => a[0] - b[0]).map(([, stop]) => stop) }
}

function indicesOfUsableStops(problem: DeliverProblem): readonly number[] {
  return problem.stops.map((_, i) => i).filter((i) => isUsable(problem.metric, problem.stops[i]?.at))
}

function modelWith(problem: DeliverProblem, stops: readonly number[]): Model {
  const tables = distancesOf(problem, stops)
  const { scale, size } = tables
  let longest = 1
  for (const length of tables.distance) if (length < Infinity) longest = Math.max(longest, length)
  const noWay = longest * (size + 1) * 8
  const isWay = (length: number): number => (length < Infinity ? length : noWay)
  const nodes = [problem.depot, ...stops.map((i) => problem.stops[i])]
  const windows = nodes.map((node) => node?.window)
  const dimensions = Math.max(1, ...problem.vehicles.map(({ capacity }) => capacity?.length ?? 0))
  const demand = new Float64Array(size * dimensions)
  stops.forEach((index, i) =>
    problem.stops[index]?.demand
      ?.slice(0, dimensions)
      .forEach((amount, k) => (demand[(i + 1) * dimensions + k] = amount)),
  )
  const isApart = tables.time !== tables.distance
  // What nobody can drive in any time has no length either.
  const distance = tables.distance.map((length, i) => (tables.time[i] === Infinity ? noWay : isWay(length)))
  const time = isApart ? tables.time.map(isWay) : distance
  const kinds = problem.vehicles.map((vehicle) => kindOf(vehicle, dimensions))
  return {
    size,
    scale,
    stops,
    ...bothWays(size, distance, time),
    service: Float64Array.from([0, ...stops.map((i) => (problem.stops[i]?.serviceS ?? 0) * scaleOf(problem.metric))]),
    opens: Float64Array.from(windows, (window) => (window?.[0] ?? 0) * scale),
    closes: Float64Array.from(windows, (window) => (window?.[1] ?? Infinity) * scale),
    dimensions,
    demand,
    kinds,
    capacities: Float64Array.from(kinds.flatMap(({ capacity }) => capacity)),
    hasWindows: windows.some((window) => window !== undefined),
    noWay,
    hasNoWay: distance.some((length) => length >= noWay),
    longest,
    fewestFirst: problem.objective === 'vehicles-then-distance',
  }
}

function bothWays(
  size: number,
  distance: Float64Array,
  time: Float64Array,
): Pick<Model, 'distance' | 'time' | 'toward' | 'timeToward'> {
  const toward = turned(size, distance)
  return { distance, time, toward, timeToward: time === distance ? toward : turned(size, time) }
}

/** The table read the other way; the same table when it is symmetric. */
function turned(size: number, table: Float64Array): Float64Array {
  let isSymmetric = true
  for (let a = 0; a < size && isSymmetric; a++) {
    for (let b = 0; b < a && isSymmetric; b++) isSymmetric = table[a * size + b] === table[b * size + a]
  }
  if (isSymmetric) return table
  const other = new Float64Array(size * size)
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) other[b * size + a] = table[a * size + b] ?? 0
  return other
}

/** The same model without some nodes; the others close up. */
export function modelWithout(model: Model, nodes: readonly number[]): Model {
  const isOut = new Set(nodes)
  const kept = Array.from({ length: model.size }, (_, v) => v).filter((v) => !isOut.has(v))
  const table = (full: Float64Array): Float64Array =>
    Float64Array.from(kept.flatMap((a) => kept.map((b) => full[a * model.size + b] ?? 0)))
  const list = (full: Float64Array): Float64Array => Float64Array.from(kept, (v) => full[v] ?? 0)
  const { dimensions } = model
  return {
    ...model,
    size: kept.length,
    stops: kept.slice(1).map((v) => model.stops[v - 1] ?? 0),
    ...bothWays(kept.length, table(model.distance), table(model.time)),
    service: list(model.service),
    opens: list(model.opens),
    closes: list(model.closes),
    demand: Float64Array.from(kept.flatMap((v) => [...model.demand.slice(v * dimensions, (v + 1) * dimensions)])),
  }
}

function kindOf(vehicle: Vehicle, dimensions: number): Kind {
  return {
    id: vehicle.id,
    count: vehicle.count ?? 1,
    capacity: Array.from({ length: dimensions }, (_, k) => vehicle.capacity?.[k] ?? Infinity),
    returns: vehicle.returns ?? true,
  }
}

/** The fastest way there from the depot and back to it, past any other stops; Infinity = none. */
interface Reached {
  readonly out: Float64Array
  readonly back: Float64Array
}

function reachedNodes(model: Model): Reached {
  const { size, time, distance, noWay } = model
  const ways = (timeOf: (from: number, to: number) => number): Float64Array => {
    const fastest = new Float64Array(size).fill(Infinity)
    const isDone = new Uint8Array(size)
    fastest[0] = 0
    for (let step = 0; step < size; step++) {
      let next = -1
      for (let v = 0; v < size; v++) {
        if (isDone[v] === 0 && (next === -1 || (fastest[v] ?? 0) < (fastest[next] ?? 0))) next = v
      }
      isDone[next] = 1
      for (let v = 0; v < size; v++) {
        const way = timeOf(next, v)
        if (way < Infinity) fastest[v] = Math.min(fastest[v] ?? Infinity, (fastest[next] ?? Infinity) + way)
      }
    }
    return fastest
  }
  const timeOf = (from: number, to: number): number =>
    (distance[from * size + to] ?? noWay) < noWay ? (time[from * size + to] ?? Infinity) : Infinity
  return { out: ways(timeOf), back: ways((from, to) => timeOf(to, from)) }
}

function hopeless(model: Model, node: number, reached: Reached): Pick<UnservedStop, 'reason' | 'facts'> | undefined {
  const { kinds, dimensions, demand } = model
  const amount = (k: number): number => demand[node * dimensions + k] ?? 0
  const able = kinds.filter(({ capacity, count }) => count > 0 && capacity.every((limit, k) => amount(k) <= limit))
  if (able.length === 0) return overCapacity(model, node)
  const arriving = able.filter(
    ({ returns }) =>
      (reached.out[node] ?? Infinity) < Infinity && (!returns || (reached.back[node] ?? Infinity) < Infinity),
  )
  if (arriving.length === 0) return { reason: 'unreachable', facts: {} }
  const [there, back] = [reached.out[node] ?? 0, reached.back[node] ?? 0]
  return lateBy(model, node, { there, back, mustReturn: arriving.every(({ returns }) => returns) })
}

function overCapacity({ kinds, demand, dimensions }: Model, node: number): Pick<UnservedStop, 'reason' | 'facts'> {
  if (kinds.every(({ count }) => count === 0)) return { reason: 'no-vehicle-left', facts: { vehicles: 0 } }
  for (let k = 0; k < dimensions; k++) {
    const limit = Math.max(...kinds.map(({ capacity }) => capacity[k] ?? Infinity))
    const amount = demand[node * dimensions + k] ?? 0
    if (amount > limit) return { reason: 'over-capacity', facts: { dimension: k, demand: amount, limit } }
  }
  // Each dimension fits some vehicle, but no vehicle fits all of them.
  return { reason: 'over-capacity', facts: { dimensions } }
}

/** Going there by the fastest way and, where every vehicle must, straight back is the earliest anyone can do. */
function lateBy(
  model: Model,
  node: number,
  way: { readonly there: number; readonly back: number; readonly mustReturn: boolean },
): Pick<UnservedStop, 'reason' | 'facts'> | undefined {
  const { opens, closes, service, scale } = model
  const earliest = Math.max(opens[node] ?? 0, (opens[0] ?? 0) + way.there)
  const latest = closes[node] ?? Infinity
  if (earliest > latest)
    return { reason: 'window-missed', facts: { earliest: earliest / scale, latest: latest / scale } }
  const back = earliest + (service[node] ?? 0) + way.back
  const home = closes[0] ?? Infinity
  if (!way.mustReturn || back <= home) return undefined
  return { reason: 'window-missed', facts: { back: back / scale, latest: home / scale } }
}
