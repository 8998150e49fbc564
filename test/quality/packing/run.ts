import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackProblem } from '../../../src-main/contract/formats/pack.ts'
import { planPacking, verifyPacking, type PackingResult } from '../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../src-main/kernel/budget.ts'
import { volumeMm3 } from '../../../src-main/kernel/units.ts'
import { secondCheck } from '../../property/engines/packing/second-check/index.ts'
import { goalsOf } from './goals.ts'
import { packedByBinpackingjs } from './rivals.ts'
import { boxPackerParcels, brSets, dataFolder, mpvSets, ordersSet, type PackingSet } from './sets.ts'

/**
 * Plan quality on the shared sets, by iteration budgets and seed only: worse than expected.csv fails
 * (exit 1), better asks to commit the CSV that `--write` makes. Every plan is judged by verify and by the second check.
 * `--whole` takes all of BR and MPV in place of samples and compares only what the CSV knows. Exit 2 without the data.
 */

/** The sums of one set. Each number is the better the smaller, but `packedCm3` and the proofs. */
interface Row {
  readonly set: string
  readonly orders: number
  readonly parcels: number
  readonly outerCm3: number
  readonly packedCm3: number
  readonly lowerBound: number
  readonly provenFewest: number
  readonly provenBest: number
  /** Orders in one parcel of up to 8 and 12 pieces, and those of them whose carton is proven the best. */
  readonly single8: number
  readonly proven8: number
  readonly single12: number
  readonly proven12: number
  /** Orders that need more parcels than BoxPacker makes of them. */
  readonly beaten: number
}

const columns = [
  'orders',
  'parcels',
  'outerCm3',
  'packedCm3',
  'lowerBound',
  'provenFewest',
  'provenBest',
  'single8',
  'proven8',
  'single12',
  'proven12',
  'beaten',
] as const
const moreIsBetter: ReadonlySet<string> = new Set([
  'packedCm3',
  'lowerBound',
  'provenFewest',
  'provenBest',
  'proven8',
  'proven12',
])
/** How many orders there are of a kind, which is neither good nor bad. */
const neutral: ReadonlySet<string> = new Set(['orders', 'single8', 'single12'])
const expectedPath = join(import.meta.dirname, 'expected.csv')

interface Measured {
  readonly row: Row
  readonly violations: number
  readonly cpuSeconds: number
}

interface Terms {
  /** BoxPacker's number of parcels by order. */
  readonly rival?: ReadonlyMap<string, number>
  /** Steps per order; without it the engine's own number. */
  readonly iterations?: number
}

function measure({ name, problem }: PackingSet, { rival, iterations }: Terms): Measured {
  const cpu = process.cpuUsage()
  const result = planPacking(problem, iterations ? { budget: () => budgetOf({ iterations }) } : {})
  const { user, system } = process.cpuUsage(cpu)
  const { orders } = result
  const wrong = [...verifyPacking(problem, result), ...secondCheck(problem, result)]
  for (const each of wrong.slice(0, 3)) console.error(`invalid: ${name}: ${JSON.stringify(each)}`)
  return {
    cpuSeconds: (user + system) / 1e6,
    violations: wrong.length,
    row: {
      set: name,
      orders: orders.length,
      parcels: result.totals.parcels,
      outerCm3: result.totals.outerCm3,
      packedCm3: Math.round(packedMm3(problem, result) / 1000),
      lowerBound: orders.reduce((sum, order) => sum + order.proof.parcelsLowerBound, 0),
      provenFewest: orders.filter((order) => order.proof.fewestParcels).length,
      provenBest: orders.filter((order) => order.proof.best).length,
      ...singlesOf(orders),
      beaten: orders.filter((order) => order.parcels.length > (rival?.get(order.id) ?? Infinity)).length,
    },
  }
}

function singlesOf(orders: PackingResult['orders']): Pick<Row, 'single8' | 'proven8' | 'single12' | 'proven12'> {
  const upTo = (pieces: number): PackingResult['orders'] =>
    orders.filter(({ parcels, unpacked }) => {
      const [only] = parcels
      return parcels.length === 1 && unpacked.length === 0 && (only?.placements.length ?? 0) <= pieces
    })
  const proven = (pieces: number): number => upTo(pieces).filter(({ proof }) => proof.best).length
  return { single8: upTo(8).length, proven8: proven(8), single12: upTo(12).length, proven12: proven(12) }
}

/** Exact volume of the pieces that got into parcels. */
function packedMm3(problem: PackProblem, result: PackingResult): number {
  let sum = 0
  for (const [at, order] of problem.orders.entries()) {
    for (const { sku, quantity, sizeMm } of order.items) {
      const unpacked = result.orders[at]?.unpacked.find((entry) => entry.sku === sku)?.quantity ?? 0
      if (sizeMm) sum += (quantity - unpacked) * volumeMm3(sizeMm)
    }
  }
  return sum
}

function summed(set: string, parts: readonly Measured[]): Measured {
  const total = (of: (part: Measured) => number): number => parts.reduce((sum, part) => sum + of(part), 0)
  const sums = Object.fromEntries(columns.map((column) => [column, total((part) => part.row[column])]))
  return {
    row: { set, ...(sums as Omit<Row, 'set'>) }, // every column has been summed
    violations: total((part) => part.violations),
    cpuSeconds: total((part) => part.cpuSeconds),
  }
}

function readExpected(): ReadonlyMap<string, readonly number[]> {
  const [, ...lines] = readFileSync(expectedPath, 'utf8').trim().split('\n')
  return new Map(
    lines.map((line) => {
      const [set = '', ...values] = line.split(',')
      return [set, values.map(Number)] as const
    }),
  )
}

/** Names of columns that got worse or better. */
function compared(row: Row, expected: readonly number[]): { readonly worse: string[]; readonly better: string[] } {
  const worse: string[] = []
  const better: string[] = []
  for (const [at, column] of columns.entries()) {
    if (neutral.has(column)) continue
    const difference = (row[column] - (expected[at] ?? 0)) * (moreIsBetter.has(column) ? -1 : 1)
    if (difference > 0) worse.push(`${column} ${expected[at]} -> ${row[column]}`)
    if (difference < 0) better.push(`${column} ${expected[at]} -> ${row[column]}`)
  }
  return { worse, better }
}

function measureAll(data: string): readonly Measured[] {
  const rival = boxPackerParcels(data)
  const orderSets = [
    ordersSet('efficiency', data, { set: 'efficiency', minSupport: 0 }),
    ordersSet('efficiency 75 % support', data, { set: 'efficiency', minSupport: 0.75 }),
    ordersSet('baskets', data, { set: 'baskets', minSupport: 0 }),
    ordersSet('baskets 75 % support', data, { set: 'baskets', minSupport: 0.75 }),
  ]
  return [
    ...orderSets.map((set) => measure(set, { rival })),
    summed(
      isWhole ? 'br1-7' : 'br1-7 sample',
      brSets(data, isWhole ? 1 : brStep).map((set) => measure(set, { iterations: 200_000 })),
    ),
    summed(
      isWhole ? 'mpv' : 'mpv sample',
      mpvSets(data, isWhole ? 10 : mpvEach).map((set) => measure(set, { iterations: 100_000 })),
    ),
  ]
}

/** Every 25th instance of each class of BR, the first of each class and size of MPV: enough to see a change. */
const brStep = 25
const mpvEach = 1
const isWhole = process.argv.includes('--whole')

function report(measured: readonly Measured[]): void {
  console.table(
    measured.map(({ row, violations, cpuSeconds }) => ({
      ...row,
      violations,
      'orders/CPU-s': Number((row.orders / cpuSeconds).toPrecision(3)),
    })),
  )
}

/** The same orders by the npm packer, and what BoxPacker's own file says of them. */
function reportRivals(data: string, rival: ReadonlyMap<string, number>): void {
  const sets = ['efficiency', 'baskets'].map((set) => ordersSet(set, data, { set, minSupport: 0 }))
  for (const { name, problem } of sets) {
    const plans = problem.orders.map((order) => packedByBinpackingjs(problem, order))
    const parcels = plans.reduce((sum, plan) => sum + plan.parcels, 0)
    const outerMm3 = plans.reduce((sum, plan) => sum + plan.outerMm3, 0)
    console.log(`binpackingjs 4.1.0, ${name}: ${parcels} parcels, ${Math.round(outerMm3 / 1e6)} l`)
  }
  const parcels = [...rival.values()].reduce((sum, each) => sum + each, 0)
  console.log(`BoxPacker 4.2.0, efficiency, by its own file: ${parcels} parcels`)
}

function main(): number {
  const data = dataFolder()
  if (data === undefined) {
    console.error(`packing quality: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
    return 2
  }
  const measured = measureAll(data)
  report(measured)
  reportRivals(data, boxPackerParcels(data))
  const violations = measured.reduce((sum, each) => sum + each.violations, 0)
  console.table(
    goalsOf(
      measured.map(({ row }) => row),
      violations,
    ),
  )
  if (process.argv.includes('--write')) {
    const lines = measured.map(({ row }) => [row.set, ...columns.map((column) => row[column])].join(','))
    writeFileSync(expectedPath, `${['set', ...columns].join(',')}\n${lines.join('\n')}\n`)
    return 0
  }
  const expected = readExpected()
  let exitCode = measured.some(({ violations }) => violations > 0) ? 1 : 0
  for (const { row } of measured) {
    const before = expected.get(row.set)
    if (!before) continue
    const { worse, better } = compared(row, before)
    for (const change of worse) console.error(`worse: ${row.set}: ${change}`)
    for (const change of better) console.log(`better: ${row.set}: ${change} (run with --write and commit expected.csv)`)
    if (worse.length > 0) exitCode = 1
  }
  return exitCode
}

process.exitCode = main()
