import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { AppModel } from './pages/app.ts'
import { openStation, type StationDoor } from './doors.ts'

describe('the counter on screen', { timeout: 120_000 }, () => {
  let door: StationDoor
  beforeAll(async () => {
    door = await openStation()
    await door.call('shop.init-sample', {})
    await door.call('invoices.configure', { ...settings(await door.call('invoices.settings', {})), vatId: 'DE123' })
    await door.page.setViewportSize({ width: 1366, height: 768 })
    await door.page.reload()
  })
  afterAll(() => door?.close())

  const settings = <Kept extends { readonly sellerLines: readonly string[] }>(kept: Kept) => ({
    ...kept,
    sellerLines: [...kept.sellerLines],
  })

  test('an order is scanned, seen in its packages and saved by keys alone', async () => {
    const { page } = door
    await new AppModel(page).goTo('Orders')
    await page.getByRole('link', { name: /New order/ }).waitFor()
    await page.keyboard.press('n')
    await page.getByText('What would they like?').waitFor()
    // The scanner types into nothing in particular, twice the same product, then somebody types a word.
    for (const code of ['AP-0102', 'AP-0102']) {
      await page.keyboard.type(code)
      await page.keyboard.press('Enter')
      await page.getByRole('row', { name: /Filter coffee machine/ }).waitFor()
    }
    await expect.poll(() => page.getByLabel('Quantity of Filter coffee machine').inputValue()).toBe('2')
    await page.keyboard.type('vacuum cyl')
    await page.getByRole('button', { name: /Vacuum cleaner, cylinder/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Travels in 3 packages').waitFor()
    await expect.poll(() => page.locator('[data-test=total]').textContent()).toContain('278.80')
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('complementary').getByText('Collected').waitFor()
    expect((await door.call('orders.list', {})).total).toBe(1)
  })

  test('somebody new gets a delivery, the next time is found by name, and sees the packages line by line', async () => {
    const { page } = door
    const open = async (): Promise<void> => {
      await page.goto(`${door.address}/#/orders`)
      await page.goto(`${door.address}/#/new-order`)
      await page.getByText('What would they like?').waitFor()
      await page.keyboard.type('GR-0101')
      await page.keyboard.press('Enter')
      await page.getByRole('row', { name: /Spelt flour/ }).waitFor()
    }
    await open()
    await page.getByRole('radio', { name: 'Standard' }).press('Space')
    await page.getByText('A delivery needs street and town.').waitFor()
    const told = {
      Name: 'Ottilie Fernweh',
      Street: 'Lindenallee 3',
      Postcode: '10115',
      Town: 'Berlin',
      Shipping: '4.90',
    }
    for (const [label, text] of Object.entries(told)) await page.getByLabel(label, { exact: false }).last().fill(text)
    await page.getByText('Travels in 1 package').waitFor()
    await page.keyboard.press('Control+Enter')
    const panel = page.getByRole('complementary')
    await panel.getByText('Standard').waitFor()
    await panel.getByText('DE 10').waitFor()

    await open()
    await page.getByLabel('Name, telephone or e-mail').fill('Fernweh')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Ottilie Fernweh/ }).press('Enter')
    await page.getByText('Known customer: Ottilie Fernweh').waitFor()
    await page.getByRole('radio', { name: 'Standard' }).press('Space')
    expect(await page.getByLabel('Street').inputValue()).toBe('Lindenallee 3')
    const parcels = page.getByRole('region', { name: 'Packages' })
    await parcels.getByText('Spelt flour').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await panel.getByText('The same customer’s other orders (1)').waitFor()
    const orders = (await door.call('orders.list', {})).rows.map(({ order }) => order)
    expect(new Set(orders.filter(({ service }) => service === 'standard').map(({ userId }) => userId)).size).toBe(1)
    for (const { code, service } of orders)
      if (service === 'standard') await door.call('orders.cancel', { order: code, reason: 'by-customer' })
  })

  test('what is packed is handed over by its code, and invoiced', async () => {
    const { page } = door
    const { wave, tours, parcels } = await door.call('waves.plan', {})
    await door.call('waves.run', { wave: wave.code })
    await page.goto(`${door.address}/#/pick/${wave.code}`)
    await page
      .locator('[data-test=location]')
      .filter({ hasText: tours[0]?.stops[0]?.location ?? '' })
      .waitFor()
    await page.getByRole('img', { name: /^Floor map with tour/ }).waitFor()
    for (const tour of tours)
      for (const { seq, sku: code, quantity } of tour.stops)
        await door.call('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code, quantity })
    for (const parcel of parcels) await door.call('pack.confirm', { parcelId: parcel.id })
    const code = parcels[0]?.orderCode ?? ''

    await page.goto(`${door.address}/#/collect`)
    await page.getByText('1 order waits to be collected').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.type(`${code}C`)
    await page.keyboard.press('Enter')
    await page.locator('[data-test=right]').getByText('Still here: A, B.').waitFor()
    await page.keyboard.type('999-99')
    await page.keyboard.press('Enter')
    await page.locator('[data-test=wrong]').waitFor()
    await page.getByRole('button', { name: 'Hand over' }).click()
    await page.getByText('Nothing waits to be collected').waitFor()

    await page.goto(`${door.address}/#/orders/${code}`)
    await page
      .getByRole('button', { name: /^Turn package/ })
      .first()
      .click()
    await page.locator('canvas[data-test=solid]').waitFor()
    await page.getByRole('button', { name: 'Issue invoice' }).click()
    await page.getByText('An invoice of this amount must name its buyer').waitFor()
    await page.getByRole('textbox', { name: 'Name*' }).fill('Example Buyer')
    await page.getByRole('textbox', { name: 'Town*' }).fill('Berlin')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^\d{4}-00001$/ }).waitFor()

    await page.goto(`${door.address}/#/invoices`)
    await page.getByRole('button', { name: 'Check numbers' }).click()
    await page.getByText('No number is missing, nothing was changed').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(door.complaints).toEqual([])
  })
})
