import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readNumber } from '../../../../src-main/adapters/files/number-columns.ts'
import { openTable } from '../../../../src-main/adapters/files/open-table.ts'
import { productReader } from '../../../../src-main/adapters/files/product-reader.ts'
import { writeTable } from '../../../../src-main/adapters/files/write-table.ts'
import { memoryStore } from '../../../../src-main/adapters/memory/memory-store.ts'
import { catalogueFiles } from '../../../../src-main/adapters/files/catalogue-files.ts'
import { exportCatalogue } from '../../../../src-main/application/export-catalogue.ts'
import { productFrom } from '../../../../src-main/application/patch-product.ts'
import type { Caller } from '../../../../src-main/application/workshop.ts'
import type { Product } from '../../../../src-main/domain/catalogue.ts'
import { gs1CheckDigit } from '../../../../src-main/kernel/ids.ts'
import { makeAudit, makeProduct, makeSettings } from '../../../fixtures/builders.ts'

const seeded = { seed: 20_261_122, numRuns: 300 }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const caller: Caller = {
  actor: 'cli:test',
  source: 'cli',
  watch: { report: () => undefined, isCancelled: () => false },
}
const delimiter = fc.constantFrom(',', ';', '\t', '|')

/** What a cell may hold: signs that start formulas, divide, quote and break, and letters of every script. */
const nasty = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  "'",
  '"',
  ',',
  ';',
  '\t',
  '|',
  '\r',
  '\n',
  '0',
  '1E5',
  'ä',
  '煎',
  '＝',
  ' ',
  '.',
)
const cell = fc.oneof(fc.array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 8 }).map((parts) => parts.join('').trim()), fc.string({ unit: 'grapheme' }).map((text) => text.trim())) // prettier-ignore

test('whatever is written into a table is read back unchanged, as text and as a code', () => {
  fc.assert(
    fc.property(delimiter, fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (sign, rows) => {
      // The first column is never empty, as in every export: an empty row is no row.
      const told = rows.map(([text, code], index) => [`row${index}`, text, code] as const)
      const columns = [{ header: 'id', kind: 'text' }, { header: 'text', kind: 'text' }, { header: 'code', kind: 'code' }] as const // prettier-ignore
      const csv = writeTable(columns, told, { delimiter: sign, decimal: '.' })
      expect(openTable(bytes(csv), { delimiter: sign }).rows.map(({ cells }) => cells)).toEqual(told)
    }),
    seeded,
  )
})

test('no cell that is written runs as a formula: only codes kept as text and numbers begin with such a sign', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const csv = writeTable([{ header: 'a', kind: 'text' }], [[text]], { delimiter: ',', decimal: '.' })
      const written = openTableRaw(csv)
      expect(/^[=+\-@\t\r\n＝＋－＠]/.test(written) && !/^[+-]?\d+([.,]\d+)?$/.test(written)).toBe(false)
    }),
    seeded,
  )
})

/** The only cell of the only row, as a spreadsheet gets it. */
function openTableRaw(csv: string): string {
  const body = csv.slice(csv.indexOf('\r\n') + 2, -2)
  return body.startsWith('"') ? body.slice(1, -1).replaceAll('""', '"') : body
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((value) => value.trim() || 'x')
const side = fc.integer({ min: 1, max: 20_000 })
const product: fc.Arbitrary<Product> = fc
  .record({
    sku: fc.oneof(text, fc.constantFrom('007', '1E5', '3-4', '=A1', '123456789012345')),
    gtin: fc.option(
      fc.integer({ min: 0, max: 999_999_999_999 }).map((digits) => {
        const body = String(digits).padStart(12, '0')
        return body + gs1CheckDigit(body)
      }),
      { nil: undefined },
    ),
    name: text,
    description: fc.oneof(text, fc.constant('')),
    category: text,
    priceMinor: fc.integer({ min: 0, max: 10_000_000 }),
    currency: fc.constant('EUR'),
    taxRate: fc.constantFrom(0, 7, 8.1, 19, 25.5),
    sizeMm: fc.option(fc.tuple(side, side, side), { nil: undefined }),
    volumeCm3: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
    weightG: fc.option(fc.integer({ min: 1, max: 2_000_000 }), { nil: undefined }),
    handling: fc.record({
      orientation: fc.constantFrom('any', 'upright', 'flat', 'fixed'),
      maxLoadG: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
      class: fc.option(text, { nil: undefined }),
      temperature: fc.constantFrom('ambient', 'chilled', 'frozen'),
      alone: fc.boolean(),
      ownBox: fc.boolean(),
      fragile: fc.boolean(),
      dangerousG: fc.integer({ min: 0, max: 1000 }),
      foldedMm: fc.array(fc.tuple(side, side, side), { maxLength: 2 }),
    }),
    active: fc.boolean(),
  })
  .map((given) => makeProduct(given))

// Errors of a spreadsheet and lost letters are refused in reading, wherever they come from.
const isReadable = (one: Product): boolean =>
  [one.sku, one.name, one.description, one.category, one.handling.class ?? ''].every(
    (value) => !value.startsWith('#') && !value.includes('\uFFFD') && !/^\d+[.,]\d+e\+\d+$/i.test(value),
  )

test('a whole catalogue comes back from its export as it was, with either decimal sign', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(product, { selector: ({ sku }) => sku, minLength: 1, maxLength: 5 }).filter((all) => all.every(isReadable)),
      fc.constantFrom(...([[',', '.'], [';', ','], ['\t', ','], [',', ',']] as const)),
      async (products, [sign, decimal]) => {
        const store = memoryStore()
        await store.saveSettings(makeSettings(), makeAudit())
        await store.saveProducts(products, [], makeAudit())
        const { csv } = await exportCatalogue({ store, imports: catalogueFiles }, caller, { delimiter: sign, decimal })
        const { rows, problems } = productReader(openTable(bytes(csv)), { currency: 'EUR' }).read(0, Infinity)
        expect(problems).toEqual([])
        const read = rows.map(({ sku, patch }) => productFrom({ before: undefined, sku, patch, currency: 'EUR' }).product)
        const bySku = new Map(read.map((one) => [one.sku, one]))
        for (const one of products) expect({ ...bySku.get(one.sku), layers: {} }).toEqual({ ...one, layers: {} })
      },
    ),
    { ...seeded, numRuns: 100 },
  )
}) // prettier-ignore

test('a number that says its decimal sign is read as that number, thousands or not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('.', ','), fc.boolean(), (cents, sign, hasGroups) => {
      const whole = String(Math.floor(cents / 100))
      const grouped = hasGroups ? whole.replaceAll(/\B(?=(\d{3})+$)/g, sign === ',' ? '.' : ',') : whole
      expect(readNumber(`${grouped}${sign}${String(cents % 100).padStart(2, '0')}`, undefined)).toBe(cents / 100)
    }),
    seeded,
  )
}) // prettier-ignore
