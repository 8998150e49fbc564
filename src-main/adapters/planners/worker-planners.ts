import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { totalsOf } from '../../engines/packing/index.ts'
import { AppError } from '../../kernel/errors.ts'
import type { PackingProblem, Planners, PlanOptions } from '../../ports/planners.ts'
import { type EngineCall, type EngineInputs, type EngineOutputs, stepsPerPiece } from './engine-calls.ts'
import { isFlagged, newCancelFlag, raise } from './planner-messages.ts'
import { WorkerPool } from './worker-pool.ts'
import { stillFitsHere } from './still-fits.ts'

/** More threads than this gain little: planning a wave is over before they have started. */
const mostThreads = 4
/** One core stays with the window, the station and the store. */
const usualThreads = (): number => Math.max(1, Math.min(availableParallelism() - 1, mostThreads))

/** How often the caller is asked whether to give up, and how long a thread has to notice before it is ended. */
const msBetweenLooks = 25
const msToNotice = 1_000

/** Parts per thread: enough that no thread waits long for the last one, few enough that sending costs nothing. */
const partsPerThread = 8

export interface WorkerPlannersOptions {
  /** Threads at most; by default one less than the machine has cores, from 1 to 4. */
  readonly threads?: number | undefined
  /** Where the thread's entry lies, for bundles that put it somewhere else. */
  readonly entry?: URL | undefined
}

/**
 * The engines in worker threads of this process. Work is split where its pieces do not depend on each
 * other (packing by order when every carton is unlimited, everything else by problem) and put together in
 * the order of the problem, so that the plan is the same for any number of threads.
 */
export function workerPlanners({ threads = usualThreads(), entry }: WorkerPlannersOptions = {}): Planners {
  const pool = new WorkerPool(threads, entry)
  const share = <Call extends EngineCall>(call: Call, work: Work<Call>): Promise<readonly EngineOutputs[Call][]> =>
    shared(pool, call, { ...work, lanes: Math.min(work.options?.workers ?? threads, threads) })
  const each = async <Call extends 'tours' | 'batches' | 'deliveries'>(
    call: Call,
    problems: EngineInputs[Call],
    options?: PlanOptions,
  ): Promise<EngineOutputs[Call][number][]> => {
    const parts = partsOf<EngineInputs[Call][number]>(problems, options?.workers ?? threads)
    // A part of a list of problems is such a list again, which TypeScript cannot see through `Call`.
    const inputs = parts.map((part) => ({ input: part as EngineInputs[Call], pieces: part.length }))
    return (await share(call, { inputs, options })).flat()
  }
  return {
    async pack(problem, options) {
      const startedMs = performance.now()
      const inputs = packingParts(problem, options?.workers ?? threads)
      const results = await share('pack', { inputs, options })
      const [only, ...others] = results
      // In one piece the thread's own count stands, without the time it took to start.
      if (only && others.length === 0) return only
      const orders = results.flatMap((result) => result.orders)
      return { orders, totals: totalsOf(orders, performance.now() - startedMs) }
    },
    tours: (problems, options) => each('tours', problems, options),
    batches: (problems, options) => each('batches', problems, options),
    deliveries: (problems, options) => each('deliveries', problems, options),
    async walk(floor, places) {
      const [walked] = await share('walk', { inputs: [{ input: { floor, places }, pieces: 1 }] })
      if (!walked) throw new AppError('ERR_PLANNER_FAILED', { call: 'walk' })
      return walked
    },
    async whatWouldDo(problem, packed) {
      const [changes] = await share('whatWouldDo', { inputs: [{ input: { problem, packed }, pieces: 1 }] })
      return changes ?? []
    },
    ...stillFitsHere(),
    close: () => pool.close(),
  }
}

interface Part<Call extends EngineCall> {
  readonly input: EngineInputs[Call]
  /** How many pieces it holds; each counts for `stepsPerPiece` steps of progress. */
  readonly pieces: number
}

interface Work<Call extends EngineCall> {
  readonly inputs: readonly Part<Call>[]
  readonly options?: PlanOptions | undefined
}

/** Limited cartons are counted from order to order, so such a problem stays in one piece. */
function packingParts(problem: PackingProblem, threads: number): readonly Part<'pack'>[] {
  const { cartons, rules, orders } = problem
  if (cartons.some((carton) => carton.available !== undefined)) return [{ input: problem, pieces: orders.length }]
  return partsOf(orders, threads).map((part) => ({ input: { cartons, rules, orders: part }, pieces: part.length }))
}

function partsOf<Piece>(pieces: readonly Piece[], threads: number): readonly (readonly Piece[])[] {
  const size = threads === 1 ? pieces.length : Math.ceil(pieces.length / (threads * partsPerThread))
  const parts: (readonly Piece[])[] = []
  for (let at = 0; at < pieces.length; at += size) parts.push(pieces.slice(at, at + size))
  return parts
}

/** Sends the parts out, `lanes` at a time, and answers their outputs in order. The first failure ends the others. */
async function shared<Call extends EngineCall>(
  pool: WorkerPool,
  call: Call,
  { inputs, options = {}, lanes }: Work<Call> & { readonly lanes: number },
): Promise<readonly EngineOutputs[Call][]> {
  const { seed, budgetMs, isCancelled } = options
  const cancelFlag = newCancelFlag()
  const outputs: EngineOutputs[Call][] = []
  const progress = progressOver(
    inputs.map(({ pieces }) => pieces * stepsPerPiece(call)),
    options.onProgress,
  )
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < inputs.length && !isFlagged(cancelFlag)) {
      const at = next++
      const part = inputs[at]
      if (!part) return
      const from = inputs.slice(0, at).reduce((sum, each) => sum + each.pieces, 0)
      const output = await pool.run({ call, input: part.input, seed, budgetMs, from, cancelFlag }, progress(at))
      outputs[at] = output as EngineOutputs[Call] // the thread answers the call it was sent
    }
  }
  const stopWatching = watch(pool, cancelFlag, isCancelled)
  try {
    await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane))
    if (isFlagged(cancelFlag)) throw new AppError('ERR_CANCELLED')
  } catch (error) {
    raise(cancelFlag)
    throw error
  } finally {
    stopWatching()
  }
  return outputs
}

type OnProgress = (done: number, total: number) => void

/** Adds up how far all parts are; the sum never goes back. */
function progressOver(stepsByPart: readonly number[], report: OnProgress = () => undefined) {
  const total = stepsByPart.reduce((sum, steps) => sum + steps, 0)
  const doneByPart = stepsByPart.map(() => 0)
  return (part: number): OnProgress =>
    (done) => {
      doneByPart[part] = done
      report(
        doneByPart.reduce((sum, each) => sum + each, 0),
        total,
      )
    }
}

/** Asks the caller now and then whether to give up, and tells the threads. Answers how to stop asking. */
function watch(pool: WorkerPool, cancelFlag: SharedArrayBuffer, isCancelled: PlanOptions['isCancelled']): () => void {
  if (!isCancelled) return () => undefined
  let raisedMs: number | undefined
  const look = (): void => {
    if (raisedMs === undefined && isCancelled()) {
      raise(cancelFlag)
      raisedMs = performance.now()
    }
    if (raisedMs !== undefined && performance.now() - raisedMs >= msToNotice) pool.terminateCancelled()
  }
  look()
  const timer = setInterval(look, msBetweenLooks)
  return () => clearInterval(timer)
}
