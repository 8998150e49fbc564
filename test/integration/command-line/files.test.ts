import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shopFolder } from './backroom.ts'

const folder = shopFolder()
const path = (name: string): string => join(folder.path, name)
const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/files', name)
beforeAll(async () => {
  expect((await folder.run('init', '--sample', '--json')).code).toBe(0)
})
afterAll(() => folder.remove())

describe('files on the command line', () => {
  test('the catalogue written for a German spreadsheet comes back without a change', async () => {
    const out = path('catalogue.csv')
    const written = await folder.run('export-catalogue', '--out', out, '--delimiter', 'semicolon', '--decimal', 'comma', '--json') // prettier-ignore
    expect(written.json()).toMatchObject({ rows: 568 })
    expect(readFileSync(out, 'utf8').startsWith('\uFEFFsku;gtin;name;')).toBe(true)
    const taken = await folder.run('import-catalogue', out, '--all-or-nothing', '--json')
    expect(taken.json()).toMatchObject({ new: 0, changed: 0, unchanged: 568, refused: 0 })
  })

  test('a spreadsheet in old letters is read, and what it says of places off the floor is refused line by line', async () => {
    const seen = await folder.run('import-catalogue', fixture('catalogue.windows-1252.csv'), '--dry-run', '--json')
    expect(seen.json()).toMatchObject({
      file: { encoding: 'windows-1252', delimiter: ';' },
      refused: 2,
      problems: [{ line: 2, problem: 'location-not-on-floor' }, { line: 3 }],
    })
  })

  test('orders of a file are taken in once, and written without anybody in them', async () => {
    const first = await folder.run('import-orders', fixture('woocommerce-orders.csv'), '--json')
    expect(first.json()).toMatchObject({ new: 2, refused: 1, skipped: 1 })
    const again = await folder.run('import-orders', fixture('woocommerce-orders.csv'), '--json')
    expect(again.json()).toMatchObject({ new: 0, unchanged: 2 })
    const { out } = await folder.run('export-orders')
    expect(out).toContain('5001')
    expect(out).not.toMatch(/Example|Street/)
  })

  test('what is no table, too large, or asked for wrongly ends with 2 and is named', async () => {
    writeFileSync(path('book.csv'), 'PK\u0003\u0004xl/workbook.xml')
    const book = await folder.run('import-catalogue', path('book.csv'), '--json')
    expect([book.code, book.failure()]).toMatchObject([2, { code: 'ERR_FILE_NOT_TABLE', details: { found: 'xlsx' } }])
    writeFileSync(path('large.csv'), '')
    truncateSync(path('large.csv'), 200 * 1024 * 1024)
    const large = await folder.run('import-catalogue', path('large.csv'), '--json')
    expect([large.code, large.failure().code]).toEqual([2, 'ERR_INPUT_TOO_LARGE'])
    const wrong = await folder.run('import-catalogue', path('book.csv'), '--delimiter', 'dot', '--json')
    expect([wrong.code, wrong.failure().details['path']]).toEqual([2, '--delimiter'])
  })
})
