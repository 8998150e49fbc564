import type { DeliverProblem, Metric, Position } from './types.ts'

const earthRadiusM = 6_371_008.8
/** What a loaded van makes in town on average; used only where real distances come without a speed. */
export const usualSpeedKmh = 30

/**
 * Distances and travel times between depot (0) and stops (i + 1), `[from * size + to]`, Infinity = no way.
 * `scale` internal units make one unit of the result: ten for `euclidean-1`, so that the search reckons in whole
 * numbers; times, windows and service are scaled alike.
 */
export interface Distances {
  readonly size: number
  readonly scale: number
  readonly distance: Float64Array
  readonly time: Float64Array
}

/** The metric's unit in the engine: see `Distances.scale`. */
export const scaleOf = (metric: Metric): number => (metric === 'euclidean-1' ? 10 : 1)

/** Coordinates beyond this are mistakes; up to it all sums of ways are exact. */
const farthest = 1e9

/** True when the metric can use this position. */
export function isUsable(metric: Metric, at: Position | null | undefined): boolean {
  if (metric === 'matrix') return true
  if (!at || !(Math.abs(at[0]) <= farthest) || !(Math.abs(at[1]) <= farthest)) return false
  return metric !== 'haversine' || (Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180)
}

/** Distance in the engine's unit; both positions usable. */
export function distanceOf(metric: Exclude<Metric, 'matrix'>, from: Position, to: Position): number {
  const [dx, dy] = [from[0] - to[0], from[1] - to[1]]
  if (metric === 'haversine') return haversineM(from, to)
  if (metric === 'euclidean') return Math.sqrt(dx * dx + dy * dy)
  if (metric === 'euclidean-rounded') return Math.floor(Math.sqrt(dx * dx + dy * dy) + 0.5)
  return Math.floor(Math.sqrt(100 * (dx * dx + dy * dy)))
}

/** Great-circle distance by the haversine formula (Sinnott 1984), whole metres. */
function haversineM(from: Position, to: Position): number {
  const radians = Math.PI / 180
  const halfLat = Math.sin(((to[0] - from[0]) * radians) / 2)
  const halfLon = Math.sin(((to[1] - from[1]) * radians) / 2)
  const share = halfLat * halfLat + Math.cos(from[0] * radians) * Math.cos(to[0] * radians) * halfLon * halfLon
  return Math.round(2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(share))))
}

/**
 * Tables over the depot and the stops with the indices `stops`. With a speed a distance counts as metres and a time as
 * seconds, rounded up where distances are whole, so that a vehicle is never late by rounding.
 */
export function distancesOf(problem: DeliverProblem, stops: readonly number[]): Distances {
  const size = stops.length + 1
  const scale = scaleOf(problem.metric)
  const distance = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) if (a !== b) distance[a * size + b] = between(problem, stops, [a, b])
  }
  const { times } = problem
  if (times) {
    const rows = [0, ...stops.map((stop) => stop + 1)]
    const time = Float64Array.from(rows.flatMap((from) => rows.map((to) => times[from]?.[to] ?? Infinity)))
    return { size, scale, distance, time }
  }
  const speed = problem.speedKmh ?? (problem.metric === 'haversine' ? usualSpeedKmh : undefined)
  if (speed === undefined) return { size, scale, distance, time: distance }
  const isWhole = problem.metric !== 'euclidean'
  const seconds = (length: number): number => (length * 3.6) / speed
  const time = distance.map((length) => (isWhole ? Math.ceil(seconds(length) - 1e-9) : seconds(length)))
  return { size, scale, distance, time }
}

function between(problem: DeliverProblem, stops: readonly number[], [a, b]: readonly [number, number]): number {
  const row = a === 0 ? 0 : (stops[a - 1] ?? 0) + 1
  const column = b === 0 ? 0 : (stops[b - 1] ?? 0) + 1
  if (problem.metric === 'matrix') return problem.matrix?.[row]?.[column] ?? Infinity
  const from = row === 0 ? problem.depot.at : problem.stops[row - 1]?.at
  const to = column === 0 ? problem.depot.at : problem.stops[column - 1]?.at
  return from && to ? distanceOf(problem.metric, from, to) : Infinity
}
