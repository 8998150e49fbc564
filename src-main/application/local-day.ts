import { isoDay, zonedTime, type EpochMs } from '../kernel/time.ts'

/** The instant at which a local day (`2026-11-22`) begins in a zone; the day itself is the shop's. */
export function startOfDay(day: string, zone: string): EpochMs {
  const utc = Date.parse(`${day}T00:00:00Z`)
  // The zone's offset at that hour decides; twice, because it may change between the first guess and the answer.
  const first = utc - offsetAt(utc, zone)
  return utc - offsetAt(first, zone)
}

/** The day after, on the calendar. Noon is on it wherever the clocks change. */
export function dayAfter(day: string): string {
  return isoDay(Date.parse(`${day}T12:00:00Z`) + 86_400_000, 'UTC')
}

function offsetAt(at: EpochMs, zone: string): number {
  const { year, month, day, secondOfDay } = zonedTime(at, zone)
  return Date.UTC(year, month - 1, day) + secondOfDay * 1000 - Math.floor(at / 1000) * 1000
}
