import { afterAll, describe, expect, test } from 'vitest'
import { checkFloor } from '../../../src-main/application/check-floor.ts'
import { saveFloor, type FloorChange } from '../../../src-main/application/save-floor.ts'
import { testTour, turnsOf } from '../../../src-main/application/test-tour.ts'
import { createWave, planWave } from '../../../src-main/application/run-wave.ts'
import { makeFloor, makeLocation } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const locations = [
  makeLocation({ code: 'A-1', place: [0, 1_500] }),
  makeLocation({ code: 'A-2', place: [0, 9_000] }),
  makeLocation({ code: 'B-1', place: [1, 4_000] }),
  makeLocation({ code: 'C-1', place: [2, 6_000] }),
]
const without = (code: string) => locations.filter((location) => location.code !== code)
const save = ({ workshop, caller }: TestShop, change: Partial<FloorChange>) =>
  saveFloor(workshop, caller, { floor: makeFloor(), locations, renamed: [], confirmed: false, action: 'save-floor', ...change }) // prettier-ignore
const stockAt = async ({ store }: TestShop, at: readonly string[]) =>
  (await store.loadStockByPlace({ at })).map(({ location, sku, onHand, reserved }) => `${location} ${sku} ${onHand}/${reserved}`) // prettier-ignore

describe('saving a floor', () => {
  test('names stock at places that are gone before anything is saved, and keeps it recorded there after', async () => {
    const shop = await openTestShop()
    const before = await stockAt(shop, ['B-1'])
    expect(before).toHaveLength(1)
    const check = await checkFloor(shop.workshop, { floor: makeFloor(), locations: without('B-1'), renamed: [] })
    expect(check).toMatchObject({ faults: [], left: [{ location: 'B-1', sku: 'MUG', wasDrawn: true }], leftCount: 1 })
    await expect(save(shop, { locations: without('B-1') })).rejects.toMatchObject({
      code: 'ERR_FLOOR_STOCK_LEFT',
      details: { count: 1, locations: ['B-1'] },
    })
    expect((await shop.store.findFloor())?.locations).toHaveLength(4)
    expect(await save(shop, { locations: without('B-1'), confirmed: true })).toMatchObject({ locations: 3, left: 1 })
    expect(await stockAt(shop, ['B-1'])).toEqual(before)
    // It lies off the floor by now: still named, but nobody is asked again.
    expect((await checkFloor(shop.workshop, { floor: makeFloor(), locations: without('B-1'), renamed: [] })).left).toMatchObject([{ wasDrawn: false }]) // prettier-ignore
    expect(await save(shop, { locations: without('B-1') })).toMatchObject({ left: 0 })
  })

  test('takes the stock of a renamed place along, but for pieces that a tour will look for under the old name', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ MUG: 2 })])
    const wave = await createWave(shop.workshop, shop.caller, {})
    await planWave(shop.workshop, shop.caller, wave.id)
    const [promised = ''] = await stockAt(shop, ['B-1'])
    const onHand = Number(/(\d+)\/2$/.exec(promised)?.[1])
    const moved = [...without('B-1'), makeLocation({ code: 'B-7', place: [1, 4_000] })]
    expect(await save(shop, { locations: moved, renamed: [{ from: 'B-1', to: 'B-7' }] })).toMatchObject({ left: 0 })
    expect(await stockAt(shop, ['B-1', 'B-7'])).toEqual(['B-1 MUG 2/2', `B-7 MUG ${onHand - 2}/0`])
    const wrong = save(shop, { locations: moved, renamed: [{ from: 'NEVER', to: 'B-7' }] })
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path: 'renamed.0' } })
  })

  test('two people who draw at once do not undo each other', async () => {
    const shop = await openTestShop()
    const { revision } = await save(shop, {})
    await save(shop, { revision, floor: makeFloor({ depot: [0, 500] }) })
    await expect(save(shop, { revision })).rejects.toMatchObject({ code: 'ERR_FLOOR_CHANGED_MEANWHILE' })
    expect(await save(shop, {})).toMatchObject({ revision })
  })

  test('says which waves keep their tours and which are planned again', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const wave = await createWave(shop.workshop, shop.caller, {})
    const ask = async () => (await checkFloor(shop.workshop, { floor: makeFloor(), locations, renamed: [] })).waves
    expect(await ask()).toEqual({ keep: [], planAgain: [] })
    await planWave(shop.workshop, shop.caller, wave.id)
    expect(await ask()).toEqual({ keep: [], planAgain: [wave.code] })
    const { tours } = await shop.store.loadWave(wave.id)
    const far = makeFloor({ aisleX: [0, 90_000], crossY: [0, 50_000] })
    await save(shop, { floor: far, locations: without('C-1'), confirmed: true })
    expect((await shop.store.loadWave(wave.id)).tours).toEqual(tours)
  })
})

describe('trying a tour out', () => {
  test('answers the shortest walk with its proof, and keeps nothing', async () => {
    const shop = await openTestShop()
    const tour = await testTour(shop.workshop, { locations: ['C-1', 'A-1', 'A-1', 'NEVER'] })
    expect(tour.stops.map(({ location }) => location)).toEqual(['A-1', 'C-1'])
    expect(tour).toMatchObject({ isOptimal: true, unknown: ['NEVER'], unreachable: [] })
    expect(tour.lowerBoundMm).toBe(tour.lengthMm)
    expect(tour.binOrderMm).toBeGreaterThanOrEqual(tour.lengthMm)
    expect(tour.turns).toBeGreaterThan(0)
    expect(tour.path[0]).toEqual([0, 0])
  })

  test('walks a drawing that is not saved, and names what it cannot walk to', async () => {
    const shop = await openTestShop()
    const floor = makeFloor({ missing: [{ cross: 0, afterAisle: 1 }, { cross: 1, afterAisle: 1 }] }) // prettier-ignore
    const tour = await testTour(shop.workshop, { drawn: { floor, locations }, locations: ['A-1', 'C-1'] })
    expect(tour).toMatchObject({ stops: [{ location: 'A-1' }], unreachable: ['C-1'] })
    const nowhere = { floor: makeFloor({ depot: [9, 0] }), locations }
    await expect(testTour(shop.workshop, { drawn: nowhere, locations: ['A-1'] })).rejects.toMatchObject({ code: 'ERR_FLOOR_LOCATION_OUTSIDE' }) // prettier-ignore
  })

  test('counts corners and about-turns, and no point twice', () => {
    expect(turnsOf([[0, 0], [0, 5], [0, 5], [0, 9], [4, 9], [2, 9]])).toBe(2) // prettier-ignore
    expect(turnsOf([])).toBe(0)
  })
})
