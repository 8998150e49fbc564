import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { judgeOrders, together, type Seen } from '../property/engines/packing/judge.ts'

/**
 * `npm run fuzz:packing [-- orders [first seed]]`: random orders with every rule, planned and judged by verify and by the
 * second check, in as many threads as there are cores. Prints what it saw; exit 1 when a plan is wrong, 2 for words that
 * are no numbers.
 */
interface Shard {
  readonly from: number
  readonly orders: number
  readonly step: number
}

type Told = { readonly done: number } | { readonly seen: Seen }

/** Orders after which a thread says how far it is. */
const ordersBetweenWords = 500
/** More faults than this tell nothing new. */
const mostShown = 20

function work(shard: Shard): void {
  let said = 0
  const seen = judgeOrders(shard, (done) => {
    if (done - said < ordersBetweenWords) return
    said = done
    parentPort?.postMessage({ done } satisfies Told)
  })
  parentPort?.postMessage({ seen } satisfies Told)
}

function run(shard: Shard, onDone: (done: number) => void): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: shard })
    worker.on('message', (told: Told) => ('seen' in told ? resolve(told.seen) : onDone(told.done)))
    worker.on('error', reject)
  })
}

async function main(): Promise<number> {
  const [orders = 1_000_000, first = 1] = process.argv.slice(2).map(Number)
  if (!Number.isSafeInteger(orders) || orders < 1 || !Number.isSafeInteger(first)) {
    console.error(
      'fuzz: expected a number of orders and perhaps a first seed, such as: npm run fuzz:packing -- 100000 7',
    )
    return 2
  }
  const threads = availableParallelism()
  const startedMs = performance.now()
  const cpu = process.cpuUsage()
  const done = Array.from({ length: threads }, () => 0)
  const progress = setInterval(() => {
    const sum = done.reduce((all, each) => all + each, 0)
    process.stderr.write(`${sum} of ${orders} orders, ${Math.round((performance.now() - startedMs) / 1000)} s\n`)
  }, 20_000)
  const shards = done.map((_none, at) =>
    run({ from: first + at, step: threads, orders: Math.ceil(orders / threads) }, (far) => (done[at] = far)),
  )
  const { counts, faults } = together(await Promise.all(shards))
  clearInterval(progress)
  const { user, system } = process.cpuUsage(cpu)
  console.table(counts)
  console.log(`${faults.length} faults, ${Math.round((user + system) / 1e6)} CPU-s in ${threads} threads`)
  for (const { seed, what } of faults.slice(0, mostShown)) console.log(`seed ${seed}: ${what}`)
  return faults.length > 0 ? 1 : 0
}

if (isMainThread) process.exitCode = await main()
else work(workerData as Shard) // what `run` hands over
