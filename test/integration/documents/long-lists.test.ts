import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { parcelLetter, sscc } from '../../../src-main/kernel/ids.ts'
import { printed, type PrintedPage } from './printed-page.ts'
import { overlappingTexts, textsBeyondMargins } from './text-boxes.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const bottom = 842 - 30

function expectWellBroken(pages: readonly PrintedPage[]): void {
  for (const [i, page] of pages.entries()) {
    expect(page.text).toContain(`${i + 1} of ${pages.length}`)
    expect(textsBeyondMargins(page)).toEqual([])
    expect(overlappingTexts(page)).toEqual([])
    expect(page.texts.filter((text) => text.text.trim() !== '').length).toBeGreaterThan(3)
  }
}

describe('a pick sheet of 200 stops', async () => {
  const selection = sampleSelection({ orders: 40 })
  const tour = selection.tours[0]!
  const { pages } = await printed(await documents.pickSheet(selection, tour))
  const listing = pages.filter((page) => page.text.includes('Location'))

  test('numbers its pages and keeps inside them', () => {
    expect(tour.stops).toHaveLength(200)
    expectWellBroken(pages)
  })

  test('repeats the head on every page of the list', () => {
    const withRows = pages.filter((page) => /A-\d\d-\d\d-\d-\d/.test(page.text))
    expect(withRows.length).toBe(listing.length)
    expect(listing.length).toBeGreaterThan(4)
  })

  test('lists each stop once, whole and in order', () => {
    const rows = listing.flatMap((page) =>
      page.texts.filter((text) => /^A-\d\d-\d\d-\d-\d$/.test(text.text)).map((text) => ({ ...text, page })),
    )
    expect(rows.map((row) => row.text)).toEqual(tour.stops.map((stop) => stop.location))
    for (const [i, row] of rows.entries()) {
      const sku = row.page.texts.find(
        (text) => text.text.includes(tour.stops[i]!.sku) && near(text.baseline, row.baseline),
      )
      expect(sku).toBeDefined()
    }
  })

  test('keeps each parcel drawing on the page of its code', () => {
    const codes = pages.flatMap((page) =>
      page.texts.filter((text) => /^231-\d\d[AB]$/.test(text.text) && text.size > 15),
    )
    expect(codes).toHaveLength(80)
    expect(Math.max(...codes.map((code) => code.baseline))).toBeLessThan(bottom - 100)
  })

  test('leaves no aisle title without a stop and no last stop alone', () => {
    for (const page of listing) {
      const rows = page.texts.filter((text) => /^A-\d\d-\d\d-\d-\d$/.test(text.text))
      const titles = page.texts.filter((text) => text.text.startsWith('Aisle '))
      for (const title of titles) expect(rows.some((row) => row.baseline > title.baseline)).toBe(true)
      expect(rows.length).toBeGreaterThan(1)
    }
  })
})

describe('a run sheet of 200 stops', async () => {
  const delivery = sampleDelivery({ stops: 200 })
  const { pages, text } = await printed(await documents.runSheet(delivery))

  test('numbers its pages, keeps inside them and names each parcel', () => {
    expectWellBroken(pages)
    const parcels = delivery.routes.flatMap((route) => route.stops.flatMap((stop) => stop.parcels))
    expect(parcels.filter((parcel) => !text.includes(parcel.number))).toEqual([])
  })

  test('keeps both signature lines together at the end', () => {
    expect(pages.at(-1)!.text).toContain('Handed over for the shop')
    expect(pages.at(-1)!.text).toContain('Taken over for the courier')
  })

  test('never splits a stop', () => {
    for (const page of pages.slice(1)) {
      const [first] = page.texts.filter((text) => /^\d{18}$/.test(text.text)).map((text) => text.baseline)
      const seqs = page.texts.filter((text) => text.size > 14 && text.left < 100 && /^\d+a?$/.test(text.text))
      if (first !== undefined) expect(seqs.some((seq) => near(seq.baseline, first))).toBe(true)
    }
  })
})

test('a stop with more parcels than a page holds goes on over pages and loses none', async () => {
  const delivery = sampleDelivery({ stops: 3 })
  const [route] = delivery.routes
  const stops = route!.stops.map((stop) => ({
    ...stop,
    parcels: Array.from({ length: 60 }, (_, i) => ({
      ...stop.parcels[0]!,
      number: sscc('9521234', 3, i),
      n: i + 1,
      of: 60,
    })),
  }))
  const { pages, text } = await printed(await documents.runSheet({ ...delivery, routes: [{ ...route!, stops }] }))
  expectWellBroken(pages)
  for (let n = 1; n <= 60; n++) expect(text).toContain(`Piece ${n} of 60`)
})

describe('a pick sheet of what is too long, too many or missing', () => {
  const selection = sampleSelection({ orders: 2 })
  const [tour] = selection.tours
  const name = 'Das ist ein außerordentlich langer Produktname, wie ihn Lieferanten gern schreiben. '
    .repeat(7)
    .slice(0, 500)
  const sku = 'SKU'.repeat(33)
  const stops = tour!.stops.map((stop, i) => ({
    ...stop,
    name: i % 2 === 0 ? name : 'x'.repeat(500),
    sku,
    quantity: [1, 2, 10, 100, 1000, 100_000][i % 6]!,
    lot: 'LOT-2026-11-22-A',
    tote: [1, 12, 123][i % 3]!,
    handling: ['fragile', 'frozen', 'heavy', 'dangerous'] as const,
  }))

  test('keeps inside the page, prints nothing over anything and loses nothing', async () => {
    const shop = {
      ...selection.shop,
      name: 'Gemischtwarenhandlung und Versandkontor an der Alten Landstraße '.repeat(4),
    }
    const wave = `231-W1-${'LONG'.repeat(20)}`
    const { pages, text } = await printed(await documents.pickSheet({ ...selection, shop, wave }, { ...tour!, stops }))
    expectWellBroken(pages)
    for (const quantity of ['1000', '100000']) expect(text).toContain(quantity)
    expect(text.replaceAll(' ', '').split(sku).length).toBeGreaterThan(stops.length)
  })

  test('an order of 60 parcels goes from A over Z to BH', async () => {
    const [order] = selection.orders
    const packages = Array.from({ length: 60 }, (_, i) => ({ ...order!.packages[0]!, letter: parcelLetter(i) }))
    const many = packages.map(({ letter }, i) => ({
      ...tour!.stops[0]!,
      seq: i + 1,
      orderCode: order!.code,
      parcelLetter: letter,
      tote: 1 + (i % 3),
    }))
    const orders = [{ ...order!, packages }]
    const sheet = await printed(await documents.pickSheet({ ...selection, orders }, { ...tour!, stops: many }))
    expectWellBroken(sheet.pages)
    const slips = await printed(await documents.packingSlip(selection, orders[0]!))
    for (const page of slips.pages) {
      expect(textsBeyondMargins(page)).toEqual([])
      expect(overlappingTexts(page)).toEqual([])
    }
    // Numbered within its parcel, whose letter stands at the foot of every page.
    for (const { letter } of packages)
      expect(slips.text).toMatch(new RegExp(`Parcel ${letter} 1 of \\d|1 of \\d .*Parcel ${letter}`))
    expect(slips.text).toContain('Parcel 60 of 60')
    for (const { letter } of packages) expect(sheet.text).toContain(`${order!.code}${letter}`)
  })

  test('is made of a tour without stops and of parcels without contents', async () => {
    const empty = { ...tour!, stops: [], path: [], lengthMm: 0, lowerBoundMm: 0, binOrderMm: 0 }
    expectWellBroken((await printed(await documents.pickSheet(selection, empty))).pages)
    const [order] = selection.orders
    const packages = order!.packages.map((one) => ({ ...one, contents: [], placements: [], handling: [] }))
    expectWellBroken((await printed(await documents.packingSlip(selection, { ...order!, packages }))).pages)
    expect((await documents.packingSlip(selection, { ...order!, packages: [] })).length).toBeGreaterThan(500)
  })

  test('keeps inside Letter as well', async () => {
    const american = { ...selection, shop: { ...selection.shop, locale: 'en-US' } }
    const sheets = [
      await documents.pickSheet(american, { ...tour!, stops }),
      await documents.packingSlip(american, selection.orders[0]!),
      await documents.runSheet(sampleDelivery({ stops: 40, locale: 'en-US' })),
    ]
    for (const sheet of sheets) expectWellBroken((await printed(sheet)).pages)
  })

  test.each(['de', 'ja'])('keeps inside the page in %s', async (locale) => {
    const spoken = sampleSelection({ orders: 10, locale })
    const sheets = [
      await documents.pickSheet({ ...spoken, version: 2, sealing: 'off' }, spoken.tours[0]!),
      await documents.packingSlip(spoken, spoken.orders[0]!),
      await documents.runSheet(sampleDelivery({ stops: 20, locale })),
    ]
    for (const sheet of sheets) {
      for (const page of (await printed(sheet)).pages) {
        expect(textsBeyondMargins(page)).toEqual([])
        expect(overlappingTexts(page)).toEqual([])
      }
    }
  })
})

test('150 products in one parcel are all listed, on its slip and on its card', async () => {
  const selection = sampleSelection({ orders: 1 })
  const order = selection.orders[0]!
  const contents = Array.from({ length: 150 }, (_, i) => ({
    pickSeq: i,
    sku: `SKU-${i}`,
    name: `Product number ${i}`,
    quantity: 1,
  }))
  const packages = [{ ...order.packages[0]!, contents }]
  const slip = await printed(await documents.packingSlip(selection, { ...order, packages }))
  const sheet = await printed(
    await documents.pickSheet({ ...selection, orders: [{ ...order, packages }] }, selection.tours[0]!),
  )
  for (const { pages, text } of [slip, sheet]) {
    expectWellBroken(pages)
    expect(contents.filter((content) => !text.includes(content.sku))).toEqual([])
  }
})

const near = (a: number, b: number): boolean => Math.abs(a - b) < 15
