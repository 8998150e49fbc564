import { unbroken } from '../../kernel/unbroken.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import type { ToldWords } from './words.ts'

/** What is proven about a plan, or how far a better one may be off, and why it is as it is: a sentence each. */
export interface Told {
  readonly proof: string
  /** Empty for a reason that this version does not know. */
  readonly reason: string
}

export interface Manner {
  readonly locale: string
  /** Around codes and names, where the text goes on paper with scripts that run both ways. */
  readonly around?: ((fact: string) => string) | undefined
}

/** A parcel's reason as the packing engine gives it: a code and facts in grams, cm3 and millimetres. */
export interface ToldWhy {
  readonly code: string
  readonly facts: { readonly [name: string]: string | number }
}

export interface ToldParcel {
  /** Parcels of the same order. */
  readonly parcels: number
  readonly parcelsLowerBound: number
  readonly isFewest: boolean
  readonly isBest: boolean
  readonly why: ToldWhy
}

export interface ToldTour {
  readonly lengthMm: number
  readonly lowerBoundMm: number
  readonly binOrderMm: number
  readonly isOptimal: boolean
}

export interface ToldRoute {
  readonly stops: number
  /** 0 where the courier plans the way. */
  readonly distanceM: number
  readonly lowerBoundM?: number | undefined
  readonly isOptimal: boolean
}

const tables: { readonly [language: string]: ToldWords } = { en, de, ja }
const wordsOf = (locale: string): ToldWords => tables[locale.split('-')[0] ?? 'en'] ?? en

/** `Two parcels: 18.4 kg > 15 kg in every carton.` and `No plan with one exists.` */
export function tellParcel(parcel: ToldParcel, manner: Manner): Told {
  const words = wordsOf(manner.locale)
  return { proof: parcelProof(parcel, words, manner), reason: parcelReason(parcel, words, manner) }
}

function parcelProof(parcel: ToldParcel, words: ToldWords, manner: Manner): string {
  const { proof, counts } = words
  const { parcels, parcelsLowerBound, isFewest, isBest } = parcel
  if (parcels <= 1 && parcel.why.code === 'own-box') return proof.one
  if (parcels <= 1) return isBest ? proof.onlyBest : proof.only
  if (isFewest) {
    const count = counts[parcels - 1] ?? parcels - 1
    return filled(proof.fewest, { less: parcels === 2 ? words.oneParcel : filled(words.moreParcels, { count }) })
  }
  return filled(proof.gap, { n: parcels.toLocaleString(manner.locale), bound: parcelsLowerBound })
}

function parcelReason({ parcels, why }: ToldParcel, words: ToldWords, manner: Manner): string {
  const { reason } = words
  const because = becauseOf(why.facts, words, manner)
  switch (why.code) {
    case 'smallest-carton':
      return reason.smallest
    case 'larger-carton':
      return filled(reason.larger, { because })
    case 'one-more-parcel': {
      const count = words.counts[parcels] ?? parcels.toLocaleString(manner.locale)
      return filled(reason.more, { parcels: withCapital(filled(words.parcels, { count })), because })
    }
    case 'set-split':
      return filled(reason.split, { sets: quoted(why.facts['sets'], manner) })
    case 'alone':
      return reason.alone
    case 'own-box':
      return reason.ownBox
    default:
      return ''
  }
}

function becauseOf(facts: ToldWhy['facts'], words: ToldWords, manner: Manner): string {
  const { because } = words
  const carton = quoted(facts['carton'], manner)
  const where = facts['in'] === 'every-carton' ? words.inEvery : filled(words.inCarton, { carton })
  const { value, limit } = facts
  const amounts = (write: (amount: number) => string): { value: string; limit: string } => ({
    value: write(Number(value)),
    limit: write(Number(limit)),
  })
  const isMeasured = value !== undefined && limit !== undefined
  switch (facts['binding']) {
    case 'weight':
      return isMeasured
        ? filled(because.tooMuch, { ...amounts(weight(manner)), where })
        : filled(because.unknown, { where })
    case 'volume':
      return isMeasured
        ? filled(because.tooMuch, { ...amounts(litres(manner)), where })
        : filled(because.unknown, { where })
    case 'length':
      return isMeasured
        ? filled(because.tooLong, { ...amounts((mm) => unbroken(`${number(mm, manner)} mm`)), where })
        : filled(because.unknown, { where })
    case 'dangerous':
      return filled(because.dangerous, amounts(weight(manner)))
    case 'keep-apart':
      return because.keepApart
    case 'placement':
      return filled(because.placement, { where })
    case 'stock':
      return filled(because.stock, { carton })
    default:
      return filled(because.unknown, { where })
  }
}

/** How far a walk can be from the shortest (rounded up: never promised too much), and what it saves (rounded down). */
export function tellTour(tour: ToldTour, manner: Manner): Told {
  const { proof, reason } = wordsOf(manner.locale)
  const saved = tour.binOrderMm - tour.lengthMm
  return {
    proof: tour.isOptimal ? proof.walkBest : filled(proof.walkGap, { n: gapText(tour.lengthMm, tour.lowerBoundMm, manner) }), // prettier-ignore
    reason:
      saved <= 0
        ? reason.savedNothing
        : filled(reason.saved, {
            n: number(Math.floor(saved / 100) / 10, manner, 1),
            p: Math.floor((saved * 100) / tour.binOrderMm),
          }),
  }
}

export function tellRoute(route: ToldRoute, manner: Manner): Told {
  const { proof, reason } = wordsOf(manner.locale)
  const n = number(route.stops, manner)
  if (route.distanceM === 0 && !route.isOptimal)
    return { proof: proof.routeTheirs, reason: filled(reason.routeByCode, { n }) }
  const bound = route.lowerBoundM ?? 0
  const gap = bound > 0 ? filled(proof.routeGap, { n: gapText(route.distanceM, bound, manner) }) : proof.routeOpen
  return { proof: route.isOptimal ? proof.routeBest : gap, reason: filled(reason.route, { n }) }
}

/** Percent over the bound, one decimal, rounded up. */
const gapText = (length: number, bound: number, manner: Manner): string =>
  number(bound > 0 ? Math.ceil((length / bound - 1) * 1000) / 10 : 100, manner, 1)

const filled = (sentence: string, facts: { readonly [name: string]: string | number }): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))

const quoted = (fact: string | number | undefined, { around = (text) => text }: Manner): string =>
  around(String(fact ?? ''))

const withCapital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const kept = new Map<string, Intl.NumberFormat>()

/** Made once for each locale: a wave's paper asks thousands of times. */
function number(value: number, { locale }: Manner, digits = 0): string {
  const key = `${locale} ${digits}`
  const made = kept.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: digits === 1 ? 1 : 0, maximumFractionDigits: digits }) // prettier-ignore
  kept.set(key, made)
  return made.format(value)
}

const weight =
  (manner: Manner) =>
  (grams: number): string =>
    unbroken(grams < 1000 ? `${number(grams, manner)} g` : `${number(grams / 1000, manner, 2)} kg`)

const litres =
  (manner: Manner) =>
  (cm3: number): string =>
    unbroken(`${number(cm3 / 1000, manner, 2)} l`)
