import { isoDay, zonedTime } from '../kernel/time.ts'
import type { Carrier } from '../domain/carrier.ts'

const dayMs = 86_400_000

/** The local day of a carrier's next collection: today until its time has come, then tomorrow. */
export function collectionDay(carrier: Pick<Carrier, 'collection'>, now: number, zone: string): string {
  const [hour = 0, minute = 0] = carrier.collection.split(':').map(Number)
  const { secondOfDay } = zonedTime(now, zone)
  return isoDay(secondOfDay < hour * 3600 + minute * 60 ? now : now + dayMs, zone)
}

/** Seconds from the local midnight of `day` to an instant; negative before it. Noon anchors the day, so that clock changes do not move it. */
export function secondsInto(day: string, at: number, zone: string): number {
  const own = isoDay(at, zone)
  const days = Math.round((Date.parse(`${own}T12:00:00Z`) - Date.parse(`${day}T12:00:00Z`)) / dayMs)
  return days * 86_400 + zonedTime(at, zone).secondOfDay
}
