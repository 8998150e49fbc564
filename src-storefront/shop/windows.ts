import { zonedTime, type EpochMs } from '../../src-main/kernel/time.ts'
import type { Configuration } from '../configuration.ts'

export interface DeliveryWindow {
  readonly from: EpochMs
  readonly to: EpochMs
}

const dayMs = 86_400_000
const hourMs = 3_600_000

/** The delivery windows on offer, earliest first, as instants; days and hours are the shop's. */
export function openWindows(configuration: Configuration, nowMs: EpochMs): readonly DeliveryWindow[] {
  const { daysAhead, leadHours, slots } = configuration.windows
  const zone = configuration.timeZone
  const windows: DeliveryWindow[] = []
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const { year, month, day } = zonedTime(nowMs, zone)
    const date = new Date(Date.UTC(year, month - 1, day) + ahead * dayMs)
    const weekday = ((date.getUTCDay() + 6) % 7) + 1
    for (const slot of slots) {
      if (!slot.weekdays.includes(weekday)) continue
      const window = { from: instantOf(date.getTime(), slot.from, zone), to: instantOf(date.getTime(), slot.to, zone) }
      if (window.from >= nowMs + leadHours * hourMs) windows.push(window)
    }
  }
  return windows.sort((a, b) => a.from - b.from || a.to - b.to)
}

/** The instant at which the zone's clock shows a time of a day; `midnightUtc` names the day. */
function instantOf(midnightUtc: EpochMs, time: string, zone: string): EpochMs {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const wanted = midnightUtc + hours * hourMs + minutes * 60_000
  let instant = wanted
  // Twice: the offset found for the first guess may belong to the other side of a clock change.
  for (let i = 0; i < 2; i++) instant += wanted - wallClockOf(instant, zone)
  return instant
}

function wallClockOf(at: EpochMs, zone: string): number {
  const { year, month, day, secondOfDay } = zonedTime(at, zone)
  return Date.UTC(year, month - 1, day) + secondOfDay * 1000
}
