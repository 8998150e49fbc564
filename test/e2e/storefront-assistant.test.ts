import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFakeWooCommerce } from '../fake-woocommerce/fake-woocommerce.ts'
import { serveFake } from '../fake-woocommerce/serve.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { StorefrontsModel } from './pages/storefronts.ts'
import { openStorefrontWithOrders, type StorefrontWithOrders } from './storefront.ts'

let door: StationDoor
let storefront: StorefrontWithOrders
beforeAll(async () => {
  door = await openStation()
  storefront = await openStorefrontWithOrders(door.folder, 4)
  await door.call('shop.init-sample', {})
  await door.page.reload()
}, 120_000)
afterAll(async () => {
  await storefront.stop()
  await door.close()
})

test('a new user mistypes, uses a wrong key, is told so each time, and ends with orders', async () => {
  const assistant = new StorefrontsModel(door.page)
  await new AppModel(door.page).goTo('Shop')
  await assistant.look('my shop')
  await assistant.problem().filter({ hasText: 'This is no address of a shop.' }).waitFor()
  await assistant.look(storefront.address)
  await assistant.check('There is a shop that we know').filter({ hasText: '(fine)' }).waitFor()
  await assistant.tryToken('a-wrong-token')
  await assistant.problem().filter({ hasText: 'does not know this key' }).first().waitFor()
  expect(await seriousFaults(door.page)).toEqual([])
  await assistant.tryToken(storefront.token)
  await assistant.press('Connect')
  await assistant.firstRound().waitFor()
  expect(await assistant.firstRound().textContent()).toContain('4 orders read, 4 of them new')
  expect(await door.page.content()).not.toContain(storefront.token)
  await new AppModel(door.page).goTo('Today')
  await door.page.getByText(/4 read, 4 new, 0 lost, .+ago/).waitFor()
  await new AppModel(door.page).goTo('Shop')
  await assistant.press('Pause')
  await assistant.check('paused').waitFor()
  await assistant.press('Disconnect')
  await assistant.press('Disconnect now')
  await assistant.check('disconnected').waitFor()
  expect(door.complaints).toEqual([])
}, 60_000)

test('what customers are told, and what a plugin means, is changed later and outlives a new key', async () => {
  const fake = createFakeWooCommerce({ seed: 7, clock: { now: () => Date.now() } })
  const served = await serveFake(fake)
  try {
    await door.call('storefronts.connect', { id: 'woo', url: served.address, token: fake.token, options: { tellCustomer: ['packed'] } }) // prettier-ignore
    await door.page.reload()
    await new AppModel(door.page).goTo('Shop')
    const assistant = new StorefrontsModel(door.page)
    await assistant.press('What customers are told')
    await assistant.choices().getByLabel('Delivered', { exact: true }).click()
    await assistant.choices().getByLabel('Status, as the shop writes it').fill('wc-awaiting-shipment')
    await assistant.press('Add')
    expect(await seriousFaults(door.page)).toEqual([])
    await assistant.press('Save')
    await assistant.choices().waitFor({ state: 'detached' })
    const chosen = { tellCustomer: ['packed', 'delivered'], completeOrders: false, statusMap: { 'awaiting-shipment': 'open' } } // prettier-ignore
    const options = async () => (await door.call('storefronts.list', {})).find(({ id }) => id === 'woo')?.options
    expect(await options()).toEqual(chosen)
    await assistant.changeKey(served.address)
    await assistant.tryKeyPair(fake.token)
    await assistant.press('Connect')
    await assistant.firstRound().waitFor()
    expect(await options()).toEqual(chosen)
    expect(door.complaints).toEqual([])
  } finally {
    await served.close()
  }
}, 60_000)
