import type { Measures } from './amounts.ts'

const mmPerInch = 25.4
const mmPerFoot = 304.8
const gramsPerOunce = 28.349_523_125
const ouncesPerPound = 16
const cm3PerCubicInch = 16.387_064

/** Inches, feet, ounces and pounds, for people who measure in them; what is kept stays metric. */
export function imperialMeasures(locale: string): Measures {
  const number = (digits: number): Intl.NumberFormat => new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: digits })
  const [ounce, pound, foot] = [unit('ounce', 1), unit('pound', 2), unit('foot', 0)]
  const [tenths, whole] = [number(1), number(0)]
  return {
    weight(grams) {
      const ounces = grams / gramsPerOunce
      return ounces < ouncesPerPound ? ounce.format(ounces) : pound.format(ounces / ouncesPerPound)
    },
    size: (sidesMm) => `${sidesMm.map((side) => tenths.format(side / mmPerInch)).join(' × ')} in`,
    metres: (millimetres) => foot.format(Math.round(millimetres / mmPerFoot)),
    volume: (cm3) => `${whole.format(cm3 / cm3PerCubicInch)} in³`,
  }
}
