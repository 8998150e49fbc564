import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { sealedBlockLimit } from '../../../src-main/adapters/documents/index.ts'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import { sampleDelivery, sealedBlock, type SampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { decoded, inkBounds, printed, type Picture } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const sizes = [
  ['4x6', 101.6, 152.4],
  ['100x150', 100, 150],
  ['A6', 105, 148],
] as const

const labelOf = (delivery: DeliveryInformation, stop = 0): Promise<Uint8Array> => {
  const at = delivery.routes[0]!.stops[stop]!
  return documents.label(delivery, at, at.parcels[0]!)
}

async function labelPicture(options: SampleDelivery): Promise<Picture> {
  const { pages } = await printed(await labelOf(sampleDelivery(options)))
  return pages[0]!.render()
}

describe.each(sizes)('a label of %s', (labelSize, widthMm, heightMm) => {
  test('has the size of its media and one page', async () => {
    const { pages } = await printed(await labelOf(sampleDelivery({ labelSize })))
    expect(pages).toHaveLength(1)
    expect(pages[0]!.width).toBeCloseTo((widthMm * 72) / 25.4, 1)
    expect(pages[0]!.height).toBeCloseTo((heightMm * 72) / 25.4, 1)
  })

  test.each([900, sealedBlockLimit(labelSize)])('is decoded with a sealed block of %i signs', async (length) => {
    const block = sealedBlock(length)
    expect(block).toHaveLength(length)
    const codes = await decoded(await labelPicture({ labelSize, recipient: { sealed: block } }))
    expect(codes).toEqual(['Code128: (00)395212340000000175', `QRCode: ${block}`])
  })

  test('is decoded with a number of the shop', async () => {
    const codes = await decoded(await labelPicture({ labelSize, isSscc: false }))
    expect(codes).toEqual(['Code128: L00000000178', `QRCode: ${sealedBlock(740)}`])
  })

  test('carries no QR code and the address where nothing is sealed', async () => {
    const recipient = {
      plain: { name: 'Jo Doe', lines: ['1 High Street'], postcode: 'AB1 2CD', city: 'Town', country: 'GB' },
    }
    const { pages } = await printed(await labelOf(sampleDelivery({ labelSize, recipient })))
    expect(await decoded(await pages[0]!.render())).toEqual(['Code128: (00)395212340000000175'])
    for (const part of ['Jo Doe', '1 High Street', 'AB1 2CD Town', 'UNITED KINGDOM'])
      expect(pages[0]!.text).toContain(part)
  })

  test('refuses a longer block instead of shrinking its modules', async () => {
    const limit = sealedBlockLimit(labelSize)
    const tooLong = sampleDelivery({ labelSize, recipient: { sealed: sealedBlock(limit + 1) } })
    await expect(labelOf(tooLong)).rejects.toMatchObject({
      code: 'ERR_SEALED_TOO_LONG',
      details: { parcelNumber: '395212340000000175', length: limit + 1, limit },
    })
  })

  test('is not printed for a recipient who was erased', async () => {
    const erased = labelOf(sampleDelivery({ labelSize, recipient: { sealed: '' } }))
    await expect(erased).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID' })
  })

  test('keeps 3 mm free all round and prints no text under 8 pt', async () => {
    const delivery = sampleDelivery({ labelSize, recipient: { sealed: sealedBlock(sealedBlockLimit(labelSize)) } })
    const { pages } = await printed(await labelOf(delivery))
    const picture = await pages[0]!.render()
    const bounds = inkBounds(picture)
    const margin = Math.floor((3 * 203) / 25.4)
    expect(bounds.left).toBeGreaterThanOrEqual(margin)
    expect(bounds.top).toBeGreaterThanOrEqual(margin)
    expect(picture.width - 1 - bounds.right).toBeGreaterThanOrEqual(margin)
    expect(picture.height - 1 - bounds.bottom).toBeGreaterThanOrEqual(margin)
    // The letters `kg` are part of the pictogram for heavy parcels, whose word stands beside it.
    const small = pages[0]!.texts.filter(({ text, size }) => size < 8 && text.trim() !== '' && text !== 'kg')
    expect(small).toEqual([])
  })

  test.each([500, sealedBlockLimit(labelSize)])(
    'has modules of at least 4 whole printer dots, with a block of %i signs',
    async (length) => {
      const picture = await labelPicture({ labelSize, recipient: { sealed: sealedBlock(length) } })
      const bars = runLengths(picture, { y: picture.height - 120, from: 24, to: picture.width - 24 })
      expect(bars.filter((run) => run % 4 !== 0)).toEqual([])
      const rows = [400, 500, 600].map((y) => runLengths(picture, { y, from: 24, to: 24 + 500 }).slice(0, -1))
      const module = Math.min(...rows.flat())
      expect(module).toBeGreaterThanOrEqual(4)
      expect(rows.flat().filter((run) => run % module !== 0)).toEqual([])
    },
  )
})

/** Lengths of the black and white stretches of a row of pixels, without the white before the first black. */
function runLengths(picture: Picture, row: { y: number; from: number; to: number }): readonly number[] {
  const runs: number[] = []
  let before: boolean | undefined
  for (let x = row.from; x < row.to; x++) {
    const isDark = (picture.data[(row.y * picture.width + x) * 4 + 1] ?? 255) < 128
    if (before === undefined && !isDark) continue
    if (isDark === before) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
    else runs.push(1)
    before = isDark
  }
  return before === false ? runs.slice(0, -1) : runs
}

describe('sheets', () => {
  test('a pick sheet carries a code that opens its wave', async () => {
    const selection = sampleSelection()
    const { pages } = await printed(await documents.pickSheet(selection, selection.tours[0]!))
    expect(await decoded(await pages[0]!.render())).toEqual(['Code128: wave:231-W1'])
  })

  test('a wave named by a long id gets a QR code instead of bars that are too wide', async () => {
    const selection = { ...sampleSelection(), wave: '019ab3c2-7e41-7000-8abc-0123456789ab' }
    const { pages } = await printed(await documents.pickSheet(selection, selection.tours[0]!))
    expect(await decoded(await pages[0]!.render())).toEqual([`QRCode: wave:${selection.wave}`])
  })

  test('a run sheet carries its manifest number', async () => {
    const { pages } = await printed(await documents.runSheet(sampleDelivery()))
    expect(await decoded(await pages[0]!.render())).toEqual(['Code128: DHL-2026-11-22-1'])
  })

  test('recipients sealed for the counter stand on the pick sheet, one code per order, beside those of wave and parcels', async () => {
    const sample = sampleSelection({ orders: 2 })
    const orders = sample.orders.map((order, i) => ({ ...order, recipient: sealedBlock(600 + i) }))
    const selection = { ...sample, orders }
    const { pages } = await printed(await documents.pickSheet(selection, selection.tours[0]!))
    const codes = (await Promise.all(pages.map(async (page) => decoded(await page.render())))).flat()
    expect(codes.toSorted()).toEqual(
      [
        ...['wave:231-W1', '231-07A', '231-07B', '231-08A', '231-08B'].map((code) => `Code128: ${code}`),
        `QRCode: ${sealedBlock(600)}`,
        `QRCode: ${sealedBlock(601)}`,
      ].toSorted(),
    )
  })

  test('a sealed recipient too long for any code is said to open at the station', async () => {
    const sample = sampleSelection({ orders: 1 })
    const selection = { ...sample, orders: sample.orders.map((order) => ({ ...order, recipient: sealedBlock(2400) })) }
    const { pages, text } = await printed(await documents.pickSheet(selection, selection.tours[0]!))
    expect(text.replace(/ /g, '')).toContain('Opensatthestation')
    const codes = (await Promise.all(pages.map(async (page) => decoded(await page.render())))).flat()
    expect(codes.filter((code) => !code.startsWith('Code128: '))).toEqual([])
  })

  test('a packing slip carries the code of its parcel and no other', async () => {
    const selection = sampleSelection()
    const { pages } = await printed(await documents.packingSlip(selection, selection.orders[0]!))
    const codes = await Promise.all(pages.map(async (page) => decoded(await page.render())))
    expect(codes).toEqual([['Code128: 231-07A'], ['Code128: 231-07B']])
  })
})
