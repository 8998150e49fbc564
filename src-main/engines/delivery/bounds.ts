import type { Model } from './model.ts'

/**
 * A distance that no plan serving all nodes of the model can go below, the largest of three simple ones, each valid
 * for asymmetric distances because the smaller way counts:
 * - a spanning tree: routes join every stop to the depot;
 * - half of what each stop must be joined to its route by (vehicles that all return);
 * - capacity: every unit of demand is carried at least as far as its stop is away by the shortest way, and a vehicle
 *   carries no more than the largest capacity (Haimovich and Rinnooy Kan 1985).
 * Cost O(n^2), capacity O(n^3).
 */
export function distanceBound(model: Model): number {
  if (model.size < 2) return 0
  return Math.max(treeBound(model), joinBound(model), radialBound(model))
}

/** Fewest vehicles that can carry all demand, by the largest capacity of each dimension. */
export function fewestRoutes(model: Model): number {
  const { size, dimensions, demand, kinds } = model
  let fewest = size > 1 ? 1 : 0
  for (let k = 0; k < dimensions; k++) {
    let total = 0
    for (let v = 1; v < size; v++) total += demand[v * dimensions + k] ?? 0
    const largest = Math.max(...kinds.map(({ capacity }) => capacity[k] ?? Infinity))
    if (largest > 0) fewest = Math.max(fewest, Math.ceil(total / largest - 1e-9))
  }
  return fewest
}

const nearer = ({ distance, size }: Model, a: number, b: number): number =>
  Math.min(distance[a * size + b] ?? Infinity, distance[b * size + a] ?? Infinity)

function treeBound(model: Model): number {
  const { size } = model
  const reach = Float64Array.from({ length: size }, (_, v) => nearer(model, 0, v))
  const isIn = new Uint8Array(size)
  isIn[0] = 1
  let length = 0
  for (let step = 1; step < size; step++) {
    let next = -1
    for (let v = 1; v < size; v++) {
      if (isIn[v] === 0 && (next === -1 || (reach[v] ?? 0) < (reach[next] ?? 0))) next = v
    }
    isIn[next] = 1
    length += reach[next] ?? 0
    for (let v = 1; v < size; v++) reach[v] = Math.min(reach[v] ?? 0, nearer(model, next, v))
  }
  return length
}

/** A stop is joined to two others, or to the depot there and back. */
function joinBound(model: Model): number {
  if (model.kinds.some(({ returns }) => !returns)) return 0
  let length = 0
  for (let v = 1; v < model.size; v++) {
    let [least, second] = [Infinity, Infinity]
    for (let other = 0; other < model.size; other++) {
      if (other === v) continue
      const way = nearer(model, v, other)
      if (way < least) [least, second] = [way, least]
      else if (way < second) second = way
    }
    length += Math.min(least + second, 2 * nearer(model, 0, v)) / 2
  }
  return length
}

function radialBound(model: Model): number {
  const { size, dimensions, demand, kinds } = model
  const away = shortestFromDepot(model)
  const trips = kinds.every(({ returns }) => returns) ? 2 : 1
  let best = 0
  for (let k = 0; k < dimensions; k++) {
    const largest = Math.max(...kinds.map(({ capacity }) => capacity[k] ?? Infinity))
    if (!(largest > 0) || largest === Infinity) continue
    let carried = 0
    for (let v = 1; v < size; v++) carried += (demand[v * dimensions + k] ?? 0) * (away[v] ?? 0)
    best = Math.max(best, (trips * carried) / largest)
  }
  return best
}

/** Dijkstra over the smaller ways, so that a detour past other stops cannot undercut it. */
function shortestFromDepot(model: Model): Float64Array {
  const { size } = model
  const length = new Float64Array(size).fill(Infinity)
  const isDone = new Uint8Array(size)
  length[0] = 0
  for (let step = 0; step < size; step++) {
    let next = -1
    for (let v = 0; v < size; v++) {
      if (isDone[v] === 0 && (next === -1 || (length[v] ?? 0) < (length[next] ?? 0))) next = v
    }
    isDone[next] = 1
    for (let v = 0; v < size; v++) length[v] = Math.min(length[v] ?? 0, (length[next] ?? 0) + nearer(model, next, v))
  }
  return length
}
