import type { AisleFloor, Fault, Floor, Place, TourProblem, TourResult } from './types.ts'

/**
 * Checks a tour against its problem without anything the planner uses: its own graph, its own distances (label
 * correcting by Bellman 1958 instead of Dijkstra), its own count of picks. Returns every fault found; empty = every
 * reachable pick is visited once, `length` is the length of that order by shortest ways, the bound lies below it
 * and `optimal` is only said when both are equal. It does not prove optimality again. Cost O(picks * edges) or so.
 */
export function verifyTour(problem: TourProblem, result: TourResult): readonly Fault[] {
  const faults: Fault[] = []
  const say = (code: string, facts: Fault['facts']): void => void faults.push({ code, facts })
  const places = [problem.start, problem.end, ...problem.picks]
  const distanceFrom = distancesOf(problem.floor, places)
  const isEndDropped = result.unreachable.includes(-1)
  const times = problem.picks.map(() => 0)
  for (const pick of [...result.order, ...result.unreachable.filter((i) => i !== -1)]) {
    if (times[pick] === undefined) say('no-such-pick', { pick })
    else times[pick] += 1
  }
  times.forEach((count, pick) => {
    if (count !== 1) say('pick-not-once', { pick, times: count })
  })
  if (result.id !== problem.id) say('wrong-id', { id: result.id })
  let length = 0
  const visits = [0, ...result.order.map((pick) => pick + 2), ...(isEndDropped ? [] : [1])]
  for (let i = 0; i + 1 < visits.length; i++) length += distanceFrom(visits[i] ?? 0)[visits[i + 1] ?? 0] ?? Infinity
  if (Math.abs(length - result.length) > 1e-6) say('wrong-length', { stated: result.length, walked: length })
  if (result.lowerBound > result.length + 1e-6) {
    say('bound-above-length', { lowerBound: result.lowerBound, length: result.length })
  }
  if (result.optimal && Math.abs(result.lowerBound - result.length) > 1e-6) {
    say('optimal-without-proof', { lowerBound: result.lowerBound, length: result.length })
  }
  if (isEndDropped && (distanceFrom(0)[1] ?? Infinity) < Infinity) say('end-is-reachable', {})
  for (const pick of result.unreachable) {
    if (pick === -1 || problem.picks[pick] === undefined) continue
    if (isAlwaysVisitable(problem, distanceFrom, { pick, isEndDropped })) say('pick-is-reachable', { pick })
  }
  return faults
}

type DistanceFrom = (place: number) => readonly number[]

/** True when the pick could be put into any tour: there is a way from it to every place and back again. */
function isAlwaysVisitable(
  problem: TourProblem,
  distanceFrom: DistanceFrom,
  { pick, isEndDropped }: { readonly pick: number; readonly isEndDropped: boolean },
): boolean {
  const there = distanceFrom(0)[pick + 2] ?? Infinity
  const onwards = isEndDropped ? 0 : (distanceFrom(pick + 2)[1] ?? Infinity)
  const back = distanceFrom(pick + 2)[0] ?? Infinity
  const isAtStart = String(problem.picks[pick]) === String(problem.start)
  return isAtStart || (there < Infinity && onwards < Infinity && back < Infinity)
}

/** Lengths of shortest ways from place number `from` to every place, reckoned once each. */
function distancesOf(floor: Floor, places: readonly Place[]): DistanceFrom {
  const { edges, nodeCount, nodeOf } = floor.kind === 'graph' ? graphEdges(floor, places) : aisleEdges(floor, places)
  const known = new Map<number, readonly number[]>()
  return (from) => {
    const node = nodeOf[from] ?? 0
    const found = known.get(node) ?? corrected(edges, nodeCount, node)
    known.set(node, found)
    return nodeOf.map((to) => found[to] ?? Infinity)
  }
}

type Edges = readonly (readonly [from: number, to: number, length: number])[]

function corrected(edges: Edges, nodeCount: number, source: number): readonly number[] {
  const length = new Array<number>(nodeCount).fill(Infinity)
  length[source] = 0
  for (let isChanged = true; isChanged;) {
    isChanged = false
    for (const [from, to, way] of edges) {
      const through = (length[from] ?? Infinity) + way
      if (through < (length[to] ?? Infinity)) {
        length[to] = through
        isChanged = true
      }
    }
  }
  return length
}

interface OwnGraph {
  readonly edges: Edges
  readonly nodeCount: number
  readonly nodeOf: readonly number[]
}

function graphEdges(floor: Extract<Floor, { kind: 'graph' }>, places: readonly Place[]): OwnGraph {
  const edges = floor.edges.flatMap(([from, to, way, oneWay]): Edges =>
    oneWay === 1
      ? [[from, to, way]]
      : [
          [from, to, way],
          [to, from, way],
        ],
  )
  return { edges, nodeCount: floor.nodes.length, nodeOf: places.map((place) => Number(place)) }
}

/** Every aisle is a row of points at the heights of all cross aisles and of the places in it. */
function aisleEdges(floor: AisleFloor, places: readonly Place[]): OwnGraph {
  const heights = floor.aisleX.map((_, j) => {
    const inAisle = places.flatMap((place) => (typeof place !== 'number' && place[0] === j ? [place[1]] : []))
    return [...new Set([...floor.crossY, ...inAisle])].sort((a, b) => a - b)
  })
  const firstNode = heights.map((_, j) => heights.slice(0, j).reduce((sum, ys) => sum + ys.length, 0))
  const nodeAt = (j: number, y: number): number => (firstNode[j] ?? 0) + (heights[j]?.indexOf(y) ?? 0)
  const edges: [number, number, number][] = []
  const join = (a: number, b: number, way: number): void => void edges.push([a, b, way], [b, a, way])
  heights.forEach((ys, j) =>
    ys.slice(1).forEach((y, i) => {
      const below = ys[i] ?? 0
      const isMissing = floor.missing?.some(
        (gap) =>
          'aisle' in gap &&
          gap.aisle === j &&
          below >= (floor.crossY[gap.afterCross] ?? 0) &&
          y <= (floor.crossY[gap.afterCross + 1] ?? 0),
      )
      if (isMissing !== true) join(nodeAt(j, below), nodeAt(j, y), y - below)
    }),
  )
  const byX = floor.aisleX.map((x, j) => ({ x, j })).sort((a, b) => a.x - b.x || a.j - b.j)
  byX.slice(1).forEach((right, i) =>
    floor.crossY.forEach((y, c) => {
      const left = byX[i] ?? right
      const isMissing = floor.missing?.some((gap) => 'cross' in gap && gap.cross === c && gap.afterAisle === left.j)
      if (isMissing !== true) join(nodeAt(left.j, y), nodeAt(right.j, y), right.x - left.x)
    }),
  )
  const nodeOf = places.map((place) => (typeof place === 'number' ? 0 : nodeAt(place[0], place[1])))
  return { edges, nodeCount: heights.reduce((sum, ys) => sum + ys.length, 0), nodeOf }
}
