import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFakeWooCommerce } from '../fake-woocommerce/fake-woocommerce.ts'
import { serveFake } from '../fake-woocommerce/serve.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { ListModel } from './pages/list.ts'

const patience = { timeout: 5_000 }

describe('orders', { timeout: 60_000 }, () => {
  let door: StationDoor
  let codes: readonly string[]
  let served: Awaited<ReturnType<typeof serveFake>> | undefined
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
  afterAll(async () => {
    await served?.close()
    await door?.close()
  })

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
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the screen' })
    expect(await skip.evaluate('document.activeElement.textContent')).toBe('Skip to the screen')
    await page.keyboard.press('Enter')
    expect(await page.locator('main :focus').count()).toBe(1)
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

  test('an order is found by its number, a name, an SKU and a barcode as somebody types', async () => {
    const { page } = door
    const app = new AppModel(page)
    await app.goTo('Orders')
    const list = new ListModel(page, 'Orders')
    const { rows } = await door.call('catalogue.list', { search: 'GR-0101', limit: 1 })
    const found = async (text: string, count: number): Promise<void> => {
      await list.search(text)
      await expect.poll(() => list.count(), patience).toBe(count)
    }
    await found(codes[0] ?? '', 1)
    await found('Beispiel', 2)
    await found('Nobody', 0)
    await found('GR-0101', 2)
    await found('GR-9999', 0)
    await found(rows[0]?.product.gtin ?? 'the sample has barcodes', 2)
    await page.locator('main input[type=search]').fill('')
    await expect.poll(() => list.count(), patience).toBe(2)
  })

  /** The way back in the toast that says so. */
  const undo = (text: string): Promise<void> =>
    door.page.locator('li', { hasText: text }).getByRole('button', { name: 'Undo' }).press('Enter')

  test('an order is split and two of one customer are merged, and both are undone in the toast', async () => {
    const { page } = door
    const [first, second] = codes
    const pieces = async (order = ''): Promise<number> =>
      (await door.call('orders.get', { order })).order.lines.reduce((sum, line) => sum + line.quantity - line.withdrawn, 0) // prettier-ignore
    await door.call('orders.release', { order: first ?? '' })
    await page.goto(`${new URL(page.url()).origin}/#/orders/${second}`)
    const form = page.locator('[data-test=order-change]')
    await page.getByRole('button', { name: 'Split', exact: true }).press('Enter')
    await form.getByRole('spinbutton').fill('1')
    await page.keyboard.press('Enter')
    await form.waitFor({ state: 'detached' })
    await expect.poll(() => pieces(second), patience).toBe(1)
    await undo('takes the rest')
    await expect.poll(() => pieces(second), patience).toBe(2)
    await page.getByRole('button', { name: 'Merge', exact: true }).press('Enter')
    await form.getByRole('radio', { name: first ?? '' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await form.locator('[type=submit]').press('Enter')
    await expect.poll(() => pieces(second), patience).toBe(4)
    await undo(`${second} takes both`)
    await expect.poll(() => pieces(second), patience).toBe(2)
    expect((await door.call('orders.get', { order: first ?? '' })).order.status).toBe('received')
    expect(await pieces(first)).toBe(2)
  })

  test('an order not yet planned gets another address, and the toast brings the former one back', async () => {
    const { page } = door
    await page.getByRole('button', { name: 'Change address', exact: true }).press('Enter')
    const form = page.locator('[data-test=order-change]')
    for (const [label, text] of [
      ['Name', 'Erika Beispiel'],
      ['Street', 'Gartenweg 5'],
      ['Postcode', '20095'],
      ['Town', 'Hamburg'],
    ] as const)
      await form.getByRole('textbox', { name: label }).fill(text)
    await page.keyboard.press('Enter')
    await form.waitFor({ state: 'detached' })
    const panel = page.getByRole('complementary')
    await panel.getByText('DE 20').waitFor()
    await panel.getByText('Spelt flour, whole grain').first().waitFor()
    await undo('The address of order')
    await panel.getByText('DE 10').waitFor()
    await panel.getByRole('button', { name: 'Show (is logged)' }).press('Enter')
    await panel.getByText('Musterweg 1').waitFor()
  })

  test('holding an order that nobody touched is undone in the toast', async () => {
    const { page } = door
    await page.getByRole('button', { name: 'Hold', exact: true }).press('Enter')
    await page.getByText('Put on hold by hand').waitFor()
    expect(await page.evaluate('document.activeElement.role')).toBe('group')
    await undo('is on hold')
    await page.getByText('Put on hold by hand').waitFor({ state: 'detached' })
    expect((await door.call('orders.get', { order: codes[1] ?? '' })).order.holds).toEqual([])
  })

  test('the question mark lists the keys, and Ctrl K finds an order', async () => {
    const { page } = door
    await new AppModel(page).goTo('Today')
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog')
    await keys.getByText('Ctrl').first().waitFor()
    await page.keyboard.press('Escape')
    await keys.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await keys.locator('input').fill(codes[0] ?? '')
    await page.locator('[role=option][data-highlighted]', { hasText: codes[0] ?? '' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Order ${codes[0]}` }).waitFor()
  })

  test('of a storefront’s many orders only those in sight are drawn', async () => {
    const { page } = door
    const fake = createFakeWooCommerce({ seed: 7, clock: { now: () => Date.now() } })
    const productId = fake.addProduct({ name: 'Spelt flour', sku: 'GR-0101', price: '3.20', weight: '1', dimensions: { length: '20', width: '12', height: '6' }, managesStock: true, stock: 500 }) // prettier-ignore
    for (let n = 0; n < 80; n++) fake.placeOrder({ lines: [{ productId, quantity: 1 }] })
    served = await serveFake(fake)
    await door.call('storefronts.connect', { id: 'woo', url: served.address, token: fake.token })
    await door.call('storefronts.sync', {})
    await new AppModel(page).goTo('Orders')
    const list = new ListModel(page, 'Orders')
    await expect.poll(() => list.count(), patience).toBeGreaterThan(80)
    await list.rows.first().waitFor()
    expect(await list.rows.count()).toBeLessThan(60)
    await list.grid.focus()
    await page.keyboard.press('End')
    await list.grid.locator(`.row[aria-rowindex="${(await list.count()) + 1}"]`).waitFor()
  })

  test('a cancelled order is opened again in the toast, and the timeline says what its storefront knows', async () => {
    const { page } = door
    const { rows } = await door.call('orders.list', { status: ['received'], limit: 200 })
    const code = rows.map(({ order }) => order.code).find((one) => !codes.includes(one))
    await page.goto(`${new URL(page.url()).origin}/#/orders/${code}`)
    const panel = page.getByRole('complementary')
    await panel.getByRole('button', { name: 'Cancel order' }).press('Enter')
    await page.locator('[data-test=consequences]').getByText('The customer is told.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('The customer is told only when the time to undo is over.').first().waitFor()
    await panel.getByText('The storefront will be told').waitFor()
    expect(await page.evaluate('document.activeElement.role')).toBe('group')
    await undo('is cancelled')
    await page.getByText('is open again').first().waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('BODY')
    await panel.getByText('cancellation taken back').waitFor()
    expect(await panel.getByText('Taken back before the storefront was told').count()).toBe(2)
    await panel.getByRole('button', { name: 'Cancel order' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})
