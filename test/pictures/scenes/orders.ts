import type { Page } from 'playwright'
import { counterOrders } from '../counter-orders.ts'
import { openAt, settled } from '../opened.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

const form = '[data-test=order-change]'

/** One of the two orders by telephone, opened; answers both codes. */
async function openOne(page: Page, shop: PictureShop): Promise<readonly [string, string]> {
  const codes = await counterOrders(shop.call)
  await openAt(page, `/orders/${codes[0]}`)
  return codes
}

const begin = (page: Page, change: string): Promise<void> => page.locator(`[data-change=${change}]`).press('Enter')

/** The focus keeps the toast there for as many pictures as are taken; lists read themselves anew after a moment. */
async function undoInSight(page: Page): Promise<void> {
  await page.locator('[data-slot=actions] button:not([data-slot=close])').last().focus()
  await page.waitForTimeout(500)
}

/** Toasts of one scene are none of the next one's. */
async function takeBack(page: Page, shop: PictureShop, order: string): Promise<void> {
  // Too late only where very many pictures were taken: then it stays as it is.
  await shop.call('orders.undo', { order }).catch(() => undefined)
  await page.reload()
}

/** Down to the end of the panel, as a person gets there. */
async function toTheEnd(page: Page): Promise<void> {
  await page.locator('[data-test=timeline]').waitFor()
  await settled(page)
  await page.locator('aside > [role=group]').press('End')
  await page.waitForTimeout(500)
}

/** A storefront's order that nobody has touched. */
async function untouched({ call }: PictureShop): Promise<string> {
  const { rows } = await call('orders.list', { status: ['received'], limit: 50 }) // prettier-ignore
  const mine = new Set(await counterOrders(call))
  return rows.find(({ order }) => !mine.has(order.code))?.order.code ?? ''
}

async function scan(page: Page, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.locator('main td', { hasText: code }).waitFor()
  }
  await page.locator('main [data-test=total]').waitFor()
  await page.locator('[data-test=parcels] button').first().waitFor()
  await settled(page)
}

async function delivery(page: Page): Promise<void> {
  await page.locator('main form [role=radio]').nth(1).press('Space')
  await page.locator('main form textarea').waitFor()
}

export const orderScenes: readonly Scene[] = [
  {
    name: 'orders-palette',
    address: () => '/orders',
    async act(page) {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'orders-filters',
    address: () => '/orders',
    async act(page) {
      await page.keyboard.press('f')
      await page.locator('[data-test=order-filters]').waitFor()
    },
    after: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'orders-order-timeline',
    address: ({ order }) => `/orders/${order}`,
    act: toTheEnd,
  },
  {
    name: 'orders-order-others',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await page.locator('[data-test=others]').waitFor()
      await toTheEnd(page)
    },
  },
  {
    name: 'orders-order-held',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await begin(page, 'hold')
      await undoInSight(page)
    },
    async after(page, shop) {
      await shop.call('orders.release', { order: (await counterOrders(shop.call))[0] })
      await page.reload()
    },
  },
  {
    name: 'orders-order-split',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await begin(page, 'split')
      await page.locator(form).getByRole('spinbutton').first().fill('1')
      await page.keyboard.press('Enter')
      await undoInSight(page)
    },
    async after(page, shop) {
      const [into] = await counterOrders(shop.call)
      const { followers } = await shop.call('orders.next-steps', { order: into })
      const part = followers.find(({ status }) => status !== 'cancelled')
      if (part) await shop.call('orders.merge', { into, other: part.code })
      await page.reload()
    },
  },
  {
    name: 'orders-order-merge',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await begin(page, 'merge')
      await page.locator(form).getByRole('radio').first().waitFor()
    },
  },
  {
    name: 'orders-order-merged',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await begin(page, 'merge')
      await page.locator(`${form} [type=submit]`).press('Enter')
      await undoInSight(page)
    },
    after: async (page, shop) => takeBack(page, shop, (await counterOrders(shop.call))[0]),
  },
  {
    name: 'orders-order-moved',
    address: () => '/orders',
    async act(page, shop) {
      await openOne(page, shop)
      await begin(page, 'address')
      const fields = page.locator(`${form} input, ${form} textarea`)
      for (const [index, text] of ['Ottilie Fernweh', 'Gartenweg 5', '20095', 'Hamburg'].entries())
        await fields.nth(index).fill(text)
      await fields.nth(3).press('Enter')
      await undoInSight(page)
    },
    after: async (page, shop) => takeBack(page, shop, (await counterOrders(shop.call))[0]),
  },
  {
    name: 'orders-order-cancelled',
    address: () => '/orders',
    async act(page, shop) {
      await openAt(page, `/orders/${await untouched(shop)}`)
      await begin(page, 'cancel')
      await page.locator('[data-test=consequences]').waitFor()
      await page.keyboard.press('Enter')
      await undoInSight(page)
    },
    async after(page, shop) {
      const { rows } = await shop.call('orders.list', { status: ['cancelled'], limit: 50 })
      for (const { order } of rows) await shop.call('orders.undo', { order: order.code }).catch(() => undefined)
      await page.reload()
    },
  },
  {
    name: 'new-order-parcels',
    address: () => '/new-order',
    act: (page) => scan(page, 'AP-0102', 'AP-0102', 'GR-0101'),
  },
  {
    name: 'new-order-delivery',
    address: () => '/new-order',
    async act(page) {
      await scan(page, 'GR-0101')
      await delivery(page)
    },
  },
  {
    name: 'new-order-customer',
    address: () => '/new-order',
    async act(page) {
      await scan(page, 'GR-0101')
      await delivery(page)
      await page.locator('[data-test=customer] input').first().fill('Fernweh')
      await page.keyboard.press('Enter')
      await page.locator('[data-test=customer] li').first().waitFor()
    },
  },
  {
    name: 'new-order-known',
    address: () => '/new-order',
    async act(page) {
      await scan(page, 'GR-0101')
      await delivery(page)
      await page.locator('[data-test=customer] input').first().fill('Fernweh')
      await page.keyboard.press('Enter')
      await page.locator('[data-test=customer] li button').first().press('Enter')
      await page.locator('[data-test=customer] li').first().waitFor({ state: 'detached' })
    },
  },
]
