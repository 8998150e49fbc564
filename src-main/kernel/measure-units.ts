export type Dimension = 'weight' | 'length' | 'volume'

/** How many grams, millimetres or cubic centimetres one of it is; pounds and inches are exact by definition. */
const unitsByDimension: Readonly<Record<Dimension, Readonly<Record<string, number>>>> = {
  weight: { g: 1, kg: 1000, mg: 0.001, t: 1_000_000, lb: 453.592_37, oz: 28.349_523_125 },
  length: { mm: 1, cm: 10, m: 1000, in: 25.4, ft: 304.8, yd: 914.4 },
  volume: { cm3: 1, ml: 1, cl: 10, l: 1000, m3: 1_000_000, in3: 16.387_064 },
}

/** Other ways to write a unit, in NFKC and small letters. A German Pfund is half a kilogram, so it stands for nothing. */
const otherNames: Readonly<Record<string, string>> = {
  gr: 'g', gram: 'g', grams: 'g', gramm: 'g', グラム: 'g', kilo: 'kg', kilos: 'kg', kilogram: 'kg', kilogramm: 'kg',
  kilograms: 'kg', キロ: 'kg', キログラム: 'kg', lbs: 'lb', pound: 'lb', pounds: 'lb', ounce: 'oz',
  ounces: 'oz', unze: 'oz', unzen: 'oz', millimeter: 'mm', millimetre: 'mm', ミリ: 'mm', ミリメートル: 'mm', zentimeter: 'cm',
  centimeter: 'cm', centimetre: 'cm', センチ: 'cm', センチメートル: 'cm', meter: 'm', metre: 'm', メートル: 'm', inch: 'in',
  inches: 'in', zoll: 'in', '"': 'in', '″': 'in', インチ: 'in', foot: 'ft', feet: 'ft', yard: 'yd', yards: 'yd', ccm: 'cm3',
  cc: 'cm3', 'cm^3': 'cm3', 'in^3': 'in3', dm3: 'l', liter: 'l', litre: 'l', リットル: 'l', ミリリットル: 'ml',
} // prettier-ignore

export const unitNames = (dimension: Dimension): readonly string[] => Object.keys(unitsByDimension[dimension])

/** The unit a word stands for, if it measures that; `kg`, `Kilogramm`, `㎏` alike. */
export function unitOf(word: string, dimension: Dimension): string | undefined {
  const plain = word.normalize('NFKC').trim().toLowerCase().replace(/\.$/, '')
  const name = Object.hasOwn(otherNames, plain) ? otherNames[plain] : plain
  return name !== undefined && Object.hasOwn(unitsByDimension[dimension], name) ? name : undefined
}

/** Whole grams, millimetres or cubic centimetres. A length is rounded up, so that nothing looks smaller than it is. */
export function inWholeUnits(value: number, unit: string, dimension: Dimension): number {
  const exact = value * (unitsByDimension[dimension][unit] ?? 1)
  // Six places are far below anything measured, and far above what binary fractions get wrong.
  const clean = Math.round(exact * 1e6) / 1e6
  return dimension === 'length' ? Math.ceil(clean) : clean > 0 && clean < 1 ? 1 : Math.round(clean)
}
