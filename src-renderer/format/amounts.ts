import { decimalsOf } from '../../src-main/kernel/money.ts'
import { unbroken, unbrokenAmounts } from '../../src-main/kernel/unbroken.ts'
import { imperialMeasures } from './imperial-measures.ts'

/** How the shop and the person in front of the screen write things. */
export interface Manner {
  readonly locale: string
  readonly currency: string
  readonly zone: string
  /** What lengths and weights are shown in; everything goes in as millimetres and grams. Absent = metric. */
  readonly units?: 'metric' | 'imperial' | undefined
  /** Where lines begin; absent = on the left. */
  readonly direction?: 'ltr' | 'rtl' | undefined
}

/** What is measured, as text. */
export type Measures = Pick<Formats, 'weight' | 'size' | 'metres' | 'volume'>

/** Amounts as text; everything goes in as integers of the smallest unit. A number and its unit stay on one line. */
export interface Formats {
  count(value: number): string
  money(minor: number, currency?: string): string
  /** `850 g`, `12.5 kg`. */
  weight(grams: number): string
  /** `300 × 200 × 150 mm`. */
  size(sidesMm: readonly number[]): string
  /** Walked ways: `184 m`. */
  metres(millimetres: number): string
  /** Driven ways: `23.4 km`. */
  kilometres(metres: number): string
  volume(cm3: number): string
  percent(share: number): string
  /** `14:05` today, `22 Nov, 14:05` on other days. */
  moment(at: number, now: number): string
  day(at: number): string
  /** A calendar day, `2026-11-22`, as `22 Nov`. */
  shortDay(day: string): string
  /** A calendar month, `2026-11`, as `Nov 2026`. */
  month(month: string): string
  /** `40 s ago`, `5 min ago`, `yesterday`. */
  ago(at: number, now: number): string
  /** `in 40 min`, `in 3 hr`; past ones as `ago`. */
  until(at: number, now: number): string
}

/** Signs that nobody sees: between them stands text that is read from left to right. */
const [beginLeftToRight, endLeftToRight] = ['\u2066', '\u2069']

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Formatters are made once per manner: making one costs as much as a hundred uses. */
export function createFormats(manner: Manner): Formats {
  const { locale, zone } = manner
  const unit = (name: string, digits = 0): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: digits })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const [gram, kilogram, metre, litre] = [unit('gram'), unit('kilogram', 2), unit('meter'), unit('liter', 1)]
  const kilometre = unit('kilometer', 1)
  const moneyByCurrency = new Map<string, Intl.NumberFormat>()
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' })
  const fullDay = new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium' })
  // Calendar days and months have no time zone of their own.
  const calendarDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })
  const calendarMonth = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const told = (amount: number, of: Intl.RelativeTimeFormatUnit): string => unbrokenAmounts(relative.format(amount, of))
  const measures: Measures =
    manner.units === 'imperial'
      ? imperialMeasures(locale)
      : {
          weight: (grams) => (grams < 1000 ? gram.format(grams) : kilogram.format(grams / 1000)),
          size: (sidesMm) => `${sidesMm.map((side) => number.format(side)).join(' × ')} mm`,
          metres: (millimetres) => metre.format(Math.round(millimetres / 1000)),
          volume: (cm3) => litre.format(cm3 / 1000),
        }
  return {
    count: (value) => number.format(value),
    money(minor, currency = manner.currency) {
      const known = moneyByCurrency.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
      moneyByCurrency.set(currency, known)
      return known.format(minor / 10 ** decimalsOf(currency))
    },
    kilometres: (metres) => unbroken(kilometre.format(metres / 1000)),
    weight: (grams) => unbroken(measures.weight(grams)),
    metres: (millimetres) => unbroken(measures.metres(millimetres)),
    volume: (cm3) => unbroken(measures.volume(cm3)),
    size(sidesMm) {
      const size = unbroken(measures.size(sidesMm))
      return manner.direction === 'rtl' ? `${beginLeftToRight}${size}${endLeftToRight}` : size
    },
    percent: (share) => percent.format(share),
    moment: (at, now) =>
      day.format(at) === day.format(now) ? time.format(at) : `${day.format(at)}, ${time.format(at)}`,
    day: (at) => fullDay.format(at),
    shortDay: (text) => calendarDay.format(Date.parse(`${text}T12:00:00Z`)),
    month: (text) => calendarMonth.format(Date.parse(`${text}-15T12:00:00Z`)),
    until(at, now) {
      const left = at - now
      if (left < minuteMs) return told(Math.ceil(left / minuteMs), 'minute')
      if (left < 2 * hourMs) return told(Math.round(left / minuteMs), 'minute')
      if (left < dayMs) return told(Math.round(left / hourMs), 'hour')
      return told(Math.round(left / dayMs), 'day')
    },
    ago(at, now) {
      const past = now - at
      if (past < minuteMs) return told(-Math.max(0, Math.round(past / 1000)), 'second')
      if (past < hourMs) return told(-Math.round(past / minuteMs), 'minute')
      if (past < dayMs) return told(-Math.round(past / hourMs), 'hour')
      return told(-Math.round(past / dayMs), 'day')
    },
  }
}
