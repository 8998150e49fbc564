import { budgetOf } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { aisleFrame } from './aisle-frame.ts'
import { aisleTour, type AisleTour } from './aisle-tour.ts'
import { AisleVisits } from './aisle-visits.ts'
import { heldKarp, mostHeldKarpNodes, type PathProblem } from './held-karp.ts'
import { searchedPath, type BoundedPath } from './path-search.ts'
import { placeDistances, type PlaceDistances } from './place-distances.ts'
import { largestChain } from './reachable-picks.ts'
import { shortestPathsFrom } from './shortest-paths.ts'
import type { AisleFloor, Place, PlanOptions, TourMethod, TourProblem, TourResult } from './types.ts'
import { requireOnFloor } from './validate-floor.ts'
import { walkGraphOf } from './walk-graph.ts'

/** Kicks per node when no budget is handed in: 0.1 % above the best known tours on the measured graphs. */
const kicksPerNode = 200
const mostKicks = 40_000

type Plan = Omit<TourResult, 'id' | 'ms'>

/**
 * Plans the walk of one picker. Floors of parallel aisles are solved exactly whatever the number of picks
 * (`one-block`, `frontier-dp`; up to six cross aisles or aisles in the part of the floor that is needed); free graphs
 * exactly up to 15 different places (`held-karp`), above that by search with a lower bound (`local-search`).
 *
 * Lengths are in the floor's own unit. Picks that cannot be visited are data (`unreachable`), never an exception.
 * Picks of one place follow each other by index. Same problem, seed and budget: same result.
 * Throws ERR_INPUT_INVALID (`path`, `expected`) for a broken floor or a place off it.
 * Cost: aisles about linear in floor and picks for a fixed number of cross aisles; graphs one Dijkstra per place.
 * Sources: see README.md of this folder.
 */
export function planTour(problem: TourProblem, options: PlanOptions = {}): TourResult {
  const startedMs = options.now?.() ?? 0
  requireOnFloor(problem.floor, problem.picks, (i) => `picks[${i}]`)
  requireOnFloor(problem.floor, [problem.start, problem.end], (i) => (i === 0 ? 'start' : 'end'))
  const plan = problem.floor.kind === 'aisles' ? onAisles(problem, problem.floor, options) : onGraph(problem, options)
  return { id: problem.id, ...plan, ms: (options.now?.() ?? 0) - startedMs }
}

function onAisles(problem: TourProblem, floor: AisleFloor, options: PlanOptions): Plan {
  const required = aisleVisits(problem, floor)
  const { visits, picksOf, unreachable, hasEnd } = required
  const tour = hasEnd ? aisleTour(visits) : shortestToAnyEnd(visits)
  if (!tour) return onGraph(problem, options)
  const order: number[] = []
  for (const node of tour.order) {
    const picks = picksOf[node]
    if (typeof picks === 'number') order.push(picks)
    else if (picks) order.push(...picks)
  }
  return {
    order,
    length: tour.length,
    lowerBound: tour.length,
    optimal: true,
    method: tour.width <= 2 && floor.crossY.length <= 2 ? 'one-block' : 'frontier-dp',
    unreachable,
  }
}

/** The end cannot be reached: the tour may end at any pick, so each of them is tried. */
function shortestToAnyEnd(visits: AisleVisits): AisleTour | undefined {
  let best: AisleTour | undefined
  for (let end = Math.min(1, visits.count - 1); end < visits.count; end++) {
    visits.end = end
    const tour = aisleTour(visits)
    if (!best || (tour && tour.length < best.length)) best = tour
  }
  return best
}

/** `picksOf[node]` is the pick at a node of the visits, or several of them; rising. */
interface RequiredVisits {
  readonly visits: AisleVisits
  readonly picksOf: readonly (number | number[] | undefined)[]
  readonly unreachable: number[]
  readonly hasEnd: boolean
}

/** Above this many picks sorting them all beats sorting each into its aisle. */
const mostPicksSortedSingly = 500

function aisleVisits(problem: TourProblem, floor: AisleFloor): RequiredVisits {
  const canReach = reachedOnAisles(problem, floor)
  const visits = new AisleVisits(aisleFrame(floor))
  const picksOf: (number | number[] | undefined)[] = []
  const unreachable: number[] = []
  visits.start = addTo(visits, problem.start)
  const hasEnd = canReach(1)
  if (hasEnd) visits.end = addTo(visits, problem.end)
  else unreachable.push(-1)
  const { picks } = problem
  if (picks.length > mostPicksSortedSingly) {
    const height = (place: Place | undefined): number => (typeof place === 'object' ? place[1] : 0)
    const rising = picks.map((_, i) => i).sort((a, b) => height(picks[a]) - height(picks[b]) || a - b)
    for (const i of rising) if (canReach(i + 2)) addTo(visits, picks[i])
  }
  for (let i = 0; i < picks.length; i++) {
    if (!canReach(i + 2)) {
      unreachable.push(i)
      continue
    }
    const node = addTo(visits, picks[i])
    const known = picksOf[node]
    if (known === undefined) picksOf[node] = i
    else if (typeof known === 'number') picksOf[node] = [known, i]
    else known.push(i)
  }
  return { visits, picksOf, unreachable, hasEnd }
}

const addTo = (visits: AisleVisits, place: Place | undefined): number =>
  typeof place === 'object' ? visits.add(place[0], place[1]) : 0

/** Asks whether start, end, pick 0, pick 1 ... can be reached; only missing passages can keep them apart. */
function reachedOnAisles(problem: TourProblem, floor: AisleFloor): (index: number) => boolean {
  if ((floor.missing?.length ?? 0) === 0) return () => true
  const graph = walkGraphOf(floor, [problem.start, problem.end, ...problem.picks])
  const { length } = shortestPathsFrom(graph, graph.nodeOfPlace[0] ?? 0)
  return (index) => (length[graph.nodeOfPlace[index] ?? 0] ?? Infinity) < Infinity
}

function onGraph(problem: TourProblem, options: PlanOptions): Plan {
  const distances = placeDistances(problem.floor, [problem.start, problem.end, ...problem.picks])
  const node = (index: number): number => distances.indexOfPlace[index] ?? 0
  const way = (from: number, to: number): number => distances.length[from * distances.count + to] ?? Infinity
  const [start, end] = [node(0), node(1)]
  const hasEnd = way(start, end) < Infinity
  const picksOf = new Map<number, number[]>()
  problem.picks.forEach((_, i) => picksOf.set(node(i + 2), [...(picksOf.get(node(i + 2)) ?? []), i]))
  const candidates = [...picksOf.keys()].filter(
    (at) =>
      at !== start && !(hasEnd && at === end) && way(start, at) < Infinity && (!hasEnd || way(at, end) < Infinity),
  )
  const found = graphPath(distances, { start, end: hasEnd ? end : -1, candidates }, options)
  const visited = [
    start,
    ...found.path.order.map((i) => found.nodes[i] ?? 0),
    ...(hasEnd && end !== start ? [end] : []),
  ]
  const order = visited.flatMap((at) => picksOf.get(at) ?? [])
  const isOrdered = new Set(order)
  const unreachable = problem.picks.map((_, i) => i).filter((i) => !isOrdered.has(i))
  const { length, lowerBound } = found.path
  return {
    order,
    length,
    lowerBound,
    optimal: lowerBound === length,
    method: found.method,
    unreachable: hasEnd ? unreachable : [-1, ...unreachable],
  }
}

interface GraphPath {
  readonly nodes: readonly number[]
  readonly path: BoundedPath
  readonly method: TourMethod
}

function graphPath(
  distances: PlaceDistances,
  visit: { readonly start: number; readonly end: number; readonly candidates: readonly number[] },
  options: PlanOptions,
): GraphPath {
  const { start, end, candidates } = visit
  if (candidates.length === 0) {
    const length = end === -1 ? 0 : (distances.length[start * distances.count + end] ?? 0)
    return { nodes: [], path: { order: [], length, lowerBound: length }, method: 'held-karp' }
  }
  if (candidates.length <= mostHeldKarpNodes) {
    const path = heldKarp(pathProblem(distances, start, { end, nodes: candidates }))
    return { nodes: candidates, path: { ...path, lowerBound: path.length }, method: 'held-karp' }
  }
  const nodes = largestChain(distances, candidates)
  const random = seededRandom(options.seed ?? 1)
  const budget =
    options.budget ??
    budgetOf({ iterations: Math.min(mostKicks, kicksPerNode * nodes.length), isCancelled: options.isCancelled })
  const problem = withoutDeadWays(pathProblem(distances, start, { end, nodes }))
  const path = searchedPath(problem, { isSymmetric: distances.isSymmetric && end !== -1, random, budget })
  return { nodes, path, method: 'local-search' }
}

function pathProblem(
  { length, count }: PlaceDistances,
  start: number,
  to: { readonly end: number; readonly nodes: readonly number[] },
): PathProblem {
  const { end, nodes } = to
  return {
    count: nodes.length,
    fromStart: Float64Array.from(nodes, (node) => length[start * count + node] ?? Infinity),
    matrix: Float64Array.from(nodes.flatMap((from) => nodes.map((node) => length[from * count + node] ?? Infinity))),
    toEnd: Float64Array.from(nodes, (node) => (end === -1 ? 0 : (length[node * count + end] ?? Infinity))),
  }
}

/** A way that does not exist becomes longer than any path, so that sums stay numbers; a chain needs none of them. */
function withoutDeadWays(problem: PathProblem): PathProblem {
  let longest = 0
  for (const length of problem.matrix) if (length < Infinity) longest = Math.max(longest, length)
  const far = (longest + 1) * (problem.count + 1)
  return { ...problem, matrix: problem.matrix.map((length) => (length < Infinity ? length : far)) }
}
