import type { Caller } from '../../application/workshop.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'
import { tryCounter } from './tries.ts'

/**
 * A PIN has few digits. Beside the rest of each terminal: ten wrong ones for one name at whatever doors, so that several
 * terminals do not make several guessers, then a longer rest. A slip stays harmless, guessing hopeless.
 */
const perName = { mostTries: 10, restMs: 15 * 60_000 }

/** Whatever asks for a PIN goes through here, so that all of it counts as one guessing. */
export type PinGate = <Answer>(
  who: { readonly caller: Pick<Caller, 'actor'>; readonly name: string },
  proven: () => Promise<Answer>,
) => Promise<Answer>

/**
 * Counts wrong PINs. Guesses sent at once count one after the other because operations that prove a PIN are commands and
 * so run one at a time.
 */
export function pinGate(clock: Clock): PinGate {
  const terminals = tryCounter(clock)
  const names = tryCounter(clock, perName)
  return async ({ caller: { actor }, name }, proven) => {
    terminals.check(actor)
    names.check(name)
    try {
      const answer = await proven()
      terminals.succeeded(actor)
      names.succeeded(name)
      return answer
    } catch (error) {
      const isWrongPin = error instanceof AppError && error.details['reason'] === 'wrong-pin'
      const isNobody = error instanceof AppError && error.code === 'ERR_STAFF_NOT_FOUND'
      if (isWrongPin || isNobody) terminals.failed(actor)
      if (isWrongPin) names.failed(name)
      throw error
    }
  }
}
