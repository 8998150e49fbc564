import type { EpochMs } from '../../src-main/kernel/time.ts'

/** Wrong passphrases in a row and when the last one was. Kept, so that loading the page again is no way round. */
export interface Tries {
  readonly wrong: number
  readonly lastAt: EpochMs
}

export const noTries: Tries = { wrong: 0, lastAt: 0 }

/** Slips of a thumb cost nothing; from here on each wrong one doubles the wait. */
const free = 2
const longestWaitMs = 60_000

/** Milliseconds until the next try is taken: 0, then 2, 4, 8 ... 60 seconds. A clock set back does not make it longer than that. */
export function waitMs({ wrong, lastAt }: Tries, now: EpochMs): number {
  if (wrong <= free) return 0
  const wait = Math.min(longestWaitMs, 1000 * 2 ** (wrong - free))
  return Math.max(0, Math.min(wait, lastAt + wait - now))
}
