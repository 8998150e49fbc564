import { fold } from './fold.ts'

/** Units as customers write them, with what one of them is in the unit that measures are compared in. */
const units: readonly (readonly [names: string, base: string, factor: number])[] = [
  ['mg milligramm', 'g', 0.001],
  ['g gr gram grams gramm gramme グラム', 'g', 1],
  ['kg kilo kilos kilogram kilograms kilogramm キロ キログラム', 'g', 1000],
  ['ml milliliter milliliters millilitre millilitres ミリリットル', 'ml', 1],
  ['cl centiliter centilitre zentiliter', 'ml', 10],
  ['dl deciliter decilitre deziliter', 'ml', 100],
  ['l ltr liter liters litre litres リットル', 'ml', 1000],
  ['mm millimeter millimeters millimetre millimetres ミリ ミリメートル', 'mm', 1],
  ['cm centimeter centimeters centimetre centimetres zentimeter センチ センチメートル', 'mm', 10],
  ['m meter meters metre metres メートル', 'mm', 1000],
  ['w watt watts ワット', 'w', 1],
  ['v volt volts ボルト', 'v', 1],
  ['mah', 'mah', 1],
  ['ah', 'mah', 1000],
  ['% percent prozent パーセント', '%', 1],
]

const unitByName = new Map(
  units.flatMap(([names, base, factor]) => names.split(' ').map((name) => [fold(name), { base, factor }] as const)),
)

/** Numbers as words, in English and German: "set of six" is "6er Set". */
const numbers: readonly (readonly [names: string, value: string])[] = [
  ['half halber halbe halbes', '0.5'],
  ['one ein eine', '1'],
  ['two zwei', '2'],
  ['three drei', '3'],
  ['four vier', '4'],
  ['five fünf', '5'],
  ['six sechs', '6'],
  ['seven sieben', '7'],
  ['eight acht', '8'],
  ['nine neun', '9'],
  ['ten zehn', '10'],
  ['eleven elf', '11'],
  ['twelve zwölf dozen dutzend', '12'],
  ['fifteen fünfzehn', '15'],
  ['twenty zwanzig', '20'],
  ['thirty dreißig', '30'],
  ['forty vierzig', '40'],
  ['fifty fünfzig', '50'],
  ['hundred hundert', '100'],
]
const numberByWord = new Map(
  numbers.flatMap(([names, value]) => names.split(' ').map((name) => [fold(name), value] as const)),
)

/** The digits of a number word. */
export const findNumber = (word: string): string | undefined => numberByWord.get(word)

/** Separators between groups of three are left out, a decimal comma is a point: "10.000" is 10000, "2,50" is 2.5. */
export function plainNumber(written: string): string {
  if (/^[1-9]\d{0,2}([.,]\d{3})+$/.test(written)) return written.replaceAll(/[.,]/g, '')
  return /^\d+[.,]\d+$/.test(written) ? String(Number(written.replace(',', '.'))) : written
}

/** A number with its unit in one spelling: "0,75 l" and "750 ml" are both "750ml". */
export function findMeasure(number: string, unit: string): string | undefined {
  const found = unitByName.get(unit)
  const value = Number(number)
  if (found === undefined || !Number.isFinite(value)) return undefined
  return String(Number((value * found.factor).toPrecision(12))) + found.base
}
