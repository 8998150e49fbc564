import { describe, expect, test } from 'vitest'
import { readDay } from '../../../../src-main/adapters/files/day-cells.ts'
import { openTable } from '../../../../src-main/adapters/files/open-table.ts'
import { productReader } from '../../../../src-main/adapters/files/product-reader.ts'
import { wallInstant } from '../../../../src-main/adapters/files/wall-instant.ts'
import type { ColumnUse } from '../../../../src-main/ports/imports.ts'

const reading = (text: string, columns?: readonly ColumnUse[]) =>
  productReader(openTable(new TextEncoder().encode(text)), { currency: 'EUR', columns })
const patches = (text: string, columns?: readonly ColumnUse[]) => {
  const { rows, problems } = reading(text, columns).read(0, Infinity)
  return { patches: rows.map(({ patch }) => patch), problems: problems.map(({ problem }) => problem) }
}

describe('a unit is taken from', () => {
  test.each([
    ['Weight (g)', '350', 350],
    ['Gewicht in kg', '0,35', 350],
    ['weight_g', '350', 350],
    ['重量(g)', '350', 350],
    ['Gewicht [kg]', '1,2', 1200],
    ['Weight (lbs)', '2', 907],
    ['Weight oz', '8', 227],
    ['Weight', '1,2 kg', 1200],
    ['Weight', '350g', 350],
    ['Weight (kg)', '350 g', 350],
  ])('%s: %s', (header, cell, weightG) => {
    expect(patches(`sku;${header}\nA;${cell}\n`)).toMatchObject({ patches: [{ weightG }], problems: [] })
  })

  test('inches and yards, rounded up so that nothing looks smaller than it is', () => {
    expect(patches('sku;Length (in);Width (in);Height (yd)\nA;10;0.5;1\n').patches).toMatchObject([{ sizeMm: [254, 13, 915] }]) // prettier-ignore
  })

  test('three sides in one cell', () => {
    expect(patches('sku;Maße (LxBxH)\nA;16 x 9,5 x 7 cm\n').patches).toMatchObject([{ sizeMm: [160, 95, 70] }])
  })

  test('nowhere: then it is a guess, and says so', () => {
    const [, weight] = reading('sku;Weight\nA;0.35\nB;1.2\n').columns
    expect(weight).toMatchObject({ unit: 'kg', notes: ['unit-assumed'] })
  })

  test('a unit of another kind is wrong', () => {
    expect(patches('sku;Weight (g)\nA;3 cm\n').problems).toEqual(['unit-unknown'])
  })
})

describe('the decimal sign is decided for a column', () => {
  test('from all of its values', () => {
    const { patches: read } = patches('sku;weight (kg)\nA;0,35\nB;1.234,5\nC;1,250\n')
    expect(read.map(({ weightG }) => weightG)).toEqual([350, 1_234_500, 1250])
  })

  test('from other columns, which it says', () => {
    const file = reading('sku;price;weight (kg)\nA;4,99;1,250\n')
    expect(file.columns[2]).toMatchObject({ decimal: ',', notes: ['decimal-from-other-columns'] })
    expect(file.read(0, 9).rows).toMatchObject([{ patch: { weightG: 1250 } }])
  })

  test('by nobody where nothing tells: the value is named, not guessed', () => {
    const text = 'sku;weight (kg)\nA;1.234\nB;2\n'
    expect(reading(text).columns[1]?.notes).toContain('decimal-ambiguous')
    expect(patches(text)).toMatchObject({ patches: [{ weightG: 2000 }], problems: ['thousand-or-fraction'] })
    const chosen = [{ header: 'sku', field: 'sku' }, { header: 'weight (kg)', field: 'weight', unit: 'kg', decimal: '.' }] as const // prettier-ignore
    expect(patches(text, chosen).patches).toMatchObject([{ weightG: 1234 }, { weightG: 2000 }])
  })
})

describe('a cell', () => {
  test.each([
    ['price', '1.299,00 €', { priceMinor: 129_900 }],
    ['price', '€ 4,99', { priceMinor: 499 }],
    ['price', '4,99 EUR', { priceMinor: 499 }],
    ['price_minor', '499', { priceMinor: 499 }],
    ['fragile', 'Ja', { handling: { fragile: true } }],
    ['割れ物', 'いいえ', { handling: { fragile: false } }],
    ['temperature', 'gekühlt', { handling: { temperature: 'chilled' } }],
    ['ean', '="4006381333931"', { gtin: '4006381333931' }],
    ['ean', '4006381333931,00', { gtin: '4006381333931' }],
    ['ean', '4 006381 333931', { gtin: '4006381333931' }],
    ['name', "'=Tea", { name: '=Tea' }],
    ['steuersatz', '19 %', { taxRate: 19 }],
  ])('%s is read: %s', (header, cell, patch) => {
    expect(patches(`sku;${header}\nA;${cell}\n`)).toMatchObject({ patches: [patch], problems: [] })
  })

  test.each([
    ['price', '4,99 $', 'currency-is-EUR'],
    ['price', '4,999', 'thousand-or-fraction'],
    ['price', '4,9999', 'amount-with-2-decimals'],
    ['ean', '4006381333932', 'check-digit'],
    ['ean', '4.00638E+12', 'gtin-mangled-by-excel'],
    ['name', 'Gr\uFFFDn', 'letters-lost'],
    ['fragile', 'perhaps', 'true-or-false'],
  ])('%s is refused: %s', (header, cell, problem) => {
    expect(patches(`sku;${header}\nA;${cell}\n`).problems).toEqual([problem])
  })
})

test('a field goes to the first column that fits; the second says so and is left alone', () => {
  const [, first, second] = reading('sku;Preis;Price\nA;1,50;9,99\n').columns
  expect([first?.field, second?.field, second?.notes]).toEqual(['price', undefined, ['column-twice']])
})

test('a file says nothing of what it has no column for', () => {
  const { patches: read } = patches('sku;weight (g)\nA;350\n')
  expect(read).toEqual([{ weightG: 350, handling: {} }])
})

test.each([
  ['2026-03-15 14:22', undefined, '2026-03-15T13:22:00.000Z'],
  ['15.03.2026 14:22:05', undefined, '2026-03-15T13:22:05.000Z'],
  ['15/03/2026', true, '2026-03-14T23:00:00.000Z'],
  ['03/15/2026 2:22 PM', false, '2026-03-15T13:22:00.000Z'],
  ['2026年7月1日 9:05', undefined, '2026-07-01T07:05:00.000Z'],
  ['2026-07-01T09:05:00+02:00', undefined, '2026-07-01T07:05:00.000Z'],
])('the day %s is read in the zone of the shop', (cell, dayFirst, instant) => {
  const wall = readDay(cell, dayFirst)
  expect(wall && new Date(wallInstant(wall, 'Europe/Berlin')).toISOString()).toBe(instant)
})

test.each(['2026-02-30', '31.04.2026', '03/04/2026', 'yesterday', '2026-03-15 later'])(
  'the day %s is no day',
  (cell) => {
    expect(readDay(cell, undefined)).toBeUndefined()
  },
)

test('texts made to be slow or to reach behind the tables are read like any other', () => {
  const long = 'x '.repeat(100_000)
  expect(patches(`sku;weight (g);Maße;price\nA;${long};${' '.repeat(100_000)}x${' '.repeat(100_000)}y;5 constructor\n`).problems).toEqual(['currency-is-EUR', 'whole-number-from-1', 'like-16-x-9-x-7-cm']) // prettier-ignore
  const type = 'Type,SKU,Name,Description,Regular price'
  const markup = patches(`${type}\nsimple,A,N,${'<'.repeat(300_000)},1.00\n`)
  expect(markup.patches[0]?.description).toHaveLength(300_000)
  expect(reading(`sku;${'('.repeat(300_000)}\nA;1\n`).columns[1]?.field).toBeUndefined()
})
