import { planPacking } from '../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../src-main/kernel/budget.ts'
import { volumeMm3 } from '../../src-main/kernel/units.ts'
import { brSets, dataFolder, type PackingSet } from '../quality/packing/sets.ts'

/**
 * Mean fill of the container loads BR1 to BR7 in one CPU-second each, by class: every 25th instance, or
 * all 700 with `node test/bench/packing-loads.ts all`, which takes a quarter of an hour. Printed, never asserted.
 */
const sampleStep = 25
const msEach = 1000

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function fillOf({ problem }: PackingSet): number {
  const budget = budgetOf({ iterations: Infinity, limitMs: msEach, now: cpuMs })
  const [order] = planPacking(problem, { budget: () => budget }).orders
  const placements = order?.parcels[0]?.placements ?? []
  const filled = placements.reduce((sum, { sizeMm }) => sum + (sizeMm ? volumeMm3(sizeMm) : 0), 0)
  return filled / volumeMm3(problem.cartons[0]?.innerMm ?? [1, 1, 1])
}

const mean = (values: readonly number[]): string =>
  `${((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(2)} %`

const data = dataFolder()
if (data === undefined) {
  console.error(`packing bench: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
  process.exitCode = 2
} else {
  const fills = new Map<string, number[]>()
  for (const set of brSets(data, process.argv.includes('all') ? 1 : sampleStep))
    fills.set(set.name, [...(fills.get(set.name) ?? []), fillOf(set)])
  const rows = [...fills].map(([name, values]) => ({ class: name, loads: values.length, 'mean fill': mean(values) }))
  const all = [...fills.values()].flat()
  console.log('BR1-BR7, 1 s each')
  console.table([...rows, { class: 'all', loads: all.length, 'mean fill': mean(all) }])
}
