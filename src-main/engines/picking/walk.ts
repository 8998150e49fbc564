import { requireOnFloor } from './validate-floor.ts'
import { pathTo, shortestPathsFrom, type ShortestPaths } from './shortest-paths.ts'
import type { Floor, Place } from './types.ts'
import { walkGraphOf, type WalkGraph } from './walk-graph.ts'

/**
 * A walk as it is drawn: `points` is the whole line, `legs[i]` its part from place i to place i + 1, both ends
 * included (empty when there is no way), `length` the sum over all legs, Infinity when one of them has no way.
 */
export interface Walk {
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly legs: readonly (readonly (readonly [x: number, y: number])[])[]
  readonly length: number
}

/**
 * The shortest walk past `places` in their order, as polylines in floor coordinates; points on a straight piece
 * are left out. Throws ERR_INPUT_INVALID for a broken floor or a place off it. Cost: one Dijkstra per place.
 */
export function walk(floor: Floor, places: readonly Place[]): Walk {
  const graph = checkedGraph(floor, places)
  const legs: (readonly (readonly [number, number])[])[] = []
  let length = 0
  forEachLeg(graph, (paths, to) => {
    length += paths.length[to] ?? Infinity
    legs.push(withoutStraightPoints(pathTo(paths, to).map((node) => graph.points[node] ?? [0, 0])))
  })
  return { points: joined(legs), legs, length }
}

/** Length of the shortest way from one place to another; Infinity when there is none. Errors as `walk`. */
export function distanceBetween(floor: Floor, from: Place, to: Place): number {
  return walkedLength(floor, [from, to])
}

/**
 * Length of start, then `order` as given by shortest ways, then end (none = stop at the last place). What a list
 * sorted by bin name costs, for comparison with the tour. Infinity when a leg has no way. Errors as `walk`.
 */
export function lengthOfOrder(
  floor: Floor,
  order: readonly Place[],
  ends: { readonly start: Place; readonly end?: Place | undefined },
): number {
  return walkedLength(floor, ends.end === undefined ? [ends.start, ...order] : [ends.start, ...order, ends.end])
}

function walkedLength(floor: Floor, places: readonly Place[]): number {
  let length = 0
  forEachLeg(checkedGraph(floor, places), (paths, to) => {
    length += paths.length[to] ?? Infinity
  })
  return length
}

function checkedGraph(floor: Floor, places: readonly Place[]): WalkGraph {
  requireOnFloor(floor, places, (i) => `places[${i}]`)
  return walkGraphOf(floor, places)
}

function forEachLeg(graph: WalkGraph, visit: (paths: ShortestPaths, to: number) => void): void {
  const pathsByNode = new Map<number, ShortestPaths>()
  for (let i = 0; i + 1 < graph.nodeOfPlace.length; i++) {
    const from = graph.nodeOfPlace[i] ?? 0
    const to = graph.nodeOfPlace[i + 1] ?? 0
    let paths = pathsByNode.get(from)
    if (!paths) {
      paths = shortestPathsFrom(graph, from)
      pathsByNode.set(from, paths)
    }
    visit(paths, to)
  }
}

/** The legs as one line: a leg begins where the one before ended, so that point stands once. */
function joined(legs: Walk['legs']): Walk['points'] {
  const points: (readonly [number, number])[] = []
  for (const leg of legs) {
    for (const point of leg) {
      const last = points[points.length - 1]
      if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point)
    }
  }
  return points
}

function withoutStraightPoints(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return points.filter((point, i) => {
    const before = points[i - 1]
    const after = points[i + 1]
    if (!before || !after) return true
    const cross = (point[0] - before[0]) * (after[1] - point[1]) - (point[1] - before[1]) * (after[0] - point[0])
    const forward = (point[0] - before[0]) * (after[0] - point[0]) + (point[1] - before[1]) * (after[1] - point[1])
    return cross !== 0 || forward < 0
  })
}
