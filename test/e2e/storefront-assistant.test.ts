import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFakeWooCommerce } from '../fake-woocommerce/fake-woocommerce.ts'
import { serveFake, type Served } from '../fake-woocommerce/serve.ts'
import { selfSigned } from '../fixtures/server-certificate.ts'
import { seriousFaults } from './axe.ts'
import { openStation, type StationDoor } from './doors.ts'
import { AppModel } from './pages/app.ts'
import { StorefrontsModel } from './pages/storefronts.ts'
import { openStorefrontWithOrders, type StorefrontWithOrders } from './storefront.ts'

let door: StationDoor
let storefront: StorefrontWithOrders
const fake = createFakeWooCommerce({ seed: 7, clock: { now: () => Date.now() } })
let served: Served
beforeAll(async () => {
  door = await openStation()
  served = await serveFake(fake)
  storefront = await openStorefrontWithOrders(door.folder, 4)
  await door.call('shop.init-sample', {})
  await door.page.reload()
}, 120_000)
afterAll(async () => {
  await storefront.stop()
  await served.close()
  await door.close()
})

test('a new user mistypes, uses a wrong key, is told so each time, and ends with orders', async () => {
  const assistant = new StorefrontsModel(door.page)
  await new AppModel(door.page).goTo('Storefronts')
  await assistant.look('my shop')
  await assistant.problem().filter({ hasText: 'This is no address of a shop.' }).waitFor()
  await assistant.look(storefront.address)
  await assistant.found('There is a shop that we know', '(fine)')
  await assistant.tryToken('a-wrong-token')
  await assistant.problem().filter({ hasText: 'does not know this key' }).first().waitFor()
  expect(await seriousFaults(door.page)).toEqual([])
  await assistant.tryToken(storefront.token)
  await assistant.press('Connect')
  await assistant.firstRound().waitFor()
  expect(await assistant.firstRound().textContent()).toContain('4 orders read, 4 of them new')
  expect(await door.page.content()).not.toContain(storefront.token)
  await assistant.log().first().filter({ hasText: /Came: 4 new orders, .*products/ }).waitFor() // prettier-ignore
  await new AppModel(door.page).goTo('Today')
  await door.page.getByText(/4 read, 4 new, 0 lost, .+ago/).waitFor()
  await new AppModel(door.page).goTo('Storefronts')
  await assistant.press('Pause')
  await assistant.check('paused').waitFor()
  await assistant.press('Disconnect')
  await assistant.press('Disconnect now')
  await assistant.check('disconnected').waitFor()
  expect(door.complaints).toEqual([])
}, 60_000)

test('reading, writing and the clock are each really tried, without changing anything at the shop', async () => {
  const assistant = new StorefrontsModel(door.page)
  fake.placeOrder({ lines: [{ productId: fake.addProduct({ name: 'Tea', sku: 'TEA' }), quantity: 1 }] })
  const before = JSON.stringify(fake.truth().orders)
  await assistant.startOver(served.address)
  await assistant.tryKeyPair(fake.readOnlyToken)
  await assistant.found('The key may read orders and products', '(fine)')
  await assistant.found('The key may write stock and status', 'make a key with the permission Read/Write')
  fake.setClockSkew(20 * 60_000)
  await assistant.tryKeyPair(fake.token)
  await assistant.found(
    'The clocks agree',
    `of ${new URL(served.address).host} are 20 minutes apart. Look at the clock of this computer first`,
  )
  fake.setClockSkew(0)
  await assistant.press('Test')
  for (const check of ['The way there is safe', 'The clocks agree', 'may read orders', 'may write stock'])
    await assistant.found(check, '(fine)')
  const tried = new Set(fake.requests.map(({ method, url }) => `${method} ${url.pathname}`))
  expect([...tried].filter((call) => /^(GET|POST) .*wc\/v3\/orders/.test(call)).toSorted()).toEqual([expect.stringMatching(/^GET .*\/orders$/), expect.stringMatching(/^POST .*\/orders\/batch$/)]) // prettier-ignore
  expect(JSON.stringify(fake.truth().orders)).toBe(before)
}, 60_000)

test('an unsafe way there is told with what to do, and no key crosses it', async () => {
  const assistant = new StorefrontsModel(door.page)
  const [now, day] = [Date.now(), 86_400_000]
  const own = await selfSigned({ from: now - day, until: now + day })
  const expired = await selfSigned({ from: now - 2 * day, until: now - day })
  const known = getCACertificates('default')
  const unsafe = createFakeWooCommerce({ seed: 8 })
  for (const [tls, trusted, words] of [
    [own, [], 'shows a certificate that it has made itself'],
    [expired, [expired.cert], 'has expired. Browsers warn customers too: ask whoever runs'],
    [undefined, [], 'the key would cross the network readable for everybody. Use https://[::ffff:7f00:1]'],
  ] as const) {
    setDefaultCACertificates([...known, ...trusted])
    const server = await serveFake(unsafe, { tls })
    // An address that nobody takes for this machine, and that leads here all the same.
    await assistant.startOver(tls ? server.address : server.address.replace('127.0.0.1', '[::ffff:127.0.0.1]'))
    await assistant.found('The way there is safe', words)
    await server.close()
  }
  setDefaultCACertificates(known)
  expect(await seriousFaults(door.page)).toEqual([])
  expect(unsafe.requests.some(({ headers, url }) => headers.has('authorization') || url.search.includes('oauth'))).toBe(false) // prettier-ignore
}, 60_000)

test('what customers are told, and what a plugin means, is changed later and outlives a new key', async () => {
  await door.call('storefronts.connect', { id: 'woo', url: served.address, token: fake.token, options: { tellCustomer: ['packed'] } }) // prettier-ignore
  await door.page.reload()
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
}, 60_000)

test('a conflict says what differs and whose value stands, and one button settles it', async () => {
  const { page } = door
  const assistant = new StorefrontsModel(page)
  const flour = fake.addProduct({ name: 'Wheat flour type 550', sku: 'GR-0102' })
  const [taken = 0, kept = 0] = [2, 3].map((quantity) => fake.placeOrder({ lines: [{ productId: flour, quantity }] }))
  await door.call('storefronts.sync', {})
  const codes = new Map((await door.call('orders.list', { limit: 200 })).rows.map(({ order }) => [order.externalId, order])) // prettier-ignore
  const codeOf = (id: number) => codes.get(String(id))?.code ?? '-'
  await door.call('waves.plan', { orderIds: [taken, kept].map((id) => codes.get(String(id))?.id ?? '-') })
  fake.editLines(taken, [{ productId: flour, quantity: 5 }])
  fake.setStatus(kept, 'cancelled')
  await door.call('storefronts.sync', {})
  const lines = assistant.conflict(codeOf(taken))
  await lines.getByRole('columnheader', { name: 'Here (holds)' }).waitFor()
  expect(await lines.getByRole('row').last().innerText()).toMatch(/GR-0102\s+.*5/s)
  await assistant.conflict(codeOf(kept)).getByRole('row', { name: 'Order planned cancelled' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await lines.getByRole('button', { name: 'Take over theirs' }).click()
  await page.getByText(`${codeOf(taken)}: Planned again.`).waitFor()
  await assistant.conflict(codeOf(kept)).getByRole('button', { name: 'Keep ours' }).click()
  await page.getByText(`${codeOf(kept)}: Kept as it is.`).waitFor()
  await page.locator('[data-test=no-conflicts]').waitFor()
  expect((await door.call('orders.get', { order: codeOf(taken) })).order.lines.map(({ quantity }) => quantity)).toContain(5) // prettier-ignore
  fake.shop.keys.length = 0
  await page.getByRole('button', { name: 'Fetch now' }).click()
  await assistant.log().first().filter({ hasText: /127\.0\.0\.1:\d+ does not accept the key/ }).waitFor() // prettier-ignore
  expect(door.complaints).toEqual([])
}, 60_000)
