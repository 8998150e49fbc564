import { afterAll, describe, expect, test } from 'vitest'
import { addToParcel, openStillFits } from '../../../src-main/application/still-fits.ts'
import { makeAudit, makeHandling, makeProduct } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, planned, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

describe('what still fits in a planned parcel', () => {
  const plannedShop = async () => {
    const shop = await openTestShop()
    const handling = makeHandling({ class: 'food' })
    const sachet = makeProduct({ sku: 'SACHET', name: 'Sachet', sizeMm: [20, 20, 10], weightG: 5, handling })
    const paint = { ...sachet, sku: 'SAMPLE', name: 'Paint sample', handling: makeHandling({ class: 'chemicals' }) }
    await shop.store.saveProducts([sachet, paint], [], makeAudit())
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await planned(shop)
    const [parcel] = (await load(shop, waveId)).parcels
    if (!order || !parcel) throw new Error('nothing was planned')
    return { shop, parcel, wish: { order: order.code, letter: parcel.letter } }
  }

  test('is told with how many, by the rules the parcel was planned by', async () => {
    const { shop, wish } = await plannedShop()
    const stillFits = openStillFits(shop.workshop)
    const { rows, total } = await stillFits({ ...wish, offset: 0, limit: 100 })
    expect(rows.length).toBe(total)
    const skus = rows.map(({ sku }) => sku)
    expect(skus).toContain('SACHET')
    // Tea and sachets are food, the sample is a chemical.
    expect(skus).not.toContain('SAMPLE')
    expect(rows.every(({ count }) => count >= 1 && count <= 99)).toBe(true)
    expect(rows.map(({ count }) => count)).toEqual(rows.map(({ count }) => count).toSorted((a, b) => b - a))
  })

  test('is searched and paged, and knows a product that changed meanwhile', async () => {
    const { shop, wish } = await plannedShop()
    const stillFits = openStillFits(shop.workshop)
    const ask = async (search?: string) => (await stillFits({ ...wish, search, offset: 0, limit: 100 })).rows
    expect((await ask('sach')).map(({ sku }) => sku)).toEqual(['SACHET'])
    expect(await ask('no such thing')).toEqual([])
    const [sachet] = await shop.store.loadProducts(['SACHET'])
    if (!sachet) throw new Error('no sachet')
    await shop.store.saveProducts([{ ...sachet, active: false }], [], makeAudit())
    expect(await ask('sach')).toEqual([])
  })

  test('has a place for each piece, and totals that stay within what is allowed', async () => {
    const { shop, parcel, wish } = await plannedShop()
    const added = await addToParcel(shop.workshop, { ...wish, sku: 'SACHET' })
    expect(added.count).toBeGreaterThan(0)
    expect(added.placements).toHaveLength(parcel.placements.length + added.count)
    expect(added.totals.grossG).toBeGreaterThan(parcel.totals.grossG)
    expect(added.totals.grossG).toBeLessThanOrEqual(added.totals.allowableG)
    expect(await addToParcel(shop.workshop, { ...wish, sku: 'SAMPLE' })).toEqual({
      count: 0,
      placements: parcel.placements,
      totals: parcel.totals,
    })
    await expect(addToParcel(shop.workshop, { ...wish, sku: 'NONE' })).rejects.toMatchObject({
      code: 'ERR_PRODUCT_NOT_FOUND',
    })
    await expect(addToParcel(shop.workshop, { ...wish, letter: 'Z', sku: 'SACHET' })).rejects.toMatchObject({
      code: 'ERR_PARCEL_NOT_FOUND',
    })
  })
})
