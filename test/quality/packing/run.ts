import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackProblem } from '../../../src-main/contract/formats/pack.ts'
import { planPacking, verifyPacking, type PackingResult } from '../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../src-main/kernel/budget.ts'
import { volumeMm3 } from '../../../src-main/kernel/units.ts'
import { boxPackerParcels, brSets, dataFolder, mpvSets, ordersSet, type PackingSet } from './sets.ts'

/**
 * Plan quality on the shared sets, by iteration budgets and seed only: worse than expected.csv fails
 * (exit 1), better asks to commit the CSV that `--write` makes. Exit 2 without the shared data.
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
  'beaten',
] as const
const moreIsBetter: ReadonlySet<string> = new Set(['packedCm3', 'lowerBound', 'provenFewest', 'provenBest'])
const expectedPath = join(import.meta.dirname, 'expected.csv')

interface Measured {
  readonly row: Row
  readonly violations: number
  readonly seconds: number
}

interface Terms {
  /** BoxPacker's number of parcels by order. */
  readonly rival?: ReadonlyMap<string, number>
  /** Steps per order; without it the engine's own number. */
  readonly iterations?: number
}

function measure({ name, problem }: PackingSet, { rival, iterations }: Terms): Measured {
  const startMs = performance.now()
  const result = planPacking(problem, iterations ? { budget: () => budgetOf({ iterations }) } : {})
  const seconds = (performance.now() - startMs) / 1000
  const { orders } = result
  return {
    seconds,
    violations: verifyPacking(problem, result).length,
    row: {
      set: name,
      orders: orders.length,
      parcels: result.totals.parcels,
      outerCm3: result.totals.outerCm3,
      packedCm3: Math.round(packedMm3(problem, result) / 1000),
      lowerBound: orders.reduce((sum, order) => sum + order.proof.parcelsLowerBound, 0),
      provenFewest: orders.filter((order) => order.proof.fewestParcels).length,
      provenBest: orders.filter((order) => order.proof.best).length,
      beaten: orders.filter((order) => order.parcels.length > (rival?.get(order.id) ?? Infinity)).length,
    },
  }
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
    seconds: total((part) => part.seconds),
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
      'br1-7 sample',
      brSets(data, brStep).map((set) => measure(set, { iterations: 200_000 })),
    ),
    summed(
      'mpv sample',
      mpvSets(data, mpvEach).map((set) => measure(set, { iterations: 100_000 })),
    ),
  ]
}

/** Every 25th instance of each class of BR, the first of each class and size of MPV: enough to see a change. */
const brStep = 25
const mpvEach = 1

function report(measured: readonly Measured[]): void {
  console.table(
    measured.map(({ row, violations, seconds }) => ({
      ...row,
      violations,
      'orders/s': Number((row.orders / seconds).toPrecision(3)),
    })),
  )
}

function main(): number {
  const data = dataFolder()
  if (data === undefined) {
    console.error(`packing quality: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
    return 2
  }
  const measured = measureAll(data)
  report(measured)
  if (process.argv.includes('--write')) {
    const lines = measured.map(({ row }) => [row.set, ...columns.map((column) => row[column])].join(','))
    writeFileSync(expectedPath, `${['set', ...columns].join(',')}\n${lines.join('\n')}\n`)
    return 0
  }
  const expected = readExpected()
  let exitCode = measured.some(({ violations }) => violations > 0) ? 1 : 0
  for (const { row } of measured) {
    const { worse, better } = compared(row, expected.get(row.set) ?? [])
    for (const change of worse) console.error(`worse: ${row.set}: ${change}`)
    for (const change of better) console.log(`better: ${row.set}: ${change} (run with --write and commit expected.csv)`)
    if (worse.length > 0) exitCode = 1
  }
  return exitCode
}

process.exitCode = main()
