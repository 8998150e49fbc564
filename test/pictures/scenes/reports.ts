import { randomUUID } from 'node:crypto'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

const customer = {
  name: 'Erika Beispiel',
  address: { lines: ['Musterweg 1'], postcode: '43110', city: 'Musterstadt', country: 'DE' },
}

/** An order whose window is over, another one of whose pieces none lay where it should, and a look at one day. */
async function makeTrouble(call: PictureShop['call']): Promise<void> {
  const lines = [{ code: 'GR-0104', quantity: 2 }]
  const anHourAgo = Date.now() - 3_600_000
  const window = { from: anHourAgo - 3_600_000, to: anHourAgo }
  await call('orders.place', { key: randomUUID(), lines, service: 'standard', customer, window })
  const short = await call('orders.place', { key: randomUUID(), lines, service: 'standard', customer })
  const { order } = await call('orders.get', { order: short.code })
  const { wave, tours } = await call('waves.plan', { orderIds: [order.id] })
  await call('waves.issue-documents', { wave: wave.code })
  for (const tour of tours)
    for (const { seq, quantity } of tour.stops.slice(0, 1))
      await call('pick.short', { wave: wave.code, tour: tour.seq, seq, quantity })
}

export const reportScenes: readonly Scene[] = [
  {
    name: 'reports-lists',
    address: () => '/reports',
    async act(page, { call }) {
      await makeTrouble(call)
      const { period } = await call('reports.work', {})
      await page.locator('main input[type=date]').first().fill(period.to)
      await page.locator('[data-test=to-order] tbody tr').first().waitFor()
      await page.locator('[data-test=late-orders] li').first().waitFor()
      await page.locator('[data-test=to-count] li').first().waitFor()
      await page.locator('[data-test=cartons-used]').evaluate((one) => one.scrollIntoView())
    },
  },
]
