import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutputOf } from '../../src-main/contract/operations.ts'
import { quarantineLocation } from '../../src-main/domain/parcel-return.ts'
import { callerOf, type Caller } from '../../src-main/hosts/demo/http.ts'
import { openStorefront } from '../../src-main/hosts/demo/shop.ts'
import { seriousFaults } from './axe.ts'
import { programFolder } from './built.ts'
import { openStation, type StationDoor } from './doors.ts'
import { ReturnsModel } from './pages/returns.ts'
import { courierKeySet } from './storefront.ts'

type Parcel = OutputOf<'waves.plan'>['parcels'][number]

function there(parcel: Parcel | undefined): Parcel {
  if (!parcel) throw new Error('nothing was packed')
  return parcel
}

interface PageWindow {
  readonly document: { readonly documentElement: { readonly classList: { toggle(name: string, isOn: boolean): void } } }
}

describe('what does not go as planned', { timeout: 120_000 }, () => {
  let door: StationDoor
  let storefront: Awaited<ReturnType<typeof openStorefront>>
  let customer: Caller
  let boughtPath = ''
  const address = { lines: ['Musterweg 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
  let [back, lost, staying]: readonly (Parcel | undefined)[] = []

  /** Somebody orders one of each at the counter. Answers the order's code. */
  async function placed(...skus: readonly string[]): Promise<string> {
    const lines = skus.map((code) => ({ code, quantity: 1 }))
    const customer = { name: 'Erika Beispiel', address }
    const order = await door.call('orders.place', { key: randomUUID(), lines, service: 'standard', customer, shippingMinor: 0 }) // prettier-ignore
    return order.code
  }

  /** The same at the storefront, as a guest. */
  async function bought(...skus: readonly string[]): Promise<string> {
    const deliveryAddress = { name: 'Erika Beispiel', ...address }
    const guest = { email: 'erika@example.com', name: 'Erika Beispiel', locale: 'en' }
    customer = callerOf(storefront.address)
    await customer.send('POST', '/session', { mode: 'guest', ...guest, deliveryAddresses: [deliveryAddress] })
    await customer.send('PUT', '/cart', { lines: skus.map((sku) => ({ sku, quantity: 1 })) })
    const wanted = { service: 'standard', payment: 'invoice', deliveryAddress }
    const order = await customer.send<{ id: string }>('POST', '/orders', wanted, { 'idempotency-key': randomUUID() })
    boughtPath = `/orders/${order.id}`
    await door.call('storefronts.sync', {})
    const { rows } = await door.call('orders.list', {})
    return rows[0]?.order.code ?? ''
  }

  /** Orders in one wave, packed and labelled; all but the last are handed over. Answers their packages. */
  async function packed(codes: readonly string[]): Promise<readonly Parcel[]> {
    const { wave, tours, parcels } = await door.call('waves.plan', {})
    await door.call('waves.issue-documents', { wave: wave.code })
    await door.call('waves.issue-labels', { wave: wave.code })
    for (const tour of tours)
      for (const { seq, sku, quantity } of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code: sku, quantity })
    for (const parcel of parcels) await door.call('pack.confirm', { parcelId: parcel.id })
    const made = codes.flatMap((code) => parcels.find(({ orderCode }) => orderCode === code) ?? [])
    const collections = await door.call('collections.list', {})
    const waiting = collections.flatMap((collection) => collection.parcels)
    const except = waiting.flatMap(({ orderCode, number }) => (orderCode === codes.at(-1) ? [number] : []))
    await door.call('manifests.close', { except })
    return made.map((parcel) => ({
      ...parcel,
      number: waiting.find(({ orderCode }) => orderCode === parcel.orderCode)?.number,
    }))
  }

  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
    for (const { code } of await door.call('couriers.list', {}))
      await door.call('couriers.add-key', { carrier: code, jwks: courierKeySet() })
    storefront = await openStorefront(join(door.folder, 'storefront'), join(programFolder, 'resources/sample-shop'))
    await door.call('storefronts.connect', { url: storefront.address, token: storefront.token })
    const settings = await door.call('settings.get', {})
    // Read as it is written; lists that nobody may change are the only difference.
    await door.call('settings.save', { settings: { ...settings, undoMs: 0 }, confirmed: true } as never)
    const codes = [await bought('GR-0101', 'GR-0110', 'GR-0104'), await placed('GR-0101'), await placed('GR-0101')]
    ;[back, lost, staying] = await packed(codes)
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(async () => {
    await door?.close()
    await storefront?.stop()
  })

  async function faults(): Promise<readonly string[]> {
    const found: string[] = []
    for (const isDark of [true, false]) {
      await door.page.evaluate(
        (dark) => (globalThis as unknown as PageWindow).document.documentElement.classList.toggle('dark', dark),
        isDark,
      )
      await door.page.waitForTimeout(350)
      found.push(...(await seriousFaults(door.page)))
    }
    return found
  }

  test('a return is scanned in: onto its shelf, into quarantine, away; the storefront has it', async () => {
    const { page } = door
    const parcel = there(back)
    const [good, odd, broken] = parcel.contents
    const levels = async (sku: string): Promise<ReadonlyMap<string, number>> => {
      const { rows } = await door.call('catalogue.list', { search: sku })
      return new Map(rows[0]?.levels.map(({ location, onHand }) => [location, onHand]))
    }
    const before = await levels(good?.sku ?? '')
    const desk = new ReturnsModel(page)
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await page.getByText('Scan what came back').waitFor()
    await desk.scan('C99999999999')
    await desk.wrong.waitFor()
    await desk.open(parcel.number ?? '')
    await page.getByText('Nobody told of a delivery').waitFor()
    for (const [piece, fate] of [
      [good, 'restock'],
      [odd, 'quarantine'],
      [broken, 'discard'],
    ] as const) {
      await desk.goesTo(fate)
      await desk.scan(piece?.sku ?? '')
      await desk.right.getByText('1 of 1', { exact: false }).waitFor()
    }
    expect(await faults()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await desk.right.getByText(`${parcel.orderCode}${parcel.letter} is taken in`).waitFor()
    const { order, parcels } = await door.call('orders.get', { order: parcel.orderCode })
    expect(order.status).toBe('returned')
    expect(parcels[0]?.returns?.[0]?.pieces.map(({ sku, fate }) => [sku, fate])).toEqual([
      [good?.sku, 'restock'],
      [odd?.sku, 'quarantine'],
      [broken?.sku, 'discard'],
    ])
    const place = parcels[0]?.returns?.[0]?.pieces[0]?.location ?? ''
    expect((await levels(good?.sku ?? '')).get(place)).toBe((before.get(place) ?? 0) + 1)
    expect((await levels(odd?.sku ?? '')).get(quarantineLocation)).toBe(1)
    expect((await levels(broken?.sku ?? '')).has(quarantineLocation)).toBe(false)
    await page.locator('[data-test=storefront-waiting]').waitFor()
    await door.call('reports.deliver', {})
    await page.locator('[data-test=storefront-sent]').getByText('The storefront has it.').waitFor()
    expect(await customer.get(boughtPath)).toMatchObject({ status: 'returned' })
  })

  test('a lost package is reported and sent again without the mouse', async () => {
    const { page } = door
    const parcel = there(lost)
    // Out of the field for scans first: in it, letters are the beginning of a code.
    for (const key of ['Escape', 'g', 'd']) await page.keyboard.press(key, { delay: 60 })
    await page.getByRole('heading', { level: 1, name: 'Dispatch' }).waitFor()
    await page.keyboard.press('m')
    await page.getByRole('complementary', { name: 'Report a package' }).waitFor()
    await page.keyboard.type(parcel.number ?? '')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Lost', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(/is lost[?]/).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('[data-test=send-again]').waitFor()
    expect(await faults()).toEqual([])
    await page.locator('[data-test=send-again]').press('Enter')
    await page
      .getByText(/sends it again/)
      .first()
      .waitFor()
    const { followers } = await door.call('orders.next-steps', { order: parcel.orderCode })
    expect(followers).toMatchObject([{ why: 'replacement', status: 'received' }])
    await page.goto(`${door.address}/#/orders/${parcel.orderCode}`)
    await page.getByText('Sent again as order').waitFor()
  })

  test('cancelling after labelling says what follows before it is done', async () => {
    const { page } = door
    const parcel = there(staying)
    await page.goto(`${door.address}/#/orders/${parcel.orderCode}`)
    await page.getByRole('button', { name: 'Cancel order' }).press('Enter')
    const name = `${parcel.orderCode}${parcel.letter}`
    await page.getByText(`Labels are void: ${name}.`).waitFor()
    await page.getByText(`Packages must be opened: ${name}.`).waitFor()
    expect(await faults()).toEqual([])
    await page.keyboard.type('ordered twice')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await door.call('orders.get', { order: parcel.orderCode })).order.status)
      .toBe('cancelled')
    const label = (await door.call('documents.list', { subjectIds: [parcel.id] })).find(({ kind }) => kind === 'label')
    expect(label?.withdrawnAt).toBeDefined()
    expect(door.complaints).toEqual([])
  })
})
