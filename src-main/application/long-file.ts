import { AppError } from '../kernel/errors.ts'
import type { Progress } from '../ports/system.ts'
import type { Caller, Workshop } from './workshop.ts'

/** Files of fewer rows are done before anybody could look. */
const shortFile = 1000

/**
 * Between two parts of a long file: says how far it is, lets whatever else waits have its turn, and stops where the
 * person has asked for it. Throws ERR_CANCELLED.
 */
export async function turn(deps: Pick<Workshop, 'imports'>, caller: Caller, progress: Progress): Promise<void> {
  const { step, done, total } = progress
  if (total > shortFile) caller.watch.report({ step, done: Math.min(done, total), total })
  await deps.imports.breathe()
  if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
}
