import type { Model } from './model.ts'

/** Stops up to which a single route is solved exactly: 4,096 subsets times 12. */
export const mostExactStops = 12

/**
 * The shortest order of all stops for one vehicle without windows, by dynamic programming over subsets (Held and Karp
 * 1962; Bellman 1962). Distances may be asymmetric. Ties: the stop with the lower number is visited later.
 * Cost O(2^n n^2).
 */
export function exactOrder(model: Model): readonly number[] {
  const { size, distance, kinds } = model
  const count = size - 1
  const returns = kinds[0]?.returns !== false
  const way = (from: number, to: number): number => distance[from * size + to] ?? Infinity
  const table = new Float64Array((1 << count) * count).fill(Infinity)
  const before = new Int8Array((1 << count) * count).fill(-1)
  for (let i = 0; i < count; i++) table[(1 << i) * count + i] = way(0, i + 1)
  for (let subset = 1; subset < 1 << count; subset++) {
    for (let last = 0; last < count; last++) {
      const length = table[subset * count + last] ?? Infinity
      if (length === Infinity) continue
      for (let next = 0; next < count; next++) {
        if (subset & (1 << next)) continue
        const at = (subset | (1 << next)) * count + next
        const through = length + way(last + 1, next + 1)
        if (through >= (table[at] ?? Infinity)) continue
        table[at] = through
        before[at] = last
      }
    }
  }
  const all = (1 << count) - 1
  let last = 0
  let best = Infinity
  for (let i = 0; i < count; i++) {
    const length = (table[all * count + i] ?? Infinity) + (returns ? way(i + 1, 0) : 0)
    if (length < best) [best, last] = [length, i]
  }
  const order: number[] = []
  for (let subset = all; last !== -1;) {
    order.push(last + 1)
    const earlier = before[subset * count + last] ?? -1
    subset &= ~(1 << last)
    last = earlier
  }
  return order.reverse()
}
