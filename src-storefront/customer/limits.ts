import type { Context } from 'hono'
import type { Shop } from '../shop/shop.ts'
import { originOf } from './address.ts'
import { tryLimit, type TryLimit } from './try-limit.ts'

const minuteMs = 60_000

/** How often one may try: guesses are few for everyone, work is much for an address and free for this machine's own. */
export interface Limits {
  /** Wrong passwords, per account: sign-in, change of password and erasure all count. */
  readonly perAccount: TryLimit
  /** Sign-ups with one address: where it has an account already, each is a guess at its password. */
  readonly signUpsPerAccount: TryLimit
  /** Wrong passwords, per address, behind which a whole house may sit. */
  readonly perAddress: TryLimit
  readonly lookUpsPerAddress: TryLimit
  readonly lookUpsPerNumber: TryLimit
  addressOf(c: Context): string
  /** Counts a piece of work and refuses 429 when this address asks for too much. */
  spend(c: Context, what: 'session' | 'sign-up' | 'preview'): void
}

export function limitsOf({ clock, configuration }: Shop): Limits {
  const { sessionsPerMinute, signUpsPerHour, previewsPerMinute } = configuration.limits
  const work = {
    session: tryLimit(clock, { tries: sessionsPerMinute, windowMs: minuteMs }),
    'sign-up': tryLimit(clock, { tries: signUpsPerHour, windowMs: 60 * minuteMs }),
    preview: tryLimit(clock, { tries: previewsPerMinute, windowMs: minuteMs }),
  }
  const guesses = (tries: number): TryLimit => tryLimit(clock, { tries, windowMs: 15 * minuteMs })
  return {
    perAccount: guesses(5),
    signUpsPerAccount: guesses(5),
    perAddress: guesses(30),
    lookUpsPerAddress: guesses(10),
    lookUpsPerNumber: guesses(10),
    addressOf: (c) => originOf(c, configuration.trustProxy).name,
    spend(c, what) {
      const origin = originOf(c, configuration.trustProxy)
      if (!origin.isLocalProgram) work[what].use(origin.name)
    },
  }
}
