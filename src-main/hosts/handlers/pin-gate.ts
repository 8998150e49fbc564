import type { Caller } from '../../application/workshop.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'
import { tryCounter } from './tries.ts'

/**
 * A PIN has few digits. Beside the rest of each terminal: ten wrong ones for one name at whatever doors, so that several
 * terminals do not make several guessers, then rests that double, and in the end a lock that only a manager takes off. A
 * slip stays harmless, guessing hopeless.
 */
const perName = { mostTries: 10, restMs: 15 * 60_000 }
const locksAfter = 15

export interface Proving {
  readonly caller: Pick<Caller, 'actor' | 'terminal'>
  readonly name: string
  /** So many wrong ones that nobody may go on by waiting. */
  readonly onLock?: (() => Promise<void>) | undefined
}

/** Whatever asks for a PIN goes through here, so that all of it counts as one guessing. */
export interface PinGate {
  prove<Answer>(who: Proving, proven: () => Promise<Answer>): Promise<Answer>
  /** A manager vouched for this name. */
  forgive(name: string): void
}

/**
 * Counts wrong PINs. Guesses sent at once count one after the other because operations that prove a PIN are commands and
 * so run one at a time.
 */
export function pinGate(clock: Clock): PinGate {
  const terminals = tryCounter(clock)
  const names = tryCounter(clock, perName)
  return {
    forgive: (name) => names.succeeded(nameKey(name)),
    async prove({ caller, name, onLock }, proven) {
      const terminal = caller.terminal ?? caller.actor
      const key = nameKey(name)
      terminals.check(terminal)
      names.check(key)
      try {
        const answer = await proven()
        terminals.succeeded(terminal)
        names.succeeded(key)
        return answer
      } catch (error) {
        const isWrongPin = error instanceof AppError && error.details['reason'] === 'wrong-pin'
        const isNobody = error instanceof AppError && error.code === 'ERR_STAFF_NOT_FOUND'
        if (isWrongPin || isNobody) terminals.failed(terminal)
        if (isWrongPin && names.failed(key) >= locksAfter) await onLock?.()
        throw error
      }
    },
  }
}

/** As names are compared where people sign in: writing one differently makes no second guesser. */
const nameKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase()
