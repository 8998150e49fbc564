import { AppError } from '../kernel/errors.ts'
import { isoDay, zonedTime, type EpochMs } from '../kernel/time.ts'
import type { Settings } from '../domain/settings.ts'
import { quarterMs, type Quarter, type Span } from '../ports/store/report-store.ts'
import { dayAfter, startOfDay } from './local-day.ts'
import type { Workshop } from './workshop.ts'

/** Local days, both included; left out, the last seven. */
export interface AskedPeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Period {
  readonly settings: Settings
  readonly from: string
  readonly to: string
  readonly days: readonly string[]
  readonly span: Span
  /** Days of it that have begun; at least 1. */
  readonly passedDays: number
  readonly now: EpochMs
}

/** Three years and a little: more days than a chart can show. */
const mostDays = 1_100

/** The days of a period on the shop's clock. Throws ERR_INPUT_INVALID when it ends before it begins or is too long. */
export async function periodOf(
  { store, system }: Pick<Workshop, 'store' | 'system'>,
  asked: AskedPeriod,
): Promise<Period> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { zone } = settings.shop
  const now = system.clock.now()
  const to = asked.to ?? isoDay(now, zone)
  const from = asked.from ?? isoDay(Date.parse(`${to}T12:00:00Z`) - 6 * 86_400_000, 'UTC')
  if (from > to) throw new AppError('ERR_INPUT_INVALID', { path: 'to', expected: `a day from ${from} on`, found: to })
  const days: string[] = []
  for (let day = from; day <= to; day = dayAfter(day)) {
    days.push(day)
    if (days.length > mostDays)
      throw new AppError('ERR_INPUT_INVALID', { path: 'from', expected: `at most ${mostDays} days`, found: from })
  }
  const today = isoDay(now, zone)
  return {
    settings,
    from,
    to,
    days,
    span: { from: startOfDay(from, zone), to: startOfDay(dayAfter(to), zone) },
    passedDays: Math.max(1, days.filter((day) => day <= today).length),
    now,
  }
}

/** Local day and hour of quarters of an hour; each hour is worked out once. */
export function localHours(zone: string): (quarter: Quarter) => { readonly day: string; readonly hour: number } {
  const known = new Map<Quarter, { readonly day: string; readonly hour: number }>()
  return (quarter) => {
    const found = known.get(quarter)
    if (found) return found
    const at = quarter * quarterMs
    const made = { day: isoDay(at, zone), hour: Math.floor(zonedTime(at, zone).secondOfDay / 3600) }
    known.set(quarter, made)
    return made
  }
}
