import { execSync, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { workerPlanners } from '../../src-main/adapters/planners/worker-planners.ts'
import type { PackProblem } from '../../src-main/contract/formats/pack.ts'
import { planPacking } from '../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../src-main/kernel/budget.ts'
import { packedByBinpackingjs } from '../quality/packing/rivals.ts'
import { boxPackerParcels, brSets, dataFolder, mpvSets, ordersSet, type PackingSet } from '../quality/packing/sets.ts'

/**
 * Speed of the packing engine on the shared sets beside the npm packer binpackingjs in the same run, printed with what
 * it ran on; never asserted. `node test/bench/packing.ts` takes samples of BR and MPV, `--whole` all of them (an hour).
 */
interface Measured {
  readonly set: string
  readonly packer: string
  readonly orders: number
  readonly parcels: number
  readonly 'outer l': number
  readonly 'orders per CPU-s': number
  readonly 'p50 ms': number
  readonly 'p99 ms': number
  readonly 'max ms': number
}

interface Pass {
  readonly parcels: number
  readonly outerMm3: number
  readonly ms: readonly number[]
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Runs a packer over a set twice, and takes the second time: the compiler is warm then for either of them. */
function measured(set: string, packer: string, pass: () => Pass): Measured {
  pass()
  const cpu = process.cpuUsage()
  const { parcels, outerMm3, ms } = pass()
  const { user, system } = process.cpuUsage(cpu)
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number): number => round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0, 2)
  return {
    set,
    packer,
    orders: ms.length,
    parcels,
    'outer l': Math.round(outerMm3 / 1e6),
    'orders per CPU-s': Math.round(ms.length / ((user + system) / 1e6)),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'max ms': at(1),
  }
}

function ours({ name, problem }: PackingSet): Measured {
  return measured(name, 'Backroom', () => {
    const { orders, totals } = planPacking(problem, { now: () => performance.now() })
    return { parcels: totals.parcels, outerMm3: totals.outerCm3 * 1000, ms: orders.map((order) => order.ms) }
  })
}

function theirs({ name, problem }: PackingSet): Measured {
  return measured(name, 'binpackingjs 4.1.0', () => {
    const pass = { parcels: 0, outerMm3: 0, ms: [] as number[] }
    for (const order of problem.orders) {
      const startMs = performance.now()
      const plan = packedByBinpackingjs(problem, order)
      pass.ms.push(performance.now() - startMs)
      pass.parcels += plan.parcels
      pass.outerMm3 += plan.outerMm3
    }
    return pass
  })
}

/** Every order `times` times: shops repeat baskets. */
function repeated(problem: PackProblem, times: number): PackProblem {
  const orders = Array.from({ length: times }, (_, turn) =>
    problem.orders.map((order) => ({ ...order, id: `${order.id}-${turn}` })),
  ).flat()
  return { ...problem, orders }
}

/** Plans instance after instance with a clock; answers what share of the container's volume is filled and the parcels. */
function byClock(sets: readonly PackingSet[], limitMs: number): { readonly fill: number; readonly parcels: number } {
  let fill = 0
  let parcels = 0
  for (const { problem } of sets) {
    const budget = () => budgetOf({ iterations: Infinity, limitMs, now: () => performance.now() })
    const { orders, totals } = planPacking(problem, { budget })
    const packed = orders.flatMap((order) => order.parcels).flatMap(({ placements }) => placements)
    const mm3 = packed.reduce((sum, { sizeMm }) => sum + (sizeMm ? sizeMm[0] * sizeMm[1] * sizeMm[2] : 0), 0)
    fill += mm3 / (totals.outerCm3 * 1000)
    parcels += totals.parcels
  }
  return { fill: fill / sets.length, parcels }
}

const memoryOrders = 10_000

/** Node's room for short-lived objects, MB, as the planning threads have it: left to itself it grows and gains no speed. */
const semiSpaceMb = 16

/** Peak of the process's memory after 10,000 orders, all results kept: the engine alone, or in threads as the program. */
async function printMemory(data: string, way: 'engine' | 'threads'): Promise<void> {
  const { problem } = ordersSet('efficiency', data, { set: 'efficiency', minSupport: 0.75 })
  const orders = repeated(problem, Math.ceil(memoryOrders / problem.orders.length)).orders.slice(0, memoryOrders)
  const many = { ...problem, orders }
  const planners = way === 'threads' ? workerPlanners() : undefined
  const { totals } = planners ? await planners.pack(many) : planPacking(many)
  await planners?.close()
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`memory, ${way}: ${orders.length} orders, ${totals.parcels} parcels, peak ${peakMb} MB`)
}

function measureMemory(way: 'engine' | 'threads'): void {
  const words = [`--max-semi-space-size=${semiSpaceMb}`, fileURLToPath(import.meta.url), `--memory-${way}`]
  spawnSync(process.execPath, words, { stdio: 'inherit' })
}

function printTables(data: string): void {
  const isWhole = process.argv.includes('--whole')
  const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
  const efficiency = ordersSet('efficiency', data, { set: 'efficiency', minSupport: 0 })
  const baskets = ordersSet('baskets', data, { set: 'baskets', minSupport: 0 })
  const twice = { name: 'efficiency, every order twice', problem: repeated(efficiency.problem, 2) }
  console.table([
    ours(efficiency),
    theirs(efficiency),
    ours(ordersSet('efficiency, 75 % support', data, { set: 'efficiency', minSupport: 0.75 })),
    ours(twice),
    ours(baskets),
    theirs(baskets),
    ours(ordersSet('baskets, 75 % support', data, { set: 'baskets', minSupport: 0.75 })),
    ours({ name: 'baskets of 30 to 40 pieces', problem: largestOf(baskets.problem) }),
  ])
  const boxPacker = [...boxPackerParcels(data).values()].reduce((sum, parcels) => sum + parcels, 0)
  console.log(`BoxPacker 4.2.0 (its own result file): ${boxPacker} parcels on the efficiency set`)
  measureMemory('engine')
  measureMemory('threads')
  const br = brSets(data, isWhole ? 1 : 25)
  console.log(`BR1-BR7, 1 s each: ${br.length} instances, mean fill ${round(100 * byClock(br, 1000).fill, 2)} %`)
  const mpv = mpvSets(data, isWhole ? 10 : 1)
  const perAverage = isWhole ? 10 : 1
  const sum = round(byClock(mpv, isWhole ? 10_000 : 2_000).parcels / perAverage, 1)
  console.log(`MPV, ${isWhole ? 10 : 2} s each: ${mpv.length} instances, sum of the averages ${sum}`)
}

function largestOf(problem: PackProblem): PackProblem {
  const pieces = ({ items }: PackProblem['orders'][number]): number =>
    items.reduce((sum, { quantity }) => sum + quantity, 0)
  return { ...problem, orders: problem.orders.filter((order) => pieces(order) >= 30) }
}

const data = dataFolder()
if (data === undefined) {
  console.error(`packing bench: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
  process.exitCode = 2
} else if (process.argv.includes('--memory-engine')) await printMemory(data, 'engine')
else if (process.argv.includes('--memory-threads')) await printMemory(data, 'threads')
else printTables(data)
