import { afterAll, describe, expect, test } from 'vitest'
import { adviseCartons } from '../../../src-main/application/advise-cartons.ts'
import { importCartons } from '../../../src-main/application/import-catalogue.ts'
import { exportCartons, removeCarton, saveCarton } from '../../../src-main/application/keep-cartons.ts'
import { packagingRules } from '../../../src-main/application/packaging-rules.ts'
import { freeCartons, runsLow } from '../../../src-main/domain/carton.ts'
import { makeCarton } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, packAll, pickAll, issued, planned, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const rowOf = async (shop: TestShop, code: string) =>
  (await shop.store.loadCartons()).find(({ carton }) => carton.code === code)

describe('the cartons a shop owns', () => {
  test('are added with a count, changed, and taken out with what is left', async () => {
    const shop = await openTestShop()
    const carton = makeCarton({ code: 'NEW', warnBelow: 5 })
    expect(await saveCarton(shop.workshop, shop.caller, { carton, onHand: 30 })).toEqual({
      carton,
      onHand: 30,
      reserved: 0,
    })
    const dearer = { ...carton, costMinor: 99 }
    expect(await saveCarton(shop.workshop, shop.caller, { carton: dearer })).toMatchObject({ onHand: 30 })
    expect(await removeCarton(shop.workshop, shop.caller, 'NEW')).toMatchObject({ carton: dearer, onHand: 30 })
    expect(await rowOf(shop, 'NEW')).toBeUndefined()
    expect(await saveCarton(shop.workshop, shop.caller, { carton: dearer, onHand: 30 })).toMatchObject({ onHand: 30 })
    await expect(removeCarton(shop.workshop, shop.caller, 'NONE')).rejects.toMatchObject({
      code: 'ERR_CARTON_NOT_FOUND',
    })
  })

  test('are counted down as parcels are packed, and kept while planned ones wait for them', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 }), storefrontOrder({ MUG: 1 })])
    const waveId = await issued(shop)
    const [parcel] = (await load(shop, waveId)).parcels
    const code = parcel?.carton ?? ''
    const before = await rowOf(shop, code)
    await expect(removeCarton(shop.workshop, shop.caller, code)).rejects.toMatchObject({ code: 'ERR_CARTON_PROMISED' })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const used = (await load(shop, waveId)).parcels.filter(({ carton }) => carton === code).length
    expect(await rowOf(shop, code)).toMatchObject({ onHand: (before?.onHand ?? 0) - used, reserved: 0 })
  })

  test('run low below the number that was set, promised ones not counted', () => {
    const carton = makeCarton({ warnBelow: 10 })
    expect(runsLow({ carton, onHand: 14, reserved: 4 })).toBe(false)
    expect(runsLow({ carton, onHand: 14, reserved: 5 })).toBe(true)
    expect(runsLow({ carton: makeCarton(), onHand: 19, reserved: 0 })).toBe(true)
    expect(freeCartons({ onHand: 1, reserved: 3 })).toBe(0)
  })

  test('are written as a file that reads back as the same', async () => {
    const shop = await openTestShop()
    await saveCarton(shop.workshop, shop.caller, {
      carton: makeCarton({ code: 'W', warnBelow: 3, insulated: true }),
      onHand: 7,
    })
    const before = await shop.store.loadCartons()
    const { csv, rows } = await exportCartons(shop.workshop, { delimiter: ',', decimal: '.', plainCodes: true })
    expect(rows).toBe(before.length)
    const counts = await importCartons(shop.workshop, shop.caller, new TextEncoder().encode(csv))
    expect(counts).toEqual({ new: 0, changed: 0, unchanged: before.length })
    expect(await shop.store.loadCartons()).toEqual(before)
  })

  test("their stock is nobody else's business: neither the storefront nor a plan hears of the warning", async () => {
    const shop = await openTestShop()
    const [row] = await shop.store.loadCartons()
    if (!row) throw new Error('the test shop has cartons')
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const rules = await packagingRules(shop.workshop)
    const waveId = await planned(shop)
    const steps = (await load(shop, waveId)).wave.steps
    await saveCarton(shop.workshop, shop.caller, { carton: { ...row.carton, warnBelow: 77 } })
    expect(await packagingRules(shop.workshop)).toEqual(rules)
    const { planWave } = await import('../../../src-main/application/run-wave.ts')
    await planWave(shop.workshop, shop.caller, waveId)
    expect((await load(shop, waveId)).wave.steps).toEqual(steps)
  })
})

describe('which cartons a shop should own', () => {
  const wish = { days: 30, perKgMinor: 60, sizes: [] }

  test("orders of the period are planned anew, and every figure is the planner's", async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [
      ...Array.from({ length: 6 }, () => storefrontOrder({ TEA: 1 })),
      storefrontOrder({ MUG: 3 }),
      storefrontOrder({ PAINT: 1, TEA: 1 }),
    ])
    const advice = await adviseCartons(shop.workshop, shop.caller, wish)
    expect(advice).toMatchObject({ orders: 8, left: 0, isCut: false })
    const { owned, sets } = advice
    expect(owned.parcels).toBeGreaterThanOrEqual(8)
    expect(owned.cartons.reduce((sum, { count }) => sum + count, 0)).toBe(owned.parcels)
    expect(owned.cartonMinor).toBe(owned.cartons.reduce((sum, { count, costMinor }) => sum + count * costMinor, 0))
    expect(sets.length).toBeGreaterThan(2)
    const names = sets.map(({ cartons }) => cartons.map(({ code }) => code).join())
    expect(new Set(names).size).toBe(sets.length)
    // Six orders of one packet of tea fly in a carton that is made for more: something smaller is cheaper.
    const total = (set: typeof owned): number => set.cartonMinor + set.postageMinor
    expect(Math.min(...sets.filter(({ unpacked }) => unpacked === 0).map(total))).toBeLessThan(total(owned))
    expect(shop.progress.some(({ step }) => step === 'advise-cartons')).toBe(true)
  })

  test('a size that somebody asks about is tried too', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const { sizeMm } = (await shop.store.findProduct('TEA'))?.product ?? {}
    if (!sizeMm) throw new Error('tea has a size')
    const [length, width, height] = sizeMm.toSorted((a, b) => b - a)
    const exact = [length ?? 1, width ?? 1, height ?? 1] as const
    const advice = await adviseCartons(shop.workshop, shop.caller, { ...wish, sizes: [exact] })
    expect(advice.sets.some(({ cartons }) => cartons.some(({ code }) => code === exact.join('x')))).toBe(true)
  })

  test('without an order in the period it says so; somebody may stop it', async () => {
    const shop = await openTestShop()
    await expect(adviseCartons(shop.workshop, shop.caller, wish)).rejects.toMatchObject({ code: 'ERR_ORDERS_NONE' })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    shop.cancel()
    await expect(adviseCartons(shop.workshop, shop.caller, wish)).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
  })
})
