import type { Clock } from '../../kernel/time.ts'
import type { Actor } from '../../domain/people.ts'

export interface TourClaim {
  readonly tour: number
  readonly actor: Actor
  readonly name: string
  readonly since: number
}

/**
 * Who walks which tour, so that two people do not walk the same one. A word among colleagues, no lock: pieces are never
 * counted twice because a stop takes no more of them than it has open. Kept in memory; nobody's word outlives its rest.
 */
export interface TourClaims {
  /** Whose tour it is now: the caller's, unless somebody else has it and `takesOver` is false. */
  claim(waveId: string, mine: Omit<TourClaim, 'since'>, takesOver: boolean): TourClaim
  /** A sign of life on a tour that is one's own. */
  touch(waveId: string, tour: number, actor: Actor): void
  release(waveId: string, tour: number, actor: Actor): void
  /** When somebody signs out or a terminal is revoked. */
  releaseAll(actor: Actor): void
  of(waveId: string): readonly TourClaim[]
}

/** Nothing picked for so long: the cart stands somewhere, and a colleague may take over without asking. */
const restMs = 20 * 60_000

export function tourClaims(clock: Clock): TourClaims {
  const claims = new Map<string, TourClaim & { touchedAt: number }>()
  const keyOf = (waveId: string, tour: number): string => `${waveId}/${tour}`
  const living = (key: string) => {
    const known = claims.get(key)
    if (known && clock.now() - known.touchedAt >= restMs) claims.delete(key)
    return claims.get(key)
  }
  return {
    claim(waveId, mine, takesOver) {
      const key = keyOf(waveId, mine.tour)
      const known = living(key)
      const isKept = known !== undefined && (known.actor === mine.actor || !takesOver)
      if (isKept) {
        if (known.actor === mine.actor) known.touchedAt = clock.now()
        return known
      }
      const made = { ...mine, since: clock.now(), touchedAt: clock.now() }
      claims.set(key, made)
      return made
    },
    touch(waveId, tour, actor) {
      const known = claims.get(keyOf(waveId, tour))
      if (known?.actor === actor) known.touchedAt = clock.now()
    },
    release(waveId, tour, actor) {
      if (claims.get(keyOf(waveId, tour))?.actor === actor) claims.delete(keyOf(waveId, tour))
    },
    releaseAll(actor) {
      for (const [key, claim] of claims) if (claim.actor === actor) claims.delete(key)
    },
    of: (waveId) =>
      [...claims.keys()]
        .filter((key) => key.startsWith(`${waveId}/`))
        .flatMap((key) => living(key) ?? [])
        .toSorted((a, b) => a.tour - b.tour),
  }
}
