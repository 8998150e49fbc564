/** A date and a time of day on the wall clock, as a cell has it. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly minuteOfDay: number
  readonly second: number
  /** Minutes east of Greenwich where the cell says so (`Z`, `+02:00`). */
  readonly offsetMinutes?: number | undefined
}

const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})/
const timeOfDay =
  /^[T\s,]*(?:um\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(z|[+-]\d{2}:?\d{2})?$/i

/** Whether a column of dates with slashes begins with the day, from all of its values; dots always do, hyphens too. */
export function dayOrderOf(cells: readonly string[]): boolean | 'ambiguous' | undefined {
  let hasDayFirst = false
  let hasMonthFirst = false
  let hasSlashes = false
  for (const cell of cells) {
    const [, first, sign, second] = yearLast.exec(cell.normalize('NFKC').trim()) ?? []
    if (first === undefined || sign !== '/') continue
    hasSlashes = true
    if (Number(first) > 12) hasDayFirst = true
    if (Number(second) > 12) hasMonthFirst = true
  }
  if (!hasSlashes) return undefined
  return hasDayFirst === hasMonthFirst ? 'ambiguous' : hasDayFirst
}

/**
 * `2026-03-15 14:22:05`, `15.03.2026 14:22`, `15/03/2026`, `2026年3月15日`, `2026-03-15T14:22:05Z`. Undefined for days that
 * no calendar has and for a slash date while nobody knows which number is the day.
 */
export function readDay(cell: string, dayFirst: boolean | undefined): WallTime | undefined {
  const text = cell.normalize('NFKC').trim()
  const date = dateOf(text, dayFirst)
  if (!date || !isDay(date)) return undefined
  const rest = text.slice(date.length)
  const { length: _length, ...day } = date
  if (rest.trim() === '') return { ...day, minuteOfDay: 0, second: 0 }
  const [, hours, minutes = '0', seconds = '0', half, offset] = timeOfDay.exec(rest) ?? []
  if (hours === undefined) return undefined
  const hour = (Number(hours) % (half ? 12 : 24)) + (half?.toLowerCase().startsWith('p') ? 12 : 0)
  return {
    ...day,
    minuteOfDay: hour * 60 + Number(minutes),
    second: Number(seconds),
    ...(offset === undefined ? {} : { offsetMinutes: minutesOf(offset) }),
  }
}

interface FoundDate {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly length: number
}

function dateOf(text: string, dayFirst: boolean | undefined): FoundDate | undefined {
  const [found, year, month, day] = yearFirst.exec(text) ?? []
  if (found !== undefined) return { year: Number(year), month: Number(month), day: Number(day), length: found.length }
  const [other, first, sign, second, late = ''] = yearLast.exec(text) ?? []
  if (other === undefined) return undefined
  const isDayFirst = sign === '/' ? dayFirst : true
  if (isDayFirst === undefined) return undefined
  const [ofMonth, ofYear] = isDayFirst ? [first, second] : [second, first]
  const full = late.length === 2 ? 2000 + Number(late) : Number(late)
  return { year: full, month: Number(ofYear), day: Number(ofMonth), length: other.length }
}

const isDay = ({ year, month, day }: FoundDate): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()

function minutesOf(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const digits = offset.replaceAll(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return offset.startsWith('-') ? -minutes : minutes
}
