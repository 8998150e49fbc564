import type { Page } from 'playwright'
import { createFakeWooCommerce, type FakeWooCommerce } from '../../fake-woocommerce/fake-woocommerce.ts'
import { serveFake, type Served } from '../../fake-woocommerce/serve.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

/** A WooCommerce shop of this scene's own. */
interface Stage {
  /** Our name for it: another one each time, so that nothing is left of the last. */
  readonly id: string
  readonly fake: FakeWooCommerce
  readonly served: Served
}
let stage: Stage | undefined

async function opened(): Promise<Stage> {
  const fake = createFakeWooCommerce({ seed: 7, clock: { now: () => Date.now() } })
  const served = await serveFake(fake)
  stage = { id: `woo-${new URL(served.address).port}`, fake, served }
  return stage
}

async function closed(): Promise<void> {
  await stage?.served.close()
  stage = undefined
}

const address = () => '/storefronts'
const box = (page: Page) => page.locator('[data-test=storefronts]')

async function look(page: Page, url: string): Promise<void> {
  await box(page).locator('input[inputmode=url]').fill(url)
  await page.keyboard.press('Enter')
  await page.locator('[data-test=storefront-checks]').waitFor()
}

async function tryKey(page: Page, pair: string): Promise<void> {
  const fields = box(page).locator('form').last().locator('input')
  for (const [index, part] of pair.split(':').entries()) await fields.nth(index).fill(part)
  await page.keyboard.press('Enter')
  await page.locator('[data-test=storefront-checks] [role=alert]').first().waitFor()
  await page.locator('[data-test=storefront-checks]').evaluate((list) => list.scrollIntoView({ block: 'end' }))
}

/** Two orders that the storefront changed after they were planned. */
async function disputed({ call }: PictureShop): Promise<void> {
  const { id, fake, served } = await opened()
  const flour = fake.addProduct({ name: 'Wheat flour type 550', sku: 'GR-0102' })
  const [changed = 0, gone = 0] = [2, 3].map((quantity) => fake.placeOrder({ lines: [{ productId: flour, quantity }] }))
  await call('storefronts.connect', { id, url: served.address, token: fake.token })
  await call('storefronts.sync', {})
  const { rows } = await call('orders.list', { limit: 200 })
  const orderIds = rows.filter(({ order }) => order.connectionId === id).map(({ order }) => order.id)
  await call('waves.plan', { orderIds })
  fake.editLines(changed, [{ productId: flour, quantity: 5 }])
  fake.editAddress(changed, { postcode: '80331', city: 'München' })
  fake.setStatus(gone, 'cancelled')
  await call('storefronts.sync', {})
  // A key that was taken away there: the log says so.
  fake.shop.keys.length = 0
  await call('storefronts.sync', {}).catch(() => undefined)
}

async function settled({ call }: PictureShop): Promise<void> {
  for (const { code } of await call('orders.questions', {})) await call('orders.keep', { order: code })
  await call('storefronts.disconnect', { id: stage?.id ?? '' })
  await closed()
}

export const storefrontScenes: readonly Scene[] = [
  {
    name: 'storefronts-tested',
    address,
    async act(page) {
      const { fake, served } = await opened()
      fake.setClockSkew(20 * 60_000)
      await look(page, served.address)
      await tryKey(page, fake.readOnlyToken)
    },
    after: closed,
  },
  {
    name: 'storefronts-unsafe',
    address,
    async act(page) {
      const { served } = await opened()
      // An address that nobody takes for this machine, and that leads here all the same.
      await look(page, served.address.replace('127.0.0.1', '[::ffff:127.0.0.1]'))
    },
    after: closed,
  },
  {
    name: 'storefronts-conflicts',
    address,
    async act(page, shop) {
      await disputed(shop)
      await page.locator('[data-test=conflict]').nth(1).waitFor()
      await page.locator('[data-test=sync-log] .text-error').first().waitFor()
    },
    after: (_page, shop) => settled(shop),
  },
]
