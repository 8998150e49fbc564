import type { BatchProblem, TourPlace, TourProblem } from '../../../src-main/engines/picking/index.ts'
import { routingData } from './expected-values.ts'

/** A problem with the best length known. */
export interface Referenced<Problem> {
  readonly problem: Problem
  readonly reference: number
}

interface AisleInstance {
  readonly id: string
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly start: TourPlace
  readonly end: TourPlace
  readonly picks: readonly TourPlace[]
  readonly optimum: number
}

interface GraphInstance {
  readonly id: string
  readonly nodes: readonly (readonly [number, number])[]
  readonly edges: readonly (readonly [number, number, number, 0 | 1])[]
  readonly start: number
  readonly end: number
  readonly picks: readonly number[]
  readonly optimum: number
}

interface BatchInstance {
  readonly id: string
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly depot: TourPlace
  readonly capacityItems: number
  readonly orders: readonly (readonly TourPlace[])[]
  readonly bestKnown: number
}

export const aisleSets = ['pick-1block', 'pick-2block', 'pick-multiblock'] as const

/** `backroom-tour-1` problems of a set of parallel aisles; lengths are decimetres. */
export function aisleTours(set: (typeof aisleSets)[number]): readonly Referenced<TourProblem>[] {
  return routingData<{ instances: readonly AisleInstance[] }>(`${set}.json`).instances.map(
    ({ id, aisleX, crossY, start, end, picks, optimum }) => ({
      problem: { id, floor: { kind: 'aisles', aisleX, crossY }, start, end, picks },
      reference: optimum,
    }),
  )
}

export function graphTours(): readonly Referenced<TourProblem>[] {
  return routingData<{ instances: readonly GraphInstance[] }>('pick-graph.json').instances.map(
    ({ id, nodes, edges, start, end, picks, optimum }) => ({
      problem: { id, floor: { kind: 'graph', nodes, edges }, start, end, picks },
      reference: optimum,
    }),
  )
}

export function batchings(): readonly Referenced<BatchProblem>[] {
  return routingData<{ instances: readonly BatchInstance[] }>('batching.json').instances.map(
    ({ id, aisleX, crossY, depot, capacityItems, orders, bestKnown }) => ({
      problem: {
        id,
        floor: { kind: 'aisles', aisleX, crossY },
        start: depot,
        end: depot,
        capacity: capacityItems,
        orders,
      },
      reference: bestKnown,
    }),
  )
}

/** The same floor as a free graph with a node per crossing and pick: for the general search, against the exact sweep. */
export function asGraphTour({ problem, reference }: Referenced<TourProblem>): Referenced<TourProblem> {
  const { floor } = problem
  if (floor.kind === 'graph') return { problem, reference }
  const nodes: (readonly [number, number])[] = []
  const edges: [number, number, number, 0][] = []
  const nodeByPlace = new Map<string, number>()
  const places = [problem.start, problem.end, ...problem.picks].filter((place) => typeof place !== 'number')
  floor.aisleX.forEach((x, aisle) => {
    const heights = new Set([...floor.crossY, ...places.filter(([at]) => at === aisle).map(([, y]) => y)])
    let below: { readonly y: number; readonly node: number } | undefined
    for (const y of [...heights].sort((a, b) => a - b)) {
      const node = nodes.push([x, y]) - 1
      nodeByPlace.set(`${aisle} ${y}`, node)
      if (below) edges.push([below.node, node, y - below.y, 0])
      const left = floor.crossY.includes(y) ? nodeByPlace.get(`${aisle - 1} ${y}`) : undefined
      if (left !== undefined) edges.push([left, node, x - (floor.aisleX[aisle - 1] ?? 0), 0])
      below = { y, node }
    }
  })
  const nodeOf = (place: TourPlace): number =>
    typeof place === 'number' ? place : (nodeByPlace.get(`${place[0]} ${place[1]}`) ?? 0)
  return {
    problem: {
      id: problem.id,
      floor: { kind: 'graph', nodes, edges },
      start: nodeOf(problem.start),
      end: nodeOf(problem.end),
      picks: problem.picks.map(nodeOf),
    },
    reference,
  }
}
