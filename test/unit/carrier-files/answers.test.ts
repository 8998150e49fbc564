import { inflateSync } from 'node:zlib'
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { carrierFiles } from '../../../src-main/adapters/carrier-files/carrier-files.ts'
import { usualLimits } from '../../../src-main/adapters/carrier-files/split-in-thread.ts'
import { bombPdf, strangerPdf } from './stranger-pdf.ts'

const profilesFolder = 'resources/carrier-uploads'
const files = carrierFiles({ profilesFolder })
const read = (name: string, content: Uint8Array | string, profile = 'dhl-vls') =>
  files.readAnswer([{ name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content }], {
    profile,
  })

/** Every byte of a PDF, its streams unpacked. */
async function everythingIn(pdf: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(pdf)
  const parts = [Buffer.from(pdf).toString('latin1')]
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    parts.push(object.toString())
    if (!(object instanceof PDFRawStream)) continue
    try {
      parts.push(inflateSync(object.contents).toString('latin1'))
    } catch {
      parts.push(Buffer.from(object.contents).toString('latin1'))
    }
  }
  return parts.join('\n')
}

describe("a carrier's PDF", () => {
  test('is split into its pages, each with the words that may be a number', async () => {
    const pdf = await strangerPdf([
      { lines: ['DHL PAKET', 'Ref.: C000 0000 0017', 'Erika Muster'] },
      { lines: ['SSCC', '(00) 3 9521234 000000017 5'] },
    ])
    const { pages, problems } = await read('labels.pdf', pdf)
    expect(problems).toEqual([])
    expect(pages.map(({ page }) => page)).toEqual([1, 2])
    expect(pages[0]?.words).toContain('C00000000017')
    expect(pages[0]?.words.join()).not.toMatch(/erika/i)
    expect(pages[1]?.words).toContain('00395212340000000175')
    for (const { pdf: alone } of pages) expect((await PDFDocument.load(alone)).getPageCount()).toBe(1)
  })

  test('says by its file name whose it is, where it holds no text', async () => {
    const { pages } = await read('C00000000017 (1).pdf', await strangerPdf([{ lines: [] }]))
    expect(pages[0]?.words).toEqual(['C00000000017'])
  })

  test('leaves scripts, attachments, links and titles behind; what the page draws stays', async () => {
    const pdf = await strangerPdf([{ lines: ['C00000000017'] }], { isNasty: true })
    expect(await everythingIn(pdf)).toMatch(/gotcha/)
    const { pages } = await read('nasty.pdf', pdf)
    const all = await everythingIn(pages[0]?.pdf ?? new Uint8Array())
    expect(all).not.toMatch(/gotcha|JavaScript|EmbeddedFile|\/Annots|\/AA/)
    expect((await read('again.pdf', pages[0]?.pdf ?? new Uint8Array())).pages[0]?.words).toContain('C00000000017')
  })

  test('locked with a password, broken or cut is named and stops no other', async () => {
    const good = await strangerPdf([{ lines: ['C00000000017'] }])
    const locked = await strangerPdf([{ lines: ['C00000000017'] }], { password: 'secret' })
    const open = await strangerPdf([{ lines: ['C00000000017'] }], { password: '' })
    const answer = await files.readAnswer(
      [
        { name: 'locked.pdf', bytes: locked },
        { name: 'cut.pdf', bytes: good.slice(0, 300) },
        { name: 'noise.pdf', bytes: new TextEncoder().encode('%PDF-1.7\nnothing of the kind') },
        { name: 'open.pdf', bytes: open },
        { name: 'good.pdf', bytes: good },
      ],
      { profile: 'generic' },
    )
    expect(answer.problems).toEqual([
      { file: 'locked.pdf', problem: 'encrypted' },
      { file: 'cut.pdf', problem: 'broken' },
      { file: 'noise.pdf', problem: 'broken' },
    ])
    expect(answer.pages.map(({ file }) => file)).toEqual(['open.pdf', 'good.pdf'])
  })

  test('that unpacks to gigabytes is given up before the memory is, and so is one that takes too long', async () => {
    const small = { ...usualLimits, mostMemory: 150 * 1024 * 1024 }
    const wary = carrierFiles({ profilesFolder, limits: small })
    const bomb = { name: 'bomb.pdf', bytes: bombPdf(500) }
    expect(bomb.bytes.byteLength).toBeLessThan(1_000_000)
    expect((await wary.readAnswer([bomb], { profile: 'generic' })).problems).toEqual([
      { file: 'bomb.pdf', problem: 'too-large' },
    ])
    const hasty = carrierFiles({ profilesFolder, limits: { ...usualLimits, timeMs: 1 } })
    expect((await hasty.readAnswer([bomb], { profile: 'generic' })).problems[0]?.problem).toBe('too-slow')
  })

  test('of more pages or bytes than any day has is not read', async () => {
    const few = carrierFiles({ profilesFolder, limits: { ...usualLimits, mostPages: 2 } })
    const bytes = await strangerPdf([{ lines: [] }, { lines: [] }, { lines: [] }])
    expect((await few.readAnswer([{ name: 'a.pdf', bytes }], { profile: 'generic' })).problems[0]?.problem).toBe(
      'too-many-pages',
    )
    const huge = new Uint8Array(26 * 1024 * 1024)
    expect((await read('huge.pdf', huge)).problems).toEqual([{ file: 'huge.pdf', problem: 'too-large' }])
  })
})

describe("a carrier's table", () => {
  test('is read in whatever encoding, delimiter and order of columns, with a title above', async () => {
    const text =
      'Sendungsliste für heute\r\n\r\nSendungsnummer;Empfänger;Sendungsreferenz\r\n00340434161094000017;Müller;C00000000017\r\n'
    const answer = await read('liste.csv', Uint8Array.from(Buffer.from(text, 'latin1')))
    expect(answer.rows).toEqual([
      { file: 'liste.csv', line: 4, reference: 'C00000000017', tracking: '00340434161094000017' },
    ])
    const tabbed = await read('x.txt', 'Reference ID\tTracking Number\n"C1"\t="9405 5000 0000"\n', 'usps-click-n-ship')
    expect(tabbed.rows).toEqual([{ file: 'x.txt', line: 2, reference: 'C1', tracking: '940550000000' }])
  })

  test.each([
    ['ups-batch', 'Package Reference Number 1,Tracking Number', '1Z999AA10123456784'],
    ['royal-mail-click-and-drop', 'Order reference,Tracking number', 'AB123456785GB'],
    ['usps-click-n-ship', 'Reference ID,USPS Tracking Number', '9405511899223197428490'],
    ['generic', 'reference,tracking', 'X-1234'],
  ])('of %s names numbers in its own columns', async (profile, header, tracking) => {
    expect((await read('a.csv', `${header}\nC1,${tracking}\n`, profile)).rows).toEqual([
      { file: 'a.csv', line: 2, reference: 'C1', tracking },
    ])
  })

  test('names lines without a number, and numbers that a spreadsheet has rounded', async () => {
    const text = 'reference,tracking\n,123456\nC1,\nC2,3.40434E+17\nC3,=cmd|calc\n"C4\nC5",12345\n\nC6,12345\n'
    const answer = await read('a.csv', text, 'generic')
    expect(answer.problems).toEqual([
      { file: 'a.csv', line: 2, problem: 'no-reference' },
      { file: 'a.csv', line: 3, problem: 'no-tracking' },
      { file: 'a.csv', line: 4, problem: 'bad-value' },
      { file: 'a.csv', line: 5, problem: 'bad-value' },
    ])
    expect(answer.rows.map(({ reference }) => reference)).toEqual(['C4\nC5', 'C6'])
  })

  test('or anything else without those columns is named', async () => {
    for (const content of ['hello', 'a,b\n1,2\n', '\0\0\0', ''])
      expect((await read('a.csv', content)).problems).toEqual([{ file: 'a.csv', problem: 'not-a-table' }])
    await expect(read('a.csv', 'x', 'nobody')).rejects.toMatchObject({ code: 'ERR_UPLOAD_PROFILE_UNKNOWN' })
  })
})
