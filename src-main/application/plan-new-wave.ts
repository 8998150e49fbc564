import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import type { Wave } from '../domain/wave.ts'
import type { Planners, PlanOptions } from '../ports/planners.ts'
import { decideParcels } from './plan-parcels.ts'
import { decideTours } from './plan-pick-tour.ts'
import { createWave, ordersForWave, planWave, usualSeed } from './run-wave.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Makes a wave of the given orders, or of everything that can be planned, and plans it. Whatever takes long is decided
 * before anything is written: who cancels meanwhile finds no wave, and every order as it was. Throws what `createWave`
 * and `planWave` throw, and ERR_CANCELLED.
 */
export async function planNewWave(
  workshop: Workshop,
  caller: Caller,
  input: Parameters<typeof createWave>[2],
): Promise<Wave> {
  if (!(await workshop.store.findSettings())) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const orderIds = await ordersForWave(workshop, input)
  const planners = keepingAnswers(workshop.planners)
  await decide({ ...workshop, planners }, caller, { orderIds, seed: input.seed ?? usualSeed })
  const wave = await createWave(workshop, caller, { ...input, orderIds })
  await planWave({ ...workshop, planners }, caller, wave.id)
  return wave
}

/** Both long questions, asked once; their answers stay with the planners. */
async function decide(
  deps: Pick<Workshop, 'store' | 'planners' | 'system'>,
  caller: Caller,
  wanted: { readonly orderIds: readonly string[]; readonly seed: number },
): Promise<void> {
  const now = deps.system.clock.now()
  const bundle = await deps.store.loadForPlanning({ ...wanted, at: now })
  const { parcels } = await decideParcels(deps, caller, { bundle, now })
  if (bundle.floor) await decideTours(deps, caller, { bundle: { ...bundle, parcels }, now })
}

/** Planners that answer the same question again at once. Problems are told apart by what they ask, not by their names. */
function keepingAnswers(planners: Planners): Planners {
  return {
    ...planners,
    pack: keeping((problem, options) => planners.pack(problem, options)),
    batches: keeping((problems, options) => planners.batches(problems, options), withoutNames),
    tours: keeping((problems, options) => planners.tours(problems, options), withoutNames),
  }
}

const withoutNames = (problems: readonly { readonly id: string }[]): readonly object[] =>
  problems.map(({ id: _id, ...asked }) => asked)

type Asking<Problem, Answer> = (problem: Problem, options?: PlanOptions) => Promise<Answer>

function keeping<Problem, Answer>(
  ask: Asking<Problem, Answer>,
  askedBy: (problem: NoInfer<Problem>) => unknown = (problem) => problem,
): Asking<Problem, Answer> {
  const kept = new Map<string, Answer>()
  return async (problem, options = {}) => {
    const key = canonicalJson(toJson([options.seed ?? null, options.budgetMs ?? null, askedBy(problem)]))
    const before = kept.get(key)
    if (before) return before
    const answer = await ask(problem, options)
    kept.set(key, answer)
    return answer
  }
}
