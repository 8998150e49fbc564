import type { Clock } from '../../src-main/kernel/time.ts'
import { Refusal } from '../refusal.ts'

/** Counts wrong tries per name within a window of time; kept in memory, because a restart only forgives. */
export interface TryLimit {
  /** Refuses 429 when there were too many. */
  check(name: string): void
  count(name: string): void
  /** Counts this try, and refuses it when there were too many before: for what costs, right or wrong. */
  use(name: string): void
  /** Forgets every try of this name. */
  forgive(name: string): void
  /** Forgets the last try alone: it was a right one, and says nothing about those before it. */
  takeBack(name: string): void
}

const mostNames = 10_000

export function tryLimit(clock: Clock, limit: { readonly tries: number; readonly windowMs: number }): TryLimit {
  const triesByName = new Map<string, readonly number[]>()
  const recent = (name: string): readonly number[] =>
    (triesByName.get(name) ?? []).filter((at) => clock.now() - at < limit.windowMs)
  const check = (name: string): void => {
    const tries = recent(name)
    if (tries.length < limit.tries) return
    const waitMs = (tries[0] ?? 0) + limit.windowMs - clock.now()
    throw new Refusal(429, 'too-many-tries', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
  }
  const count = (name: string): void => {
    triesByName.set(name, [...recent(name), clock.now()])
    const oldest = triesByName.size > mostNames ? triesByName.keys().next().value : undefined
    if (oldest !== undefined) triesByName.delete(oldest)
  }
  return {
    check,
    count,
    use(name) {
      check(name)
      count(name)
    },
    forgive: (name) => void triesByName.delete(name),
    takeBack: (name) => void triesByName.set(name, recent(name).slice(0, -1)),
  }
}
