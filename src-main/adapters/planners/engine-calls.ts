import { performance } from 'node:perf_hooks'
import { planRoutes } from '../../engines/delivery/index.ts'
import { planPacking, whatWouldDo } from '../../engines/packing/index.ts'
import { planBatches, planTour, walk } from '../../engines/picking/index.ts'
import { budgetOf, type Budget } from '../../kernel/budget.ts'
import { AppError } from '../../kernel/errors.ts'
import type {
  BatchProblem,
  BatchResult,
  DeliverProblem,
  DeliverResult,
  PackedOrder,
  PackingChange,
  PackingProblem,
  PackingResult,
  TourFloor,
  TourPlace,
  TourProblem,
  TourResult,
} from '../../ports/planners.ts'

/** What each call of the engines takes; plain data, so that it can be sent to a thread. */
export interface EngineInputs {
  pack: PackingProblem
  tours: readonly TourProblem[]
  batches: readonly BatchProblem[]
  deliveries: readonly DeliverProblem[]
  walk: { readonly floor: TourFloor; readonly places: readonly TourPlace[] }
  whatWouldDo: { readonly problem: PackingProblem; readonly packed: PackedOrder }
}

export interface EngineOutputs {
  pack: PackingResult
  tours: readonly TourResult[]
  batches: readonly BatchResult[]
  deliveries: readonly DeliverResult[]
  walk: { readonly points: readonly (readonly [number, number])[]; readonly length: number }
  whatWouldDo: readonly PackingChange[]
}

export type EngineCall = keyof EngineInputs

/** How a call runs: the options that can be sent, and the two that cannot. */
export interface EngineRun {
  readonly seed?: number | undefined
  readonly budgetMs?: number | undefined
  /** Place of the first of these problems among all that were asked for; 0 when not given. */
  readonly from?: number | undefined
  readonly isCancelled: () => boolean
  readonly onProgress: (done: number, total: number) => void
}

const nowMs = (): number => performance.now()

/** With a time limit the clock decides alone; without one the engine's own number of steps does. */
function budgetsOf({ budgetMs, isCancelled }: EngineRun): (() => Budget) | undefined {
  if (budgetMs === undefined) return undefined
  return () => budgetOf({ iterations: Number.POSITIVE_INFINITY, limitMs: budgetMs, now: nowMs, isCancelled })
}

function refuseCancelled({ isCancelled }: EngineRun): void {
  if (isCancelled()) throw new AppError('ERR_CANCELLED')
}

/** The engines know one problem only: what they refuse gets the problem's place in front. */
function named<Result>(plan: () => Result, problem: string): Result {
  try {
    return plan()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ERR_INPUT_INVALID') throw error
    const path = [problem, error.details['path']].filter(Boolean).join('.')
    throw new AppError(error.code, { ...error.details, path }, { cause: error })
  }
}

/** Steps of progress that one piece of a call counts for; 1 where the engine does not tell how far it is inside. */
export const stepsPerPiece = (call: EngineCall): number => (call === 'batches' ? 100 : 1)

type TellShare = (done: number, total: number) => void

/**
 * Plans one problem after the other; a plan cut short by cancelling is not handed out. What a search tells of itself
 * is handed on in whole steps of its problem that only rise; the last of them is told when the plan is there.
 */
function planEach<Problem, Result>(
  problems: readonly Problem[],
  run: EngineRun & { readonly steps?: number },
  plan: (problem: Problem, tellShare: TellShare) => Result,
): readonly Result[] {
  const { steps = 1 } = run
  // A search of many steps says that it has begun: its first ones may take a while.
  let told = steps > 1 ? -1 : 0
  const tell = (done: number): void => {
    if (done <= told) return
    told = done
    run.onProgress(done, problems.length * steps)
  }
  return problems.map((problem, index) => {
    refuseCancelled(run)
    const tellShare: TellShare = (done, total) =>
      tell(index * steps + Math.min(steps - 1, Math.floor((steps * done) / total)))
    tell(index * steps)
    const result = named(() => plan(problem, tellShare), `problems[${(run.from ?? 0) + index}]`)
    refuseCancelled(run)
    tell((index + 1) * steps)
    return result
  })
}

const calls: { [Call in EngineCall]: (input: EngineInputs[Call], run: EngineRun) => EngineOutputs[Call] } = {
  pack(problem, run) {
    const { seed, isCancelled, onProgress } = run
    return planPacking(problem, { seed, budget: budgetsOf(run), now: nowMs, isCancelled, onProgress })
  },
  tours: (problems, run) => planEach(problems, run, (problem) => planTour(problem, engineOptions(run))),
  batches: (problems, run) =>
    planEach(problems, { ...run, steps: stepsPerPiece('batches') }, (problem, onProgress) =>
      planBatches(problem, { ...engineOptions(run), onProgress }),
    ),
  deliveries: (problems, run) => planEach(problems, run, (problem) => planRoutes(problem, engineOptions(run))),
  whatWouldDo({ problem, packed }) {
    const order = problem.orders.find(({ id }) => id === packed.id)
    return order ? whatWouldDo(problem, order, packed) : []
  },
  walk({ floor, places }) {
    const { legs, length } = walk(floor, places)
    // A leg begins where the one before it ended: that point is drawn once.
    return { points: legs.flatMap((leg, index) => (index === 0 ? leg : leg.slice(1))), length }
  },
}

const engineOptions = (run: EngineRun) => ({
  seed: run.seed,
  budget: budgetsOf(run)?.(),
  now: nowMs,
  isCancelled: run.isCancelled,
})

/**
 * The one way into the engines, used in process and in every thread, so that both give the same plans.
 * Throws what the engines throw as an AppError (ERR_INPUT_INVALID, ERR_CANCELLED); anything else they
 * throw becomes ERR_PLANNER_FAILED.
 */
export function runEngine<Call extends EngineCall>(
  call: Call,
  input: EngineInputs[Call],
  run: EngineRun,
): EngineOutputs[Call] {
  try {
    return calls[call](input, run)
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('ERR_PLANNER_FAILED', { call }, { cause })
  }
}
