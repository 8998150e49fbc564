import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'

export interface TryLimit {
  readonly mostTries: number
  readonly restMs: number
}

/** For one terminal: five wrong PINs, then five minutes of rest; each further one doubles the rest, up to a day. */
const perTerminal: TryLimit = { mostTries: 5, restMs: 5 * 60_000 }

export interface TryCounter {
  /** Throws ERR_TOO_MANY_TRIES { waitSeconds } while `who` has to rest. */
  check(who: string): void
  /** Answers how many there were in a row. */
  failed(who: string): number
  succeeded(who: string): void
}

const longestRestMs = 24 * 60 * 60_000
/** A row of slips that ended long ago is no guessing. */
const forgottenMs = 2 * longestRestMs

/** Counts wrong PINs by whatever they shall be limited by; kept in memory, a restart only forgives. */
export function tryCounter(clock: Clock, { mostTries, restMs } = perTerminal): TryCounter {
  const failures = new Map<string, { count: number; at: number }>()
  return {
    check(who) {
      const known = failures.get(who)
      if (!known) return
      if (clock.now() - known.at >= forgottenMs) failures.delete(who)
      if (known.count < mostTries) return
      const rest = Math.min(restMs * 2 ** (known.count - mostTries), longestRestMs)
      const waitMs = known.at + rest - clock.now()
      if (waitMs > 0) throw new AppError('ERR_TOO_MANY_TRIES', { waitSeconds: Math.ceil(waitMs / 1000) })
    },
    failed(who) {
      const count = (failures.get(who)?.count ?? 0) + 1
      failures.set(who, { count, at: clock.now() })
      return count
    },
    succeeded(who) {
      failures.delete(who)
    },
  }
}
