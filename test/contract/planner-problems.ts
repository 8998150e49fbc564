import {
  plainHandling,
  plainRules,
  type PackingCarton,
  type PackingOrder,
  type PackingProblem,
} from '../../src-main/engines/packing/index.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import type { BatchProblem, DeliverProblem, TourFloor, TourProblem } from '../../src-main/ports/planners.ts'

// Problems small enough for every run and large enough to be split over threads and to need a search.

const carton = (code: string, innerMm: readonly [number, number, number]): PackingCarton => ({
  code,
  innerMm,
  outerMm: innerMm,
  tareG: 100,
  maxGrossG: 15_000,
  costMinor: 50,
  insulated: false,
  paddingMm: 0,
  coolantMm3: 0,
  coolantG: 0,
})

export const cartons = [carton('S', [200, 150, 100]), carton('M', [350, 250, 150]), carton('L', [500, 400, 300])]

function orderOf(index: number): PackingOrder {
  const random = seededRandom(index + 1)
  const side = (): number => 30 + random.below(140)
  const items = Array.from({ length: 1 + random.below(6) }, (_, at) => ({
    sku: `SKU-${at}`,
    quantity: 1 + random.below(3),
    sizeMm: [side(), side(), side()] as const,
    weightG: 50 + random.below(900),
    handling: plainHandling,
  }))
  return { id: `o-${index}`, items }
}

export const packingProblem = (orders: number): PackingProblem => ({
  cartons,
  rules: plainRules,
  orders: Array.from({ length: orders }, (_, index) => orderOf(index)),
})

/** Fewer large cartons than the orders would take, so that the plan of each depends on those before it. */
export const scarceProblem = (orders: number): PackingProblem => ({
  ...packingProblem(orders),
  cartons: cartons.map((each) => (each.code === 'S' ? each : { ...each, available: 2 })),
})

const aisles: TourFloor = { kind: 'aisles', aisleX: [0, 30, 60, 90, 120], crossY: [0, 100, 200] }

const aisleTour = (index: number): TourProblem => {
  const random = seededRandom(index + 77)
  const picks = Array.from({ length: 12 }, () => [random.below(5), random.below(201)] as const)
  return { id: `t-${index}`, floor: aisles, start: [0, 0], end: [2, 0], picks }
}

/** A grid of nodes with one-way lanes, and more picks than can be solved exactly. */
function graphTour(): TourProblem {
  const width = 7
  const nodes = Array.from(
    { length: width * width },
    (_, at) => [(at % width) * 10, Math.floor(at / width) * 10] as const,
  )
  const edges = nodes.flatMap((_, at) => {
    const right = at % width < width - 1 ? [[at, at + 1, 10 + (at % 3), 0] as const] : []
    const up = at + width < nodes.length ? [[at, at + width, 10 + (at % 5), 0] as const] : []
    return [...right, ...up]
  })
  const picks = Array.from({ length: 24 }, (_, at) => (at * 2 + 1) % nodes.length)
  return { id: 't-graph', floor: { kind: 'graph', nodes, edges }, start: 0, end: 0, picks }
}

export const tourProblems: readonly TourProblem[] = [
  ...Array.from({ length: 30 }, (_, at) => aisleTour(at)),
  graphTour(),
]

export const batchProblems: readonly BatchProblem[] = [1].map((seed) => {
  const random = seededRandom(seed)
  const orders = Array.from({ length: 13 }, () =>
    Array.from({ length: 1 + random.below(4) }, () => [random.below(5), random.below(201)] as const),
  )
  return { id: `b-${seed}`, floor: aisles, start: [0, 0], end: [0, 0], capacity: 10, orders }
})

export const deliverProblems: readonly DeliverProblem[] = [1, 2].map((seed) => {
  const random = seededRandom(seed)
  const stops = Array.from({ length: 12 }, (_, at) => ({
    id: `s-${at}`,
    at: [random.below(1_000), random.below(1_000)] as const,
    demand: [1 + random.below(3)],
  }))
  return {
    id: `d-${seed}`,
    metric: 'euclidean-rounded',
    depot: { at: [500, 500] },
    vehicles: [{ id: 'van', count: 4, capacity: [15], returns: true }],
    stops,
    objective: 'distance',
  }
})

export const walkFloor = aisles
