import type { CarrierView } from '../../../src-main/contract/views.ts'
import { typedSide, typedWeight } from '../../../src-main/contract/typed-measures.ts'
import { decimalsOf, parseMoney } from '../../../src-main/kernel/money.ts'

export type TariffRow = CarrierView['tariff'][number]

/** How amounts of a tariff are written and read. */
export interface TariffManner {
  readonly locale: string
  readonly currency: string
  readonly units: 'metric' | 'imperial'
}

export const tariffFields = ['weight', 'length', 'girth', 'price'] as const
export type TariffField = (typeof tariffFields)[number]

/** A row as it is typed. `from`: what it was written from, so that what nobody touches is kept to the gram. */
export interface TariffDraft {
  readonly id: number
  readonly weight: string
  readonly length: string
  readonly girth: string
  readonly price: string
  readonly from: TariffRow | undefined
}

const [gramsPerKilogram, gramsPerPound, millimetresPerInch] = [1000, 453.592_37, 25.4]

/** Without signs between thousands: they would be read as decimal ones. */
const plain = (value: number, { locale }: TariffManner): string =>
  new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 2 }).format(value)

export const weightText = (grams: number, manner: TariffManner): string =>
  manner.units === 'metric'
    ? `${plain(grams / gramsPerKilogram, manner)} kg`
    : `${plain(grams / gramsPerPound, manner)} lb`

export const sideText = (millimetres: number, manner: TariffManner): string =>
  manner.units === 'metric'
    ? `${plain(millimetres / 10, manner)} cm`
    : `${plain(millimetres / millimetresPerInch, manner)} in`

/** As money is typed: without the currency, with all its decimals. */
function priceText(minor: number, { locale, currency }: TariffManner): string {
  const decimals = decimalsOf(currency)
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(locale, { useGrouping: false, ...digits }).format(minor / 10 ** decimals)
}

function textsOf(row: TariffRow, manner: TariffManner): Record<TariffField, string> {
  return {
    weight: weightText(row.maxGrossG, manner),
    length: sideText(row.maxLengthMm, manner),
    girth: sideText(row.maxGirthMm, manner),
    price: priceText(row.priceMinor, manner),
  }
}

const empty: Readonly<Record<TariffField, string>> = { weight: '', length: '', girth: '', price: '' }

export const draftOf = (id: number, row: TariffRow | undefined, manner: TariffManner): TariffDraft => ({
  id,
  from: row,
  ...(row ? textsOf(row, manner) : empty),
})

/** What was typed as a row, or the fields that say nothing. */
export function readRow(draft: TariffDraft, manner: TariffManner): TariffRow | { readonly wrong: TariffField[] } {
  const written = draft.from && textsOf(draft.from, manner)
  const read = (field: TariffField, kept: number | undefined, how: (text: string) => number | undefined) =>
    kept !== undefined && written?.[field] === draft[field] ? kept : how(draft[field].trim())
  const values = {
    weight: read('weight', draft.from?.maxGrossG, typedWeight),
    length: read('length', draft.from?.maxLengthMm, typedSide),
    girth: read('girth', draft.from?.maxGirthMm, typedSide),
    price: read('price', draft.from?.priceMinor, (text) => parseMoney(text.replace(',', '.'), manner.currency)?.minor),
  }
  const { weight, length, girth, price } = values
  if (weight === undefined || length === undefined || girth === undefined || price === undefined || price < 0)
    return { wrong: tariffFields.filter((field) => (values[field] ?? -1) < 0) }
  return { maxGrossG: weight, maxLengthMm: length, maxGirthMm: girth, priceMinor: price }
}
