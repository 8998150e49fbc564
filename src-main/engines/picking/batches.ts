import { budgetOf } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { annealedBatches } from './batch-annealing.ts'
import { batchLengths, type BatchLengths } from './batch-lengths.ts'
import { bestPartition, mostPartitionOrders } from './batch-partition.ts'
import { batchRules, overload, timetable } from './batch-rules.ts'
import { savingsBatches } from './batch-savings.ts'
import { planTour } from './tour.ts'
import type { Batch, BatchProblem, BatchResult, Place, PlanOptions, UnbatchedOrder } from './types.ts'
import { requireOnFloor } from './validate-floor.ts'

/** Annealing moves when no budget is handed in: per order, in all, and so that 100 orders take less than a second. */
const movesPerOrder = 20_000
const mostMoves = 700_000
const mostWork = 3_000_000
/** A move measures two walks. */
const walksPerMove = 2
/** However long a walk takes to measure, a search makes this many moves. */
const leastMoves = 1000
/** Coolings that share those moves, each from the best so far: one long one did best on seeded orders. */
const coolings = 1
/** With a budget of unknown length the first cooling is this much shorter than all moves together. */
const firstCoolingShare = 32

/**
 * Shares orders out to carts of `capacity` picks so that all walks together are as short as the search finds, each
 * walk planned by `planTour`. Up to 12 orders on exact floors the best of all partitions is found and `optimal` said;
 * above that savings, then annealing. Batches come in the order of their lowest order; orders without picks travel
 * with the first batch that exists (or make one). An order that cannot be taken is data (`unbatched`).
 * Same problem, seed and budget: same result. Throws ERR_INPUT_INVALID as `planTour`.
 */
export function planBatches(problem: BatchProblem, options: PlanOptions = {}): BatchResult {
  const startedMs = options.now?.() ?? 0
  requireOnFloor(problem.floor, [problem.start, problem.end], (i) => (i === 0 ? 'start' : 'end'))
  problem.orders.forEach((places, i) => requireOnFloor(problem.floor, places, (k) => `orders[${i}][${k}]`))
  const lengths = batchLengths(problem)
  const { unbatched, orders } = impossibleOrders(problem, lengths)
  const chosen = chosenBatches(problem, { orders, lengths }, options)
  const batches = chosen.batches
    .map((batch) =>
      batchOf(
        problem,
        batch.slice().sort((a, b) => a - b),
        options,
      ),
    )
    .sort((a, b) => (a.batch.orders[0] ?? 0) - (b.batch.orders[0] ?? 0))
  return {
    id: problem.id,
    batches: problem.pace ? withTimes(problem, batches) : batches.map(({ batch }) => batch),
    length: batches.reduce((sum, { batch }) => sum + batch.length, 0),
    optimal: chosen.isBest && batches.every(({ isShortest }) => isShortest),
    ...(unbatched.length > 0 ? { unbatched } : {}),
    ms: (options.now?.() ?? 0) - startedMs,
  }
}

function withTimes(problem: BatchProblem, planned: readonly { readonly batch: Batch }[]): readonly Batch[] {
  const times = timetable(
    problem,
    planned.map(({ batch }) => batch),
  )
  return planned.map(({ batch }, i) => ({ ...batch, ...times[i] }))
}

interface Impossible {
  readonly unbatched: readonly UnbatchedOrder[]
  /** Orders that a cart can take, rising. */
  readonly orders: readonly number[]
}

function impossibleOrders(problem: BatchProblem, lengths: BatchLengths): Impossible {
  const { floor, start, end } = problem
  const unbatched: UnbatchedOrder[] = []
  const orders: number[] = []
  problem.orders.forEach((picks, order) => {
    const tooMuch = overload(problem, order)
    if (tooMuch) {
      unbatched.push(tooMuch)
      return
    }
    const unreachable =
      lengths.of([order]) < Infinity ? 0 : planTour({ id: '', floor, start, end, picks }).unreachable.length
    if (unreachable === 0) orders.push(order)
    else unbatched.push({ order, reason: 'unreachable', facts: { picks: picks.length, unreachable } })
  })
  return { unbatched, orders }
}

interface Chosen {
  readonly batches: readonly (readonly number[])[]
  readonly isBest: boolean
}

function chosenBatches(
  problem: BatchProblem,
  { orders, lengths }: { readonly orders: readonly number[]; readonly lengths: BatchLengths },
  options: PlanOptions,
): Chosen {
  if (orders.length === 0) return { batches: [], isBest: true }
  const rules = batchRules(problem)
  const affordable = Math.max(leastMoves, Math.floor(mostWork / (walksPerMove * lengths.work)))
  const iterations = Math.min(mostMoves, movesPerOrder * orders.length, affordable)
  const budget = options.budget ?? budgetOf({ iterations, isCancelled: options.isCancelled })
  if (orders.length <= mostPartitionOrders && !rules.hasDueTimes) {
    const batches = bestPartition(orders, rules, { lengths, budget })
    if (batches) return { batches, isBest: lengths.isExact }
  }
  const start = savingsBatches(orders, rules, { lengths, budget })
  const random = seededRandom(options.seed ?? 1)
  const isOpenEnded = options.budget !== undefined
  const cooling = {
    random,
    budget,
    iterations: Math.ceil(iterations / (isOpenEnded ? firstCoolingShare : coolings)),
    growth: isOpenEnded ? 2 : 1,
    onMoves: () => {
      if (budget.share !== undefined) options.onProgress?.(Math.floor(budget.share * iterations), iterations)
    },
  }
  return { batches: annealedBatches(start, { rules, lengths }, cooling), isBest: false }
}

function batchOf(
  problem: BatchProblem,
  orders: readonly number[],
  options: PlanOptions,
): { readonly batch: Batch; readonly isShortest: boolean } {
  const { floor, start, end } = problem
  const picks = orders.flatMap((order) => problem.orders[order] ?? [])
  // What is left of the budget, often nothing: then a long walk over a graph is as its first local search leaves it.
  const { seed, isCancelled, budget } = options
  const tour = planTour({ id: '', floor, start, end, picks }, { seed, isCancelled, budget })
  const places = tour.order.flatMap((pick): readonly Place[] => {
    const place = picks[pick]
    return place === undefined ? [] : [place]
  })
  return { batch: { orders, tour: places, length: tour.length }, isShortest: tour.optimal }
}
