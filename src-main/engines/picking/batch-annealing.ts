import type { Budget } from '../../kernel/budget.ts'
import type { Random } from '../../kernel/random.ts'
import type { BatchLengths } from './batch-lengths.ts'
import type { BatchRules, OrdersWalked } from './batch-rules.ts'

/** Temperature at the start and end as a share of a batch's mean length; the best of eight pairs on seeded orders. */
const hottest = 0.1
const coldest = 0.002
/** Progress is told once in so many moves. */
const movesBetweenReports = 1024

export interface Batching {
  readonly rules: BatchRules
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
  readonly onMoves?: (() => void) | undefined
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over three moves: an order changes its batch (or
 * gets its own), two orders of different batches change places, or two against one, which nearly full carts need; lengths are those of shortest walks, and lateness has its
 * price. Returns the best batches met. One move = one budget step.
 */
export function annealedBatches(
  start: readonly (readonly number[])[],
  batching: Batching,
  cooling: Cooling,
): readonly (readonly number[])[] {
  const { random, budget, iterations, growth } = cooling
  const state = new BatchState(start, batching)
  let best = state.copy()
  let bestCost = state.cost
  const scale = state.cost / Math.max(1, start.length)
  let coolingLength = iterations
  for (let turn = 0, done = 1; budget.spend(); turn++, done++) {
    if (done % movesBetweenReports === 0) cooling.onMoves?.()
    if (turn >= coolingLength) {
      turn = 0
      coolingLength = Math.ceil(coolingLength * growth)
      state.reset(best)
    }
    const temperature = scale * hottest * (coldest / hottest) ** (turn / coolingLength)
    const change = state.propose(random)
    if (!(change <= -temperature * Math.log(1 - random.unit()))) continue
    state.accept()
    if (state.cost < bestCost - 1e-9) {
      bestCost = state.cost
      best = state.copy()
    }
  }
  return best
}

interface Proposal {
  readonly a: number
  readonly b: number
  readonly newA: OrdersWalked
  readonly newB: OrdersWalked
  readonly change: number
}

const noWalk: OrdersWalked = { orders: [], length: 0 }

class BatchState {
  cost = 0
  #walks: OrdersWalked[] = []
  #lateness = 0
  #proposal: Proposal | undefined
  readonly #batching: Batching

  constructor(start: readonly (readonly number[])[], batching: Batching) {
    this.#batching = batching
    this.reset(start)
  }

  reset(batches: readonly (readonly number[])[]): void {
    this.#walks = batches.map((batch) => this.#walked(batch))
    this.#lateness = this.#batching.rules.lateness(this.#walks)
    const length = this.#walks.reduce((sum, walk) => sum + walk.length, 0)
    this.cost = length + this.#batching.rules.latePrice * this.#lateness
  }

  #walked(orders: readonly number[]): OrdersWalked {
    if (orders.length === 0) return noWalk
    return { orders, length: this.#batching.lengths.of(orders) }
  }

  copy(): readonly (readonly number[])[] {
    return this.#walks.map(({ orders }) => orders)
  }

  /** Thinks up a move and returns how much more it makes the plan cost; Infinity when it is not allowed. */
  propose(random: Random): number {
    this.#proposal = undefined
    const a = random.below(this.#walks.length)
    const from = this.#walks[a] ?? noWalk
    const order = from.orders[random.below(from.orders.length)] ?? -1
    // One number past the last batch stands for a new one.
    const b = random.below(this.#walks.length + 1)
    if (a === b) return Infinity
    const to = this.#walks[b] ?? noWalk
    const isSwap = to.orders.length > 0 && random.below(2) === 1
    const out = isSwap && random.below(3) === 0 ? two(from.orders, order, random) : [order]
    const back = isSwap ? [to.orders[random.below(to.orders.length)] ?? -1] : []
    const ordersA = exchanged(from.orders, out, back)
    const ordersB = exchanged(to.orders, back, out)
    const { rules } = this.#batching
    if (!rules.fits(ordersB) || (isSwap && !rules.fits(ordersA))) return Infinity
    const newA = this.#walked(ordersA)
    const newB = this.#walked(ordersB)
    let change = newA.length + newB.length - from.length - to.length
    if (rules.hasDueTimes) {
      change += rules.latePrice * (rules.lateness(changed(this.#walks, { a, b, newA, newB })) - this.#lateness)
    }
    this.#proposal = { a, b, newA, newB, change }
    return change
  }

  accept(): void {
    const proposal = this.#proposal
    if (!proposal) return

    this.#walks = changed(this.#walks, proposal)
    if (this.#batching.rules.hasDueTimes) this.#lateness = this.#batching.rules.lateness(this.#walks)
    this.cost += proposal.change
  }
}

function changed(walks: readonly OrdersWalked[], { a, b, newA, newB }: Omit<Proposal, 'change'>): OrdersWalked[] {
  const next = walks.slice()
  next[a] = newA
  next[b] = newB
  if (newA.orders.length === 0) next.splice(a, 1)
  return next
}

/** The order and another of its batch, where there is one. */
function two(batch: readonly number[], order: number, random: Random): readonly number[] {
  const other = batch[random.below(batch.length)] ?? order
  return other === order ? [order] : [order, other]
}

/** The batch without some orders and with others. */
function exchanged(batch: readonly number[], without: readonly number[], added: readonly number[]): number[] {
  const kept: number[] = []
  for (const order of batch) if (order !== without[0] && order !== without[1]) kept.push(order)
  for (const order of added) kept.push(order)
  return kept
}
