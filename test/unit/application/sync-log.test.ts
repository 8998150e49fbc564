import { afterAll, describe, expect, test } from 'vitest'
import { holdOrder } from '../../../src-main/application/change-order.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { logged, type LogLine } from '../../../src-main/application/sync-log.ts'
import { notesOf, withoutLog } from '../../../src-main/application/sync-round.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const logOf = async (shop: TestShop) => notesOf((await shop.store.loadConnections())[0] ?? {}).log ?? []
const round = (shop: TestShop) => syncStorefronts(shop.workshop, shop.caller)

describe('what came from a storefront and went to it', () => {
  test('is written down when it moved; quiet rounds and repeated failures become one line', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    expect((await logOf(shop)).at(-1)).toMatchObject({ times: 1, moved: { newOrders: 2 } })
    shop.clock.forward(60_000)
    await round(shop)
    const quietFrom = shop.clock.now()
    await round(shop)
    shop.clock.forward(60_000)
    await round(shop)
    expect((await logOf(shop))[0]).toEqual({ at: quietFrom + 60_000, since: quietFrom, times: expect.any(Number), moved: {} }) // prettier-ignore
    shop.storefront.before = () => {
      throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-connection', host: 'shop.example' })
    }
    await expect(round(shop)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_UNREACHABLE' })
    shop.clock.forward(60_000)
    await expect(round(shop)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_UNREACHABLE' })
    expect((await logOf(shop))[0]).toMatchObject({ times: 2, moved: {}, failure: { code: 'ERR_STOREFRONT_UNREACHABLE', what: 'no-connection', host: 'shop.example' } }) // prettier-ignore
    shop.storefront.before = () => undefined
    await holdOrder(shop.workshop, shop.caller, order?.code ?? '')
    shop.clock.forward(60_000)
    await reportStatus(shop.workshop, shop.caller)
    expect((await logOf(shop))[0]).toMatchObject({ at: shop.clock.now(), times: 1, moved: { reports: expect.any(Number) } }) // prettier-ignore
  })

  test('is left out of what is read each time something changes, and keeps the rest', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const [connection] = await shop.store.loadConnections()
    const { log, ...rest } = notesOf(connection ?? {})
    expect(log?.length).toBeGreaterThan(0)
    expect(JSON.parse(withoutLog(connection?.lastSyncSummary ?? '{}'))).toEqual(rest)
  })

  test('keeps sixty lines, newest first', () => {
    let log: readonly LogLine[] = []
    for (let at = 1; at <= 100; at++) log = logged(log, { at, moved: { newOrders: at } })
    expect(log).toHaveLength(60)
    expect([log[0]?.at, log.at(-1)?.at]).toEqual([100, 41])
  })
})
