import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import process from 'node:process'
import { planRoutes, verifyRoutes, type DeliverProblem } from '../../src-main/engines/delivery/index.ts'
import { budgetOf } from '../../src-main/kernel/budget.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import { cvrp, solomon, tsplib, type Referenced } from '../quality/delivery/sets.ts'

/**
 * The goals of docs/delivery.md: quality after so many seconds on the shared sets. The clock that ends each search is
 * the thread's processor time, so that other programs on the machine change nothing. Words: parts of the names of the
 * rows to take (all without); `--every=3` takes every third instance.
 */
interface Row {
  readonly name: string
  readonly goal: string
  readonly limitMs: number
  readonly instances: () => readonly Referenced[]
}

const upTo200 = (): readonly Referenced[] => tsplib(0).filter(({ problem }) => problem.stops.length < 200)

const rows: readonly Row[] = [
  { name: 'tsplib-100ms', goal: 'mean 0.02, worst 0.3', limitMs: 100, instances: upTo200 },
  { name: 'tsplib-2s', goal: 'all at best', limitMs: 2_000, instances: upTo200 },
  { name: 'cvrp-1s', goal: 'mean 0.9', limitMs: 1_000, instances: () => cvrp('X', 0) },
  { name: 'cvrp-5s', goal: 'mean 0.4', limitMs: 5_000, instances: () => cvrp('X', 0) },
  { name: 'solomon25-1s', goal: 'all at best', limitMs: 1_000, instances: () => solomon(25, 0) },
  { name: 'solomon100-5s', goal: 'mean 0.5, worst 2', limitMs: 5_000, instances: () => solomon(100, 0) },
]

/** Milliseconds of processor time that this thread has had. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function measured({ name, goal, limitMs, instances }: Row, every: number): object {
  const chosen = instances().filter((_, i) => i % every === 0)
  const gaps: number[] = []
  let [faults, ms, proven] = [0, 0, 0]
  for (const { problem, reference } of chosen) {
    const budget = budgetOf({ iterations: Infinity, limitMs, now: cpuMs })
    const result = planRoutes(problem, { budget, now: cpuMs })
    gaps.push((result.distance / reference - 1) * 100)
    faults += verifyRoutes(problem, result).length + result.unserved.length
    ms = Math.max(ms, result.ms)
    if (result.optimal) proven++
    if (process.env['BENCH_EACH']) console.log(problem.id, result.distance, reference, gaps.at(-1)?.toFixed(2))
  }
  return {
    row: name,
    goal,
    plans: chosen.length,
    'mean gap %': Number((gaps.reduce((sum, gap) => sum + gap, 0) / chosen.length).toFixed(3)),
    'worst %': Number(Math.max(...gaps).toFixed(2)),
    'at best': gaps.filter((gap) => gap < 1e-9).length,
    proven,
    'longest ms': Math.round(ms),
    faults,
  }
}

/** How long a plan with windows for so many stops takes to be there at all, the compiler cold. */
function firstPlan(stops: number): object {
  const random = seededRandom(5)
  const problem: DeliverProblem = {
    id: `first-plan-${stops}`,
    metric: 'haversine',
    depot: { at: [52.25, 13.4], window: [28_800, 72_000] },
    vehicles: [{ id: 'van', count: Math.ceil(stops / 40), capacity: [60] }],
    stops: Array.from({ length: stops }, (_, i) => ({
      id: String(i),
      at: [52 + random.unit() / 2, 13 + random.unit() * 0.8] as const,
      demand: [1],
      serviceS: 60,
      window: [28_800 + 3_600 * random.below(6), 54_000 + 3_600 * random.below(4)] as const,
    })),
  }
  const startMs = cpuMs()
  let firstMs: number | undefined
  const budget = budgetOf({ iterations: 1 })
  planRoutes(problem, { budget, onPlan: () => (firstMs ??= cpuMs() - startMs) })
  return { row: 'first-plan', goal: stops === 100 ? '50 ms' : '', stops, 'first ms': Math.round(firstMs ?? NaN) }
}

const words = process.argv.slice(2)
const every = Number(words.find((word) => word.startsWith('--every='))?.slice(8) ?? 1)
const named = words.filter((word) => !word.startsWith('--') && word !== 'delivery')
const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
const isAsked = (name: string): boolean => named.length === 0 || named.some((part) => name.startsWith(part))
if (isAsked('first-plan')) console.table([100, 1_000].map(firstPlan))
console.table(rows.filter(({ name }) => isAsked(name)).map((row) => measured(row, every)))
