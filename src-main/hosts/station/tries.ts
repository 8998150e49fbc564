import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'

/** A PIN has few digits: five wrong ones, then five minutes of rest, keep guessing hopeless and a slip harmless. */
const mostTries = 5
const restMs = 5 * 60_000

/** Counts wrong PINs and tokens by who tries them. */
export function tryCounter(clock: Clock): {
  check(who: string): void
  failed(who: string): void
  succeeded(who: string): void
} {
  const failures = new Map<string, { count: number; at: number }>()
  return {
    /** Throws ERR_TOO_MANY_TRIES while `who` has to rest. */
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
