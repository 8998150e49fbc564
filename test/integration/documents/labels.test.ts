import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import type { HandlingMark } from '../../../src-main/domain/catalogue.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import type { CounterSlip } from '../../../src-main/ports/documents.ts'
import { sampleDelivery, type SampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { decoded, inkBounds, printed, type PrintedPage } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const sizes = ['4x6', '100x150', 'A6'] as const
const margin = (3 * 72) / 25.4

async function labelOf(options: SampleDelivery, more: { routingCode?: string; seq?: string; asOf?: number } = {}) {
  const delivery = sampleDelivery(options)
  const stop = { ...delivery.routes[0]!.stops[0]!, ...(more.routingCode && { routingCode: more.routingCode }), ...(more.seq && { seq: more.seq }) } // prettier-ignore
  const parcel = { ...stop.parcels[0]!, ...(more.asOf !== undefined && { addressAsOf: more.asOf }) }
  return (await printed(await documents.label(delivery, stop, parcel))).pages[0]!
}

/** Text that runs out of the margins, into its neighbour at the right, or is too small to read. */
function misplaced(page: PrintedPage): readonly string[] {
  const texts = page.texts.filter(({ text }) => text.trim() !== '' && text !== 'kg')
  const sender = texts.find(({ text }) => /^(From|Absender|差出人)/.test(text))!.baseline - 10
  return texts
    .filter(({ left, width, baseline, size }) => {
      const isOut = left < margin - 0.5 || left + width > page.width - margin + 0.5 || baseline > page.height - margin
      return isOut || size < 7.99
    })
    .map(({ text }) => text)
    .concat(sender > 0 ? [] : ['no sender'])
}

const scripts = {
  latin: 'Maximiliane-Alexandra von und zu Hohenstein-Wittelsbacher ',
  greek: 'Παπαδοπούλου-Κωνσταντινίδη Μαρία ',
  cyrillic: 'Достоевский Фёдор Михайлович ',
  chinese: '北京市朝阳区建国门外大街',
  japanese: '東京都中央区日本橋むろまち',
  korean: '서울특별시 종로구 세종대로 ',
  arabic: 'محمد بن عبد الرحمن آل سعود ',
  hebrew: 'אברהם בן שלמה הכהן ',
  thai: 'กรุงเทพมหานครอมรรัตนโกสินทร์',
  devanagari: 'श्रीमती लक्ष्मीनारायण त्रिपाठी ',
  'one word': 'X',
}

const recipient = (sample: string): Recipient => ({
  name: sample.repeat(500).slice(0, 500),
  lines: Array.from({ length: 10 }, (_, i) => `${i} ${sample.repeat(4)}`.slice(0, 70)),
  postcode: '12345',
  city: 'Neustadt an der Weinstraße',
  country: 'DE',
  phone: '+49 30 1234567',
  instructions: 'Please ring twice. '.repeat(30),
})

describe.each(Object.entries(scripts))('a name of 500 signs and ten address lines in %s', (_, sample) => {
  test('stay within the label, readable, with place and country whole', async () => {
    const page = await labelOf({ recipient: { plain: recipient(sample) } })
    expect(misplaced(page)).toEqual([])
    const senderTop = page.texts.find(({ text }) => text.startsWith('From'))!.baseline - 9
    const address = page.texts.filter(({ left, baseline }) => left < page.width / 2 && baseline < senderTop)
    expect(Math.max(...address.map(({ baseline }) => baseline))).toBeLessThan(senderTop)
    for (const part of ['12345 Neustadt', 'GERMANY', '...']) expect(page.text).toContain(part)
  })
})

describe.each(sizes)('a label of %s with everything long', (labelSize) => {
  test('keeps its margins and reads at 203 dpi', async () => {
    const page = await labelOf(
      { labelSize, recipient: { plain: recipient(scripts.latin) } },
      { routingCode: 'FS-DE-10115-BERLIN-MITTE-NORD-42', seq: '1234a', asOf: 1_795_338_000_000 },
    )
    expect(misplaced(page)).toEqual([])
    const picture = await page.render()
    const bounds = inkBounds(picture)
    const free = [bounds.left, bounds.top, picture.width - bounds.right, picture.height - bounds.bottom]
    for (const side of free) expect(side).toBeGreaterThanOrEqual(23)
    expect(await decoded(picture)).toEqual(['Code128: (00)395212340000000175'])
  })
})

test('an address that fits at 8 pt is never cut, and the more there is the smaller it is set', async () => {
  const sizeOf = async (lines: number): Promise<number> => {
    const plain = {
      ...recipient('Jo Doe '),
      name: 'Jo Doe',
      lines: Array.from({ length: lines }, (_, i) => `Street ${i}`),
    }
    const page = await labelOf({ recipient: { plain } })
    for (let i = 0; i < lines; i++) expect(page.text).toContain(`Street ${i}`)
    return page.texts.find(({ text }) => text.startsWith('Jo Doe'))!.size
  }
  const [few, many] = [await sizeOf(1), await sizeOf(10)]
  expect(few).toBeGreaterThan(many)
  expect(many).toBeGreaterThanOrEqual(8)
})

test('a recipient in an unknown country is printed with the code as it came', async () => {
  const page = await labelOf({ recipient: { plain: { ...recipient('Jo '), name: 'Jo', country: 'x1' } } })
  expect(page.text).toContain('x1')
})

test.each(['en', 'de', 'ja'])('every mark has room beside the code, the adult’s first, in %s', async (locale) => {
  const handling: HandlingMark[] = ['adult', 'fragile', 'this-way-up', 'chilled', 'frozen', 'dangerous', 'heavy']
  const delivery = sampleDelivery({ locale })
  const stop = delivery.routes[0]!.stops[0]!
  const parcel = { ...stop.parcels[0]!, handling }
  const page = (await printed(await documents.label(delivery, stop, parcel))).pages[0]!
  expect(misplaced(page)).toEqual([])
  const words = { en: ['Hand to an adult', 'Heavy'], de: ['Nur an Erwachsene', 'Schwer'], ja: ['成人に手渡し', '重量物'] }[locale]! // prettier-ignore
  const baselineOf = (word: string): number =>
    page.texts.find(({ text }) => text.startsWith(word.slice(0, 3)))!.baseline
  expect(baselineOf(words[0]!)).toBeLessThan(baselineOf(words[1]!))
  const sender = page.texts.find(({ text }) => /^(From|Absender|差出人)/.test(text))!.baseline
  expect(baselineOf(words[1]!)).toBeLessThan(sender - 10)
})

test('a service stands on the label under the courier’s own name for it, cut where it is endless', async () => {
  const sample = sampleDelivery()
  const stop = sample.routes[0]!.stops[0]!
  const printedWith = async (standard: string): Promise<PrintedPage> => {
    const delivery = { ...sample, carrier: { ...sample.carrier, serviceNames: { standard } } }
    return (await printed(await documents.label(delivery, stop, stop.parcels[0]!))).pages[0]!
  }
  const page = await printedWith('Tracked 48')
  expect(page.text).toContain('Tracked 48')
  expect(page.text).not.toContain('Standard')
  expect(misplaced(await printedWith('Nachhaltig und rechtzeitig zugestellt '.repeat(4)))).toEqual([])
})

describe('a slip for the counter', () => {
  const slip: CounterSlip = {
    shopName: 'Laden am Markt',
    locale: 'en',
    issuedAt: 1_795_338_000_000,
    number: '395212340000000175',
    orderCode: '231-07',
    letter: 'B',
    n: 2,
    of: 3,
    grossG: 31_500,
    handling: ['fragile', 'this-way-up', 'chilled', 'frozen', 'dangerous', 'heavy'] satisfies HandlingMark[],
  }

  test.each(['395212340000000175', 'L00000000178'])('is read with number %s, and keeps 3 mm free', async (number) => {
    const { pages } = await printed(await documents.counterSlip({ ...slip, number, shopName: 'Laden '.repeat(30) }))
    const picture = await pages[0]!.render()
    expect(await decoded(picture)).toEqual([number.length === 18 ? `Code128: (00)${number}` : `Code128: ${number}`])
    const bounds = inkBounds(picture)
    const free = [bounds.left, bounds.top, picture.width - bounds.right, picture.height - bounds.bottom]
    for (const side of free) expect(side).toBeGreaterThanOrEqual(23)
    expect(pages[0]!.texts.filter(({ text, size }) => text.trim() !== '' && size < 7.99)).toEqual([])
  })

  test('says which parcel it is and how it wants to be handled', async () => {
    const { text } = await printed(await documents.counterSlip(slip))
    for (const part of ['Collection', '231-07', 'Parcel B, 2 of 3', '31.50 kg', 'Fragile', 'Heavy', 'Laden am Markt'])
      expect(text).toContain(part)
  })
})
