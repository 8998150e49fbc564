import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import type { BatchLengths } from './batch-lengths.ts'
import { picksIn, type BatchSizes } from './batch-savings.ts'

/** Temperature at the start and end as a share of a batch's mean length; tuned on the shared batching set. */
const hottest = 0.1
const coldest = 0.005

export interface Batching {
  readonly sizes: BatchSizes
  readonly lengths: BatchLengths
}

/**
 * `iterations` is the length of the first cooling; each further one starts hot from the best so far and is `growth`
 * times as long, so that a search that may be stopped at any time has always cooled down lately.
 */
export interface Cooling {
  readonly random: Random
  readonly budget: Budget
  readonly iterations: number
  readonly growth: number
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over two moves: an order changes its batch (or gets its
 * own), two orders of different batches change places; lengths are those of shortest walks. Returns the best
 * batches met. One move = one budget step.
 */
export function annealedBatches(
  start: readonly (readonly number[])[],
  batching: Batching,
  cooling: Cooling,
): readonly (readonly number[])[] {
  const { random, budget, iterations, growth } = cooling
  const state = new BatchState(start, batching)
  let best = state.copy()
  let bestLength = state.length
  const scale = state.length / Math.max(1, start.length)
  let coolingLength = iterations
  for (let turn = 0; budget.spend(); turn++) {
    if (turn >= coolingLength) {
      turn = 0
      coolingLength = Math.ceil(coolingLength * growth)
      state.reset(best)
    }
    const temperature = scale * hottest * (coldest / hottest) ** (turn / coolingLength)
    const change = state.propose(random)
    if (!(change <= -temperature * Math.log(1 - random.unit()))) continue
    state.accept()
    if (state.length < bestLength - 1e-9) {
      bestLength = state.length
      best = state.copy()
    }
  }
  return best
}

interface Proposal {
  readonly a: number
  readonly b: number
  readonly newA: number[]
  readonly newB: number[]
  readonly change: number
}

class BatchState {
  length = 0
  #batches: number[][] = []
  #proposal: Proposal | undefined
  readonly #batching: Batching

  constructor(start: readonly (readonly number[])[], batching: Batching) {
    this.#batching = batching
    this.reset(start)
  }

  reset(batches: readonly (readonly number[])[]): void {
    this.#batches = batches.map((batch) => batch.slice())
    this.length = batches.reduce((sum, batch) => sum + this.#batching.lengths.of(batch), 0)
  }

  copy(): readonly (readonly number[])[] {
    return this.#batches.map((batch) => batch.slice())
  }

  /** Thinks up a move and returns how much longer it makes the walks; Infinity when it is not allowed. */
  propose(random: Random): number {
    this.#proposal = undefined
    const a = random.below(this.#batches.length)
    const from = this.#batches[a] ?? []
    const order = from[random.below(from.length)] ?? -1
    // One number past the last batch stands for a new one.
    const b = random.below(this.#batches.length + 1)
    if (a === b) return Infinity
    const to = this.#batches[b] ?? []
    const isSwap = to.length > 0 && random.below(2) === 1
    const other = isSwap ? to[random.below(to.length)] : undefined
    const newA = sorted(from, order, other)
    const newB = sorted(to, other, order)
    const { sizes, lengths } = this.#batching
    if (picksIn(newA, sizes) > sizes.capacity || picksIn(newB, sizes) > sizes.capacity) return Infinity
    const lengthOf = (batch: readonly number[]): number => (batch.length === 0 ? 0 : lengths.of(batch))
    const change = lengthOf(newA) + lengthOf(newB) - lengthOf(from) - lengthOf(to)
    this.#proposal = { a, b, newA, newB, change }
    return change
  }

  accept(): void {
    const proposal = this.#proposal
    if (!proposal) return
    this.#batches[proposal.a] = proposal.newA
    this.#batches[proposal.b] = proposal.newB
    if (proposal.newA.length === 0) this.#batches.splice(proposal.a, 1)
    this.length += proposal.change
  }
}

/** The batch without one order and with another, rising. */
function sorted(batch: readonly number[], without: number | undefined, withOrder: number | undefined): number[] {
  const kept = batch.filter((order) => order !== without)
  if (withOrder !== undefined) kept.push(withOrder)
  return kept.sort((a, b) => a - b)
}
