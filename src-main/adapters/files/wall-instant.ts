import { zonedTime, type EpochMs } from '../../kernel/time.ts'
import type { WallTime } from './day-cells.ts'

/** The instant at which a zone's clocks show this time; in the hour that happens twice, the later one. */
export function wallInstant(wall: WallTime, zone: string): EpochMs {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, 0, wall.minuteOfDay, wall.second)
  if (wall.offsetMinutes !== undefined) return asUtc - wall.offsetMinutes * 60_000
  // Twice: the first guess may fall on the other side of a change of clocks.
  const once = asUtc - offsetAt(asUtc, zone)
  return asUtc - offsetAt(once, zone)
}

function offsetAt(at: EpochMs, zone: string): number {
  const { year, month, day, secondOfDay } = zonedTime(at, zone)
  return Date.UTC(year, month - 1, day) + secondOfDay * 1000 - Math.floor(at / 1000) * 1000
}
