/** More nodes than this take too much memory; the table holds 2^n * n lengths (4 MB at 15). */
export const mostHeldKarpNodes = 15

/**
 * A path through nodes of a distance matrix. `matrix[from * count + to]`, Infinity = no way. `ends[i]` are added
 * after the last node i (0 for all: the path may end anywhere).
 */
export interface PathProblem {
  readonly count: number
  readonly fromStart: Float64Array
  readonly matrix: Float64Array
  readonly toEnd: Float64Array
}

export interface ExactPath {
  readonly order: readonly number[]
  readonly length: number
}

/**
 * The shortest path that visits as many nodes as can be visited by one path (all of them, where ways lead on),
 * by dynamic programming over subsets: Held and Karp 1962; Bellman 1962. Distances may be asymmetric. Ties: the
 * node with the lower index comes later. At most `mostHeldKarpNodes` nodes. Cost O(2^n n^2) time, O(2^n n) memory.
 */
export function heldKarp(problem: PathProblem): ExactPath {
  const { count, toEnd } = problem
  const table = lengthsBySubset(problem)
  let best = { size: 0, subset: 0, last: -1, length: Infinity }
  for (let subset = 1; subset < 1 << count; subset++) {
    const size = bitsOf(subset)
    if (size < best.size) continue
    for (let last = 0; last < count; last++) {
      const length = (table[subset * count + last] ?? Infinity) + (toEnd[last] ?? Infinity)
      if (length < Infinity && (size > best.size || length < best.length)) best = { size, subset, last, length }
    }
  }
  if (best.last === -1) return { order: [], length: Infinity }
  return { order: backwards(problem, table, best), length: best.length }
}

function lengthsBySubset({ count, fromStart, matrix }: PathProblem): Float64Array {
  const table = new Float64Array((1 << count) * count).fill(Infinity)
  for (let i = 0; i < count; i++) table[(1 << i) * count + i] = fromStart[i] ?? Infinity
  for (let subset = 1; subset < 1 << count; subset++) {
    for (let last = 0; last < count; last++) {
      const length = table[subset * count + last] ?? Infinity
      if (length === Infinity) continue
      for (let next = 0; next < count; next++) {
        if (subset & (1 << next)) continue
        const at = (subset | (1 << next)) * count + next
        const through = length + (matrix[last * count + next] ?? Infinity)
        if (through < (table[at] ?? Infinity)) table[at] = through
      }
    }
  }
  return table
}

/** Walks the table back: the node before `last` is the first one whose length explains the entry. */
function backwards(
  { count, matrix }: PathProblem,
  table: Float64Array,
  best: { readonly subset: number; readonly last: number },
): readonly number[] {
  const order = [best.last]
  let { subset, last } = best
  for (;;) {
    const rest = subset & ~(1 << last)
    if (rest === 0) return order.reverse()
    const length = table[subset * count + last] ?? Infinity
    let before = -1
    for (let i = 0; i < count && before === -1; i++) {
      if (
        rest & (1 << i) &&
        (table[rest * count + i] ?? Infinity) + (matrix[i * count + last] ?? Infinity) === length
      ) {
        before = i
      }
    }
    order.push(before)
    subset = rest
    last = before
  }
}

function bitsOf(subset: number): number {
  let count = 0
  for (let rest = subset; rest !== 0; rest &= rest - 1) count++
  return count
}
