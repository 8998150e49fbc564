import type { Clock } from '../../src-main/kernel/time.ts'

/** The real time, read here and nowhere else on the courier's side. */
export const systemClock: Clock = {
  // eslint-disable-next-line no-restricted-syntax -- the one clock of this program; everything else is handed it
  now: () => Date.now(),
}
