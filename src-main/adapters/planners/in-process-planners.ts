import { threadId } from 'node:worker_threads'
import type { Planners, PlanOptions } from '../../ports/planners.ts'
import { type EngineCall, type EngineInputs, type EngineOutputs, runEngine } from './engine-calls.ts'
import { tellWhere } from './planner-events.ts'
import { stillFitsHere } from './still-fits.ts'

/**
 * The engines in the caller's own thread, which waits for them: for tests and short planning. `workers`
 * has no meaning here; cancelling works where the engines ask.
 */
export function inProcessPlanners(): Planners {
  return {
    pack: async (problem, options) => planHere('pack', problem, options),
    tours: async (problems, options) => planHere('tours', problems, options),
    batches: async (problems, options) => planHere('batches', problems, options),
    deliveries: async (problems, options) => planHere('deliveries', problems, options),
    walk: async (floor, places) => planHere('walk', { floor, places }),
    whatWouldDo: async (problem, packed) => planHere('whatWouldDo', { problem, packed }),
    ...stillFitsHere(),
    async close() {},
  }
}

function planHere<Call extends EngineCall>(
  call: Call,
  input: EngineInputs[Call],
  options: PlanOptions = {},
): EngineOutputs[Call] {
  const { seed, budgetMs, isCancelled = () => false, onProgress = () => undefined } = options
  const output = runEngine(call, input, { seed, budgetMs, isCancelled, onProgress })
  tellWhere({ call, threadId })
  return output
}
