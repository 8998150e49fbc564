import type { Budget } from '../../kernel/budget.ts'
import type { BatchLengths } from './batch-lengths.ts'

/** Orders to put on carts: how many picks each has, and how many a cart carries. */
export interface BatchSizes {
  readonly picks: readonly number[]
  readonly capacity: number
}

/**
 * Every order alone, then again and again the two batches joined whose joint walk saves most: Clarke and Wright 1964
 * with recomputed savings (de Koster, van der Poort and Wolters 1999). Ties: the batches with the lowest orders.
 * `orders` are rising indices. Returns batches of rising indices. Takes no steps from the budget; when its time is over
 * the next batch that fits is joined, without comparing. Cost O(n^2) walks measured, O(n^3) compared.
 */
export function savingsBatches(
  orders: readonly number[],
  sizes: BatchSizes,
  { lengths, budget }: { readonly lengths: BatchLengths; readonly budget: Budget },
): number[][] {
  const batches = orders.map((order) => [order])
  for (;;) {
    const join = bestJoin(batches, sizes, { lengths, budget })
    if (!join) return batches
    batches[join.a] = [...(batches[join.a] ?? []), ...(batches[join.b] ?? [])].sort((a, b) => a - b)
    batches.splice(join.b, 1)
  }
}

/** Picks that the orders of a batch need. */
export const picksIn = (batch: readonly number[], sizes: BatchSizes): number =>
  batch.reduce((sum, order) => sum + (sizes.picks[order] ?? 0), 0)

function bestJoin(
  batches: readonly (readonly number[])[],
  sizes: BatchSizes,
  { lengths, budget }: { readonly lengths: BatchLengths; readonly budget: Budget },
): { readonly a: number; readonly b: number } | undefined {
  let best: { a: number; b: number } | undefined
  // Nothing saved is good enough: fewer carts for the same walk.
  let bestSaving = -1e-9
  const picks = batches.map((batch) => picksIn(batch, sizes))
  for (let a = 0; a < batches.length; a++) {
    for (let b = a + 1; b < batches.length; b++) {
      if ((picks[a] ?? 0) + (picks[b] ?? 0) > sizes.capacity) continue
      const [first, second] = [batches[a] ?? [], batches[b] ?? []]
      const isHurried = !budget.spend(0)
      if (isHurried && best) return best
      const joint = lengths.of([...first, ...second].sort((x, y) => x - y))
      const saving = lengths.of(first) + lengths.of(second) - joint
      if (saving > bestSaving) {
        bestSaving = saving
        best = { a, b }
        if (isHurried) return best
      }
    }
  }
  return best
}
