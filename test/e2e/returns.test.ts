import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutputOf } from '../../src-main/contract/operations.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
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
  let [back, lost, staying]: readonly (Parcel | undefined)[] = []

  /** Orders in one wave, packed and labelled; all but the last are handed over. Answers their packages. */
  async function packed(orders: readonly Record<string, number>[]): Promise<readonly Parcel[]> {
    const address = { lines: ['Musterweg 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
    const codes: string[] = []
    for (const [index, skus] of orders.entries()) {
      const lines = Object.entries(skus).map(([code, quantity]) => ({ code, quantity }))
      const placed = await door.call('orders.place', { key: `order-${index}-of-test`, lines, service: 'standard', customer: { name: 'Erika Beispiel', address }, shippingMinor: 0 }) // prettier-ignore
      codes.push(placed.code)
    }
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
    ;[back, lost, staying] = await packed([{ 'GR-0101': 1, 'GR-0110': 1 }, { 'GR-0101': 1 }, { 'GR-0101': 1 }])
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())

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

  test('a return of two products is scanned in: one to its shelf, one away', async () => {
    const { page } = door
    const parcel = there(back)
    const [good, broken] = parcel.contents
    const desk = new ReturnsModel(page)
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await page.getByText('Scan what came back').waitFor()
    await desk.scan('C99999999999')
    await desk.wrong.waitFor()
    await desk.open(parcel.number ?? '')
    await page.getByText('Nobody told of a delivery').waitFor()
    await desk.goesTo('discard')
    await desk.scan(broken?.sku ?? '')
    await desk.right.waitFor()
    expect(await faults()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await desk.right.getByText(`${parcel.orderCode}${parcel.letter} is taken in`).waitFor()
    const { order, parcels } = await door.call('orders.get', { order: parcel.orderCode })
    expect(order.status).toBe('returned')
    expect(parcels[0]?.returns?.[0]?.pieces.map(({ sku, fate }) => [sku, fate])).toEqual([
      [good?.sku, 'restock'],
      [broken?.sku, 'discard'],
    ])
  })

  test('a lost package is reported and sent again without the mouse', async () => {
    const { page } = door
    const parcel = there(lost)
    const app = new AppModel(page)
    await app.goTo('Dispatch')
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
