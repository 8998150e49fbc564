import type { Budget } from '../budget.ts'
import type { Random } from '../random.ts'

/** Nodes looked at from each node, nearest first; of 5 to 10 this found the shortest tours in equal time (tsplib). */
const neighbourCount = 6
/** Longest stretch a kick moves; of 10 to 50 this found the shortest tours in equal time (tsplib). */
const longestKick = 40
/** Differences below this are rounding, not gains. */
const leastGain = 1e-7

/** Symmetric distances of a closed tour: `matrix[a * count + b]`. */
export interface CycleProblem {
  readonly count: number
  readonly matrix: Float64Array
}

/**
 * A short closed tour by iterated local search: nearest neighbour, then 2-opt (Croes 1958) and Or-opt (Or 1976)
 * over neighbour lists with a queue of nodes worth looking at (Bentley 1992), then small double-bridge kicks (Martin,
 * Otto and Felten 1991) that are mended locally and undone unless they gain. Every change is a chain of reversals, so
 * undoing is reversing again. One kick = one budget step. Same random stream and budget, same tour.
 */
export function shortCycle(problem: CycleProblem, random: Random, budget: Budget): readonly number[] {
  if (problem.count < 4) return Array.from({ length: problem.count }, (_, i) => i)
  const tour = new CycleSearch(problem)
  tour.settleAll()
  if (problem.count >= 8) {
    while (budget.spend()) tour.kick(random)
  }
  return tour.result()
}

class CycleSearch {
  readonly #count: number
  readonly #matrix: Float64Array
  readonly #neighbours: Int32Array
  readonly #width: number
  readonly #order: Int32Array
  readonly #position: Int32Array
  /** Pairs of positions reversed since the last kick. */
  readonly #journal: number[] = []
  readonly #queue: number[] = []
  readonly #isQueued: Uint8Array

  constructor({ count, matrix }: CycleProblem) {
    this.#count = count
    this.#matrix = matrix
    this.#width = Math.min(neighbourCount, count - 1)
    this.#neighbours = nearestNodes(count, matrix, this.#width)
    this.#order = nearestNeighbourTour(count, matrix)
    this.#position = new Int32Array(count)
    this.#order.forEach((node, i) => (this.#position[node] = i))
    this.#isQueued = new Uint8Array(count)
  }

  /** Local search from everywhere. */
  settleAll(): void {
    for (let i = 0; i < this.#count; i++) this.#enqueue(this.#order[i] ?? 0)
    this.#settle()
    this.#journal.length = 0
  }

  /** The tour, beginning at node 0. */
  result(): readonly number[] {
    const first = this.#position[0] ?? 0
    return Array.from({ length: this.#count }, (_, i) => this.#order[(first + i) % this.#count] ?? 0)
  }

  /** Exchanges two neighbouring short stretches, mends, and takes everything back unless the tour got no longer. */
  kick(random: Random): void {
    const longest = Math.min(longestKick, Math.floor((this.#count - 2) / 2))
    const at = random.below(this.#count)
    const first = 1 + random.below(longest)
    const second = 1 + random.below(longest)
    this.#journal.length = 0
    let change = this.#exchange(at, first, second)
    change += this.#settle()
    if (change > leastGain) this.#undo()
  }

  #distance(a: number, b: number): number {
    return this.#matrix[a * this.#count + b] ?? Infinity
  }

  #at(position: number): number {
    const count = this.#count
    return this.#order[position >= count ? position - count : position < 0 ? position + count : position] ?? 0
  }

  #next(node: number): number {
    return this.#at((this.#position[node] ?? 0) + 1)
  }

  #before(node: number): number {
    return this.#at((this.#position[node] ?? 0) - 1)
  }

  #enqueue(node: number): void {
    if (this.#isQueued[node] === 1) return
    this.#isQueued[node] = 1
    this.#queue.push(node)
  }

  /** Turns round the stretch between two positions, or its complement when that is shorter: the same cycle. */
  #reverse(from: number, to: number): void {
    const count = this.#count
    let length = to - from + 1
    if (length <= 0) length += count
    let [i, j] = [from, to]
    if (2 * length > count) {
      i = to + 1 === count ? 0 : to + 1
      j = from === 0 ? count - 1 : from - 1
      length = count - length
    }
    const order = this.#order
    const position = this.#position
    for (let swaps = length >> 1; swaps > 0; swaps--) {
      const a = order[i] ?? 0
      const b = order[j] ?? 0
      order[i] = b
      position[b] = i
      order[j] = a
      position[a] = j
      i = i + 1 === count ? 0 : i + 1
      j = j === 0 ? count - 1 : j - 1
    }
  }

  /**
   * The 2-opt move on nodes: b follows a and d follows c, read in either direction; a-b and c-d give way to a-c and
   * b-d. Which way round the array holds the cycle afterwards is left open.
   */
  #flip(a: number, b: number, [c, d]: readonly [number, number]): void {
    const isForward = this.#next(a) === b && this.#next(c) === d
    const first = this.#position[isForward ? b : a] ?? 0
    const last = this.#position[isForward ? c : d] ?? 0
    this.#journal.push(first, last)
    this.#reverse(first, last)
  }

  #undo(): void {
    for (let i = this.#journal.length - 2; i >= 0; i -= 2) {
      this.#reverse(this.#journal[i] ?? 0, this.#journal[i + 1] ?? 0)
    }
    this.#journal.length = 0
  }

  /** Swaps the stretch of `first` nodes after position `at` with the `second` nodes behind it; returns the change. */
  #exchange(at: number, first: number, second: number): number {
    const p = this.#at(at)
    const a1 = this.#wrapped(at + 1)
    const a2 = this.#wrapped(at + first)
    const b1 = this.#wrapped(at + first + 1)
    const b2 = this.#wrapped(at + first + second)
    const q = this.#wrapped(at + first + second + 1)
    this.#flip(p, a1, [b2, q])
    this.#flip(p, b2, [b1, a2])
    this.#flip(b2, a2, [a1, q])
    this.#enqueueAll([p, a1, a2, b1, b2, q])
    const removed = this.#distance(p, a1) + this.#distance(a2, b1) + this.#distance(b2, q)
    return this.#distance(p, b1) + this.#distance(b2, a1) + this.#distance(a2, q) - removed
  }

  #wrapped(position: number): number {
    const count = this.#count
    return this.#order[((position % count) + count) % count] ?? 0
  }

  #enqueueAll(nodes: readonly number[]): void {
    for (const node of nodes) this.#enqueue(node)
  }

  #settle(): number {
    let change = 0
    for (let node = this.#queue.pop(); node !== undefined; node = this.#queue.pop()) {
      this.#isQueued[node] = 0
      for (let gain = this.#improveAt(node); gain < 0; gain = this.#improveAt(node)) change += gain
    }
    return change
  }

  #improveAt(node: number): number {
    const byTurning = this.#twoOpt(node)
    if (byTurning < 0) return byTurning
    const byMoving = this.#orOpt(node, 1)
    return byMoving < 0 ? byMoving : this.#orOpt(node, -1)
  }

  #twoOpt(a: number): number {
    const next = this.#next(a)
    const before = this.#before(a)
    const toNext = this.#distance(a, next)
    const toBefore = this.#distance(a, before)
    for (let k = 0; k < this.#width; k++) {
      const c = this.#neighbours[a * this.#width + k] ?? 0
      const toC = this.#distance(a, c)
      if (toC >= toNext && toC >= toBefore) break
      const cNext = this.#next(c)
      const change = toC + this.#distance(next, cNext) - toNext - this.#distance(c, cNext)
      if (change < -leastGain) {
        this.#flip(a, next, [c, cNext])
        this.#enqueueAll([a, next, c, cNext])
        return change
      }
      const cBefore = this.#before(c)
      const other = toC + this.#distance(before, cBefore) - toBefore - this.#distance(c, cBefore)
      if (other < -leastGain) {
        this.#flip(a, before, [c, cBefore])
        this.#enqueueAll([a, before, c, cBefore])
        return other
      }
    }
    return 0
  }

  /**
   * Moves the stretch of one to three nodes that begins at `a` and runs in direction `step` to a neighbour of `a`,
   * with `a` touching it, on either side.
   */
  #orOpt(a: number, step: 1 | -1): number {
    const start = this.#position[a] ?? 0
    const outerA = this.#wrapped(start - step)
    const toOuter = this.#distance(outerA, a)
    for (let k = 0; k < this.#width; k++) {
      const c = this.#neighbours[a * this.#width + k] ?? 0
      const toC = this.#distance(a, c)
      if (toC >= toOuter) break
      const longest = Math.min(3, this.#count - 3)
      for (let length = 1; length <= longest; length++) {
        const b = this.#wrapped(start + step * (length - 1))
        if (b === c) break
        const outerB = this.#wrapped(start + step * length)
        const gain = toOuter + this.#distance(b, outerB) - toC - this.#distance(outerA, outerB)
        const change = this.#putBeside({ a, b, outerA, outerB, c, gain, step })
        if (change < 0) return change
      }
    }
    return 0
  }

  #putBeside(move: Relocation): number {
    const { b, c, gain, step } = move
    const at = this.#position[c] ?? 0
    const ahead = this.#wrapped(at + step)
    const aheadChange = this.#distance(b, ahead) - this.#distance(c, ahead) - gain
    if (aheadChange < -leastGain && c !== move.outerA) {
      this.#relocate(move, { x: c, y: ahead, isTurned: false })
      return aheadChange
    }
    const behind = this.#wrapped(at - step)
    const behindChange = this.#distance(b, behind) - this.#distance(c, behind) - gain
    if (behindChange < -leastGain && c !== move.outerB) {
      this.#relocate(move, { x: behind, y: c, isTurned: true })
      return behindChange
    }
    return 0
  }

  /** Puts the stretch between x and y, which follow each other in the direction of the stretch. */
  #relocate(move: Relocation, to: { readonly x: number; readonly y: number; readonly isTurned: boolean }): void {
    const { a, b, outerA, outerB } = move
    const { x, y, isTurned } = to
    this.#flip(outerA, a, [x, y])
    if (x !== outerB) this.#flip(outerA, x, [outerB, b])
    if (!isTurned && a !== b) this.#flip(x, b, [a, y])
    this.#enqueueAll([a, b, outerA, outerB, x, y])
  }
}

/** A stretch a..b between outerA and outerB that shall touch c with its end a; `gain` without the edge beside c. */
interface Relocation {
  readonly a: number
  readonly b: number
  readonly outerA: number
  readonly outerB: number
  readonly c: number
  readonly gain: number
  readonly step: 1 | -1
}

/** The `width` nearest nodes of each node, from near to far; ties by number. Cost O(n^2 width). */
function nearestNodes(count: number, matrix: Float64Array, width: number): Int32Array {
  const neighbours = new Int32Array(count * width)
  for (let a = 0; a < count; a++) {
    const first = a * width
    let kept = 0
    const toA = (node: number): number => matrix[a * count + node] ?? Infinity
    for (let node = 0; node < count; node++) {
      if (node === a) continue
      let at = kept < width ? kept++ : width
      // The nodes come by rising number, so an equal one that is there already stays in front.
      for (; at > 0 && toA(node) < toA(neighbours[first + at - 1] ?? 0); at--) {
        if (at < width) neighbours[first + at] = neighbours[first + at - 1] ?? 0
      }
      if (at < width) neighbours[first + at] = node
    }
  }
  return neighbours
}

function nearestNeighbourTour(count: number, matrix: Float64Array): Int32Array {
  const order = new Int32Array(count)
  const isTaken = new Uint8Array(count)
  isTaken[0] = 1
  for (let i = 1; i < count; i++) {
    const last = order[i - 1] ?? 0
    let nearest = -1
    for (let v = 0; v < count; v++) {
      if (isTaken[v] === 1) continue
      if (nearest === -1 || (matrix[last * count + v] ?? 0) < (matrix[last * count + nearest] ?? 0)) nearest = v
    }
    isTaken[nearest] = 1
    order[i] = nearest
  }
  return order
}
