import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCustomers } from '../stage/customers.ts'
import { readJson } from '../stage/line-of-work.ts'
import { filesIn, readLabel } from '../stage/papers.ts'
import { personalIn } from '../stage/personal.ts'
import { playDemo, type PlayedDemo, type Sealing } from '../stage/played-demo.ts'
import { openFolder } from '../stage/programs.ts'
import { headerOf, isJwe, openJwe } from '../stage/sealed-files.ts'
import { nothingReadable } from './nothing-readable.ts'
import {
  buyersOf,
  expectPlainLabels,
  expectSealedManifests,
  floorTexts,
  keyOf,
  labelsOf,
  manifestsOf,
  selectionOf,
  waveOf,
} from './positions-of-sealing.ts'

const folder = openFolder('demo')
let demos: Readonly<Record<Exclude<Sealing, 'off'>, PlayedDemo>>

beforeAll(async () => {
  const [delivery, selection] = await Promise.all([
    playDemo(folder.path, { sealing: 'delivery', orders: 4, looksAround: true }),
    playDemo(folder.path, { sealing: 'selection', orders: 2 }),
  ])
  demos = { delivery, selection }
}, 600_000)
afterAll(folder.close)

describe('the demo folder', () => {
  test('holds what DOMAIN says, under the names it says', () => {
    const demo = demos.delivery
    const { out, printed } = demo
    expect(readdirSync(out).toSorted()).toEqual(
      'courier-keys data documents labels manifests pick-sheets run-sheets slips summary.json'.split(' '),
    )
    const wave = waveOf(demo)
    const manifests = manifestsOf(demo)
    const { tours, orders } = selectionOf(demo)
    expect(filesIn(out, 'pick-sheets')).toEqual(tours.map((tour) => `${wave}-${tour.seq}.pdf`))
    expect(filesIn(out, 'slips')).toEqual(orders.map((order) => `${order.code}.pdf`).toSorted())
    expect(filesIn(out, 'labels')).toEqual(printed.labels.map((label) => `${label.parcel}.pdf`).toSorted())
    expect(filesIn(out, 'run-sheets')).toEqual(manifests.map((manifest) => `${manifest}.pdf`))
    expect(filesIn(out, 'documents')).toEqual(
      [`${wave}.selection.json`, ...manifests.map((manifest) => `${manifest}.delivery.json`)].toSorted(),
    )
    for (const file of filesIn(out, 'courier-keys'))
      expect(readFileSync(join(out, 'courier-keys', file), 'utf8')).toMatch(/Made for the demo/)
  })

  test('ends with a summary that is printed and written alike', () => {
    const { out, printed, orders } = demos.delivery
    expect(readJson(join(out, 'summary.json'))).toEqual(printed)
    expect(printed).toMatchObject({ seed: 1, orders, parcels: printed.labels.length })
    expect(printed.provenFewest).toBeLessThanOrEqual(orders)
    expect(printed.provenBest).toBeLessThanOrEqual(printed.provenFewest)
    expect(printed.metres).toBeLessThanOrEqual(printed.metresBinOrder)
    expect(printed.documents).toBeGreaterThan(printed.parcels)
    expect(printed.reports).toBeGreaterThan(printed.parcels)
    expect(Object.keys(printed.secondsByStage)).toContain('plan')
    for (const { file, order } of printed.labels) {
      expect(existsSync(join(out, file))).toBe(true)
      expect(selectionOf(demos.delivery).orders.map(({ code }) => code)).toContain(order)
    }
  })

  test('every label decodes from a 203 dpi rendering, and its QR code opens with the key of its courier', async () => {
    const demo = demos.delivery
    const names = buyersOf(demo).map((customer) => customer.address.name)
    const opened: string[] = []
    for (const { codes, file } of await labelsOf(demo)) {
      const { block, number } = readLabel(codes)
      const entry = demo.printed.labels.find((label) => label.parcel === number)
      expect(entry?.file).toBe(`labels/${file}`)
      const { header, text } = await openJwe(block, keyOf(demo, entry?.courier ?? ''))
      expect(header['pid']).toBe(number)
      // LABELS: `n` is the name.
      opened.push((JSON.parse(text) as { readonly n: string }).n)
    }
    expect(opened).toHaveLength(demo.printed.parcels)
    expect(new Set(opened)).toEqual(new Set(names))
  })

  test('no pick sheet, slip or file name says who ordered', async () => {
    const demo = demos.delivery
    const texts = [...(await floorTexts(demo)), ...readdirSync(demo.out, { recursive: true }).map(String)]
    expect(texts.flatMap((text) => personalIn(text, sampleCustomers))).toEqual([])
  })
})

// The other position, and both with all sixty customers: test/long/every-byte.test.ts.
nothingReadable('delivery', () => demos.delivery)

describe('the other position of sealing', () => {
  test('M14: with sealing on the selection side the selection holds the recipients, encrypted for the counter alone', async () => {
    const demo = demos.selection
    const { orders } = selectionOf(demo)
    expect(orders).toHaveLength(demo.orders)
    for (const { recipient = '', code } of orders) {
      expect(isJwe(recipient)).toBe(true)
      expect(headerOf(recipient)).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'backroom-counter', pid: code })
      for (const file of filesIn(demo.out, 'courier-keys'))
        await expect(openJwe(recipient, join(demo.out, 'courier-keys', file))).rejects.toThrow()
    }
    expect((await floorTexts(demo)).flatMap((text) => personalIn(text, buyersOf(demo)))).toEqual([])
    await expectPlainLabels(demo)
    await expectSealedManifests(demo)
  })
})
