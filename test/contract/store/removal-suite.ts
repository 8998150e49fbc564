import { expect, test } from 'vitest'
import { everything, openShop, planOne, type MakeStore } from './shop.ts'

/** The end of a whole shop. */
export function removalSuite(makeStore: MakeStore): void {
  test('nothing is left of a shop that was removed, and another one may take its place', async () => {
    const store = await openShop(makeStore)
    await planOne(store)
    await store.removeEverything()
    expect(await store.findSettings()).toBeUndefined()
    expect((await store.listOrders(everything)).total).toBe(0)
    expect((await store.listProducts(everything)).total).toBe(0)
    expect((await store.listWaves(everything)).total).toBe(0)
    expect(await store.loadCartons()).toEqual([])
    expect(await store.loadCarriers()).toEqual([])
    expect(await store.loadConnections()).toEqual([])
    expect(await store.findFloor()).toBeUndefined()
    expect((await store.listAudit(everything)).total).toBe(0)
    const again = await openShop(async () => store)
    const { order } = await planOne(again)
    expect((await again.listOrders(everything)).rows.map((row) => row.order.id)).toEqual([order.id])
    await again.close()
  })
}
