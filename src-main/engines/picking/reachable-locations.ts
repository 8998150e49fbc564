import { shortestPathsFrom } from './shortest-paths.ts'
import type { Floor, Place } from './types.ts'
import { requireOnFloor } from './validate-floor.ts'
import { walkGraphOf } from './walk-graph.ts'

/** A named place of a floor. */
export interface NamedPlace {
  readonly name: string
  readonly place: Place
}

/**
 * Names of the locations that no walk from `start` to `end` can pass: cut off by missing passages, or reached over
 * one-way lanes that do not lead on. In the order handed in. Throws ERR_INPUT_INVALID for a broken floor or a place off
 * it. Cost: one Dijkstra per location on graphs, one in all on aisles, where every way leads back.
 */
export function unreachableLocations(
  floor: Floor,
  locations: readonly NamedPlace[],
  { start, end }: { readonly start: Place; readonly end: Place },
): readonly string[] {
  const places = [start, end, ...locations.map(({ place }) => place)]
  requireOnFloor(floor, places, (i) => (i === 0 ? 'start' : i === 1 ? 'end' : `locations[${i - 2}].place`))
  const graph = walkGraphOf(floor, places)
  const fromStart = shortestPathsFrom(graph, graph.nodeOfPlace[0] ?? 0).length
  const endNode = graph.nodeOfPlace[1] ?? 0
  const leadsOn = (node: number): boolean =>
    floor.kind === 'aisles'
      ? (fromStart[endNode] ?? Infinity) < Infinity
      : (shortestPathsFrom(graph, node).length[endNode] ?? Infinity) < Infinity
  return locations.flatMap(({ name }, i) => {
    const node = graph.nodeOfPlace[i + 2] ?? 0
    return (fromStart[node] ?? Infinity) < Infinity && leadsOn(node) ? [] : [name]
  })
}
