import { gridOf, type AislePlace } from './aisle-grid.ts'
import { aisleSweep, type AisleSweep } from './aisle-sweep.ts'
import { addPieces, eulerWalk } from './euler-walk.ts'
import { sweptLength, sweptTour } from './frontier-dp.ts'
import type { AisleFloor } from './types.ts'

/** Wider frontiers have too many states: 10,423 live ones at 6, five times as many with each point more. */
export const widestFrontier = 6

/** Distinct places of a floor of aisles, all of which can be reached from each other. */
export interface AisleVisit {
  readonly floor: AisleFloor
  readonly places: readonly AislePlace[]
  readonly start: number
  readonly end: number
}

export interface AisleTour {
  /** Indices of places in the order of their first visit; begins with the start. */
  readonly order: readonly number[]
  readonly length: number
  /** Points of the frontier that the sweep needed; 2 or fewer = one block. */
  readonly width: number
}

interface Prepared {
  readonly sweep: AisleSweep
  readonly crossings: number
  readonly pointOfPlace: (place: number) => number
}

function prepared(visit: AisleVisit): Prepared | undefined {
  const { grid, places } = gridOf(visit.floor, visit.places)
  if (Math.min(grid.rows, grid.columns) > widestFrontier) return undefined
  const sweep = aisleSweep(grid, { places, start: visit.start, end: visit.end })
  const crossings = grid.rows * grid.columns
  const pointOfPlace = (i: number): number => {
    const place = places[i]
    return !place || place.offset > 0 ? crossings + i : place.column * grid.rows + place.row
  }
  return { sweep, crossings, pointOfPlace }
}

/**
 * The shortest walk from start past all places to end, exactly; undefined when the floor is too wide both ways
 * (`widestFrontier`) or the places do not hang together. Among equally short walks the sweep's first one.
 */
export function aisleTour(visit: AisleVisit): AisleTour | undefined {
  if (visit.places.length < 2) return { order: visit.places.map((_, i) => i), length: 0, width: 1 }
  const ready = prepared(visit)
  const swept = ready && sweptTour(ready.sweep)
  if (!ready || !swept) return undefined
  const pairs: number[] = []
  swept.taken.forEach((choice, s) => {
    const edge = ready.sweep.edges[s]
    const taken = ready.sweep.steps[s]?.[choice]
    if (edge && taken) addPieces(pairs, edge, taken.stretch)
  })
  const pointCount = ready.crossings + visit.places.length
  const order = firstVisits(visit.places.length, {
    points: eulerWalk(pairs, pointCount, ready.pointOfPlace(visit.start)),
    placeByPoint: placesByPoint(visit.places.length, ready, pointCount),
  })
  return { order, length: swept.length, width: ready.sweep.width }
}

function placesByPoint(count: number, ready: Prepared, pointCount: number): Int32Array {
  const placeByPoint = new Int32Array(pointCount).fill(-1)
  for (let i = 0; i < count; i++) placeByPoint[ready.pointOfPlace(i)] = i
  return placeByPoint
}

function firstVisits(
  count: number,
  walked: { readonly points: readonly number[]; readonly placeByPoint: Int32Array },
): readonly number[] {
  const isVisited = new Uint8Array(count)
  const order: number[] = []
  for (const point of walked.points) {
    const place = walked.placeByPoint[point] ?? -1
    if (place === -1 || isVisited[place] === 1) continue
    isVisited[place] = 1
    order.push(place)
  }
  return order
}

/** Length of `aisleTour` without its order, at about half the cost; undefined where that is undefined. */
export function aisleTourLength(visit: AisleVisit): number | undefined {
  if (visit.places.length < 2) return 0
  const ready = prepared(visit)
  if (!ready) return undefined
  const length = sweptLength(ready.sweep)
  return length === Infinity ? undefined : length
}
