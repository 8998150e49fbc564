import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import {
  planBatches,
  planTour,
  type BatchProblem,
  type TourPlace,
  type TourProblem,
} from '../../src-main/engines/picking/index.ts'
import { seededRandom, type Random } from '../../src-main/kernel/random.ts'

/**
 * Speed of the picking engine on seeded floors, order of the picks included; lengths in centimetres. `npm run bench --
 * picking` takes about a minute. Nothing is asserted: docs/picking.md holds the numbers against the goals.
 */
interface Shape {
  readonly aisles: number
  readonly crosses: number
}

/** A floor of aisles 5 m apart, cross aisles 18 to 22 m apart (blocks of different depth). */
function floorOf({ aisles, crosses }: Shape, random: Random): BatchProblem['floor'] & { readonly kind: 'aisles' } {
  const crossY = [0]
  for (let c = 1; c < crosses; c++) crossY.push((crossY[c - 1] ?? 0) + 1800 + random.below(400))
  return { kind: 'aisles', aisleX: Array.from({ length: aisles }, (_, j) => 500 * j), crossY }
}

function placeOn(floor: ReturnType<typeof floorOf>, random: Random): TourPlace {
  return [random.below(floor.aisleX.length), random.below((floor.crossY.at(-1) ?? 0) + 1)]
}

function tourOn(shape: Shape, picks: number, { random, isOpen }: { random: Random; isOpen: boolean }): TourProblem {
  const floor = floorOf(shape, random)
  const start: TourPlace = [0, 0]
  const end = isOpen ? placeOn(floor, random) : start
  return { id: '', floor, start, end, picks: Array.from({ length: picks }, () => placeOn(floor, random)) }
}

/** Runs each problem once and returns percentiles in milliseconds; the first tenth only warms up. */
function timed<Problem>(problems: readonly Problem[], plan: (problem: Problem) => unknown): Record<string, number> {
  const warmUp = Math.ceil(problems.length / 10)
  for (const problem of problems.slice(0, warmUp)) plan(problem)
  const times = problems.slice(warmUp).map((problem) => {
    const startedMs = performance.now()
    plan(problem)
    return performance.now() - startedMs
  })
  times.sort((a, b) => a - b)
  const at = (share: number): number =>
    Number((times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0).toFixed(4))
  return { 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'p99 ms': at(0.99) }
}

function tourRows(): void {
  const rows: Record<string, string | number>[] = []
  for (const crosses of [2, 3, 4, 5]) {
    for (const aisles of [5, 10, 30, 40]) {
      for (const picks of [5, 30, 300, 1000]) {
        for (const isOpen of [false, true]) {
          const random = seededRandom(crosses * 10_000 + aisles * 100 + picks)
          const runs = crosses <= 2 ? 1000 : crosses === 3 ? 300 : crosses === 4 ? 60 : 12
          const problems = Array.from({ length: runs }, () => tourOn({ aisles, crosses }, picks, { random, isOpen }))
          rows.push({
            blocks: crosses - 1,
            aisles,
            picks,
            walk: isOpen ? 'open' : 'closed',
            ...timed(problems, (p) => planTour(p)),
          })
        }
      }
    }
  }
  console.log('Tours on aisles, order included')
  console.table(rows)
}

/** A free graph: nodes of a grid, some lanes missing, some one-way, with picks on different nodes. */
function graphTour(picks: number, { random, oneWay }: { random: Random; oneWay: number }): TourProblem {
  const side = Math.max(8, Math.ceil(Math.sqrt(2 * picks)))
  const nodes = Array.from({ length: side * side }, (_, i): [number, number] => [
    (i % side) * 300,
    Math.floor(i / side) * 300,
  ])
  const edges: [number, number, number, 0 | 1][] = []
  const lane = (from: number, to: number): void => {
    const isOneWay = random.below(100) < oneWay ? 1 : 0
    const [a, b] = isOneWay && random.below(2) ? [to, from] : [from, to]
    if (random.below(10) > 0) edges.push([a, b, 250 + random.below(100), isOneWay])
  }
  nodes.forEach((_, i) => {
    if ((i + 1) % side > 0) lane(i, i + 1)
    if (i + side < nodes.length) lane(i, i + side)
  })
  const free = nodes.map((_, i) => i)
  const chosen = Array.from({ length: picks }, () => free.splice(random.below(free.length), 1)[0] ?? 0)
  return { id: '', floor: { kind: 'graph', nodes, edges }, start: 0, end: 0, picks: chosen }
}

function graphRows(): void {
  const rows: Record<string, string | number>[] = []
  for (const picks of [10, 15, 30, 60, 100, 200]) {
    for (const oneWay of [0, 20]) {
      const random = seededRandom(picks + oneWay)
      const problems = Array.from({ length: picks <= 15 ? 40 : 12 }, () => graphTour(picks, { random, oneWay }))
      const gaps: number[] = []
      const times = timed(problems, (problem) => {
        const { length, lowerBound } = planTour(problem)
        gaps.push(length === 0 ? 0 : (length / lowerBound - 1) * 100)
      })
      const toBound = Number((gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toFixed(3))
      rows.push({ picks, 'one-way %': oneWay, ...times, 'mean % above bound': toBound })
    }
  }
  console.log("Tours on free graphs, engine's own budget")
  console.table(rows)
}

function batchRows(): void {
  const rows: Record<string, string | number>[] = []
  for (const crosses of [2, 3, 4]) {
    for (const orders of [12, 60, 100, 300]) {
      const random = seededRandom(crosses * 1000 + orders)
      const floor = floorOf({ aisles: 12, crosses }, random)
      const problem: BatchProblem = {
        id: '',
        floor,
        start: [0, 0],
        end: [0, 0],
        capacity: 48,
        orders: Array.from({ length: orders }, () =>
          Array.from({ length: 1 + random.below(8) }, () => placeOn(floor, random)),
        ),
      }
      planBatches({ ...problem, orders: problem.orders.slice(0, 13) })
      const before = process.cpuUsage()
      const { length } = planBatches(problem)
      const { user, system } = process.cpuUsage(before)
      rows.push({
        blocks: crosses - 1,
        orders,
        'CPU s': Number(((user + system) / 1e6).toFixed(2)),
        metres: Math.round(length / 100),
      })
    }
  }
  console.log("Batches, engine's own budget, 12 aisles, 48 picks a cart")
  console.table(rows)
}

const words = process.argv.slice(2)
const isAsked = (part: string): boolean => words.length === 0 || words.includes(part)
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`)
if (isAsked('tours')) tourRows()
if (isAsked('graphs')) graphRows()
if (isAsked('batches')) batchRows()
