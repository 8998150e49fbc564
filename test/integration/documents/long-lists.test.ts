import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/index.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { printed, type PrintedPage } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const bottom = 842 - 30

function expectWellBroken(pages: readonly PrintedPage[]): void {
  for (const [i, page] of pages.entries()) {
    expect(page.text).toContain(`${i + 1} of ${pages.length}`)
    const placed = page.texts.filter((text) => text.text.trim() !== '')
    expect(placed.filter((text) => text.baseline > bottom || text.left + text.width > 565 || text.left < 30)).toEqual(
      [],
    )
    expect(placed.length).toBeGreaterThan(3)
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
})

test('a packing slip with 150 products in one parcel lists them all', async () => {
  const selection = sampleSelection({ orders: 1 })
  const order = selection.orders[0]!
  const contents = Array.from({ length: 150 }, (_, i) => ({
    pickSeq: i,
    sku: `SKU-${i}`,
    name: `Product number ${i}`,
    quantity: 1,
  }))
  const packages = [{ ...order.packages[0]!, contents }]
  const { pages, text } = await printed(await documents.packingSlip(selection, { ...order, packages }))
  expectWellBroken(pages)
  expect(contents.filter((content) => !text.includes(content.sku))).toEqual([])
})

const near = (a: number, b: number): boolean => Math.abs(a - b) < 15
