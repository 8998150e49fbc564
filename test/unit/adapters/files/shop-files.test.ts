import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { postcodeTable } from '../../../../src-main/adapters/files/postcode-table.ts'
import { sampleShopIn } from '../../../../src-main/adapters/files/sample-shop.ts'
import { readCarriers, readFloor } from '../../../../src-main/adapters/files/shop-json.ts'
import { documentFolder } from '../../../../src-main/adapters/system/document-folder.ts'
import { makeFloor } from '../../../fixtures/builders.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value))

describe('the file of a floor', () => {
  test('that is no JSON, or lacks a field, names the place', () => {
    expect(() => readFloor(bytes('{"aisleX": [1,'))).toThrow(expect.objectContaining({ code: 'ERR_INPUT_NOT_JSON' }))
    expect(() => readFloor(json({ ...makeFloor(), locations: [{ code: 'A', place: [0] }] }))).toThrow(
      expect.objectContaining({
        code: 'ERR_INPUT_INVALID',
        details: expect.objectContaining({ path: expect.stringContaining('locations.0.place') }),
      }),
    )
  })

  test('may begin with a byte order mark', () => {
    expect(readFloor(bytes(`\uFEFF${JSON.stringify({ ...makeFloor(), locations: [] })}`)).floor).toEqual(makeFloor())
  })
})

describe('the file of couriers', () => {
  const van = { code: 'van', name: 'Van', kind: 'van', service: ['standard'], collection: '16:30' }
  test('fills in what it leaves out, and brings no keys', () => {
    expect(readCarriers(json([van]))).toMatchObject([
      { code: 'van', keys: [], channel: { kind: 'pick-up' }, labelSize: '4x6' },
    ])
  })
  test.each([
    ['a time of day that is none', { collection: '25:00' }, '0.collection'],
    ['a code that would not do as a file name', { code: '../van' }, '0.code'],
    ['no service', { service: [] }, '0.service'],
  ])('with %s is refused', (_what, change, path) => {
    expect(() => readCarriers(json([{ ...van, ...change }]))).toThrow(
      expect.objectContaining({ code: 'ERR_INPUT_INVALID', details: expect.objectContaining({ path }) }),
    )
  })
})

describe('the postcode table', () => {
  const recipient = { name: 'N', lines: [], city: 'C', postcode: '10 115', country: 'DE' }
  test('locates by postcode within its country, and is kept', async () => {
    const options = { path: join(folder, 'data', 'postcodes.csv'), country: async () => 'DE' }
    const table = postcodeTable(options)
    expect(await table.locate(recipient)).toBeUndefined()
    expect(await table.replaceTable(bytes('postcode,town,lat,lon,accuracy_m\n10115,Mitte,52.5,13.4,900\n'))).toEqual({
      rows: 1,
    })
    expect(await postcodeTable(options).locate(recipient)).toEqual({
      lat: 52.5,
      lon: 13.4,
      accuracyM: 900,
      source: 'postcode',
    })
    expect(await table.locate({ ...recipient, country: 'FR' })).toBeUndefined()
  })

  test('reads a postal-code file of GeoNames as it is, of several countries', async () => {
    const row = (...cells: string[]): string => `${cells.join('\t')}\n`
    const file =
      row('DE', '10115', 'Berlin', 'Land Berlin', 'BE', '', '00', 'Berlin', '11000', '52.5323', '13.3846', '6') +
      row('DE', '10117', 'Berlin', 'Land Berlin', 'BE', '', '00', 'Berlin', '11000', '52.5170', '13.3872', '4') +
      row('AT', '1010', 'Wien, Innere Stadt', 'Wien', '09', '', '900', '', '', '48.2077', '16.3705', '')
    const table = postcodeTable({ path: join(folder, 'geonames', 'p.csv'), country: async () => 'DE' })
    expect(await table.replaceTable(bytes(file))).toEqual({ rows: 3 })
    expect(await table.locate(recipient)).toMatchObject({ lat: 52.5323, accuracyM: 1000, source: 'postcode' })
    expect(await table.locate({ ...recipient, postcode: '1010', country: 'AT' })).toMatchObject({ lat: 48.2077 })
    // Not in the table: the middle of its town.
    expect(await table.locate({ ...recipient, postcode: '10999', city: 'BERLIN ' })).toMatchObject({
      lat: 52.52465,
      accuracyM: 8000,
      source: 'town',
    })
    expect(await table.locate({ ...recipient, postcode: '10999', city: '' })).toBeUndefined()
  })

  test('with a bad row is refused whole, and the old one stays', async () => {
    const table = postcodeTable({ path: join(folder, 'other', 'postcodes.csv'), country: async () => 'DE' })
    await table.replaceTable(bytes('postcode,lat,lon\n10115,52.5,13.4\n'))
    await expect(table.replaceTable(bytes('postcode,lat,lon\n10115,north,13.4\n'))).rejects.toMatchObject({
      code: 'ERR_CSV_INVALID',
      details: { problems: [{ line: 2, column: 'lat' }] },
    })
    expect(await table.locate(recipient)).toMatchObject({ lat: 52.5 })
  })
})

test('a sample shop that was not shipped along says which file is missing', async () => {
  await expect(sampleShopIn(join(folder, 'nowhere')).read()).rejects.toMatchObject({
    code: 'ERR_DISK',
    details: { file: 'shop.json' },
  })
})

describe('the folder of documents', () => {
  const id = '01a2b3c4-d5e6-7000-8000-0123456789ab'
  const files = documentFolder(join(folder, 'documents'))
  test('keeps bytes under their id alone, and forgets them', async () => {
    await files.write(id, '231-07B.pdf', bytes('paper'))
    expect(readdirSync(join(folder, 'documents'))).toEqual([id])
    expect(await files.read(id)).toEqual(bytes('paper'))
    await files.remove(id)
    await files.remove(id)
    await expect(files.read(id)).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
  })
  test.each(['../../etc/passwd', 'x', `${id}/..`, id.toUpperCase()])('never reaches the disk for %s', async (name) => {
    await expect(files.read(name)).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
    await expect(files.write(name, 'a', bytes('a'))).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
  })
})
