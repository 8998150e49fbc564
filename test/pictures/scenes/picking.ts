import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright'
import { FloorModel } from '../../e2e/pages/floor.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

type Call = PictureShop['call']

/** One lies at two places, for the next a substitute fits, the last is only there. */
const [elsewhere, replaceable, replacement] = ['GR-0101', 'GR-0103', 'GR-0102'] as const
const wanted = [elsewhere, replaceable, 'GR-0104', 'GR-0105', 'GR-0107']

/** The order that a scene stands on; taken back afterwards, so that other pictures show no more than they did. */
const orders: string[] = []

/** A wave of one order by telephone, issued and opened at its first stop; answers its stops. */
async function openTour(page: Page, call: Call) {
  const { code } = await call('orders.place', {
    key: randomUUID(),
    lines: wanted.map((sku) => ({ code: sku, quantity: 2 })),
    service: 'collect',
    customer: { name: 'Erika Beispiel' },
  })
  orders.push(code)
  const { wave, tours } = await call('waves.plan', { orderIds: [(await call('orders.get', { order: code })).order.id] })
  await call('waves.issue-documents', { wave: wave.code })
  await page.evaluate(`location.hash = '#/pick/${wave.code}'`)
  await page.locator('[data-test=location]').waitFor()
  return tours.flatMap(({ stops }) => stops)
}

type Stops = Awaited<ReturnType<typeof openTour>>

async function goTo(page: Page, stops: Stops, sku: string): Promise<void> {
  const { location = '' } = stops.find((stop) => stop.sku === sku) ?? {}
  const row = page.locator('ol li').filter({ hasText: location }).getByRole('button')
  if ((await row.count()) > 0) await row.click()
  await page.locator('[data-test=location]').filter({ hasText: location }).waitFor()
}

const scan = (page: Page, code: string): Promise<void> => new FloorModel(page).burst(code)

async function cancelOrders(call: Call): Promise<void> {
  for (const order of orders.splice(0)) await call('orders.cancel', { order, reason: 'by-customer' })
}

const lineCut = '**/call/**'

export const pickingScenes: readonly Scene[] = [
  {
    name: 'pick-tour-elsewhere',
    address: () => '/pick',
    async act(page, { call }) {
      await goTo(page, await openTour(page, call), elsewhere)
      await scan(page, 'BRX3')
      await page.locator('[data-test=stop] [role=group] button').first().waitFor()
      await scan(page, 'BRX1')
      await page.locator('[data-wait]').waitFor()
    },
    after: (_page, { call }) => cancelOrders(call),
  },
  {
    name: 'pick-tour-substitute',
    address: () => '/pick',
    async act(page, { call }) {
      await goTo(page, await openTour(page, call), replaceable)
      await scan(page, 'BRX3')
      await page.locator('[data-test=stop] [role=group] button').nth(2).click()
      await page.locator('[data-test=stop] [role=checkbox]').press('Space')
      await page.locator('[data-test=stop] [role=group] input').fill(replacement)
    },
    after: (_page, { call }) => cancelOrders(call),
  },
  {
    name: 'pick-tour-offline',
    address: () => '/pick',
    async act(page, { call }) {
      const [first, second] = await openTour(page, call)
      await page.route(lineCut, (route) => route.abort('internetdisconnected'))
      for (const stop of [first, second]) {
        await page
          .locator('[data-test=location]')
          .filter({ hasText: stop?.location ?? '' })
          .waitFor()
        await scan(page, stop?.gtin ?? stop?.sku ?? '')
        await page.locator('[data-test=right]').waitFor()
      }
      await page.locator('[data-test=waiting]').waitFor()
    },
    async after(page, { call }) {
      await page.unroute(lineCut)
      await page.locator('[data-test=offline]').getByRole('button').click()
      await page.locator('[data-test=offline]').waitFor({ state: 'detached' })
      await cancelOrders(call)
    },
  },
]
