import type { Page } from 'playwright'
import type { OutputOf } from '../../../src-main/contract/operations.ts'
import type { PictureShop } from '../shops.ts'
import type { Scene } from './scene.ts'

type Call = PictureShop['call']
type Parcel = OutputOf<'orders.get'>['parcels'][number]

/** A package that left for a customer of the storefront, the one with the most different products in it. */
async function sentPackage(call: Call): Promise<Parcel> {
  const { rows } = await call('orders.list', { limit: 200 })
  const parcels: Parcel[] = []
  for (const { order } of rows.filter((row) => row.order.status === 'handed-over'))
    parcels.push(...(await call('orders.get', { order: order.code })).parcels)
  const [best] = parcels.toSorted((a, b) => b.contents.length - a.contents.length)
  if (!best) throw new Error('nothing was handed over')
  return best
}

/** Everything onto its shelf, but for one piece that is set aside and one that is thrown away. */
async function countIn(page: Page, { number = '', contents }: Parcel): Promise<void> {
  const scan = async (code: string): Promise<void> => {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }
  await scan(number)
  await page.locator('[data-test=return-desk]').waitFor()
  for (const [index, key] of ['F4', 'F8'].entries()) {
    await page.keyboard.press(key)
    await scan(contents[index]?.sku ?? '')
    await page.locator('[data-test=right]').waitFor()
  }
}

/** How long a deed can be taken back, and its word to the storefront waits. */
async function setUndo(call: Call, undoMs: number): Promise<number> {
  const settings = await call('settings.get', {})
  // Read as it is written; lists that nobody may change are the only difference.
  await call('settings.save', { settings: { ...settings, undoMs }, confirmed: true } as never)
  return settings.undoMs
}

export const returnScenes: readonly Scene[] = [
  {
    name: 'returns-desk',
    address: () => '/returns',
    async act(page, { call }) {
      await countIn(page, await sentPackage(call))
    },
  },
  {
    name: 'returns-told',
    address: () => '/returns',
    async act(page, { call }) {
      const usual = await setUndo(call, 0)
      try {
        await countIn(page, await sentPackage(call))
        await page.keyboard.press('Control+Enter')
        await page.locator('[data-test=storefront-waiting]').waitFor()
        const told = page.locator('[data-test=storefront-sent]')
        // What was said before it goes first, and waits as long as that can be taken back.
        for (const until = Date.now() + 25_000; Date.now() < until && (await told.count()) === 0;) {
          await call('reports.deliver', {})
          await page.waitForTimeout(500)
        }
        await told.waitFor()
      } finally {
        await setUndo(call, usual)
      }
    },
  },
]
