import { isoDay } from '../../../src-main/kernel/time.ts'
import { zonedInstant } from '../../format/zoned-instant.ts'

export interface KeyDays {
  readonly from: string
  /** The last day on which the key seals. */
  readonly until: string
}

/** Days as a person types them, as instants in the shop's zone; an empty day is no limit. */
export function instantsOf(days: KeyDays, zone: string): { validFrom?: number; validUntil?: number } {
  const validFrom = zonedInstant(zone, days.from, '00:00')
  const validUntil = zonedInstant(zone, dayAfter(days.until), '00:00')
  return { ...(validFrom !== undefined && { validFrom }), ...(validUntil !== undefined && { validUntil }) }
}

/** The same the other way round. */
export function daysOf(
  key: { validFrom?: number | undefined; validUntil?: number | undefined },
  zone: string,
): KeyDays {
  return {
    from: key.validFrom === undefined ? '' : isoDay(key.validFrom, zone),
    until: key.validUntil === undefined ? '' : isoDay(key.validUntil - 1, zone),
  }
}

function dayAfter(day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`)
  return Number.isNaN(at) ? '' : isoDay(at + 86_400_000, 'UTC')
}
