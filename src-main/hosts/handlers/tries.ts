import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'

export interface TryLimit {
  readonly mostTries: number
  readonly restMs: number
}

/** For one terminal: five wrong PINs, then five minutes of rest. */
const perTerminal: TryLimit = { mostTries: 5, restMs: 5 * 60_000 }

export interface TryCounter {
  /** Throws ERR_TOO_MANY_TRIES { waitSeconds } while `who` has to rest. */
  check(who: string): void
  failed(who: string): void
  succeeded(who: string): void
}

/** Counts wrong PINs by whatever they shall be limited by; kept in memory, a restart only forgives. */
export function tryCounter(clock: Clock, { mostTries, restMs } = perTerminal): TryCounter {
  const failures = new Map<string, { count: number; at: number }>()
  return {
    check(who) {
      const known = failures.get(who)
      if (!known || known.count < mostTries) return
      const waitMs = known.at + restMs - clock.now()
      if (waitMs > 0) throw new AppError('ERR_TOO_MANY_TRIES', { waitSeconds: Math.ceil(waitMs / 1000) })
      failures.delete(who)
    },
    failed(who) {
      failures.set(who, { count: (failures.get(who)?.count ?? 0) + 1, at: clock.now() })
    },
    succeeded(who) {
      failures.delete(who)
    },
  }
}
