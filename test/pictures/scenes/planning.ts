import type { Page, Route } from 'playwright'
import { unplannableOrders, type UnplannableOrders } from '../../fixtures/unplannable-orders.ts'
import { openAt, reopen, settled } from '../opened.ts'
import type { Scene } from './scene.ts'

const totals = '[data-test=totals]'
let orders: UnplannableOrders | undefined

let held: Route[] = []

/** The question never gets to the shop: what is seen meanwhile stays. */
async function hold(page: Page, operation: string): Promise<void> {
  await page.route(`**/call/${operation}`, (route) => void held.push(route))
}

/** Not only forgotten: a question that nobody holds any more would be asked. */
async function letGo(page: Page): Promise<void> {
  for (const route of held) await route.abort().catch(() => undefined)
  held = []
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await reopen(page)
}

export const planningScenes: readonly Scene[] = [
  {
    name: 'plan-wave-unplanned',
    address: () => '/',
    async act(page, { call }) {
      orders = await unplannableOrders(call, `scene ${Date.now()}`)
      await openAt(page, '/plan-wave')
      await page.locator('[data-test=unplanned-list] [data-test=mend-carton]').last().waitFor()
      await page.locator('[data-test=held-list] summary').press('Enter')
      await page.locator('[data-test=held-list] [data-test=mend-measure]').waitFor()
      await settled(page)
    },
    async after() {
      await orders?.end()
    },
  },
  {
    name: 'plan-wave-skeletons',
    address: () => '/',
    async act(page) {
      await hold(page, 'waves.preview')
      await page.evaluate("location.hash = '#/plan-wave'")
      await page.locator(`${totals}[aria-busy=true] [role=progressbar]`).waitFor()
      await page.locator('main [role=row][aria-rowindex="2"]').waitFor()
    },
    after: letGo,
  },
  {
    name: 'plan-wave-progress',
    address: () => '/plan-wave',
    async act(page) {
      await hold(page, 'waves.plan')
      await page.locator(`${totals}[aria-busy=false]`).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('[data-test=job] button').waitFor()
      // It opens within a moment, so that nothing flashes for what is short.
      await page.waitForTimeout(900)
    },
    after: letGo,
  },
  {
    name: 'plan-wave-why',
    address: () => '/plan-wave',
    async act(page) {
      await page.locator(`${totals}[aria-busy=false]`).waitFor()
      await page.locator('main .row').nth(3).click()
      await page.getByRole('complementary').locator('[aria-expanded=false]').first().press('Enter')
      await page.locator('[data-test=why-carton] li').first().waitFor()
      await settled(page)
    },
  },
  {
    name: 'cartons-compared',
    address: () => '/cartons?view=advice',
    async act(page) {
      await page.locator('main form button[type=submit]').press('Enter')
      await page.locator('[data-test=advice]').waitFor({ timeout: 60_000 })
    },
  },
]
