import type { Budget } from '../../kernel/budget.ts'
import type { BatchLengths } from './batch-lengths.ts'
import type { BatchRules } from './batch-rules.ts'

/** Nothing saved is good enough: fewer carts for the same walk. */
const leastSaving = -1e-9

/**
 * Every order alone, then again and again the two batches joined whose joint walk saves most: Clarke and Wright 1964
 * with recomputed savings (de Koster, van der Poort and Wolters 1999). Ties: the batches with the lowest orders.
 * `orders` are rising indices. Returns batches of rising indices. Takes no steps from the budget; when its time is over
 * the next batch that fits is joined, without comparing. Cost O(n^2) walks measured, O(n^3) compared at worst.
 */
export function savingsBatches(
  orders: readonly number[],
  rules: BatchRules,
  { lengths, budget }: { readonly lengths: BatchLengths; readonly budget: Budget },
): number[][] {
  const batches = orders.map((order) => [order])
  const length = batches.map((batch) => lengths.of(batch))
  const join = (a: number, b: number): number[] => [...(batches[a] ?? []), ...(batches[b] ?? [])].sort((x, y) => x - y)
  const savingOf = (a: number, b: number): number => {
    const joint = join(a, b)
    if (!rules.fits(joint)) return -Infinity
    if (!budget.spend(0)) return 0
    return (length[a] ?? 0) + (length[b] ?? 0) - lengths.of(joint)
  }
  // savings[a][b] for a < b; a join changes one row and one column of it.
  const savings = batches.map((_, a) => batches.map((__, b) => (a < b ? savingOf(a, b) : -Infinity)))
  for (;;) {
    let best = { a: -1, b: -1, saving: leastSaving }
    savings.forEach((row, a) => {
      for (let b = a + 1; b < row.length; b++) {
        const saving = row[b] ?? -Infinity
        if (saving > best.saving) best = { a, b, saving }
      }
    })
    const { a, b } = best
    if (a === -1) return batches
    batches[a] = join(a, b)
    length[a] = lengths.of(batches[a] ?? [])
    batches.splice(b, 1)
    length.splice(b, 1)
    savings.splice(b, 1)
    for (const row of savings) row.splice(b, 1)
    for (let other = 0; other < batches.length; other++) {
      const [low, high] = other < a ? [other, a] : [a, other]
      const row = savings[low]
      if (row && low !== high) row[high] = savingOf(low, high)
    }
  }
}
