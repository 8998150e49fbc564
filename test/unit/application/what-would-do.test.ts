import { afterAll, describe, expect, test } from 'vitest'
import { orderWouldDo } from '../../../src-main/application/what-would-do.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

describe('what would have to change for one parcel less', () => {
  test('is told of an order in several parcels: without the paint the tea travels in one', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 2, PAINT: 1 })])
    const { parcels, changes } = await orderWouldDo(shop.workshop, shop.caller, order?.code ?? '')
    expect(parcels).toBe(2)
    expect(changes).toContainEqual({ code: 'without-piece', sku: 'PAINT' })
  })

  test('is nothing for an order in one parcel', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    expect(await orderWouldDo(shop.workshop, shop.caller, order?.code ?? '')).toEqual({ parcels: 1, changes: [] })
    await expect(orderWouldDo(shop.workshop, shop.caller, 'none')).rejects.toMatchObject({
      code: 'ERR_ORDER_NOT_FOUND',
    })
  })
})
