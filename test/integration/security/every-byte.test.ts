import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'
import Database from 'better-sqlite3'
import bwip from 'bwip-js/node'
import { CompactEncrypt, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesToRead, searchFor, tellingFiles } from './every-byte.ts'
import { messagesIn } from './http-messages.ts'
import type { Kind, Person } from './personal-values.ts'
import { joinedPages } from './readings-of-sqlite.ts'

/** Nobody: a person with every kind of value, and signs that encodings write differently. */
const person: Person = {
  name: 'Annegret Mühlenstädt-Roßkamp',
  email: 'annegret@example.org',
  phone: '+49 30 23125 111',
  instructions: 'Bitte beim Nachbarn Nr. 19 abgeben',
  address: {
    name: 'Annegret Mühlenstädt-Roßkamp',
    company: 'Größenwahn & Söhne',
    lines: ['Kornspeicherweg 4'],
    postcode: '43210',
    city: 'Quendelau',
    lat: 52.915943,
    lon: 11.427666,
  },
}
const { name } = person
const search = searchFor([person])
const kindsIn = async (bytes: Buffer): Promise<readonly Kind[]> =>
  [...new Set((await search(bytes)).map(({ value }) => value.kind))].toSorted()

const around = (bytes: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from('nothing to see, '), Buffer.from(bytes), Buffer.from(', nothing at all')])
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
const each = (bytes: Buffer, mark: (byte: number) => string): string => [...bytes].map(mark).join('')
const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')
const nonLetters = (mark: string) => (byte: number) =>
  byte > 0x7f || byte === 0x20 ? mark + hex(byte) : String.fromCharCode(byte)

/** Hiding places in which a program could leave a name without anybody having encrypted it. */
const hidingPlaces: readonly (readonly [place: string, bytes: Buffer])[] = [
  ['UTF-8', around(name)],
  ['capitals', around(name.toUpperCase())],
  ['small letters', around(name.toLowerCase())],
  ['letters taken apart', around(name.normalize('NFD'))],
  ['no accents', around('Annegret Muhlenstadt-Roßkamp')],
  ['German without its own letters', around('annegret muehlenstaedt-rosskamp')],
  ['a file name', around('label-annegret-muehlenstaedt-rosskamp.pdf')],
  ['only the last part of a name', around('Mühlenstädt')],
  ['UTF-16 little end first', around(Buffer.from(name, 'utf16le'))],
  ['UTF-16 big end first', around(swapped(name))],
  ['Latin-1', around(Buffer.from(name, 'latin1'))],
  ...[0, 1, 2].map((before) => [`base64 from place ${before}`, around(Buffer.from(`${'x'.repeat(before)}${name}, and more`).toString('base64'))] as const), // prettier-ignore
  ['base64url', around(Buffer.from(`?>~${name}?>~`).toString('base64url'))],
  ['base64 of UTF-16', around(Buffer.from(name, 'utf16le').toString('base64'))],
  [
    'base64 in lines',
    around(
      Buffer.from('-'.repeat(50) + name)
        .toString('base64')
        .replaceAll(/.{64}/g, '$&\r\n'),
    ),
  ],
  ['base64 of base64', around(Buffer.from(Buffer.from(name).toString('base64')).toString('base64'))],
  ['base64 glued to a word', around(`data${gzipSync(name).toString('base64')}`)],
  ['hex', around(Buffer.from(name).toString('hex'))],
  ['hex of something compressed', around(deflateSync(name).toString('hex'))],
  ['percent signs', around(encodeURIComponent(name))],
  ['percent signs, small', around(encodeURIComponent(name).toLowerCase())],
  ['a form', around(new URLSearchParams({ name }).toString())],
  ['JSON with \\u', around(JSON.stringify(name).replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`))], // prettier-ignore
  ['HTML', around(name.replaceAll(/[^ -~]/g, (sign) => `&#${sign.codePointAt(0)};`))],
  ['quoted-printable', around(each(Buffer.from(name), nonLetters('=')))],
  ['ZPL with ^FH', around(`^FO50,50^FH^FD${each(Buffer.from(name), nonLetters('_'))}^FS`)],
  [
    'ZPL with ^FH for every sign',
    around(`^FH^FD${each(Buffer.from(name), (byte) => `_${hex(byte).toLowerCase()}`)}^FS`),
  ],
  ['octal, as a PDF writes it', around(`(${each(Buffer.from(name, 'latin1'), (byte) => (byte > 0x7f ? `\\${byte.toString(8)}` : String.fromCharCode(byte)))}) Tj`)], // prettier-ignore
  ['a PDF string in pieces', around(`[(Annegret M\\374hlenst) -20 (\\344dt-Ro\\337kamp)] TJ`)],
  ['a PDF string in hex', around(`<FEFF${swapped(name).toString('hex')}> Tj`)],
  ['zlib', deflateSync(around(name))],
  ['zlib inside', around(deflateSync(around(name)))],
  ['deflate without a head', deflateRawSync(around(name))],
  ['gzip', gzipSync(around(name))],
  ['gzip inside', around(gzipSync(around(name)))],
  ['gzip that was cut short', gzipSync(Buffer.concat([around(name), randomBytes(9000)])).subarray(0, 4000)],
  ['brotli', brotliCompressSync(around(name))],
  ['zlib in base64 in JSON', Buffer.from(JSON.stringify({ data: deflateSync(around(name)).toString('base64') }))],
  ['gzip in gzip', gzipSync(gzipSync(around(name)))],
  ['a ZIP entry', zipOf(around(name))],
  ['a token whose payload is only base64url', around(`eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ n: name })).toString('base64url')}.`)], // prettier-ignore
  ['a token whose payload is only compressed', around(`eyJhbGciOiJub25lIn0.${deflateRawSync(JSON.stringify({ n: name, filler: 'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff0123456789ABCDEFGHIJKLMNOP' })).toString('base64url')}.`)], // prettier-ignore
]

function zipOf(content: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.write('PK\u0003\u0004', 'latin1')
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(5, 26)
  return Buffer.concat([head, Buffer.from('a.txt'), deflateRawSync(content), Buffer.from('PK\u0001\u0002')])
}

describe('a name is found', () => {
  test.each(hidingPlaces)('in %s', async (_, bytes) => {
    expect(await kindsIn(bytes)).toContain('name')
  })
})

/** What else is personal, each in a spelling that differs from the one it was given in. */
const otherValues: readonly (readonly [kind: Kind, text: string])[] = [
  ['company', 'Groessenwahn & Soehne'],
  ['street', 'im Kornspeicherweg vier'],
  ['street', 'KORNSPEICHERWEG 4'],
  ['place', 'D-43210 Quendelau'],
  ['place', '{"z":"43210","t":"Quendelau"}'],
  ['phone', '493023125111'],
  ['phone', '030/23125111'],
  ['phone', '0049 30 23125 111'],
  ['phone', '+49 (0)30 23125111'],
  ['phone', '030-23125-111'],
  ['email', 'ANNEGRET@EXAMPLE.ORG'],
  ['email', 'annegret%40example.org'],
  ['note', 'Bitte+beim+Nachbarn+Nr.+19+abgeben'],
  ['note', 'bitte beim nachbarn nr'],
  ['coordinates', '{"lat":52.9159,"lon":11.4276}'],
  ['coordinates', '52,9159 / 11,4277'],
  ['coordinates', 'at 52915943 and 11427666'],
  ['value', '{"totalMinor":12345}'],
]

describe('other personal values are found', () => {
  test.each(otherValues)('%s as %s', async (kind, text) => {
    expect(await kindsIn(around(text))).toContain(kind)
    expect(await kindsIn(around(gzipSync(text).toString('base64')))).toContain(kind)
  })

  test('coordinates as the eight bytes of a number', async () => {
    const number = Buffer.alloc(8)
    number.writeDoubleBE(person.address.lat ?? 0)
    const other = Buffer.alloc(8)
    other.writeDoubleBE(person.address.lon ?? 0)
    expect(await kindsIn(around(Buffer.concat([number, other])))).toEqual(['coordinates'])
    expect(await kindsIn(around(Buffer.concat([number.reverse(), other])))).toEqual(['coordinates'])
    expect(await kindsIn(around(number))).toEqual([])
  })

  test('and nothing where nothing is', async () => {
    const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' })
    const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(person)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(publicKey)
    const texts = ['Anna Muhlen, Kornweg 4', '43210', 'Quendelau', '+49 30 99999 111', 'lat 52.9, lon 11.4', jwe]
    for (const text of texts) expect(await kindsIn(around(text)), text).toEqual([])
    expect(await kindsIn(randomBytes(2_000_000))).toEqual([])
  })
})

describe('in a PDF', () => {
  async function pdfWith(change: (pdf: PDFDocument) => Promise<void> | void): Promise<Buffer> {
    const pdf = await PDFDocument.create()
    pdf.addPage([200, 200])
    await change(pdf)
    return Buffer.from(await pdf.save())
  }
  const code = (bcid: string, text: string): Promise<Buffer> => bwip.toBuffer({ bcid, text, scale: 3 })

  test.each<readonly [place: string, change: (pdf: PDFDocument) => Promise<void> | void]>([
    ['text', (pdf) => pdf.getPage(0).drawText(name, { x: 20, y: 50, size: 12 })],
    ['text with wide gaps', (pdf) => [...name].forEach((sign, at) => pdf.getPage(0).drawText(sign, { x: 10 + at * 6, y: 50, size: 5 }))], // prettier-ignore
    ['the title', (pdf) => pdf.setTitle(`Label for ${name}`)],
    ['the keywords', (pdf) => pdf.setKeywords(['a', name])],
    ['an attachment', (pdf) => pdf.attach(Buffer.from(`a,${name}`), 'list.csv')],
    ['the name of an attachment', (pdf) => pdf.attach(Buffer.from('a,b'), `${name}.csv`)],
    ['an object nobody shows, in hex', (pdf) => pdf.catalog.set(PDFName.of('Backroom'), PDFHexString.fromText(name))],
    ['an object nobody shows', (pdf) => pdf.catalog.set(PDFName.of('Backroom'), PDFString.of('Annegret M\\374hlenst\\344dt'))], // prettier-ignore
    ['a QR code', async (pdf) => void pdf.getPage(0).drawImage(await pdf.embedPng(await code('qrcode', name)), { x: 25, y: 25, width: 150, height: 150 })], // prettier-ignore
    ['a data matrix whose content is compressed and in base64', async (pdf) => void pdf.getPage(0).drawImage(await pdf.embedPng(await code('datamatrix', deflateSync(name).toString('base64'))), { x: 25, y: 25, width: 150, height: 150 })], // prettier-ignore
    ['an Aztec code that lies on its side', async (pdf) => void pdf.getPage(0).drawImage(await pdf.embedPng(await bwip.toBuffer({ bcid: 'azteccode', text: name, scale: 3, rotate: 'R' })), { x: 25, y: 25, width: 150, height: 150 })], // prettier-ignore
  ])('%s is read', async (_, change) => {
    expect(await kindsIn(await pdfWith(change))).toContain('name')
    expect(await kindsIn(around(await pdfWith(() => undefined)))).toEqual([])
  })

  test('a PNG is read: what is drawn as a code, and what stands beside the picture', async () => {
    const png = await code('qrcode', Buffer.from(name).toString('base64'))
    expect(await kindsIn(png)).toContain('name')
    expect(await kindsIn(around(png))).toContain('name')
    const plain = await code('qrcode', 'nothing')
    const text = Buffer.concat([Buffer.from('zTXtComment\0\0'), deflateSync(Buffer.from(name, 'latin1'))])
    expect(await kindsIn(Buffer.concat([plain.subarray(0, 33), text, plain.subarray(33)]))).toContain('name')
    expect(await kindsIn(plain)).toEqual([])
  })
})

describe('in files', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-planted-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const kindsInFile = async (path: string): Promise<readonly Kind[]> =>
    [
      ...new Set(
        (await Promise.all(bytesToRead(path).map(({ bytes, isLast }) => search(bytes, isLast))))
          .flat()
          .map(({ value }) => value.kind),
      ),
    ].toSorted()

  test('of SQLite: a row, a compressed value, a deleted row, a log that is not yet in the file', async () => {
    const at = (file: string): string => join(folder, `${file}.sqlite`)
    const open = (file: string, statement: string, ...values: unknown[]): Database.Database => {
      const database = new Database(at(file))
      database.exec('create table one (id integer primary key, value)')
      database.prepare(statement).run(...values)
      return database
    }
    open('row', 'insert into one (value) values (?)', name).close()
    open('compressed', 'insert into one (value) values (?)', deflateRawSync(name)).close()
    open('number', 'insert into one (value) values (?), (?)', person.address.lat, person.address.lon).close()
    const deleted = open('deleted', 'insert into one (value) values (?)', name)
    deleted.exec('delete from one')
    deleted.close()
    // A text of several pages: somewhere a page's end cuts a name in two.
    const long = Array.from({ length: 500 }, (_, index) => `${name} `.slice(index % 7 === 0 ? 0 : 20)).join('')
    open('long', 'insert into one (value) values (?)', long).close()
    const written = new Database(at('log'))
    written.pragma('journal_mode = wal')
    written.exec('create table one (value)')
    written.prepare('insert into one values (?)').run(name)
    expect(await kindsInFile(`${at('log')}-wal`)).toEqual(['name'])
    expect(await kindsInFile(at('log'))).toEqual(['name'])
    written.close()
    for (const file of ['row', 'compressed', 'deleted', 'long']) expect(await kindsInFile(at(file)), file).toEqual(['name']) // prettier-ignore
    expect(await kindsInFile(at('number'))).toEqual(['coordinates'])
  })

  test('of SQLite: a name that the end of a page cuts in two', async () => {
    const path = join(folder, 'cut.sqlite')
    const database = new Database(path)
    database.exec('create table one (value)')
    const insert = database.prepare('insert into one values (?)')
    const text = (before: number): string => `${'x'.repeat(before)}Kornspeicherweg${'y'.repeat(4085)}`
    database.transaction(() => {
      for (let before = 3500; before < 3500 + 4096; before += 101) insert.run(text(before))
    })()
    database.close()
    const count = (bytes: Buffer): number => bytes.toString('latin1').split('Kornspeicherweg').length - 1
    const bytes = readFileSync(path)
    expect(count(bytes)).toBeLessThan(count(joinedPages(bytes) ?? bytes))
  })

  test('by their names, in folders below folders', async () => {
    const below = join(folder, 'named', 'below')
    mkdirSync(below, { recursive: true })
    writeFileSync(join(below, 'Kornspeicherweg 4.txt'), 'nothing')
    writeFileSync(join(below, 'nothing.txt'), 'Kornspeicherweg 4')
    expect(await tellingFiles(join(folder, 'named'), ['Kornspeicherweg 4'])).toEqual([
      'below/Kornspeicherweg 4.txt: Kornspeicherweg 4',
      'below/nothing.txt: Kornspeicherweg 4',
    ])
  })

  test('of recorded HTTP: a word that stands across two chunks, a compressed answer, the second of two messages', async () => {
    const [first, second] = [Buffer.from('{"n":"Annegret Mühl'), Buffer.from('enstädt-Roßkamp"}')]
    const chunk = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]) // prettier-ignore
    const head = Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
    const chunked = Buffer.concat([head, chunk(first), chunk(second), Buffer.from('0\r\n\r\n')])
    expect(messagesIn(chunked).bodies.map(String)).toEqual([`{"n":"${name}"}`])
    const small = gzipSync(name)
    const compressed = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${small.length}\r\n\r\n`), small])
    expect(messagesIn(Buffer.concat([compressed, chunked, compressed])).bodies.map((body) => body.length)).toEqual([
      small.length,
      first.length + second.length,
      small.length,
    ])
    const path = join(folder, 'recorded')
    writeFileSync(path, Buffer.concat([Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'), chunked]))
    expect(await kindsInFile(path)).toEqual(['name'])
  })
})
