import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { ListModel } from './pages/list.ts'

const patience = { timeout: 5_000 }

describe('orders', { timeout: 60_000 }, () => {
  let door: StationDoor
  let codes: readonly string[]
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
    const address = { lines: ['Musterweg 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
    const place = (key: string, customer: object) =>
      door.call('orders.place', { key, lines: [{ code: 'GR-0101', quantity: 2 }], service: 'standard', customer, shippingMinor: 0 } as never) // prettier-ignore
    const first = await place('order-1-of-test', { name: 'Erika Beispiel', address })
    const [known] = await door.call('customers.find', { typed: 'Beispiel' })
    const second = await place('order-2-of-test', { userId: known?.userId, address })
    codes = [first.code, second.code]
    await door.call('orders.hold', { order: first.code })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())

  test('a filter is chosen by keys, kept under a name of one’s own, and is still there after a new start', async () => {
    const { page } = door
    const app = new AppModel(page)
    const list = new ListModel(page, 'Orders')
    await app.goTo('Orders')
    await expect.poll(() => list.count(), patience).toBe(2)
    await page.keyboard.press('f')
    await page.getByRole('button', { name: 'On hold' }).press('Enter')
    await expect.poll(() => list.count(), patience).toBe(1)
    await page.getByRole('button', { name: 'Filters' }).press('Enter')
    await page.getByRole('textbox', { name: 'Name of this filter' }).fill('Ask Ada')
    await page.keyboard.press('Enter')
    await page.goto(`${new URL(page.url()).origin}/#/orders`)
    await page.reload()
    await expect.poll(() => list.count(), patience).toBe(2)
    await page.getByRole('button', { name: 'Filters' }).press('Enter')
    await page.getByRole('button', { name: 'Ask Ada', exact: true }).press('Enter')
    await expect.poll(() => list.count(), patience).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
  })

  test('the letter of a screen is not taken for a key of the screen that is left', async () => {
    const { page } = door
    await new AppModel(page).goTo('Orders')
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByRole('heading', { name: 'Floor', exact: true }).waitFor()
    expect(await page.locator('[data-test=order-filters]').count()).toBe(0)
  })

  test('an order leads to the other orders of its customer, and names nobody', async () => {
    const { page } = door
    await page.goto(`${new URL(page.url()).origin}/#/orders/${codes[0]}`)
    const others = page.locator('section', {
      has: page.getByRole('heading', { name: 'The same customer’s other orders (1)' }),
    })
    expect(await others.textContent()).not.toContain('Beispiel')
    await others.getByRole('link', { name: codes[1] ?? '' }).press('Enter')
    await page.getByRole('heading', { name: `Order ${codes[1]}` }).waitFor()
  })
})
