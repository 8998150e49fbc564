import { shortestPathsFrom } from './shortest-paths.ts'
import type { Floor, Place } from './types.ts'
import { walkGraphOf } from './walk-graph.ts'

/** Shortest ways between places: `length[a * count + b]`, Infinity = no way. Equal places are counted once. */
export interface PlaceDistances {
  readonly count: number
  readonly length: Float64Array
  /** The row and column of each place handed in. */
  readonly indexOfPlace: readonly number[]
  readonly isSymmetric: boolean
}

/** One Dijkstra per distinct place of a valid floor. */
export function placeDistances(floor: Floor, places: readonly Place[]): PlaceDistances {
  const graph = walkGraphOf(floor, places)
  const indexByNode = new Map<number, number>()
  const indexOfPlace = graph.nodeOfPlace.map((node) => {
    const index = indexByNode.get(node) ?? indexByNode.size
    indexByNode.set(node, index)
    return index
  })
  const nodes = [...indexByNode.keys()]
  const count = nodes.length
  const length = new Float64Array(count * count)
  nodes.forEach((node, a) => {
    const paths = shortestPathsFrom(graph, node)
    nodes.forEach((other, b) => (length[a * count + b] = paths.length[other] ?? Infinity))
  })
  let isSymmetric = true
  for (let a = 0; a < count && isSymmetric; a++) {
    for (let b = 0; b < a && isSymmetric; b++) isSymmetric = length[a * count + b] === length[b * count + a]
  }
  return { count, length, indexOfPlace, isSymmetric }
}
