import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { resources } from './programs.ts'

/** A product as the sample shop's file states it; read by nothing of ours. */
export interface SampleProduct {
  readonly sku: string
  readonly gtin: string
  readonly name: string
  readonly category: string
  /** Undefined for loose goods. */
  readonly sizeMm: readonly [number, number, number] | undefined
  readonly foldedMm: readonly (readonly number[])[]
  readonly weightG: number
  readonly volumeCm3: number
  readonly orientation: string
  readonly class: string
  readonly temperature: string
  readonly isAlone: boolean
  readonly isOwnBox: boolean
  readonly takesNothingOnTop: boolean
}

export interface SampleCarton {
  readonly code: string
  readonly innerMm: readonly number[]
  readonly tareG: number
  readonly maxGrossG: number
  readonly maxVolumeCm3: number
  readonly isInsulated: boolean
  readonly coolantG: number
}

type Row = Readonly<Record<string, string>>

// With `columns` every row is an object of texts.
const rowsOf = (file: string): readonly Row[] =>
  parse(readFileSync(join(resources, file)), { columns: true, bom: true }) as readonly Row[]

const number = (row: Row, column: string): number => Number(row[column] ?? '')
const text = (row: Row, column: string): string => row[column] ?? ''

function productOf(row: Row): SampleProduct {
  const hasSides = text(row, 'length_mm') !== ''
  const sides = [number(row, 'length_mm'), number(row, 'width_mm'), number(row, 'height_mm')] as const
  const volume = text(row, 'volume_cm3')
  return {
    sku: text(row, 'sku'),
    gtin: text(row, 'gtin'),
    name: text(row, 'name'),
    category: text(row, 'category'),
    sizeMm: hasSides ? [...sides] : undefined,
    foldedMm: text(row, 'folded_mm')
      .split(';')
      .filter((size) => size !== '')
      .map((size) => size.split('x').map(Number)),
    weightG: number(row, 'weight_g'),
    volumeCm3: volume === '' ? (sides[0] * sides[1] * sides[2]) / 1000 : Number(volume),
    orientation: text(row, 'orientation') || 'any',
    class: text(row, 'class'),
    temperature: text(row, 'temperature') || 'ambient',
    isAlone: text(row, 'alone') === 'true',
    isOwnBox: text(row, 'own_box') === 'true',
    takesNothingOnTop: text(row, 'fragile') === 'true' || text(row, 'max_load_g') === '0',
  }
}

const cartonOf = (row: Row): SampleCarton => ({
  code: text(row, 'code'),
  innerMm: [number(row, 'inner_l_mm'), number(row, 'inner_w_mm'), number(row, 'inner_h_mm')],
  tareG: number(row, 'tare_g'),
  maxGrossG: number(row, 'max_gross_g'),
  maxVolumeCm3: number(row, 'max_volume_cm3'),
  isInsulated: text(row, 'insulated') === 'true',
  coolantG: number(row, 'coolant_g'),
})

export const products: ReadonlyMap<string, SampleProduct> = new Map(
  rowsOf('catalogue.csv').map((row) => [text(row, 'sku'), productOf(row)]),
)
export const cartons: ReadonlyMap<string, SampleCarton> = new Map(
  rowsOf('cartons.csv').map((row) => [text(row, 'code'), cartonOf(row)]),
)

/** Pairs of classes that never share a parcel in the sample shop. */
export const keptApart: readonly (readonly [string, string])[] = // The sample shop's own file, checked by its tests.
  (
    JSON.parse(readFileSync(join(resources, 'shop.json'), 'utf8')) as {
      readonly rules: { readonly keepApart: readonly (readonly [string, string])[] }
    }
  ).rules.keepApart
