import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { planPacking, type PackingResult } from '../../src-main/engines/packing/index.ts'
import { dataFolder, ordersSet } from '../quality/packing/sets.ts'

/** Speed of the packing engine on the shared order sets, printed with what it ran on; never asserted. */
function measured(name: string, data: string, options: { set: string; minSupport: number }): object {
  const { problem } = ordersSet(name, data, options)
  planPacking({ ...problem, orders: problem.orders.slice(0, 200) }) // warms the compiler up
  const cpu = process.cpuUsage()
  const result: PackingResult = planPacking(problem, { now: () => performance.now() })
  const { user, system } = process.cpuUsage(cpu)
  const ms = result.orders.map((order) => order.ms).sort((a, b) => a - b)
  const at = (share: number): number =>
    Number((ms[Math.min(ms.length - 1, Math.floor(share * ms.length))] ?? 0).toFixed(2))
  return {
    set: name,
    orders: ms.length,
    'orders per CPU-s': Math.round(ms.length / ((user + system) / 1e6)),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'max ms': at(1),
  }
}

const data = dataFolder()
if (data === undefined) {
  console.error(`packing bench: no shared data at ${process.env['BACKROOM_DATA'] ?? '../shared/data'}`)
  process.exitCode = 2
} else {
  const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
  console.table([
    measured('efficiency', data, { set: 'efficiency', minSupport: 0 }),
    measured('efficiency, 75 % support', data, { set: 'efficiency', minSupport: 0.75 }),
    measured('baskets', data, { set: 'baskets', minSupport: 0 }),
    measured('baskets, 75 % support', data, { set: 'baskets', minSupport: 0.75 }),
  ])
}
