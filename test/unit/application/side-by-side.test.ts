import { afterAll, describe, expect, test } from 'vitest'
import { pushStockLevels, syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import { waitForNews } from '../../../src-main/application/wait-for-news.ts'
import { newLine, roomTraffic } from '../../../src-main/hosts/traffic.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { makeAudit, makeConnection, makeMovement } from '../../fixtures/builders.ts'
import { fakeStorefront, storefrontOrder, type FakeStorefront } from './fake-storefront.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

/** The test shop with a second storefront beside its own. */
async function withTwo(): Promise<{ shop: TestShop; other: FakeStorefront; workshop: TestShop['workshop'] }> {
  const shop = await openTestShop()
  const other = fakeStorefront()
  const [own] = await shop.store.loadConnections()
  await shop.store.saveConnection(makeConnection({ ...own, id: 'other' }), makeAudit())
  const storefrontFor: TestShop['workshop']['storefrontFor'] = ({ id }) => (id === 'other' ? other : shop.storefront)
  return { shop, other, workshop: { ...shop.workshop, storefrontFor } }
}

const orders = async (shop: TestShop, connectionId: string): Promise<number> => {
  const page = await shop.store.listOrders({ offset: 0, limit: 50 })
  return page.rows.filter(({ order }) => order.connectionId === connectionId).length
}

describe('several storefronts', () => {
  test('are served side by side: one that does not answer holds up no other', async () => {
    const { shop, other, workshop } = await withTwo()
    let letGo = (): void => undefined
    const hanging = new Promise<void>((resolve) => (letGo = resolve))
    const { pullOrders } = shop.storefront
    shop.storefront.pullOrders = async (cursor) => hanging.then(() => pullOrders(cursor))
    shop.storefront.orders.push(storefrontOrder({ TEA: 1 }))
    other.orders.push(storefrontOrder({ MUG: 1 }))
    const traffic = roomTraffic(newLine())
    const syncing = syncStorefronts(workshop, { ...shop.caller, traffic })
    await expect.poll(() => orders(shop, 'other')).toBe(1)
    expect(await orders(shop, 'main')).toBe(0)
    letGo()
    await syncing
    expect(await orders(shop, 'main')).toBe(1)
  })

  test('one that fails is told of beside the numbers of the others', async () => {
    const { shop, other, workshop } = await withTwo()
    other.before = () => {
      throw new AppError('ERR_STOREFRONT_REFUSED', { what: 'unauthorised', status: 401, host: 'other.example' })
    }
    shop.storefront.orders.push(storefrontOrder({ TEA: 1 }))
    const rounds = await syncStorefronts(workshop, shop.caller)
    expect(rounds).toMatchObject([
      { connectionId: 'main', orders: { new: 1 } },
      { connectionId: 'other', failure: { what: 'unauthorised', host: 'other.example', times: 1 } },
    ])
  })
})

describe('stock', () => {
  test('goes out when it has moved, only what has moved, and whole again when a person asks', async () => {
    const shop = await openTestShop()
    const caller = { ...shop.caller, traffic: roomTraffic(newLine()) }
    const pushed: string[][] = []
    const { pushStock } = shop.storefront
    shop.storefront.pushStock = async (levels) => {
      pushed.push(levels.map(({ sku, quantity }) => `${sku} ${quantity}`).toSorted())
      return pushStock(levels)
    }
    await syncStorefronts(shop.workshop, caller, { isAsked: false })
    await pushStockLevels(shop.workshop, caller)
    await shop.store.saveMovements([makeMovement({ kind: 'corrected', sku: 'MUG', location: 'B-1', quantity: -3 })], makeAudit()) // prettier-ignore
    await pushStockLevels(shop.workshop, caller)
    await pushStockLevels(shop.workshop, caller)
    await syncStorefronts(shop.workshop, caller)
    expect(pushed).toEqual([['MUG 8', 'PAINT 6', 'TEA 14'], ['MUG 5'], ['MUG 5', 'PAINT 6', 'TEA 14']])
  })
})

describe('the bell of a storefront', () => {
  const ringing = async (given: { longPollMs: number; news: boolean }) => {
    const shop = await openTestShop()
    await syncStorefronts(shop.workshop, shop.caller)
    const { describe: says } = shop.storefront
    shop.storefront.describe = async () => ({ ...(await says()), longPollMs: given.longPollMs })
    if (given.news) shop.storefront.orders.push(storefrontOrder({ TEA: 1 }))
    const heard = await waitForNews(shop.workshop, { waitMs: 10 })
    return { heard, taken: await orders(shop, 'main') }
  }

  test('is heard, and takes nothing in by itself', async () => {
    expect(await ringing({ longPollMs: 30_000, news: true })).toEqual({ heard: { hasNews: true, canWait: true }, taken: 0 }) // prettier-ignore
    expect((await ringing({ longPollMs: 30_000, news: false })).heard).toEqual({ hasNews: false, canWait: true })
    expect((await ringing({ longPollMs: 0, news: true })).heard).toEqual({ hasNews: false, canWait: false })
  })
})

describe('traffic', () => {
  test('waits so long and no longer, and lets the work go on', async () => {
    const { atMost } = roomTraffic(newLine())
    let letGo = (): void => undefined
    const slow = new Promise<string>((resolve) => (letGo = () => resolve('late')))
    expect(await atMost(5, () => slow)).toBeUndefined()
    letGo()
    expect(await slow).toBe('late')
    expect(await atMost(5_000, async () => 'soon')).toBe('soon')
    await expect(atMost(5_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  test('keeps two talks with one storefront apart, and lets talks with two meet', async () => {
    const { alone } = roomTraffic(newLine())
    const done: string[] = []
    const talk = (name: string, ticks: number) => async (): Promise<void> => {
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
      done.push(name)
    }
    await Promise.all([alone('a', talk('a slow', 50)), alone('a', talk('a quick', 1)), alone('b', talk('b', 1))])
    expect(done).toEqual(['b', 'a slow', 'a quick'])
  })
})
