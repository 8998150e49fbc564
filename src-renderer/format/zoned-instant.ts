import { zonedTime } from '../../src-main/kernel/time.ts'

/**
 * The instant at which the wall clock of a zone shows a day (`2026-11-22`) and a time (`14:30`), epoch milliseconds;
 * undefined while one of them is not there yet. A time that the clocks leave out is the one an hour later.
 */
export function zonedInstant(zone: string, day: string, time: string): number | undefined {
  const utc = Date.parse(`${day}T${time}:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(utc)) return undefined
  const offsetAt = (at: number): number => {
    const { year, month, day: date, secondOfDay } = zonedTime(at, zone)
    return Date.UTC(year, month - 1, date) + secondOfDay * 1000 - at
  }
  // The offset at that hour decides; twice, because it may differ between the first guess and the answer.
  return utc - offsetAt(utc - offsetAt(utc))
}
