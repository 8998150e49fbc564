import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '../../../../src-main/adapters/files/csv-records.ts'
import { decodeText } from '../../../../src-main/adapters/files/decode-text.ts'
import { largestFileBytes, openTable } from '../../../../src-main/adapters/files/open-table.ts'
import { productReader } from '../../../../src-main/adapters/files/product-reader.ts'
import { AppError } from '../../../../src-main/kernel/errors.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../../fixtures/files/${name}`, import.meta.url))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const refusalOf = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (error) {
    return error instanceof AppError ? { code: error.code, ...error.details } : error
  }
}
const readProducts = (name: string, currency = 'EUR') =>
  productReader(openTable(fixture(name)), { currency }).read(0, Infinity)

describe('the same German catalogue', () => {
  test.each([
    ['catalogue.utf-8.csv', 'utf-8', ';'],
    ['catalogue.utf-8-bom.csv', 'utf-8', ';'],
    ['catalogue.windows-1252.csv', 'windows-1252', ';'],
    ['catalogue.utf-16le.txt', 'utf-16le', '\t'],
    ['catalogue.utf-16be.csv', 'utf-16be', ';'],
  ])('is read alike from %s', (name, encoding, delimiter) => {
    expect(openTable(fixture(name))).toMatchObject({ encoding, delimiter, isEncodingSure: true })
    const { rows, problems } = readProducts(name)
    expect(problems).toEqual([])
    expect(rows).toMatchObject([
      {
        sku: 'T-01',
        patch: {
          name: 'Grüner Tee "Frühling"',
          gtin: '4006381333931',
          priceMinor: 499,
          taxRate: 7,
          sizeMm: [160, 90, 70],
          weightG: 320,
        },
        stock: [{ location: 'A-1', quantity: 10 }],
      },
      { sku: 'T-02', patch: { name: 'Öl für Möbel, groß', priceMinor: 1250, sizeMm: [205, 80, 80], weightG: 1250 } },
    ])
  })
})

test('a Japanese catalogue in Shift-JIS is read, and its thousands are thousands: yen have no fractions', () => {
  expect(openTable(fixture('catalogue.shift-jis.csv'))).toMatchObject({ encoding: 'shift_jis', isEncodingSure: true })
  const { rows, problems } = readProducts('catalogue.shift-jis.csv', 'JPY')
  expect(problems).toEqual([])
  expect(rows).toMatchObject([
    { patch: { name: '煎茶ティーバッグ', priceMinor: 480, weightG: 320, handling: { fragile: false } } },
    { patch: { name: '夫婦茶碗\u3000桐箱入り', priceMinor: 3500, handling: { fragile: true } } },
  ])
})

test('a WooCommerce export in German is read: variations inherit, what nobody can pack is passed over', () => {
  const { rows, problems, skipped } = readProducts('woocommerce-products.de.csv')
  expect([problems, skipped]).toEqual([[], 2])
  expect(rows).toMatchObject([
    {
      sku: 'TEE-1',
      patch: { description: 'Aus dem Frühling & von Hand.', category: 'Grüntee', weightG: 350, active: true },
      stockTotal: 10,
    },
    { sku: 'BECHER-B', patch: { category: 'Geschirr', sizeMm: [100, 90, 95], weightG: 410, priceMinor: 1200 } },
    { sku: 'BECHER-R', patch: { sizeMm: [100, 90, 95], weightG: 450, priceMinor: 1250 } },
  ])
})

test('what Excel does to a GTIN is named for what it is, and only proven zeros come back', () => {
  const { rows, problems } = readProducts('mangled-by-excel.csv')
  expect(problems).toMatchObject([
    { line: 3, column: 'gtin', problem: 'gtin-mangled-by-excel', value: '4,00638E+12' },
    { line: 4, column: 'gtin', problem: 'gtin-rounded-by-excel' },
    { line: 6, column: 'name', problem: 'spreadsheet-error', value: '#NV' },
  ])
  expect(rows.map(({ sku, patch }) => [sku, patch.gtin])).toEqual([
    ['GOOD', '4006381333931'],
    ['ZERO', '036000291452'],
  ])
  expect(rows[1]?.notes).toMatchObject([{ line: 5, problem: 'gtin-zeros-restored' }])
})

describe('an old encoding is told by what it spells', () => {
  const western = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
  test.each(['Größe', 'Gerät für Küche', 'crème brûlée', 'Señor Muñoz', 'Łódź'.replace(/[Łź]/g, 'x'), 'Ångström', 'façade', '25 °C', 'ÄRGER ÜBER ÖL'])(
    'Windows-1252: %s',
    (text) => {
      expect(decodeText(western(`sku;name\nA;${text}\n`))).toMatchObject({ encoding: 'windows-1252', text: `sku;name\nA;${text}\n` })
    },
  ) // prettier-ignore

  test('and a person may know better', () => {
    expect(decodeText(Uint8Array.from([0xbd, 0xdd, 0xc4]), 'shift_jis').text).toBe('ｽﾝﾄ')
    expect(decodeText(fixture('catalogue.windows-1252.csv'), 'shift_jis').encoding).toBe('shift_jis')
  })

  test('UTF-16 without a byte order mark too, by its zeros', () => {
    const text = '商品コード,商品名,価格\r\nA-1,お茶,480\r\nB-2,茶碗,1200\r\n'
    expect(decodeText(Buffer.from(text, 'utf16le'))).toMatchObject({ encoding: 'utf-16le', text })
    expect(decodeText(Buffer.from(text, 'utf16le').swap16())).toMatchObject({ encoding: 'utf-16be', text })
  })
})

describe('a file that is no table', () => {
  test.each([
    ['an Excel workbook', 'PK\u0003\u0004....xl/workbook.xml', 'xlsx'],
    ['a LibreOffice sheet', 'PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'ods'],
    ['a packed folder', 'PK\u0003\u0004....readme', 'zip'],
    ['a PDF', '%PDF-1.7', 'pdf'],
    ['a web page', '<!DOCTYPE html><html>', 'html'],
    ['JSON', '[{"sku": "A"}]', 'json'],
  ])('is named: %s', (_what, text, found) => {
    expect(refusalOf(() => openTable(bytes(text)))).toEqual({ code: 'ERR_FILE_NOT_TABLE', found })
  })

  test('an old Excel workbook by its first bytes', () => {
    expect(refusalOf(() => openTable(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])))).toMatchObject({ found: 'xls' })
  })

  test('one too large is refused before it is read', () => {
    expect(refusalOf(() => openTable(new Uint8Array(largestFileBytes + 1)))).toMatchObject({
      code: 'ERR_INPUT_TOO_LARGE',
      limitBytes: largestFileBytes,
    })
  })

  test('a line without end is refused where it begins', () => {
    const endless = `sku,name\nA,"${'x'.repeat(1_100_000)}"\n`
    expect(refusalOf(() => openTable(bytes(endless)))).toMatchObject({
      problems: [{ line: 2, problem: 'line-too-long' }],
    })
  })

  test('a quotation mark that never closes names the line on which it opens', () => {
    expect(refusalOf(() => openTable(bytes('a,b\n1,2\n3,"4\n5,6\n')))).toMatchObject({
      problems: [{ line: 3, problem: 'csv-quote-not-closed' }],
    })
  })
})

test('records keep their line through quoted line ends of every kind, empty lines and odd quotes', () => {
  const text = 'a;b\r\n"1\r\n2";"say ""hi"""\r\n;\r\n\r\n5" pipe;x\r6;y'
  expect([...csvRecords(text, ';')]).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1\r\n2', 'say "hi"'] },
    { line: 6, cells: ['5" pipe', 'x'] },
    { line: 7, cells: ['6', 'y'] },
  ])
})
