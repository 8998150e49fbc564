import { inWholeUnits, unitOf } from '../../../src-main/kernel/measure-units.ts'

/** What lengths of a floor are written in: metres or feet. */
export type LengthUnits = 'metric' | 'imperial'

const millimetresOfFoot = 304.8
const millimetresOfInch = 25.4

/** A length as one writes it on a plan: `3.2 m`, `10.5 ft`. */
export function lengthText(
  millimetres: number,
  manner: { readonly locale: string; readonly units: LengthUnits },
): string {
  const isMetric = manner.units === 'metric'
  return new Intl.NumberFormat(manner.locale, {
    style: 'unit',
    unit: isMetric ? 'meter' : 'foot',
    maximumFractionDigits: isMetric ? 3 : 2,
  }).format(millimetres / (isMetric ? 1000 : millimetresOfFoot))
}

/** `3`, `3.2 m`, `320 cm`, `10 ft` as millimetres; without a unit metres or feet. Undefined for anything else. */
export function typedLength(text: string, units: LengthUnits): number | undefined {
  const [, sign = '', digits = '', word = ''] =
    /^([-−]?)\s*([\d.,]+)\s*(\D*)$/u.exec(text.normalize('NFKC').trim()) ?? []
  const plain = digits.replace(',', '.')
  const usual = units === 'metric' ? 'm' : 'ft'
  const unit = unitOf(word.trim() === '' ? usual : word, 'length')
  if (unit === undefined || !/^(\d+(\.\d*)?|\.\d+)$/.test(plain)) return undefined
  const length = inWholeUnits(Number(plain), unit, 'length')
  return sign === '' ? length : -length
}

/** How far an arrow key moves something, millimetres. */
export const keySteps = {
  metric: { small: 10, usual: 100, large: 1000 },
  imperial: { small: millimetresOfInch, usual: 6 * millimetresOfInch, large: millimetresOfFoot },
} as const

/** The same as text; they are round in their own units. */
export function keyStepTexts({ locale, units }: { readonly locale: string; readonly units: LengthUnits }) {
  const short = (value: number, unit: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit }).format(value)
  return units === 'metric'
    ? { small: short(1, 'centimeter'), usual: short(10, 'centimeter'), large: short(1, 'meter') }
    : { small: short(1, 'inch'), usual: short(6, 'inch'), large: short(1, 'foot') }
}
