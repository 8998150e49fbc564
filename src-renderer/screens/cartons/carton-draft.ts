import { typedSides, typedVolume, typedWeight } from '../../../src-main/contract/typed-measures.ts'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import { decimalsOf } from '../../../src-main/kernel/money.ts'

export type CartonRow = OutputOf<'cartons.list'>[number]
type Carton = CartonRow['carton']

export const freeOf = ({ onHand, reserved }: CartonRow): number => Math.max(0, onHand - reserved)
type Size = readonly [number, number, number]

/** How a price is written: whose figures, and how many of them behind the point. */
export interface PriceManner {
  readonly currency: string
  readonly locale: string
}

/** A carton as it is typed. */
export interface CartonDraft {
  code: string
  name: string
  inner: string
  outer: string
  tare: string
  carries: string
  cost: string
  stock: string
  warn: string
  padding: string
  insulated: boolean
  coolant: string
  coolantWeight: string
}

export const fields = ['code', 'name', 'inner', 'outer', 'carries', 'tare', 'cost', 'stock', 'warn', 'padding'] as const
export const coolFields = ['coolant', 'coolantWeight'] as const
export type DraftField = (typeof fields)[number] | (typeof coolFields)[number]

const sidesText = (size: Size): string => `${size.join(' × ')} mm`

/** Written as it would be typed, in the units of the catalogue; an empty one for a carton that is new. */
export function draftOf(row: CartonRow | undefined, manner: PriceManner): CartonDraft {
  if (!row)
    return { code: '', name: '', inner: '', outer: '', tare: '', carries: '', cost: '', stock: '', warn: '', padding: '', insulated: false, coolant: '', coolantWeight: '' } // prettier-ignore
  const { carton, onHand } = row
  return {
    code: carton.code,
    name: carton.name,
    inner: sidesText(carton.innerMm),
    outer: sidesText(carton.outerMm),
    tare: carton.tareG > 0 ? `${carton.tareG} g` : '',
    carries: carton.maxGrossG % 1000 === 0 ? `${carton.maxGrossG / 1000} kg` : `${carton.maxGrossG} g`,
    cost: priceText(carton.costMinor, manner),
    stock: String(onHand),
    warn: carton.warnBelow === undefined ? '' : String(carton.warnBelow),
    padding: carton.paddingMm > 0 ? String(carton.paddingMm) : '',
    insulated: carton.insulated,
    coolant: carton.coolantMm3 > 0 ? `${Math.round(carton.coolantMm3 / 1000)} cm³` : '',
    coolantWeight: carton.coolantG > 0 ? `${carton.coolantG} g` : '',
  }
}

export type ReadDraft =
  { readonly carton: Carton; readonly onHand: number | undefined } | { readonly wrong: readonly DraftField[] }

/** Board adds so much to each side where nobody has measured the outside. */
const boardMm: Size = [6, 6, 12]

/** What was typed as a carton, or the fields that say nothing. `before`: what the form does not show stays as it was. */
export function readDraft(draft: CartonDraft, before: Carton | undefined, currency: string): ReadDraft {
  const wrong: DraftField[] = []
  const read = <Value>(
    field: DraftField,
    how: (text: string) => Value | undefined,
    empty?: Value,
  ): Value | undefined => {
    const text = draft[field].trim()
    const value = text === '' ? empty : how(text)
    if (value === undefined) wrong.push(field)
    return value
  }
  const code = read('code', (text) => text)
  const innerMm = read('inner', typedSides)
  const grown = innerMm && ([innerMm[0] + boardMm[0], innerMm[1] + boardMm[1], innerMm[2] + boardMm[2]] as const)
  const outerMm = read('outer', typedSides, grown ?? ([1, 1, 1] as const))
  const maxGrossG = read('carries', typedWeight)
  const tareG = read('tare', typedWeight, 0)
  const costMinor = read('cost', (text) => minorOf(text, currency), 0)
  const stock = read('stock', whole, before ? undefined : 0)
  const warnBelow = read('warn', whole, -1)
  const paddingMm = read('padding', whole, 0)
  const coolantCm3 = draft.insulated ? read('coolant', typedVolume, 0) : 0
  const coolantG = draft.insulated ? read('coolantWeight', typedWeight, 0) : 0
  if (innerMm && outerMm && outerMm.some((side, axis) => side < (innerMm[axis] ?? 0))) wrong.push('outer')
  if (innerMm && paddingMm !== undefined && innerMm.some((side) => side <= paddingMm)) wrong.push('padding')
  if (wrong.length > 0 || !code || !innerMm || !outerMm || maxGrossG === undefined) return { wrong }
  return {
    carton: {
      ...before,
      code,
      name: draft.name.trim() || code,
      innerMm,
      outerMm,
      maxGrossG,
      tareG: tareG ?? 0,
      costMinor: costMinor ?? 0,
      insulated: draft.insulated,
      paddingMm: paddingMm ?? 0,
      coolantMm3: (coolantCm3 ?? 0) * 1000,
      coolantG: coolantG ?? 0,
      warnBelow: warnBelow === -1 ? undefined : warnBelow,
    },
    onHand: stock,
  }
}

export const whole = (text: string): number | undefined => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : undefined)

/** `0,55` or `0.55` in the shop's currency. */
export function minorOf(text: string, currency: string): number | undefined {
  const plain = text.replace(',', '.').replaceAll(/[^\d.]/g, '')
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined
  return Math.round(Number(plain) * 10 ** decimalsOf(currency))
}

/** A price to type over, in the figures of the language; `minorOf` reads it back. */
export function priceText(minor: number, { currency, locale }: PriceManner): string {
  const digits = decimalsOf(currency)
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    numberingSystem: 'latn',
  })
  return format.format(minor / 10 ** digits)
}

/** As the contract takes it: sizes that may be written to. */
export const forSaving = ({ innerMm, outerMm, ...carton }: Carton) => ({
  ...carton,
  innerMm: [innerMm[0], innerMm[1], innerMm[2]] as [number, number, number],
  outerMm: [outerMm[0], outerMm[1], outerMm[2]] as [number, number, number],
})
