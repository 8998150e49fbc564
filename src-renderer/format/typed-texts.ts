import { typedSides, typedVolume, typedWeight } from '../../src-main/contract/typed-measures.ts'
import { inWholeUnits } from '../../src-main/kernel/measure-units.ts'
import type { Size } from '../../src-main/kernel/units.ts'
import type { UnitSystem } from '../stores/units.ts'

/** Measures of things as people type them into a field, and back; what is kept is always grams, mm and cm³. */
export interface TypedTexts {
  readonly weight: (grams: number) => string
  readonly sides: (sizeMm: Size) => string
  readonly volume: (cm3: number) => string
  /** A number without a unit is in the one that fields of this machine are written in. Undefined for no measure. */
  readonly typedWeight: (text: string) => number | undefined
  readonly typedSides: (text: string) => Size | undefined
  readonly typedVolume: (text: string) => number | undefined
}

const metric: TypedTexts = {
  weight: (grams) => `${grams} g`,
  sides: (sizeMm) => `${sizeMm.join(' × ')} mm`,
  volume: (cm3) => `${cm3} cm³`,
  typedWeight,
  typedSides,
  typedVolume,
}

const gramsPerPound = 453.592_37
const hasUnit = (text: string): boolean => /[^\d\s.,x×*✕]/iu.test(text.normalize('NFKC'))
const withUnit = (text: string, unit: string): string => (hasUnit(text) ? text : `${text.trim()} ${unit}`)

const imperial: TypedTexts = {
  weight: (grams) => {
    const unit = grams < gramsPerPound ? 'oz' : 'lb'
    return `${shortest(grams, unit, 'weight')} ${unit}`
  },
  sides: (sizeMm) => `${sizeMm.map((side) => shortest(side, 'in', 'length')).join(' × ')} in`,
  volume: (cm3) => `${shortest(cm3, 'in3', 'volume')} in³`,
  typedWeight: (text) => typedWeight(withUnit(text, 'oz')),
  typedSides: (text) => typedSides(withUnit(text, 'in')),
  typedVolume: (text) => typedVolume(withUnit(text, 'in3')),
}

/** Four places tell millimetres, grams and cm³ apart, however large. */
const mostPlaces = 4
const unitPrice = { in: 25.4, oz: 28.349_523_125, lb: gramsPerPound, in3: 16.387_064 } as const

/** The shortest number of units that reads back as just this measure: 153 mm is 6 in, for that is how 6 in is kept. */
function shortest(whole: number, unit: keyof typeof unitPrice, dimension: 'weight' | 'length' | 'volume'): string {
  const exact = whole / unitPrice[unit]
  for (let places = 0; places < mostPlaces; places++) {
    const by = 10 ** places
    for (const value of [Math.round(exact * by) / by, Math.floor(exact * by) / by])
      if (inWholeUnits(value, unit, dimension) === whole) return String(value)
  }
  return exact.toFixed(mostPlaces)
}

export const typedTexts = (units: UnitSystem): TypedTexts => (units === 'imperial' ? imperial : metric)
