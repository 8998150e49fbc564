import type { GeoPoint } from '../domain/recipient.ts'

interface Located {
  readonly at: GeoPoint | undefined
}

interface Frozen extends Located {
  readonly sequence: string
}

/**
 * Places in delivery order for newly planned stops. Without frozen ones: 1, 2, 3 ... Where an earlier wave has printed
 * numbers for the same collection, a new stop comes right after the nearest of them: 7a, 7b ... in planned order; stops
 * without coordinates go after the last.
 */
export function sequenceBetween(stops: readonly Located[], frozen: readonly Frozen[]): readonly string[] {
  if (frozen.length === 0) return stops.map((_, index) => String(index + 1))
  const lettersAfter = new Map<number, number>()
  for (const one of frozen) {
    const { number, letters } = partsOf(one.sequence)
    lettersAfter.set(number, Math.max(lettersAfter.get(number) ?? 0, letters))
  }
  const last = Math.max(...lettersAfter.keys())
  return stops.map((stop) => {
    const nearest = stop.at && nearestOf(frozen, stop.at)
    const number = nearest ? partsOf(nearest.sequence).number : last
    const letter = (lettersAfter.get(number) ?? 0) + 1
    lettersAfter.set(number, letter)
    return `${number}${suffix(letter)}`
  })
}

/** Order in which sequences are delivered: 7, 7a, 7b, 8. */
export function bySequence(a: string, b: string): number {
  const left = partsOf(a)
  const right = partsOf(b)
  return left.number - right.number || left.letters - right.letters
}

function nearestOf(frozen: readonly Frozen[], at: GeoPoint): Frozen | undefined {
  const squeeze = Math.cos((at.lat * Math.PI) / 180)
  const distance = (other: Located): number =>
    other.at ? Math.hypot(other.at.lat - at.lat, (other.at.lon - at.lon) * squeeze) : Infinity
  return frozen.reduce<Frozen | undefined>(
    (best, one) => (best && distance(best) <= distance(one) ? best : one),
    undefined,
  )
}

/** `7` is [7, 0], `7a` is [7, 1], `7aa` is [7, 27]. */
function partsOf(sequence: string): { number: number; letters: number } {
  const match = /^(\d+)([a-z]*)$/.exec(sequence)
  const letters = [...(match?.[2] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0)
  return { number: Number(match?.[1] ?? 0), letters }
}

function suffix(letters: number): string {
  const rest = Math.floor((letters - 1) / 26)
  return (rest > 0 ? suffix(rest) : '') + String.fromCharCode(97 + ((letters - 1) % 26))
}
