import { planPacking, verifyPacking } from '../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../src-main/kernel/budget.ts'
import { dataFolder, mpvSets, type PackingSet } from './sets.ts'

/**
 * The published measure of Martello, Pisinger and Vigo's instances: 24 classes and sizes (1 and 4 to 8, 50 to 200
 * pieces), of each the bins of its ten instances on average, summed up. Its tables allow 10 s an instance; here
 * steps decide, so that the sum is the same on every machine: `node test/quality/packing/mpv.ts [steps] [instances of
 * each]`, by default 100,000 and ten, which takes minutes. Exit 1 when a plan breaks a rule, 2 without the data.
 */
interface Instance {
  readonly set: string
  readonly bins: number
  readonly bound: number
  readonly cpuSeconds: number
  readonly violations: number
}

function measure({ name, problem }: PackingSet, iterations: number): Instance {
  const before = process.cpuUsage()
  const result = planPacking(problem, { budget: () => budgetOf({ iterations }) })
  const { user, system } = process.cpuUsage(before)
  const [order] = result.orders
  return {
    set: name,
    bins: result.totals.parcels,
    bound: order?.proof.parcelsLowerBound ?? 0,
    cpuSeconds: (user + system) / 1e6,
    violations: verifyPacking(problem, result).length + result.totals.unpacked,
  }
}

function main([steps = '100000', each = '10']: readonly string[]): number {
  const data = dataFolder()
  if (data === undefined) {
    console.error(`packing quality: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
    return 2
  }
  const instances = mpvSets(data, Number(each)).map((set) => measure(set, Number(steps)))
  const rows = [...new Set(instances.map(({ set }) => set))].map((set) => {
    const own = instances.filter((instance) => instance.set === set)
    const mean = (of: (instance: Instance) => number): number =>
      own.reduce((sum, instance) => sum + of(instance), 0) / own.length
    return {
      set,
      bins: mean(({ bins }) => bins),
      bound: mean(({ bound }) => bound),
      'CPU-s': Number(mean(({ cpuSeconds }) => cpuSeconds).toFixed(2)),
    }
  })
  console.table(rows)
  const sumOf = (of: (row: (typeof rows)[number]) => number): string =>
    rows.reduce((sum, row) => sum + of(row), 0).toFixed(1)
  const violations = instances.reduce((sum, instance) => sum + instance.violations, 0)
  console.log(`${rows.length} averages of ${each}, ${steps} steps each: ${sumOf(({ bins }) => bins)} bins`)
  console.log(`bounds ${sumOf(({ bound }) => bound)}, rules broken or pieces left ${violations}`)
  return violations > 0 ? 1 : 0
}

process.exitCode = main(process.argv.slice(2))
