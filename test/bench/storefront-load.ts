import autocannon from 'autocannon'
import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder, shopToken, startProcess } from '../integration/storefront/running-storefront.ts'
import { customersWithCarts, type LoadCustomer } from './storefront-load/customers.ts'
import { paced } from './storefront-load/paced.ts'
import { mistyped, sampleCatalogue, sampleRules, widened } from './storefront-load/sample.ts'

/**
 * `npm run load`: 200 customers at once on the real server, a process of its own; printed with what it ran on. Two
 * figures a kind: everybody asking again as soon as they are answered (the most the server can do), and everybody
 * pausing a second in between (what 200 people do). Exits 1 when an answer failed or a goal was missed, for a person
 * to look at; no test depends on it. `--products 50000` widens the sample catalogue.
 */
const customerCount = 200
const goalMs = 200

const { values } = parseArgs({
  options: { products: { type: 'string', default: '568' }, seconds: { type: 'string', default: '8' } },
})
const seconds = Number(values.seconds)
const folder = newFolder()
const catalogue = join(folder, 'catalogue.csv')
const products = widened(sampleCatalogue(), Number(values.products))
writeFileSync(catalogue, products.csv)
const storefront = await startProcess(folder, { catalogue, withRules: false })
await fetch(`${storefront.address}/packaging-rules`, {
  method: 'PUT',
  headers: { authorization: `Bearer ${shopToken}`, 'content-type': 'application/json' },
  body: JSON.stringify(sampleRules()),
})
const customers = await customersWithCarts(storefront.address, products.skus, customerCount)

const rows: Record<string, string | number>[] = []
for (const [name, ask] of Object.entries(asked(products.names, products.skus))) {
  for (const isPausing of [false, true]) rows.push(await measure(name, ask, isPausing))
}
await storefront.stop()
rmSync(folder, { recursive: true })
const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}`)
console.log(`${customerCount} customers, ${products.skus.length} products; goal: p99 under ${goalMs} ms`)
console.table(rows)
if (rows.some((row) => row['failed'] !== 0 || Number(row['p99 ms']) >= goalMs)) process.exitCode = 1

type Ask = (customer: LoadCustomer, turn: number) => autocannon.Request

/** What customers do; each turn another word, another page, another basket. */
function asked(names: readonly string[], skus: readonly string[]): Record<string, Ask> {
  const word = (turn: number): string => encodeURIComponent(mistyped(names[(turn * 7919) % names.length] ?? '', turn))
  const sku = (turn: number): string => skus[(turn * 104_729) % skus.length] ?? ''
  const as = ({ cookie }: LoadCustomer, accept: string): { headers: Record<string, string> } => ({
    headers: { cookie, accept },
  })
  return {
    'search (JSON)': (customer, turn) => ({ path: `/search?q=${word(turn)}`, ...as(customer, 'application/json') }),
    'search (page)': (customer, turn) => ({ path: `/search?q=${word(turn)}`, ...as(customer, 'text/html') }),
    'cart, how it travels (page)': (customer) => ({ path: '/cart', ...as(customer, 'text/html') }),
    'cart changed (JSON)': (customer, turn) => ({
      method: 'PUT',
      path: '/cart',
      headers: { ...as(customer, 'application/json').headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        lines: [
          ...customer.lines.filter((line) => line.sku !== sku(turn)),
          { sku: sku(turn), quantity: 1 + (turn % 3) },
        ],
      }),
    }),
    'new basket previewed (JSON)': (customer, turn) => ({
      method: 'POST',
      path: '/cart/preview',
      headers: { ...as(customer, 'application/json').headers, 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [0, 1, 2, 3].map((n) => ({ sku: sku(turn * 4 + n), quantity: 1 })) }),
    }),
  }
}

async function measure(name: string, ask: Ask, isPausing: boolean): Promise<Record<string, string | number>> {
  let turn = 0
  if (isPausing) {
    const { sortedMs, failed, perSecond } = await paced(storefront.address, customers, {
      ask: (customer) => ask(customer, turn++),
      seconds,
    })
    const at = (share: number): number => Math.round(sortedMs[Math.floor(share * (sortedMs.length - 1))] ?? 0)
    const times = { 'p50 ms': at(0.5), 'p90 ms': at(0.9), 'p99 ms': at(0.99), 'max ms': at(1) }
    return { what: name, pause: '1 s', 'per s': Math.round(perSecond), ...times, failed }
  }
  let next = 0
  const result = await autocannon({
    url: storefront.address,
    connections: customerCount,
    duration: seconds,
    setupClient(client) {
      const customer = customers[next++ % customers.length]
      if (customer === undefined) throw new Error('no customer')
      // Made beforehand: making each one when it is needed would cost the generator more than the answer the server.
      client.setRequests(Array.from({ length: 50 }, () => ({ method: 'GET' as const, ...ask(customer, turn++) })))
    },
  })
  const { p50, p90, p99, max } = result.latency
  return {
    what: name,
    pause: 'none',
    'per s': Math.round(result.requests.average),
    'p50 ms': p50,
    'p90 ms': p90,
    'p99 ms': p99,
    'max ms': max,
    failed: result.errors + result.timeouts + result.non2xx,
  }
}
