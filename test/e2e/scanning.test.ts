import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { FloorModel } from './pages/floor.ts'
import { ParcelModel } from './pages/planning.ts'
import { openStation, type StationDoor } from './doors.ts'

/** Runs in the page before its own scripts: a serial port that was granted before, with a scale that settles for ever. */
function replaySerial(pieces: readonly string[]): void {
  const readable = new ReadableStream<Uint8Array>({
    start(stream) {
      let next = 0
      setInterval(() => stream.enqueue(new TextEncoder().encode(pieces[next++ % pieces.length])), 60)
    },
  })
  const port = { readable, writable: null, open: async () => undefined, close: async () => undefined }
  const serial = { requestPort: async () => port, getPorts: async () => [port] }
  Object.defineProperty(globalThis.navigator, 'serial', { value: serial })
}

/** What another program reads on a picture of the screen. */
async function codesOn(png: Uint8Array): Promise<readonly string[]> {
  const wasmBinary = new Uint8Array(readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).buffer
  prepareZXingModule({ overrides: { wasmBinary } })
  return (await readBarcodes(png, { formats: ['Code128'], textMode: 'Plain' })).map(({ text }) => text)
}

/** As much of a page's window as is touched from here; tests are compiled without the DOM. */
interface PageWindow {
  readonly document: {
    readonly documentElement: { readonly classList: { toggle(name: string, isOn: boolean): void } }
    readonly activeElement: { readonly tagName: string } | null
  }
  readonly navigator: { readonly serviceWorker: { readonly ready: Promise<unknown> } }
  readonly indexedDB: { open(name: string): DatabaseRequest }
  readonly localStorage: { setItem(name: string, value: string): void }
}
interface DatabaseRequest {
  onsuccess: () => void
  readonly result: {
    transaction(name: string): {
      objectStore(name: string): { getAll(): { onsuccess: () => void; readonly result: unknown } }
    }
  }
}

/** Of what is written there, pixels. */
const fontSize = (locator: Locator): Promise<number> =>
  locator.evaluate((element) => {
    const { getComputedStyle } = globalThis as unknown as { getComputedStyle(of: unknown): { fontSize: string } }
    return Number.parseFloat(getComputedStyle(element).fontSize)
  })

const notGiven = 'Nobody Readable'

describe('the floor with nothing but a scanner', { timeout: 40_000 }, () => {
  let door: StationDoor
  let floor: FloorModel
  let wave = ''
  const list = () => door.call('pick.list', { wave })

  beforeAll(async () => {
    door = await openStation()
    floor = new FloorModel(door.page)
    door.page.setDefaultTimeout(20_000)
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.call('shop.init-sample', {})
    const place = (key: string, skus: readonly string[]) =>
      door.call('orders.place', {
        key,
        lines: skus.map((code) => ({ code, quantity: 2 })),
        service: 'collect',
        customer: { name: notGiven },
        shippingMinor: 0,
      })
    const { rows } = await door.call('catalogue.list', { limit: 4, sort: 'price' })
    const skus = rows.map(({ product }) => product.sku)
    await place('first-order', skus.slice(0, 3))
    await place('second-order', skus.slice(2))
    const planned = await door.call('waves.plan', {})
    wave = planned.wave.code
    await door.call('waves.issue-documents', { wave })
    await door.page.goto(`${door.address}/#/pick/${wave}`)
    await door.page.reload()
    await floor.location.waitFor()
  })
  afterAll(() => door?.close())

  const codeAt = async (): Promise<{ readonly code: string; readonly location: string }> => {
    const location = (await floor.location.textContent()) ?? ''
    const name = (await door.page.locator('[data-test=product]').textContent()) ?? ''
    const stop = (await list()).tours
      .flatMap(({ stops }) => stops)
      .find((one) => one.location === location && one.name === name)
    return { code: stop?.sku ?? '', location }
  }

  test('a burst of keys of another layout is a scan wherever the focus is, and a wrong one is never silent', async () => {
    const { code, location } = await codeAt()
    // The focus is on a button, and a burst must neither press it nor be read as a shortcut.
    await door.page.getByRole('button', { name: 'Not there' }).focus()
    await floor.burst('ZYX-404')
    await floor.wrong.getByText('Wrong product').waitFor()
    await floor.wrong.getByText('ZYX-404 was scanned').waitFor()
    await floor.burst(location)
    await floor.right.getByText('Right place').waitFor()
    await door.page.getByRole('spinbutton', { name: 'Quantity' }).focus()
    await floor.burst(code)
    await floor.right.getByText('into tote').waitFor()
    expect((await list()).tours.flatMap(({ stops }) => stops).reduce((sum, { picked }) => sum + picked, 0)).toBe(2)
  })

  test('picking goes on while the connection is gone, also over a reload, and each piece is counted once', async () => {
    const { page } = door
    await page.evaluate(() => (globalThis as unknown as PageWindow).navigator.serviceWorker.ready)
    await page.context().setOffline(true)
    for (const waiting of [1, 2]) {
      const { code } = await codeAt()
      await floor.burst(code)
      await floor.waiting.getByText(`${waiting} confirmations wait`).waitFor()
    }
    await page.reload()
    await floor.offline.getByText('Offline since').waitFor()
    await floor.waiting.getByText('2 confirmations wait').waitFor()
    expect(await keptOnDisk()).not.toMatch(/userId":"[^"]|recipient|Nobody/)
    expect(await seriousFaults(page)).toEqual([])

    // Somebody else takes what the first of the two has taken already.
    const [first] = (await list()).tours[0]?.stops.filter(({ picked }) => picked === 0) ?? []
    await door.call('pick.confirm', { wave, tour: 1, seq: first?.seq ?? 0, code: first?.sku ?? '', quantity: 2 })
    await page.context().setOffline(false)
    await floor.offline.waitFor({ state: 'detached' })
    await page.locator('[data-test=conflicts]').getByText('Somebody else has picked').waitFor()
    await page.locator('[data-test=conflicts]').getByRole('button', { name: 'Done' }).click()
    for (const { picked, quantity } of (await list()).tours.flatMap(({ stops }) => stops).slice(0, 3))
      expect(picked).toBe(quantity)
  })

  test('the sheet says what hands would: later, not there, yes', async () => {
    const { location } = await codeAt()
    await floor.burst('BRX3')
    await door.page.getByText('really missing').waitFor()
    await floor.burst('BRX2')
    await door.page.getByText('really missing').waitFor({ state: 'detached' })
    await door.page.locator('[data-test=stop]').getByText(location).waitFor()
    for (;;) {
      const open = (await list()).tours.flatMap(({ stops }) => stops).filter((stop) => stop.picked < stop.quantity)
      if (open.length === 0) break
      await floor.burst('BRX1')
      await expect.poll(async () => openStops(await list())).toBe(open.length - 1)
    }
    await door.page.getByText('This tour is done').waitFor()
  })

  const openStops = ({ tours }: Awaited<ReturnType<typeof list>>): number =>
    tours.flatMap(({ stops }) => stops).filter((stop) => stop.picked + stop.short < stop.quantity).length

  test('fingers do what a scanner does, in big type: tapped, lying elsewhere, and something else instead', async () => {
    const { page } = door
    await door.call('orders.place', {
      key: 'by-fingers',
      lines: ['GR-0101', 'GR-0103', 'GR-0104'].map((code) => ({ code, quantity: 1 })),
      service: 'collect',
      customer: { name: notGiven },
      shippingMinor: 0,
    })
    const other = (await door.call('waves.plan', {})).wave.code
    await door.call('waves.issue-documents', { wave: other })
    await page.goto(`${door.address}/#/pick/${other}`)
    const stops = async () => (await door.call('pick.list', { wave: other })).tours.flatMap((tour) => tour.stops)
    const choose = async (sku: string): Promise<void> => {
      const { location = '' } = (await stops()).find((stop) => stop.sku === sku) ?? {}
      await page.getByRole('button', { name: `Go to ${location}` }).click()
      await floor.location.filter({ hasText: location }).waitFor()
    }
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

    await choose('GR-0104')
    const sizes = [floor.location, page.locator('[data-test=product]'), page.locator('[data-test=tote]')].map(fontSize)
    expect((await Promise.all(sizes)).map((size, i) => size >= [56, 28, 44][i]!)).toEqual([true, true, true])
    for (const name of ['Taken', 'Not there', 'Later'])
      expect((await page.getByRole('button', { name, exact: true }).boundingBox())?.height).toBeGreaterThanOrEqual(48)
    await press('Taken')
    await floor.right.getByText('into tote').waitFor()

    await choose('GR-0101')
    await press('Not there')
    await press('Missing')
    await floor.right.getByText(/^A stop at \S+ was added at the end/).waitFor()
    const [first, added] = (await stops()).filter(({ sku }) => sku === 'GR-0101')
    expect(added?.location).not.toBe(first?.location)

    await choose('GR-0103')
    await press('Not there')
    await press('Substitute')
    await page.getByRole('checkbox', { name: 'The customer agrees' }).press('Space')
    await floor.burst('GR-0102')
    await floor.right.getByText('Substitute noted').waitFor()
    expect((await stops()).map(({ sku, picked, short }) => `${sku} ${picked} ${short}`)).toEqual(
      expect.arrayContaining(['GR-0104 1 0', 'GR-0101 0 1', 'GR-0101 0 0', 'GR-0103 0 1', 'GR-0102 0 0']),
    )
  })

  test('what a scan at the packing table was answered is not said any more on the tour, nor after it', async () => {
    const { page } = door
    await page.goto(`${door.address}/#/pack/${wave}`)
    await page.locator('[data-test=contents]').waitFor()
    await floor.burst('4006381333931')
    await floor.wrong.getByText('Does not belong here').waitFor()
    await page.goto(`${door.address}/#/pick/${wave}`)
    await page.getByText('This tour is done').waitFor()
    expect(await floor.wrong.count()).toBe(0)
    await page.goBack()
    await page.getByText('Ready for the first piece').waitFor()
    expect(await floor.wrong.count()).toBe(0)
  })

  test('a package is packed step by step, a wrong scan is counted, and a weight far off stops it', async () => {
    const { page } = door
    await setScale({ weighing: 'typed', wire: 'hid' })
    await page.goto(`${door.address}/#/pack/${wave}`)
    await page.reload()
    const name = (await page.locator('[data-test=parcel] h2').textContent()) ?? ''
    const parcel = (await list()).parcels.find((one) => `${one.orderCode}${one.letter}` === name)
    await floor.burst('4006381333931')
    await floor.wrong.getByText('Does not belong here').waitFor()
    await page.locator('[data-test=wrong-scans]').getByText('Wrong scans: 1').waitFor()
    const pieces = parcel?.placements.map(({ sku }) => sku) ?? []
    // The picture marks the first piece and the list its product; all at once it marks none.
    const drawn = new ParcelModel(page, page.locator('[data-test=parcel]'))
    await expect.poll(() => drawn.colours()).toBeGreaterThan(20)
    const next = page.locator('[data-test=contents] [aria-current=step]')
    await next.getByText(pieces[0] ?? '').waitFor()
    await drawn.sentence.getByText(`Piece 1 of ${pieces.length}:`).waitFor()
    const marked = await drawn.imprint()
    const isStepByStep = page.getByRole('switch', { name: 'Step by step' })
    await isStepByStep.press('Space')
    await drawn.sentence.getByText(`All ${pieces.length} pieces at once`).waitFor()
    await expect.poll(() => drawn.imprint()).not.toBe(marked)
    await next.waitFor({ state: 'detached' })
    await isStepByStep.press('Space')
    for (const [i, sku] of pieces.entries()) {
      await floor.burst(sku)
      await floor.right.getByText(`${i + 1} of ${pieces.length}`, { exact: true }).waitFor()
      if (i + 1 < pieces.length) await drawn.sentence.getByText(`Piece ${i + 2} of ${pieces.length}:`).waitFor()
    }
    const plannedG = parcel?.totals.grossG ?? 0
    await page.locator('[data-test=weight]').waitFor()
    // A person types; what came faster would be a scan.
    await page.keyboard.type(`${plannedG + 900} g`, { delay: 60 })
    await page.keyboard.press('Enter')
    await floor.wrong.getByText('The weight is off').waitFor()
    await floor.wrong.getByText('900 g too much').waitFor()
    expect((await list()).parcels.find(({ id }) => id === parcel?.id)?.status).toBe('picking')
    expect(await seriousFaults(page)).toEqual([])
    await page.locator('[data-test=weight]').fill(`${plannedG + 3}`)
    await page.keyboard.press('Enter')
    await floor.right.getByText(`Package ${name} is packed`).waitFor()
    expect((await list()).parcels.find(({ id }) => id === parcel?.id)?.status).toBe('packed')
  })

  test('the next package is weighed by a scale on a serial line, read as it settles', async () => {
    const { page } = door
    const parcel = (await list()).parcels.find(({ status }) => status === 'picking')
    const kg = ((parcel?.totals.grossG ?? 0) / 1000).toFixed(3)
    // As a scale sends it: still moving, then standing still.
    await page.addInitScript(replaySerial, [`S D      0.001 kg\r\n`, `S D  ${kg} kg\r\nS S`, `     ${kg} kg\r\n`])
    await setScale({ weighing: 'scale', wire: 'serial' })
    await page.goto(`${door.address}/#/pack/${wave}`)
    await page.reload()
    await page.locator('[data-test=parcel] h2').waitFor()
    for (const { sku } of parcel?.placements ?? []) await floor.burst(sku)
    await floor.right.getByText(/is packed/).waitFor()
    expect((await list()).parcels.find(({ id }) => id === parcel?.id)?.status).toBe('packed')
  })

  test('a scanner is learnt from one scan of the sheet, and devices have no fault for anybody in either theme', async () => {
    const { page } = door
    await page.goto(`${door.address}/#/devices`)
    await page.locator('[data-test=sheet] svg').first().waitFor()
    const codes = await codesOn(await page.locator('[data-test=sheet]').screenshot())
    expect(codes.toSorted()).toEqual(['BRX1', 'BRX2', 'BRX3', 'BRX4', 'BRX5', 'BRX6', 'BackYZqw\u001d0189-/+.'])
    await page.locator('[data-test=learn]').click()
    await floor.burst('4006381333931')
    await page.locator('[data-test=outcome]').getByText('not the top code').waitFor()
    for (const isDark of [false, true]) {
      await page.evaluate(
        (dark) => (globalThis as unknown as PageWindow).document.documentElement.classList.toggle('dark', dark),
        isDark,
      )
      // Colours fade into each other for a moment; half way they have no contrast.
      await page.waitForTimeout(300)
      expect(await seriousFaults(page)).toEqual([])
    }
    // A refused connection is what this was about; nothing else was complained of.
    expect(door.complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  })

  const setScale = (scale: { readonly weighing: string; readonly wire: string }): Promise<void> =>
    door.page.evaluate(
      (settings) => (globalThis as unknown as PageWindow).localStorage.setItem('backroom.scale', settings),
      JSON.stringify({ ...scale, manner: 'continuous', baudRate: 9600 }),
    )

  /** Everything this station keeps between two answers of the shop. */
  const keptOnDisk = (): Promise<string> =>
    door.page.evaluate(async () => {
      const open = (globalThis as unknown as PageWindow).indexedDB.open('backroom-floor')
      await new Promise<void>((resolve) => (open.onsuccess = resolve))
      const kept = await Promise.all(
        ['waiting', 'refused', 'lists'].map((table) => {
          const rows = open.result.transaction(table).objectStore(table).getAll()
          return new Promise((resolve) => (rows.onsuccess = () => resolve(rows.result)))
        }),
      )
      return JSON.stringify(kept)
    })
})
