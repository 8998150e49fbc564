import { distanceBetween, type TourPlace, type TourProblem } from '../../../../src-main/engines/picking/index.ts'

/** The most picks that any order can visit, and the least length of such an order, by trying all of them. */
export function bestOrder(problem: TourProblem): { readonly picks: number; readonly length: number } {
  const places = [problem.start, problem.end, ...problem.picks]
  const table = places.map((from) => places.map((to) => distanceBetween(problem.floor, from, to)))
  const hasEnd = (table[0]?.[1] ?? Infinity) < Infinity
  let best = { picks: -1, length: Infinity }
  const isUsed = places.map(() => false)
  const extend = (last: number, length: number, picks: number): void => {
    const total = length + (hasEnd ? (table[last]?.[1] ?? Infinity) : 0)
    if (total < Infinity && (picks > best.picks || (picks === best.picks && total < best.length))) {
      best = { picks, length: total }
    }
    for (let next = 2; next < places.length; next++) {
      const way = table[last]?.[next] ?? Infinity
      if (isUsed[next] || way === Infinity) continue
      isUsed[next] = true
      extend(next, length + way, picks + 1)
      isUsed[next] = false
    }
  }
  extend(0, 0, 0)
  return best
}

/** Least length of all ways to share orders out, each batch walked in its best order. */
export function bestBatching(
  problem: Omit<TourProblem, 'picks'> & {
    readonly orders: readonly (readonly TourPlace[])[]
    readonly capacity: number
  },
): number {
  const { floor, start, end, orders, capacity } = problem
  const lengthOf = (batch: readonly number[]): number => {
    const picks = batch.flatMap((order) => orders[order] ?? [])
    return picks.length > capacity ? Infinity : bestOrder({ id: '', floor, start, end, picks }).length
  }
  const share = (next: number, batches: readonly (readonly number[])[]): number => {
    if (next === orders.length) return batches.reduce((sum, batch) => sum + lengthOf(batch), 0)
    let best = share(next + 1, [...batches, [next]])
    batches.forEach((batch, i) => {
      best = Math.min(best, share(next + 1, batches.with(i, [...batch, next])))
    })
    return best
  }
  return share(0, [])
}
