import type { Clock } from '../../kernel/time.ts'

/** Requests of one caller within one span of time; kept in memory, a restart only forgives. */
export interface RequestLimit {
  /** Counts a request; answers how many seconds to wait when there were too many, else 0. */
  waitSeconds(who: string): number
}

/** So many callers are remembered; more means somebody makes names up, and the oldest are forgiven. */
const mostRemembered = 1000

export function requestLimit(clock: Clock, { most, spanMs }: { most: number; spanMs: number }): RequestLimit {
  const spans = new Map<string, { since: number; count: number }>()
  return {
    waitSeconds(who) {
      const now = clock.now()
      const known = spans.get(who)
      if (!known || now >= known.since + spanMs) {
        spans.delete(who)
        spans.set(who, { since: now, count: 1 })
        for (const oldest of spans.keys()) {
          if (spans.size <= mostRemembered) break
          spans.delete(oldest)
        }
        return 0
      }
      known.count += 1
      return known.count <= most ? 0 : Math.ceil((known.since + spanMs - now) / 1000)
    },
  }
}
