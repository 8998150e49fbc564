/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number

/** Where the time comes from; handed in, so that tests and replays decide it. */
export interface Clock {
  now(): EpochMs
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

/** The wall clock of a zone at an instant; `month` and `day` count from 1, `secondOfDay` from 0. */
export interface ZonedTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly dayOfYear: number
  readonly secondOfDay: number
}

/** Reads an instant on the wall clock of an IANA zone such as `Europe/Berlin`. */
export function zonedTime(at: EpochMs, zone: string): ZonedTime {
  const parts = Object.fromEntries(
    formatterFor(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const dayOfYear = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000) + 1
  return { year, month, day, dayOfYear, secondOfDay: hour * 3600 + minute * 60 + second }
}

/** `2026-11-22` on the wall clock of the zone. */
export function isoDay(at: EpochMs, zone: string): string {
  const { year, month, day } = zonedTime(at, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** `2026-11-22 14:05` on the wall clock of the zone, for paper and people. */
export function isoMinute(at: EpochMs, zone: string): string {
  const { secondOfDay } = zonedTime(at, zone)
  const hour = Math.floor(secondOfDay / 3600)
  const minute = Math.floor((secondOfDay % 3600) / 60)
  return `${isoDay(at, zone)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
