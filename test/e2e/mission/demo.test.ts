import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runToEnd } from '../../../src-main/hosts/demo/processes.ts'
import { sampleCustomers } from '../stage/customers.ts'
import { readJson, type Selection } from '../stage/line-of-work.ts'
import { bytesOf, filesIn, readLabel, readPaper, readText, type Paper } from '../stage/papers.ts'
import { everyReadingOf, personalIn } from '../stage/personal.ts'
import { openFolder } from '../stage/programs.ts'
import { headerOf, isJwe, openJwe } from '../stage/sealed-files.ts'

/** `summary.json` as DOMAIN lists it. */
interface Summary {
  readonly seed: number
  readonly orders: number
  readonly parcels: number
  readonly provenFewest: number
  readonly provenBest: number
  readonly metres: number
  readonly metresBinOrder: number
  readonly documents: number
  readonly reports: number
  readonly secondsByStage: Readonly<Record<string, number>>
  readonly labels: readonly {
    readonly parcel: string
    readonly order: string
    readonly courier: string
    readonly file: string
  }[]
}

type Sealing = 'delivery' | 'selection' | 'off'
interface Demo {
  readonly out: string
  readonly printed: Summary
  readonly orders: number
}

const folder = openFolder('demo')
let demos: Readonly<Record<Sealing, Demo>>

async function play(sealing: Sealing, orders: number): Promise<Demo> {
  const out = join(folder.path, sealing)
  const options = ['--out', out, '--orders', String(orders), '--sealing', sealing, '--json']
  const program = { name: 'demo', args: [resolve('src-main/hosts/demo/main.ts'), ...options] }
  const printed = await runToEnd(program).catch((error: unknown) => {
    // An AppError's message is its code; what the demo said before it ended is in the details.
    throw new Error(`demo --sealing ${sealing}: ${JSON.stringify(error instanceof AppError ? error.details : {})}`, {
      cause: error,
    })
  })
  return { out, orders, printed: printed as Summary } // its members are compared below
}

beforeAll(async () => {
  const [delivery, selection, off] = await Promise.all([play('delivery', 6), play('selection', 1), play('off', 1)])
  demos = { delivery, selection, off }
}, 600_000)
afterAll(folder.close)

const buyersOf = ({ orders }: Demo) => sampleCustomers.slice(0, orders)
const waveOf = ({ out }: Demo): string =>
  filesIn(out, 'documents')
    .find((file) => file.endsWith('.selection.json'))
    ?.replace('.selection.json', '') ?? ''
const selectionOf = (demo: Demo): Selection =>
  readJson<Selection>(join(demo.out, 'documents', `${waveOf(demo)}.selection.json`))
const manifestsOf = ({ out }: Demo): readonly string[] =>
  filesIn(out, 'manifests').map((file) => file.replace('.manifest.jwe', ''))
const keyOf = ({ out }: Demo, courier: string): string => join(out, 'courier-keys', `${courier}.private.jwks.json`)
const labelsOf = ({ out }: Demo): Promise<readonly Paper[]> =>
  Promise.all(filesIn(out, 'labels').map((file) => readPaper(bytesOf(out, 'labels', file), file)))
const deliveryTexts = (demo: Demo): readonly string[] =>
  manifestsOf(demo).map((manifest) => readFileSync(join(demo.out, 'documents', `${manifest}.delivery.json`), 'utf8'))

/** Pick sheets and slips: what is written on them and in their codes. */
async function floorTexts({ out }: Demo): Promise<readonly string[]> {
  const sheets = await Promise.all(
    filesIn(out, 'pick-sheets').map((file) => readPaper(bytesOf(out, 'pick-sheets', file), file)),
  )
  const slips = await Promise.all(filesIn(out, 'slips').map((file) => readText(bytesOf(out, 'slips', file))))
  return [...sheets.flatMap((sheet) => [sheet.text, ...sheet.codes.flatMap(everyReadingOf)]), ...slips]
}

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

  test('nothing that was opened or stored can be read in any file, databases included', () => {
    const { out } = demos.delivery
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(30)
    const readable = files.flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      return buyersOf(demos.delivery)
        .flatMap(({ name, email, phone, address }) => [name, email, phone ?? name, ...address.lines])
        .filter((personal) => bytes.includes(personal) || bytes.includes(Buffer.from(personal, 'utf16le')))
        .map(() => entry.name)
    })
    expect(readable).toEqual([])
  })
})

describe('the other positions of sealing', () => {
  /** Kerning leaves gaps between letters of one word. */
  const closed = (text: string): string => text.replaceAll(/\s+/g, '')

  async function expectPlainLabels(demo: Demo): Promise<void> {
    const [buyer] = buyersOf(demo)
    for (const { text, codes } of await labelsOf(demo)) {
      expect(closed(text)).toContain(closed(buyer?.name ?? '-'))
      expect(closed(text)).toContain(closed(buyer?.address.lines[0] ?? '-'))
      expect(codes.filter((code) => isJwe(code.replace(/^[^:]*: /, '')))).toEqual([])
    }
    for (const text of deliveryTexts(demo)) {
      expect(personalIn(text, buyersOf(demo))).toContain(buyer?.name)
      expect(text).not.toContain('"sealed"')
    }
  }

  /** The file that travels is sealed and signed whichever way the labels were made. */
  async function expectSealedManifests(demo: Demo): Promise<void> {
    for (const manifest of manifestsOf(demo)) {
      const file = readFileSync(join(demo.out, 'manifests', `${manifest}.manifest.jwe`), 'utf8')
      expect(personalIn(file, buyersOf(demo))).toEqual([])
      const courier = demo.printed.labels[0]?.courier ?? ''
      expect((await openJwe(file, keyOf(demo, courier))).header['typ']).toBe('backroom-manifest')
    }
  }

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

  test('M14: with sealing off the floor still sees no recipient, labels show the address, the manifest travels encrypted', async () => {
    const demo = demos.off
    expect(selectionOf(demo).orders.filter((order) => order.recipient !== undefined)).toEqual([])
    expect((await floorTexts(demo)).flatMap((text) => personalIn(text, buyersOf(demo)))).toEqual([])
    await expectPlainLabels(demo)
    await expectSealedManifests(demo)
  })
})
