import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCartons } from '../../../../src-main/adapters/files/carton-csv.ts'
import { readCsv } from '../../../../src-main/adapters/files/csv.ts'
import { openTable } from '../../../../src-main/adapters/files/open-table.ts'
import { productReader } from '../../../../src-main/adapters/files/product-reader.ts'
import { AppError } from '../../../../src-main/kernel/errors.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const readProducts = (file: Uint8Array) => productReader(openTable(file), { currency: 'EUR' }).read(0, Infinity)
const problemsOf = (read: () => unknown): unknown => {
  try {
    read()
  } catch (error) {
    if (error instanceof AppError) return error.details['problems']
    throw error
  }
  return []
}

describe('a CSV file', () => {
  test.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['Windows line ends', 'a,b\r\n1,2\r\n'],
    ['blanks around', ' a , b \n 1 , 2 \n'],
    ['no last line end', 'a,b\n1,2'],
  ])('is read with %s', (_what, text) => {
    expect(readCsv(bytes(text), ['a', 'b']).map((row) => row.cells)).toEqual([{ a: '1', b: '2' }])
  })

  test('numbers its rows as an editor does, also past empty lines and cells of several lines', () => {
    const rows = readCsv(bytes('a,b\n1,"two\nlines"\n\n2,x\n3,y\n'), ['a'])
    expect(rows.map((row) => [row.cells['a'], row.line])).toEqual([
      ['1', 2],
      ['2', 5],
      ['3', 6],
    ])
  })

  test('lacking a column says which, and having one twice too', () => {
    expect(problemsOf(() => readCsv(bytes('a,c\n1,2\n'), ['a', 'b', 'd']))).toEqual([
      { line: 1, column: 'b', problem: 'column-missing', value: '' },
      { line: 1, column: 'd', problem: 'column-missing', value: '' },
    ])
    expect(problemsOf(() => readCsv(bytes('a,b,a\n1,2,3\n'), ['a']))).toMatchObject([
      { column: 'a', problem: 'column-twice' },
    ])
  })

  test('with a header and nothing below it is an empty list, and an empty file lacks its columns', () => {
    expect(readCsv(bytes('a,b\n'), ['a', 'b'])).toEqual([])
    expect(problemsOf(() => readCsv(bytes(''), ['a']))).toMatchObject([{ column: 'a', problem: 'column-missing' }])
  })

  test('of a spreadsheet’s old letters keeps them', () => {
    const file = Uint8Array.from([0x61, 0x0a, 0x47, 0x72, 0xfc, 0x6e])
    expect(readCsv(file, ['a']).map((row) => row.cells)).toEqual([{ a: 'Grün' }])
  })

  test('with a quote that never ends names the place', () => {
    expect(problemsOf(() => readCsv(bytes('a,b\n1,"2\n3,4\n'), ['a']))).toMatchObject([
      { problem: 'csv-quote-not-closed' },
    ])
  })
})

describe('products', () => {
  const head =
    'sku,gtin,name,price_minor,length_mm,width_mm,height_mm,weight_g,orientation,fragile,folded_mm,stock,locations'
  const read = (...rows: readonly string[]) => readProducts(bytes([head, ...rows, ''].join('\n')))

  test('are read whole', () => {
    const { rows, problems } = read(
      'TEA,4006381333931,Tea,499,160,90,70,320,upright,yes,240x80x30;300x200x15,14,A-1:10;A-2:4@L1=2027-03-15',
    )
    expect(problems).toEqual([])
    expect(rows[0]).toMatchObject({
      line: 2,
      sku: 'TEA',
      patch: {
        gtin: '4006381333931',
        sizeMm: [160, 90, 70],
        handling: {
          orientation: 'upright',
          fragile: true,
          foldedMm: [
            [240, 80, 30],
            [300, 200, 15],
          ],
        },
      },
      stock: [
        { location: 'A-1', quantity: 10 },
        { location: 'A-2', quantity: 4, lot: 'L1', bestBefore: '2027-03-15' },
      ],
    })
  })

  test.each([
    ['a name missing', 'A,,,100,,,,,,,,,', 'name', 'missing'],
    ['a price missing', 'A,,N,,,,,,,,,,', 'price_minor', 'missing'],
    ['a price in words', 'A,,N,cheap,,,,,,,,,', 'price_minor', 'whole-number-from-0'],
    ['a fraction where cents are counted', 'A,,N,4.99,,,,,,,,,', 'price_minor', 'whole-number-from-0'],
    ['a GTIN with a slip', 'A,4006381333932,N,100,,,,,,,,,', 'gtin', 'check-digit'],
    ['one side of three', 'A,,N,100,100,,,,,,,,', 'width_mm', 'missing-beside-other-sides'],
    ['a side of nothing', 'A,,N,100,0,10,10,,,,,,', 'length_mm', 'whole-number-from-1'],
    ['metres for millimetres', 'A,,N,100,30000,10,10,,,,,,', 'length_mm', 'at-most-20000'],
    ['a way to stand that does not exist', 'A,,N,100,,,,,sideways,,,,', 'orientation', 'one-of-any-upright-flat-fixed'],
    ['neither yes nor no', 'A,,N,100,,,,,,maybe,,,', 'fragile', 'true-or-false'],
    ['a fold that is none', 'A,,N,100,,,,,,,flat,,', 'folded_mm', 'like-240x80x30'],
    ['a location without a count', 'A,,N,100,,,,,,,,,A-1', 'locations', 'like-A-03-07-2-1:24@LOT=2027-03-15'],
    [
      'a day that no calendar has',
      'A,,N,100,,,,,,,,,A-1:3@L=2027-02-30',
      'locations',
      'like-A-03-07-2-1:24@LOT=2027-03-15',
    ],
    ['a place twice', 'A,,N,100,,,,,,,,,A-1:3;A-1:4', 'locations', 'twice-A-1'],
    ['a sum that is not the stock', 'A,,N,100,,,,,,,,9,A-1:3', 'stock', 'sum-of-locations-is-3'],
    ['too many cells', 'A,,N,100,,,,,,,,,,extra', '', 'other-number-of-cells-than-the-header'],
    ['too few cells', 'A,,N,100', '', 'other-number-of-cells-than-the-header'],
  ])('with %s are named and left out', (...[, row, column, problem]) => {
    const { rows, problems } = read('GOOD,,Good,100,,,,,,,,,', row)
    expect(rows.map((good) => good.sku)).toEqual(['GOOD'])
    expect(problems).toMatchObject([{ line: 3, column, problem }])
  })

  test('that stand there twice name the first line', () => {
    expect(read('A,,N,1,,,,,,,,,', 'A,,M,2,,,,,,,,,').problems).toMatchObject([
      { line: 3, column: 'sku', problem: 'twice-first-on-line-2', value: 'A' },
    ])
  })

  test('may lack measures: an order then waits for them', () => {
    const { rows, problems } = read('A,,N,100,,,,,,,,,')
    expect([problems, rows[0]?.patch.sizeMm, rows[0]?.patch.weightG]).toEqual([[], undefined, undefined])
  })

  test('of the sample shop have nothing wrong with them', () => {
    const file = readFileSync(new URL('../../../../resources/sample-shop/catalogue.csv', import.meta.url))
    expect(readProducts(file).problems).toEqual([])
  })
})

describe('cartons', () => {
  const head = 'code,inner_l_mm,inner_w_mm,inner_h_mm,outer_l_mm,outer_w_mm,outer_h_mm,max_gross_g,stock'
  const read = (...rows: readonly string[]) => readCartons(bytes([head, ...rows, ''].join('\n')))

  test.each([
    ['a side missing', 'S,200,150,,,,,5000,1', 'inner_l_mm', 'missing'],
    ['no limit of weight', 'S,200,150,100,,,,,1', 'max_gross_g', 'missing'],
    ['an outside smaller than the inside', 'S,200,150,100,190,150,100,5000,1', 'outer_l_mm', 'not-smaller-than-inner'],
    ['less than none in stock', 'S,200,150,100,,,,5000,-1', 'stock', 'whole-number-from-0'],
  ])('with %s are named', (...[, row, column, problem]) => {
    expect(read(row).problems).toMatchObject([{ line: 2, column, problem }])
  })

  test('with a code twice name the first line', () => {
    expect(read('S,200,150,100,,,,5000,1', 'S,300,150,100,,,,5000,1').problems).toMatchObject([
      { line: 3, column: 'code', problem: 'twice-first-on-line-2' },
    ])
  })
})
