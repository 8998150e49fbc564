import type { Budget } from '../../kernel/budget.ts'
import type { BatchLengths } from './batch-lengths.ts'
import type { BatchRules } from './batch-rules.ts'

/** More orders than this have too many subsets: 4,095 walks and 531,441 splits at 12. */
export const mostPartitionOrders = 12

/**
 * The partition of the orders into batches with the least length in all, by dynamic programming over subsets: the
 * best partition of a set is its best batch that holds the lowest order, plus the best partition of the rest.
 * Ties: the largest batch with the lowest order. Every order alone fits. Undefined when the budget's time is over
 * before all walks are measured; it takes no steps from it. Cost O(3^n) after 2^n walks.
 */
export function bestPartition(
  orders: readonly number[],
  rules: BatchRules,
  { lengths, budget }: { readonly lengths: BatchLengths; readonly budget: Budget },
): number[][] | undefined {
  const all = (1 << orders.length) - 1
  const lengthOf = new Float64Array(all + 1).fill(Infinity)
  const membersOf = (subset: number): number[] => orders.filter((_, i) => (subset & (1 << i)) !== 0)
  for (let subset = 1; subset <= all; subset++) {
    const members = membersOf(subset)
    if (!budget.spend(0)) return undefined
    if (rules.fits(members)) lengthOf[subset] = lengths.of(members)
  }
  const best = new Float64Array(all + 1).fill(Infinity)
  const batchOf = new Int32Array(all + 1)
  best[0] = 0
  for (let set = 1; set <= all; set++) {
    const lowest = set & -set
    const others = set ^ lowest
    // From the whole set down to the lowest order alone.
    for (let part = others; ; part = (part - 1) & others) {
      const batch = part | lowest
      const length = (lengthOf[batch] ?? Infinity) + (best[set ^ batch] ?? Infinity)
      if (length < (best[set] ?? Infinity)) {
        best[set] = length
        batchOf[set] = batch
      }
      if (part === 0) break
    }
    // An order whose walk could not be measured stays alone.
    if (batchOf[set] === 0) batchOf[set] = lowest
  }
  const batches: number[][] = []
  for (let set = all; set !== 0; set ^= batchOf[set] ?? set) batches.push(membersOf(batchOf[set] ?? set))
  return batches
}
