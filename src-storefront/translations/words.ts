import type { MoneyAmount } from '../../src-protocol/index.ts'
import { service as germanService } from './de/service.ts'
import { shopping as germanShopping } from './de/shopping.ts'
import { service as englishService } from './en/service.ts'
import { shopping as englishShopping } from './en/shopping.ts'
import { service as japaneseService } from './ja/service.ts'
import { shopping as japaneseShopping } from './ja/shopping.ts'
import { languageOf, type Language } from './language.ts'

export type Key = keyof typeof englishShopping | keyof typeof englishService
/** Keys that come as `_one` and `_other`. */
type CountKey = Key extends infer K ? (K extends `${infer Base}_one` ? Base : never) : never
export type Facts = { readonly [name: string]: string | number }

export const textsByLanguage: Readonly<Record<Language, Readonly<Record<Key, string>>>> = {
  en: { ...englishShopping, ...englishService },
  de: { ...germanShopping, ...germanService },
  ja: { ...japaneseShopping, ...japaneseService },
}

const isKey = (key: string): key is Key => key in textsByLanguage.en

/** One language as a shop speaks it: sentences, and numbers, money and times as they are written there. */
export interface Words {
  readonly language: Language
  say(key: Key, facts?: Facts): string
  /** `_one` or `_other`, by the language's own rule; `{count}` is filled in. */
  count(key: CountKey, count: number, facts?: Facts): string
  /** The sentence of a code within an area, such as `reason.nobody-home`; undefined for a code without one. */
  find(area: string, code: string, facts?: Facts): string | undefined
  money(amount: MoneyAmount): string
  /** Percent as the wire has it: `"7.5"`. */
  percent(rate: string): string
  weight(grams: number): string
  centimetres(millimetres: readonly number[]): string
  litres(cubicCentimetres: number): string
  country(code: string): string
  day(instant: string): string
  moment(instant: string): string
  /** A window: day and hours, the day once. */
  span(from: string, to: string): string
  compare(a: string, b: string): number
}

/** Where the shop stands: its clock, and how its country writes dates. */
export interface Place {
  readonly timeZone: string
  readonly country: string
}

const madeByPlace = new Map<string, Words>()

/** The words of a language; made once, because the formatters of Intl are slow to make. */
export function wordsOf(language: Language, place: Place): Words {
  const key = `${language} ${place.country} ${place.timeZone}`
  const known = madeByPlace.get(key)
  if (known !== undefined) return known
  const made = make(language, place)
  madeByPlace.set(key, made)
  return made
}

/** For a tag such as `de-AT`; the second one, then English, where the pages do not speak it. */
export const wordsForTag = (tag: string, otherwise: string, place: Place): Words =>
  wordsOf(languageOf(tag) ?? languageOf(otherwise) ?? 'en', place)

export const fill = (text: string, facts: Facts): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))

/** A language is written as in its own countries: English in a German shop has British dates and decimal points. */
const countriesByLanguage: Readonly<Record<Language, readonly string[]>> = {
  en: ['GB', 'US', 'CA', 'AU', 'NZ', 'IE', 'ZA', 'IN'],
  de: ['DE', 'AT', 'CH', 'LI', 'LU'],
  ja: ['JP'],
}

function localeOf(language: Language, country: string): string {
  const countries = countriesByLanguage[language]
  return `${language}-${countries.includes(country) ? country : countries[0]}`
}

function make(language: Language, { timeZone, country }: Place): Words {
  const locale = localeOf(language, country)
  const texts = textsByLanguage[language]
  const plural = new Intl.PluralRules(language)
  const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' })
  const collator = new Intl.Collator(language)
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full' })
  const moment = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const span = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }) // prettier-ignore
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: digits })
  const units = { gram: unit('gram', 0), kilogram: unit('kilogram', 2), litre: unit('liter', 2) }
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const moneys = new Map<string, Intl.NumberFormat>()
  const moneyFormat = (currency: string): Intl.NumberFormat => {
    const format = moneys.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
    moneys.set(currency, format)
    return format
  }
  const say = (key: Key, facts: Facts = {}): string => fill(texts[key], facts)
  return {
    language,
    say,
    count(key, count, facts = {}) {
      // Of `one` and `other` each counted key has both; languages with more forms need more keys.
      const form = `${key}_${plural.select(count) === 'one' ? 'one' : 'other'}`
      return isKey(form) ? say(form, { count, ...facts }) : key
    },
    find(area, code, facts) {
      const key = `${area}.${code}`
      return isKey(key) ? say(key, facts) : undefined
    },
    money: ({ amount, currency }) => moneyFormat(currency).format(Number(amount)),
    percent: (rate) => percent.format(Number(rate) / 100),
    weight: (grams) => (grams < 1000 ? units.gram.format(grams) : units.kilogram.format(grams / 1000)),
    centimetres: (sides) => `${sides.map((side) => number.format(side / 10)).join(' × ')} cm`,
    litres: (volume) => units.litre.format(volume / 1000),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    day: (instant) => day.format(new Date(instant)),
    moment: (instant) => moment.format(new Date(instant)),
    span: (from, to) => span.formatRange(new Date(from), new Date(to)),
    compare: collator.compare,
  }
}

/** For sentences made where nobody has said yet who will read them. */
export const english = wordsOf('en', { timeZone: 'UTC', country: 'GB' })
