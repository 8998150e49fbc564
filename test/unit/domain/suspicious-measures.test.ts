import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../src-main/adapters/files/csv.ts'
import { categoryMeasures, suspiciousMeasures, type Measured } from '../../../src-main/domain/suspicious-measures.ts'

const codes = (product: Measured, others: readonly Measured[] = []) =>
  suspiciousMeasures(product, categoryMeasures(others)).map(({ code }) => code)

const sample = (): readonly Measured[] => {
  const file = readFileSync(new URL('../../../resources/sample-shop/catalogue.csv', import.meta.url))
  return readCsv(file, ['sku']).map(({ cells }) => {
    const number = (column: string): number | undefined => (cells[column] ? Number(cells[column]) : undefined)
    const [length, width, height] = [number('length_mm'), number('width_mm'), number('height_mm')]
    return {
      category: cells['category'] ?? '',
      sizeMm: length && width && height ? ([length, width, height] as const) : undefined,
      volumeCm3: number('volume_cm3'),
      weightG: number('weight_g'),
    }
  })
}

const teas: readonly Measured[] = [80, 90, 100, 100, 125, 150, 250, 500, 1000].map((weightG) => ({
  category: 'Tea',
  weightG,
}))

describe('a measure is doubted', () => {
  test('when 35 kg are told of a packet of tea: it would be denser than steel', () => {
    expect(suspiciousMeasures({ category: 'Tea', sizeMm: [160, 90, 70], weightG: 35_000 })).toEqual([
      { code: 'denser-than-steel', measure: 'weight', value: 34_722, usual: 8_000 },
    ])
  })

  test('when 35 kg are told of a tea without size, among teas of about a hundred grams', () => {
    expect(suspiciousMeasures({ category: 'Tea', weightG: 35_000 }, categoryMeasures(teas))).toEqual([
      { code: 'heavier-than-category', measure: 'weight', value: 35_000, usual: 125 },
    ])
  })

  test.each([
    ['nobody can lift it', { weightG: 90_000 }, 'very-heavy'],
    ['no parcel is that long', { sizeMm: [4_500, 20, 20], weightG: 900 }, 'very-long'],
    ['its grams were read as kilograms', { sizeMm: [16, 9, 7], weightG: 320 }, 'denser-than-steel'],
    ['its centimetres were read as metres', { sizeMm: [1_600, 900, 700], weightG: 320 }, 'lighter-than-foam'],
    [
      'its volume is not that of its sides',
      { sizeMm: [100, 100, 100], volumeCm3: 100_000, weightG: 900 },
      'volume-not-of-sides',
    ],
  ] as const)('when %s', (_why, measures, code) => {
    expect(codes({ category: '', ...measures })).toEqual([code])
  })

  test('when it is far too light or too small for its category', () => {
    const bricks = teas.map(() => ({ category: 'Tea', weightG: 2_000, sizeMm: [200, 100, 50] as const }))
    expect(codes({ category: 'Tea', weightG: 2 }, bricks)).toEqual(['lighter-than-category'])
    expect(codes({ category: 'Tea', sizeMm: [10, 10, 10] }, bricks)).toEqual(['smaller-than-category'])
    expect(codes({ category: 'Tea', sizeMm: [2_000, 1_000, 50] }, bricks)).toEqual(['larger-than-category'])
  })
})

describe('a measure is not doubted', () => {
  test('when it is missing', () => {
    expect(codes({ category: 'Tea' }, teas)).toEqual([])
  })

  test('for its category, while that has few products', () => {
    expect(codes({ category: 'Tea', weightG: 35_000 }, teas.slice(0, 7))).toEqual([])
  })

  test('anywhere in the sample shop', () => {
    const products = sample()
    const usual = categoryMeasures(products)
    expect(products.flatMap((product) => suspiciousMeasures(product, usual))).toEqual([])
  })
})

test('of weights a thousand times too large nine of ten are doubted, and of a thousand times too small as well', () => {
  const products = sample().filter((product) => product.weightG !== undefined)
  const usual = categoryMeasures(products)
  const found = (times: number) =>
    products.filter(
      (product) => suspiciousMeasures({ ...product, weightG: (product.weightG ?? 0) * times }, usual).length > 0,
    ).length / products.length
  expect(found(1000)).toBeGreaterThan(0.9)
  expect(found(1 / 1000)).toBeGreaterThan(0.9)
})
