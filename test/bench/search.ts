import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { productSearch } from '../../src-storefront/search/search.ts'
import { openDatabase } from '../../src-storefront/store/database.ts'
import { productStore } from '../../src-storefront/store/products.ts'
import { largeCatalogue } from '../quality/search/large-catalogue.ts'

/**
 * Speed of the storefront's search in a shop of 50,000 products, printed with what it ran on; never asserted. The mean of
 * the processor's time stands beside the clock's, for machines that do other things as well.
 */
const products = 50_000
const rounds = 40

const queries: Readonly<Record<string, readonly string[]>> = {
  exact: ['red kettle', 'Kaffeefilter', 'wooden shelf with lid', 'blue cotton towel', 'L-012345', 'black tea 500 g'],
  common: ['white', 'rot', 'set of six', 'glass', 'für kinder', '500 g'],
  typo: ['hamemr', 'kafeemaschine', 'blankte red', 'choclate', 'Gartenschluach', 'wooden shlef wiht lid'],
  prefix: ['k', 'ket', 'garten', 'red hea', 'choco', 'küch'],
  compound: [
    'kaffee filter',
    'kaffee maschine rot',
    'käsemesserbrett',
    'teekannefilter',
    'tea pot',
    'wand farbe lampe',
  ],
  japanese: ['水筒', '国産醤油', 'コーヒー豆', '北海道産海苔ギフト', '茶', '水筒木製'],
  'no result': ['xylophone', 'qqqqqqqq', 'zzzzxxyy wwwwvv', 'пылесос', '자전거', 'jjjjjjjjjjjjjjjjjjjj'],
}

const at = (sorted: readonly number[], share: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(2)) // prettier-ignore
const row = (kind: string, ms: readonly number[], cpuMs: number): object => {
  const sorted = [...ms].sort((a, b) => a - b)
  return { queries: kind, 'p50 ms': at(sorted, 0.5), 'p95 ms': at(sorted, 0.95), 'p99 ms': at(sorted, 0.99), 'max ms': at(sorted, 1), 'CPU ms': Number((cpuMs / ms.length).toFixed(2)) } // prettier-ignore
}

const store = productStore(openDatabase(':memory:', 0))
store.replaceCatalogue(largeCatalogue(products, 1), 0)
globalThis.gc?.()
const memoryBefore = process.memoryUsage()
const started = performance.now()
// Nothing kept: every query is measured as if it were the first of its kind.
const search = productSearch(store, { answersKept: 0 })
const buildMs = performance.now() - started
globalThis.gc?.()
const memory = process.memoryUsage()

const ask = (query: string): number => {
  const from = performance.now()
  search.search(query, { limit: 24, offset: 0 })
  return performance.now() - from
}
for (let round = 0; round < 5; round++) Object.values(queries).flat().forEach(ask) // warms the compiler up
const all: number[] = []
let allCpuMs = 0
const rows = Object.entries(queries).map(([kind, list]) => {
  const cpu = process.cpuUsage()
  const ms = Array.from({ length: rounds }, () => list.map(ask)).flat()
  const { user, system } = process.cpuUsage(cpu)
  const cpuMs = (user + system) / 1000
  all.push(...ms)
  allCpuMs += cpuMs
  return row(kind, ms, cpuMs)
})

const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
const heap = (memory.heapUsed + memory.arrayBuffers - memoryBefore.heapUsed - memoryBefore.arrayBuffers) / 1e6
const exact = globalThis.gc ? '' : ' (with garbage: run with node --expose-gc)'
console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
console.log(`${products} products, built in ${Math.round(buildMs)} ms, ${Math.round(heap)} MB${exact}`)
console.table([...rows, row('all', all, allCpuMs)])
