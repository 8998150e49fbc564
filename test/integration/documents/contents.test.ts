import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { en } from '../../../src-main/adapters/documents/words/en.ts'
import { en as told } from '../../../src-main/drawing/told/en.ts'
import type { Why } from '../../../src-main/domain/parcel.ts'
import { sheetSizeFor } from '../../../src-main/adapters/documents/sheets/paper-size.ts'
import { sampleDelivery, sealedBlock } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { printed, type Printed } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const selection = sampleSelection()
const tour = selection.tours[0]!
const delivery = sampleDelivery({ stops: 20 })

/** Words of letters; figures are counted, measured and rounded, so only the documents' own tests can judge them. */
const wordsIn = (text: string): ReadonlySet<string> => new Set(text.match(/\p{L}[\p{L}\p{M}]+/gu) ?? [])

/** What stands on paper but neither in the document nor among our own words. */
function strangers(paper: Printed, document: unknown): readonly string[] {
  const known = wordsIn(`${JSON.stringify(document)} ${JSON.stringify(en)} ${JSON.stringify(told)} kg mm km min`)
  return [...wordsIn(paper.text)].filter((word) => !known.has(word))
}

describe('a pick sheet', async () => {
  const paper = await printed(await documents.pickSheet(selection, tour))

  test('names each stop with location, product, code, tote and parcel', () => {
    for (const stop of tour.stops) {
      for (const part of [stop.location, stop.name, stop.sku, stop.gtin ?? '', stop.orderCode + stop.parcelLetter]) {
        expect(paper.text).toContain(part)
      }
    }
  })

  test('says how far the tour is, how good, and what it saves', () => {
    for (const part of [
      '143.2 m',
      'at most 2.3 % longer than the shortest there is',
      '38.2 m (21 %) less than by bin name',
    ]) {
      expect(paper.text).toContain(part)
    }
  })

  test('says so when a tour is proven shortest', async () => {
    const proven = { ...tour, proof: { optimal: true, method: 'one-block' }, binOrderMm: tour.lengthMm }
    const { text } = await printed(await documents.pickSheet(selection, proven))
    expect(text).toContain(told.proof.walkBest)
    expect(text).toContain(told.reason.savedNothing)
  })

  test('shows its parcels and nothing of another tour', async () => {
    const stops = tour.stops.filter((stop) => stop.orderCode === '231-07')
    const { text } = await printed(await documents.pickSheet(selection, { ...tour, stops }))
    expect(text).toContain('231-07A')
    expect(text).not.toContain('231-08')
  })

  test('names each aisle once a visit, with no title where the locations say enough', async () => {
    const long = sampleSelection({ orders: 10 })
    const { text } = await printed(await documents.pickSheet(long, long.tours[0]!))
    for (const aisle of [1, 2, 3, 4, 5, 6]) expect(text).toContain(`Aisle A-0${aisle}`)
    const short = sampleSelection({ orders: 1 })
    expect((await printed(await documents.pickSheet(short, short.tours[0]!))).text).not.toContain('Aisle')
  })

  test('says which version a new one takes the place of, and that sealing is off', async () => {
    const { text } = await printed(await documents.pickSheet({ ...selection, version: 3, sealing: 'off' }, tour))
    expect(text).toContain('Version 3: takes the place of version 2.')
    expect(text).toContain(en.sealingOff)
    expect(paper.text).not.toContain('takes the place')
    expect(paper.text).not.toContain('Sealing is off')
  })

  test('says in words why a parcel is as it is, and nothing for a reason it does not know', async () => {
    const because = (why: Why) => ({
      ...selection,
      orders: selection.orders.map((order) => ({ ...order, packages: order.packages.map((one) => ({ ...one, why })) })),
    })
    const larger = because({
      code: 'larger-carton',
      facts: { carton: 'S', binding: 'weight', value: 6_200, limit: 5_000 },
    })
    expect((await printed(await documents.pickSheet(larger, tour))).text).toContain(
      'The next better carton will not do: 6.2 kg > 5 kg in carton S.',
    )
    const unknown = because({ code: 'moon-phase', facts: {} })
    expect((await printed(await documents.pickSheet(unknown, tour))).text).not.toContain('moon')
  })

  test('shows how a product wants to be handled where its stop says so', async () => {
    const stops = tour.stops.map((stop) => ({ ...stop, handling: ['frozen' as const] }))
    const { text } = await printed(await documents.pickSheet(selection, { ...tour, stops }))
    expect(text.split('Keep frozen').length - 1).toBe(stops.length)
  })

  test('is made without a map where the shop has drawn no floor', async () => {
    const floor = { aisleX: [], crossY: [], missing: [], depot: [0, 0] as const, packingTable: [0, 0] as const }
    const { text } = await printed(await documents.pickSheet({ ...selection, floor }, { ...tour, path: [] }))
    expect(text).not.toMatch(/NaN|Start|Aisle/)
    expect(text).toContain(tour.stops[0]!.location)
  })

  test('holds no word that is neither in the document nor one of ours', () => {
    expect(strangers(paper, selection)).toEqual([])
    expect(paper.text).not.toContain('pseudonym')
  })
})

describe('a packing slip', async () => {
  const order = selection.orders[0]!
  const paper = await printed(await documents.packingSlip(selection, order))

  test('is one for each parcel, with its letter, carton, weights, contents and a greeting', () => {
    expect(paper.pages).toHaveLength(2)
    for (const [i, page] of paper.pages.entries()) {
      const parcel = order.packages[i]!
      const letter = page.texts.find((text) => text.text === parcel.letter && text.size > 30)
      expect(letter).toBeDefined()
      const facts = [`Parcel ${i + 1} of 2`, 'gross 2.68 kg', 'net 2.35 kg', en.greeting, order.code]
      for (const part of [...facts, selection.shop.name, ...parcel.contents.flatMap(({ name, sku }) => [name, sku])]) {
        expect(page.text).toContain(part)
      }
    }
  })

  test('names what comes in other parcels, and says so when nothing does', async () => {
    expect(paper.pages[0]!.text).toContain(en.otherParcels)
    expect(paper.pages[0]!.text).toContain('1 × Olive oil, canister of 5 litres')
    const alone = { ...order, packages: order.packages.slice(0, 1) }
    const { text } = await printed(await documents.packingSlip(selection, alone))
    expect(text).toContain(en.wholeOrder)
    expect(text).not.toContain(en.otherParcels)
  })

  test('says what to do when something is wrong or goes back', () => {
    expect(paper.pages[1]!.text).toContain('Tell us order 231-07, parcel B.')
    expect(paper.pages[1]!.text).toContain(en.sendBack)
  })

  test('holds nothing of other orders and no stranger', () => {
    expect(paper.text).not.toContain('231-08')
    expect(strangers(paper, { shop: selection.shop, order })).toEqual([])
  })
})

describe('a card of a parcel', () => {
  test('says so when a parcel was planned by volume and has no drawing', async () => {
    const orders = selection.orders.map((order) => ({
      ...order,
      packages: order.packages.map((one) => ({ ...one, placements: [], checkedBy: 'volume' as const })),
    }))
    const { text } = await printed(await documents.pickSheet({ ...selection, orders }, tour))
    expect(text).toContain(en.byVolume)
  })
})

describe('a label', async () => {
  const stop = delivery.routes[0]!.stops[0]!
  const parcel = stop.parcels[0]!
  const paper = await printed(await documents.label(delivery, stop, parcel))

  test('names courier, service, routing, piece, weight, marks, sequence, order and sender', () => {
    const marks = parcel.handling.map((mark) => en.marks[mark])
    const facts = ['Velo Kurier', 'Standard', 'DE-10', 'Piece 1 of 1', '850 g', '231-07A', `(00) ${parcel.number}`]
    for (const part of [...facts, ...delivery.shop.addressLines]) expect(paper.text).toContain(part)
    for (const mark of marks.flatMap((words) => words.split(' '))) expect(paper.text).toContain(mark)
  })

  test('holds no stranger, and its sealed block only as a code', () => {
    expect(strangers(paper, { ...delivery, routes: [stop.routingCode] })).toEqual([])
    expect(paper.text).not.toContain(sealedBlock(740).slice(0, 12))
  })
})

describe('a label with a plain address', () => {
  const plain = {
    name: 'Maximiliane-Alexandra von und zu Hohenstein-Wittelsbacher-Sonnenberg',
    company: 'Gesellschaft für angewandte Verpackungstechnik mbH',
    lines: ['Straße der Völkerfreundschaft 1234, Hinterhaus', 'Aufgang C, 17. Obergeschoss'],
    postcode: '12345',
    city: 'Neustadt an der Weinstraße',
    country: 'DE',
    phone: '+49 30 1234567',
    instructions: 'Please ring twice and wait. '.repeat(30),
  }

  test.each(['4x6', '100x150', 'A6'] as const)('cuts instructions, never the address, on %s', async (labelSize) => {
    const at = sampleDelivery({ labelSize, recipient: { plain } })
    const stop = at.routes[0]!.stops[0]!
    const { pages } = await printed(await documents.label(at, stop, stop.parcels[0]!))
    const { texts, text } = pages[0]!
    for (const word of [plain.name, plain.company, ...plain.lines, plain.city, plain.phone].join(' ').split(/[ -]/)) {
      expect(text).toContain(word)
    }
    expect(text).toContain('...')
    const sender = texts.find((one) => one.text.startsWith('From'))!.baseline
    const below = texts.filter((one) => one.baseline > sender - 10 && /ring|wait|twice/.test(one.text))
    expect(below).toEqual([])
  })

  test('says that it is not sealed where the shop has switched sealing off, and only there', async () => {
    for (const sealing of ['off', 'selection'] as const) {
      const at = { ...sampleDelivery({ recipient: { plain } }), sealing }
      const stop = at.routes[0]!.stops[0]!
      const { text } = await printed(await documents.label(at, stop, stop.parcels[0]!))
      expect(text.includes('Address not sealed')).toBe(sealing === 'off')
    }
  })
})

describe('a run sheet', async () => {
  const paper = await printed(await documents.runSheet(delivery))

  test('names each parcel in delivery order with totals', () => {
    const numbers = delivery.routes.flatMap((route) =>
      route.stops.flatMap((stop) => stop.parcels.map(({ number }) => number)),
    )
    const places = numbers.map((number) => paper.text.indexOf(number))
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true)
    expect(paper.text).toContain('30 Parcels')
    expect(paper.text).toContain('Parcels handed over: ________ of 30')
    expect(paper.text).toContain('11:30 - 13:30')
    expect(paper.text).toContain(told.proof.routeBest)
  })

  test('holds no stranger', () => {
    expect(strangers(paper, delivery)).toEqual([])
    expect(paper.text).not.toContain(en.notSealed)
  })

  test('says so when the labels are not sealed, and still names nobody', async () => {
    const recipient = {
      plain: { name: 'Jo Doe', lines: ['1 High Street'], postcode: 'AB1', city: 'Town', country: 'GB' },
    }
    const { text } = await printed(await documents.runSheet(sampleDelivery({ recipient })))
    expect(text).toContain(en.notSealed)
    for (const part of ['Jo', 'Doe', 'High Street', 'AB1']) expect(text).not.toContain(part)
  })
})

describe('paper', () => {
  test.each([
    ['en', 595],
    ['de-DE', 595],
    ['en-US', 612],
    ['es-MX', 612],
    ['en-GB', 595],
    ['not a locale', 595],
  ])('is of the size that offices of %s have: %i points wide', async (locale, width) => {
    const { pages } = await printed(
      await documents.packingSlip(sampleSelection({ locale: 'en' }), selection.orders[0]!),
    )
    expect(Math.round(pages[0]!.width)).toBe(595)
    expect(Math.round(sheetSizeFor(locale)[0])).toBe(width)
  })

  test('is Letter where the shop prints on it', async () => {
    const { pages } = await printed(await documents.runSheet(sampleDelivery({ locale: 'en-US' })))
    expect([pages[0]!.width, pages[0]!.height]).toEqual([612, 792])
  })
})

describe('every document', () => {
  const stop = delivery.routes[0]!.stops[0]!
  const all = {
    'pick sheet': () => documents.pickSheet(selection, tour),
    'packing slip': () => documents.packingSlip(selection, selection.orders[0]!),
    label: () => documents.label(delivery, stop, stop.parcels[0]!),
    'run sheet': () => documents.runSheet(delivery),
  }

  test.each(Object.entries(all))('a %s is the same to the byte when printed again', async (_, write) => {
    expect(Buffer.compare(await write(), await write())).toBe(0)
  })

  test('a document is the same to the byte whatever was printed before, by the same process or by another', async () => {
    const arabic = sampleSelection({ orders: 1 })
    const order = arabic.orders[0]!
    const names = ['قهوة', 'هههه', 'مهم', 'हिन्दी', 'น้ำปลาร้า', 'ᄒ', '🎁 茶']
    const named = (from: number) => ({
      ...order,
      packages: order.packages.map((one) => ({
        ...one,
        contents: one.contents.map((content, i) => ({ ...content, name: names[(from + i) % names.length]! })),
      })),
    })
    const first = await documents.packingSlip(arabic, named(0))
    for (const from of [3, 1, 5, 2]) await documents.packingSlip(arabic, named(from))
    expect(Buffer.compare(first, await documents.packingSlip(arabic, named(0)))).toBe(0)
    const fresh = createDocuments({ fontsFolder: 'resources/fonts' })
    await fresh.packingSlip(arabic, named(4))
    expect(Buffer.compare(first, await fresh.packingSlip(arabic, named(0)))).toBe(0)
  })

  test.each(Object.entries(all))('a %s has the day of issue and a code as its only metadata', async (_, write) => {
    const { metadata } = await printed(await write())
    expect(metadata['CreationDate']).toBe('D:20261122093000Z')
    expect(metadata['Title']).toMatch(/^(231-W1-1|231-07|395212340000000175|DHL-2026-11-22-1)$/)
    expect(metadata['Author'] ?? '').toBe('')
  })

  test.each(['de', 'ja', 'fr'])('speaks %s, or English where it has no words', async (locale) => {
    const { text } = await printed(await documents.packingSlip(sampleSelection({ locale }), selection.orders[0]!))
    expect(text).toContain({ de: 'Lieferschein', ja: '納品書', fr: 'Packing slip' }[locale])
  })
})

describe('a withdrawn paper', () => {
  const stop = delivery.routes[0]!.stops[0]!
  const papers = {
    'pick sheet': () => documents.pickSheet(selection, tour),
    label: () => documents.label(delivery, stop, stop.parcels[0]!),
  }

  test.each(Object.entries(papers))('is crossed out on every page and keeps what it says: %s', async (_, write) => {
    const whole = await printed(await write())
    const bytes = await documents.crossedOut(await write(), 'en')
    const crossed = await printed(bytes)
    expect(crossed.pages.map(({ width, height }) => [width, height])).toEqual(
      whole.pages.map(({ width, height }) => [width, height]),
    )
    for (const page of crossed.pages) expect(page.text).toContain(en.withdrawn)
    expect(crossed.text).toContain(whole.pages[0]!.texts.at(-1)!.text)
    expect(crossed.metadata['Title']).toBe(whole.metadata['Title'])
    expect(crossed.metadata['CreationDate']).toBe(whole.metadata['CreationDate'])
    const again = await documents.crossedOut(await write(), 'en')
    expect(Buffer.compare(bytes, again)).toBe(0)
  })
})
