import { FloorModel } from '../../e2e/pages/floor.ts'
import type { Scene } from './scene.ts'

const letGo: (() => void)[] = []

/** What lies over every screen, and what every screen does. */
export const everywhereScenes: readonly Scene[] = [
  {
    name: 'orders-palette-order',
    address: () => '/orders',
    async act(page, shop) {
      await page.keyboard.press('Control+k')
      const palette = page.getByRole('dialog')
      await palette.locator('input').fill(shop.parameters['order'] ?? '')
      await palette.getByRole('option').filter({ hasText: shop.parameters['order'] ?? '' }).waitFor() // prettier-ignore
    },
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'today-palette-operations',
    address: () => '/',
    async act(page) {
      await page.keyboard.press('Control+k')
      const options = page.getByRole('dialog').getByRole('option')
      await options.nth(24).waitFor()
      await options.nth(24).scrollIntoViewIfNeeded()
    },
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'today-shortcuts',
    address: () => '/',
    async act(page) {
      await page.keyboard.press('?')
      await page.getByRole('dialog').locator('kbd').first().waitFor()
    },
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'activity-skeleton',
    address: () => '/',
    async act(page) {
      await page.route('**/call/audit.list', async (route) => {
        await new Promise<void>((resolve) => letGo.push(resolve))
        await route.fallback().catch(() => undefined)
      })
      for (const key of ['g', 'l']) await page.keyboard.press(key)
      await page.locator('[role=grid] .animate-pulse').first().waitFor()
    },
    async after(page) {
      for (const one of letGo.splice(0)) one()
      await page.unroute('**/call/audit.list')
    },
  },
  {
    name: 'activity-failed',
    address: () => '/',
    async act(page) {
      await page.route('**/call/audit.list', (route) => route.abort())
      for (const key of ['g', 'l']) await page.keyboard.press(key)
      await page.locator('main [role=alert]').first().waitFor()
    },
    after: (page) => page.unroute('**/call/audit.list'),
  },
  {
    name: 'pick-tour-burst',
    address: ({ wave, tour }) => `/pick/${wave}/${tour}`,
    async act(page) {
      // The focus stands in the number of pieces, and the number stays what it was.
      await page.locator('[data-test=stop] [role=spinbutton]').first().focus()
      await new FloorModel(page).burst('4006381333931')
      await page.locator('[data-test=wrong]').waitFor()
    },
  },
  {
    name: 'orders-focus-back',
    address: () => '/orders',
    async act(page) {
      await page.getByRole('grid').focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
      await page.getByRole('complementary').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('[role=grid]:focus').waitFor()
    },
  },
]
