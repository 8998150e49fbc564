import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../src-main/adapters/files/csv.ts'
import { repairOf } from '../../../src-main/domain/repaired-measures.ts'
import { categoryMeasures, suspiciousMeasures, type Measured } from '../../../src-main/domain/suspicious-measures.ts'
import type { Size } from '../../../src-main/kernel/units.ts'

const teas: readonly Measured[] = [100, 120, 150, 180, 200, 220, 250, 300, 500].map((weightG) => ({
  category: 'Tea',
  weightG,
}))
const usual = categoryMeasures(teas)

describe('a repair is offered', () => {
  test('for 35 kg of tea: the decimal comma of 0,35 was lost', () => {
    expect(repairOf({ category: 'Tea', weightG: 35_000 }, usual)).toEqual({ cause: 'decimal-comma', weightG: 350 })
  })

  test('for 35 kg of tea of which only the size is known', () => {
    expect(repairOf({ category: '', weightG: 35_000, sizeMm: [160, 90, 70] })).toEqual({
      cause: 'decimal-comma',
      weightG: 350,
    })
  })

  test.each([
    [
      'grams were typed where kilograms are expected',
      { weightG: 200_000 },
      { cause: 'grams-as-kilograms', weightG: 200 },
    ],
    [
      'centimetres were taken for millimetres',
      { sizeMm: [16, 9, 7] as Size, weightG: 320 },
      { cause: 'centimetres-as-millimetres', sizeMm: [160, 90, 70] },
    ],
    [
      'inches were taken for millimetres',
      { sizeMm: [6, 4, 3] as Size, weightG: 220 },
      { cause: 'inches-as-millimetres', sizeMm: [152, 102, 76] },
    ],
    [
      'one side lost its comma',
      { sizeMm: [6_000, 200, 250] as Size, weightG: 4_000 },
      { cause: 'decimal-comma-of-a-side', sizeMm: [600, 200, 250] },
    ],
    [
      'the volume is not that of the sides',
      { sizeMm: [100, 100, 100] as Size, volumeCm3: 100_000, weightG: 900 },
      { cause: 'volume-of-sides', volumeCm3: 1_000 },
    ],
  ])('where %s', (_why, measures, repair) => {
    expect(repairOf({ category: 'Tea', ...measures }, usual)).toEqual(repair)
  })
})

describe('no repair is offered', () => {
  test('where nothing is doubted', () => {
    expect(repairOf({ category: 'Tea', weightG: 250 }, usual)).toBeUndefined()
  })

  test('where no slip explains the value', () => {
    expect(repairOf({ category: 'Tea', weightG: 30_000_000 }, usual)).toBeUndefined()
  })
})

const sample = (): readonly Measured[] => {
  const file = readFileSync(new URL('../../../resources/sample-shop/catalogue.csv', import.meta.url))
  return readCsv(file, ['sku']).map(({ cells }) => {
    const number = (column: string): number | undefined => (cells[column] ? Number(cells[column]) : undefined)
    const [length, width, height] = [number('length_mm'), number('width_mm'), number('height_mm')]
    return {
      category: cells['category'] ?? '',
      sizeMm: length && width && height ? ([length, width, height] as const) : undefined,
      weightG: number('weight_g'),
    }
  })
}

const scaled = (size: Size | undefined, times: number): Size | undefined =>
  size && [Math.round(size[0] * times), Math.round(size[1] * times), Math.round(size[2] * times)]

/** Chosen to hold what the rules reach today; they may only improve. */
test.each([
  { what: 'weights a thousand times too large', measure: 'weight', times: 1000, share: 0.85 },
  { what: 'weights a hundred times too large', measure: 'weight', times: 100, share: 0.8 },
  { what: 'sizes ten times too large', measure: 'size', times: 10, share: 0.85 },
  { what: 'sizes a tenth', measure: 'size', times: 0.1, share: 0.85 },
])('of doubted $what most get back what they were', ({ measure, times, share }) => {
  const products = sample().filter(({ sizeMm, weightG }) => sizeMm && weightG)
  const middles = categoryMeasures(products)
  const doubted = products.flatMap((product) => {
    const wrong: Measured =
      measure === 'weight'
        ? { ...product, weightG: (product.weightG ?? 0) * times }
        : { ...product, sizeMm: scaled(product.sizeMm, times) }
    return suspiciousMeasures(wrong, middles).length > 0 ? [{ product, wrong }] : []
  })
  const right = doubted.filter(({ product, wrong }) => {
    const repair = repairOf(wrong, middles)
    if (measure === 'weight') return repair?.weightG === product.weightG
    return repair?.sizeMm?.every((side, i) => Math.abs(side - (product.sizeMm?.[i] ?? 0)) <= 5) === true
  })
  expect(doubted.length).toBeGreaterThan(products.length / 2)
  expect(right.length / doubted.length).toBeGreaterThan(share)
})
