import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import { shortCycle } from '../../kernel/cycles/cycle-search.ts'
import { shortDirectedPath } from './directed-search.ts'
import type { ExactPath, PathProblem } from './held-karp.ts'
import { oneTreeBound } from '../../kernel/cycles/tree-bound.ts'

/** A path with the proven least length of any. */
export interface BoundedPath extends ExactPath {
  readonly lowerBound: number
}

/**
 * A short path from start through all nodes to the end, for more nodes than Held-Karp takes. Symmetric distances are
 * searched as a closed tour with start and end tied together by an edge so cheap that every tour keeps it;
 * asymmetric ones directly. The bound is a 1-tree's over the smaller of both ways. All distances must be finite.
 */
export function searchedPath(
  problem: PathProblem,
  how: { readonly isSymmetric: boolean; readonly random: Random; readonly budget: Budget },
): BoundedPath {
  const closed = closedTour(problem)
  const path = how.isSymmetric ? throughCycle(problem, closed, how) : shortDirectedPath(problem, how.random, how.budget)
  const bound = oneTreeBound(closed, path.length - closed.tie) + closed.tie
  const isWhole = problem.matrix.every(Number.isInteger) && problem.fromStart.every(Number.isInteger)
  // Lengths in whole units are at least the next whole number above any bound.
  const lowerBound = isWhole ? Math.ceil(bound - 1e-6) : bound
  return { ...path, lowerBound: Math.max(0, Math.min(path.length, lowerBound)) }
}

interface ClosedTour {
  readonly count: number
  readonly matrix: Float64Array
  /** What the edge between start and end takes off the length of every tour. */
  readonly tie: number
}

/** Nodes 0 and 1 are start and end, node i + 2 is node i of the path. */
function closedTour({ count, fromStart, matrix, toEnd }: PathProblem): ClosedTour {
  const size = count + 2
  const closed = new Float64Array(size * size)
  let longest = 0
  const put = (a: number, b: number, length: number): void => {
    closed[a * size + b] = length
    closed[b * size + a] = length
    longest = Math.max(longest, length)
  }
  for (let i = 0; i < count; i++) {
    put(0, i + 2, fromStart[i] ?? 0)
    put(1, i + 2, toEnd[i] ?? 0)
    for (let j = 0; j < i; j++) put(i + 2, j + 2, Math.min(matrix[i * count + j] ?? 0, matrix[j * count + i] ?? 0))
  }
  const tie = 4 * longest + 1
  put(0, 1, -tie)
  return { count: size, matrix: closed, tie }
}

function throughCycle(
  problem: PathProblem,
  closed: ClosedTour,
  { random, budget }: { readonly random: Random; readonly budget: Budget },
): ExactPath {
  const cycle = shortCycle(closed, random, budget)
  // The cycle begins at the start; the end is its neighbour on one side.
  const order = (cycle[1] === 1 ? [0, ...cycle.slice(1).reverse()] : cycle).slice(1, -1).map((node) => node - 2)
  let length = (problem.fromStart[order[0] ?? 0] ?? 0) + (problem.toEnd[order[order.length - 1] ?? 0] ?? 0)
  for (let i = 0; i + 1 < order.length; i++) {
    length += problem.matrix[(order[i] ?? 0) * problem.count + (order[i + 1] ?? 0)] ?? 0
  }
  return { order, length }
}
