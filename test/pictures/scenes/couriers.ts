import type { Page } from 'playwright'
import { courierKeySet } from '../../e2e/storefront.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

const card = (page: Page, index = 0) => page.getByRole('article').nth(index)
const address = () => '/couriers'

/** The last courier has a former key beside the present one. */
async function rotated({ call }: PictureShop, page: Page): Promise<void> {
  const couriers = await call('couriers.list', {})
  const last = couriers.at(-1)
  if (last && last.keys.length < 2) {
    await call('couriers.add-key', { carrier: last.code, jwks: courierKeySet(), comparedBy: 'Mia' })
    await page.locator('[data-test=former-keys]').first().waitFor()
  }
  await page.locator('[data-test=former-keys] summary').first().click()
}

const intoView = (page: Page, selector: string): Promise<void> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'nearest' }))

export const courierScenes: readonly Scene[] = [
  {
    name: 'couriers-terms',
    address,
    async act(page) {
      await card(page).locator('[data-test=change-terms]').press('Enter')
      await page.locator('[data-test=tariff-rows]').waitFor()
    },
  },
  {
    name: 'couriers-add-key',
    address,
    async act(page) {
      await card(page).locator('[data-test=add-key]').press('Enter')
      await card(page).locator('textarea').waitFor()
      await intoView(page, 'article textarea')
    },
  },
  {
    name: 'couriers-new-key',
    address,
    async act(page) {
      await card(page).locator('[data-test=add-key]').press('Enter')
      const file = { name: 'keys.jwks.json', mimeType: 'application/json', buffer: Buffer.from(courierKeySet()) }
      await card(page).locator('input[type=file]').first().setInputFiles(file)
      await page.locator('[data-test=preview-words]').waitFor()
      await intoView(page, '[data-test=preview-words]')
    },
  },
  {
    name: 'couriers-rotated',
    address,
    async act(page, shop) {
      await rotated(shop, page)
      const former = page.locator('[data-test=key-valid]').first()
      await former.waitFor()
      // The last button of a key revokes it, after a question.
      await former.locator('button').last().press('Enter')
      await intoView(page, '[data-test=key-valid]')
    },
  },
  {
    name: 'couriers-test-label',
    address,
    async act(page) {
      await card(page).locator('[data-test=test-label]').press('Enter')
      await page.locator('[data-test=test-label-made]').waitFor()
      await intoView(page, '[data-test=test-label-made]')
    },
  },
]
