import { planPacking, verifyPacking } from '../../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { randomProblem } from './random-orders.ts'
import { secondCheck } from './second-check/index.ts'

/** What was seen of many random orders. Sums of numbers, so that shards can be added up. */
export interface Seen {
  readonly counts: { [name: string]: number }
  /** Seed of the problem and what is wrong with its plan. */
  readonly faults: { readonly seed: number; readonly what: string }[]
}

/** Plans the problem of every seed from `from` on until `orders` orders are planned, and has each plan judged twice. */
export function judgeOrders(
  { from, orders, step }: { readonly from: number; readonly orders: number; readonly step: number },
  onProgress: (done: number) => void = () => undefined,
): Seen {
  const seen: Seen = { counts: {}, faults: [] }
  for (let seed = from; (seen.counts['orders'] ?? 0) < orders; seed += step) {
    try {
      judgeOne(seed, seen)
    } catch (error) {
      seen.faults.push({ seed, what: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
    onProgress(seen.counts['orders'] ?? 0)
  }
  return seen
}

/** Most plans are made with the engine's own number of steps; some are cut short at once, some get little. */
const stepsBySeed: readonly (number | undefined)[] = [undefined, undefined, undefined, 0, undefined, 300]

function judgeOne(seed: number, seen: Seen): void {
  const problem = randomProblem(seed)
  const iterations = stepsBySeed[seed % stepsBySeed.length]
  const options = iterations === undefined ? {} : { budget: () => budgetOf({ iterations }) }
  const result = planPacking(problem, { seed, ...options })
  const count = (name: string, more = 1): void => void (seen.counts[name] = (seen.counts[name] ?? 0) + more)
  for (const violation of verifyPacking(problem, result))
    seen.faults.push({ seed, what: `verify: ${JSON.stringify(violation)}` })
  for (const finding of secondCheck(problem, result))
    seen.faults.push({ seed, what: `second check: ${JSON.stringify(finding)}` })
  for (const order of problem.orders)
    count(
      'pieces',
      order.items.reduce((sum, { quantity }) => sum + quantity, 0),
    )
  for (const { parcels, unpacked, proof } of result.orders) {
    count('orders')
    count('parcels', parcels.length)
    if (proof.fewestParcels) count('fewest proven')
    if (proof.best) count('best proven')
    for (const { why } of parcels) count(`parcel: ${why.code}`)
    for (const { reason, quantity } of unpacked) count(`refused: ${reason}`, quantity)
  }
}

/** Adds up what several shards have seen. */
export function together(parts: readonly Seen[]): Seen {
  const counts: { [name: string]: number } = {}
  for (const part of parts)
    for (const [name, count] of Object.entries(part.counts)) counts[name] = (counts[name] ?? 0) + count
  return { counts, faults: parts.flatMap((part) => part.faults) }
}
