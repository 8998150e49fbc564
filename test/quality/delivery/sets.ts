import type { DeliverProblem, DeliverStop } from '../../../src-main/engines/delivery/index.ts'
import { routingData } from '../picking/expected-values.ts'

/** A problem with the best distance known. */
export interface Referenced {
  readonly set: string
  readonly problem: DeliverProblem
  readonly reference: number
  /** Search steps for this problem. */
  readonly iterations: number
}

type Point = readonly [number, number]

interface TsplibInstance {
  readonly name: string
  readonly metric: 'EUC_2D' | 'GEO' | 'ATT'
  readonly optimum: number
  readonly coords: readonly Point[]
}

interface CvrpInstance {
  readonly name: string
  readonly set: 'A' | 'X'
  readonly capacity: number
  readonly bks: number
  readonly bksVehicles: number
  readonly coords: readonly Point[]
  readonly demand: readonly number[]
}

interface SolomonInstance {
  readonly name: string
  readonly capacity: number
  readonly vehicles: number
  /** x, y, demand, ready, due, service; row 0 is the depot. */
  readonly nodes: readonly (readonly [number, number, number, number, number, number])[]
  readonly optimumDistance1dec: Readonly<Record<string, number>>
}

/** One vehicle through all cities; GEO and ATT go through `matrix`. */
export function tsplib(iterations: number): readonly Referenced[] {
  return routingData<{ instances: readonly TsplibInstance[] }>('tsplib.json').instances.map((instance) => {
    const [first = [0, 0], ...others] = instance.coords
    const isPlane = instance.metric === 'EUC_2D'
    const stops = others.map((at, i): DeliverStop => ({ id: String(i + 1), ...(isPlane ? { at } : {}) }))
    const problem: DeliverProblem = {
      id: instance.name,
      vehicles: [{ id: 'one' }],
      stops,
      ...(isPlane
        ? { metric: 'euclidean-rounded', depot: { at: first } }
        : { metric: 'matrix', depot: {}, matrix: tsplibMatrix(instance) }),
    }
    return { set: 'tsplib', problem, reference: instance.optimum, iterations }
  })
}

function tsplibMatrix({ coords, metric }: TsplibInstance): number[][] {
  const between = metric === 'GEO' ? geoDistance : attDistance
  return coords.map((from, i) => coords.map((to, j) => (i === j ? 0 : between(from, to))))
}

/** TSPLIB95: degrees and minutes as DDD.MM, its own pi and radius, one kilometre added before cutting. */
function geoDistance(from: Point, to: Point): number {
  const radians = (value: number): number => {
    const degrees = Math.trunc(value)
    return (3.141592 * (degrees + (5 * (value - degrees)) / 3)) / 180
  }
  const q1 = Math.cos(radians(from[1]) - radians(to[1]))
  const q2 = Math.cos(radians(from[0]) - radians(to[0]))
  const q3 = Math.cos(radians(from[0]) + radians(to[0]))
  return Math.trunc(6378.388 * Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1)
}

/** TSPLIB95: pseudo-Euclidean, rounded up. */
const attDistance = (from: Point, to: Point): number =>
  Math.ceil(Math.sqrt(((from[0] - to[0]) ** 2 + (from[1] - to[1]) ** 2) / 10))

/** Capacity only. Set A's values are for a fixed number of vehicles, X's for a free fleet. */
export function cvrp(set: 'A' | 'X', iterations: number): readonly Referenced[] {
  const { instances } = routingData<{ instances: readonly CvrpInstance[] }>('cvrp.json')
  return instances
    .filter((instance) => instance.set === set)
    .map(({ name, capacity, bks, bksVehicles, coords, demand }) => {
      const [first = [0, 0], ...others] = coords
      const count = set === 'A' ? bksVehicles : others.length
      const problem: DeliverProblem = {
        id: name,
        metric: 'euclidean-rounded',
        depot: { at: first },
        vehicles: [{ id: 'truck', count, capacity: [capacity] }],
        stops: others.map((at, i) => ({ id: String(i + 1), at, demand: [demand[i + 1] ?? 0] })),
      }
      return { set: `cvrp-${set}`, problem, reference: bks, iterations }
    })
}

/** Windows and capacity, the first `customers` of each instance, distances and times cut to one decimal. */
export function solomon(customers: 25 | 50 | 100, iterations: number): readonly Referenced[] {
  const { instances } = routingData<{ instances: readonly SolomonInstance[] }>('vrptw-solomon.json')
  return instances.flatMap(({ name, capacity, vehicles, nodes, optimumDistance1dec }) => {
    const reference = optimumDistance1dec[customers]
    const [depot, ...others] = nodes
    if (reference === undefined || !depot) return []
    const problem: DeliverProblem = {
      id: name,
      metric: 'euclidean-1',
      depot: { at: [depot[0], depot[1]], window: [depot[3], depot[4]] },
      vehicles: [{ id: 'truck', count: vehicles, capacity: [capacity] }],
      stops: others.slice(0, customers).map(([x, y, demand, ready, due, service], i) => ({
        id: String(i + 1),
        at: [x, y],
        demand: [demand],
        window: [ready, due],
        serviceS: service,
      })),
    }
    return [{ set: `solomon-${customers}`, problem, reference, iterations }]
  })
}
