import { zonedTime, type EpochMs } from '../../../kernel/time.ts'

/**
 * The instant at which a zone's wall clock shows this day and second. In the hour that clocks skip it is the same time
 * before the change, in the hour that comes twice the first of both.
 */
export function instantIn(zone: string, day: { year: number; month: number; day: number }, second: number): EpochMs {
  const wanted = Date.UTC(day.year, day.month - 1, day.day) + second * 1000
  const shown = (at: EpochMs): number => {
    const time = zonedTime(at, zone)
    return Date.UTC(time.year, time.month - 1, time.day) + time.secondOfDay * 1000
  }
  const guess = wanted - (shown(wanted) - wanted)
  // The offset may be another one on the other side of a change of clocks.
  return guess - (shown(guess) - wanted)
}
