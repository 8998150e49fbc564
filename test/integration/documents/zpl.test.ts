import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { sealedBlockLimit } from '../../../src-main/adapters/documents/index.ts'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import { sampleDelivery, sealedBlock } from '../../fixtures/documents/sample-delivery.ts'
import { countedLabels, printedLabel } from './printed-label.ts'
import { decoded, inkBounds } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const sizes = ['4x6', '100x150', 'A6'] as const
const resolutions = [203, 300] as const

function zplOf(delivery: DeliveryInformation, dpi: 203 | 300 = 203): Promise<string> {
  const stop = delivery.routes[0]!.stops[0]!
  return documents.labelZpl(delivery, stop, stop.parcels[0]!, { dpi })
}

/** The commands of a label, in their order; data of fields left out. */
const commands = (zpl: string): readonly string[] => zpl.match(/[\^~][A-Z0-9]{1,2}/g) ?? []

const plain: Recipient = {
  name: 'Zoë Quirrenbach',
  company: '日本橋株式会社',
  lines: ['東京都中央区日本橋1-2-3', 'شارع الملك فيصل ١٢', 'רחוב הרצל 5', 'ถนนสุขุมวิท 12', 'करोल बाग, Ολυμπία'],
  postcode: '12345',
  city: 'Łódź',
  country: 'PL',
  phone: '+48 22 1234567',
}

describe.each(sizes)('a ZPL label of %s', (labelSize) => {
  test.each(resolutions)('is read at %i dpi with the longest sealed block', async (dpi) => {
    const block = sealedBlock(sealedBlockLimit(labelSize))
    const zpl = await zplOf(sampleDelivery({ labelSize, recipient: { sealed: block } }), dpi)
    const picture = await printedLabel(zpl, { size: labelSize, dpi })
    expect(await decoded(picture)).toEqual(['Code128: (00)395212340000000175', `QRCode: ${block}`])
  })

  test('is read with a number of the shop, and keeps 3 mm free all round', async () => {
    const zpl = await zplOf(sampleDelivery({ labelSize, isSscc: false }))
    const picture = await printedLabel(zpl, { size: labelSize, dpi: 203 })
    expect(await decoded(picture)).toEqual(['Code128: L00000000178', `QRCode: ${sealedBlock(740)}`])
    const bounds = inkBounds(picture)
    for (const free of [bounds.left, bounds.top, picture.width - bounds.right, picture.height - bounds.bottom])
      expect(free).toBeGreaterThanOrEqual(23)
  })

  test('says how large it is, in dots', async () => {
    const [small, large] = await Promise.all(resolutions.map((dpi) => zplOf(sampleDelivery({ labelSize }), dpi)))
    const told = { '4x6': ['^PW812^LL1218', '^PW1200^LL1800'], '100x150': ['^PW799^LL1198', '^PW1181^LL1771'], A6: ['^PW839^LL1182', '^PW1240^LL1748'] } // prettier-ignore
    expect(small).toContain(told[labelSize][0])
    expect(large).toContain(told[labelSize][1])
    expect(small).toMatch(/^\^XA\^CI28/)
  })
})

describe('text on a ZPL label', () => {
  test('of scripts the printer has no letters for is drawn', async () => {
    const zpl = await zplOf(sampleDelivery({ recipient: { plain } }))
    expect(zpl).toContain('Zo_C3_AB Quirrenbach')
    const data = [...zpl.matchAll(/\^FD([^^]*)/g)].map(([, text]) => text)

    expect(data.filter((text) => !/^[\x20-\x7e]*$/.test(text ?? ''))).toEqual([])
    const drawn = zpl.split('\n').filter((field) => field.includes('^GFA'))
    expect(drawn.length).toBeGreaterThanOrEqual(7)
    const blank = await printedLabel(zpl.replaceAll(/\^FO[^\n]*\^GFA[^\n]*\n/g, ''), { size: '4x6', dpi: 203 })
    const whole = await printedLabel(zpl, { size: '4x6', dpi: 203 })
    const dark = ({ data: dots }: { data: Uint8ClampedArray }): number => dots.filter((dot, i) => i % 4 === 1 && dot < 128).length // prettier-ignore
    expect(dark(whole) - dark(blank)).toBeGreaterThan(8000)
  })

  test('can never be a command, whichever field it stands in', async () => {
    const evil = '^XZ~JA_5E^XA^FDx^FS~DGR:A\\&\n^XZ'
    const address: Recipient = {
      name: evil,
      company: evil,
      lines: [evil, evil],
      postcode: evil,
      city: evil,
      region: evil,
      country: 'DE',
      phone: evil,
      instructions: evil,
    }
    const sample = sampleDelivery({ recipient: { plain: address } })
    const stop = { ...sample.routes[0]!.stops[0]!, seq: '^XZ~', routingCode: evil }
    const parcel = { ...stop.parcels[0]!, orderCode: '^XZ', letter: '~JA', number: '^XZ~JA>;>8' }
    const delivery = {
      ...sample,
      shop: { ...sample.shop, name: evil, addressLines: [evil, evil] },
      carrier: { ...sample.carrier, name: evil },
    }
    const zpl = await documents.labelZpl(delivery, stop, parcel, { dpi: 203 })
    const allowed = new Set(
      '^XA ^CI ^LH ^FW ^PW ^LL ^FO ^FT ^GB ^GF ^FS ^A0 ^FB ^FR ^FH ^FD ^BY ^BC ^PQ ^XZ'.split(' '),
    )
    expect(commands(zpl).filter((command) => !allowed.has(command))).toEqual([])
    expect(zpl.match(/\^XA/g)).toHaveLength(1)
    expect(zpl.match(/\^XZ/g)).toHaveLength(1)
    expect(zpl).not.toContain('~')
    expect(await countedLabels(zpl)).toBe(1)
    for (const [, data] of zpl.matchAll(/\^FD([^^]*)\^FS/g))
      expect(data).toMatch(/^(?:[A-Za-z0-9 .,:;()/+-]|_[0-9A-F]{2})*$/)
  })

  test('holds no word of a sealed recipient', async () => {
    const zpl = await zplOf(sampleDelivery())
    const data = [...zpl.matchAll(/\^FD([^^]*)/g)].map(([, text]) => text).join(' ')
    expect(data).not.toContain(sealedBlock(740).slice(0, 12))
  })
})

test('a ZPL label is the same to the sign when made again', async () => {
  const delivery = sampleDelivery({ recipient: { plain } })
  expect(await zplOf(delivery)).toBe(await zplOf(delivery))
})
