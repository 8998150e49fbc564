import { afterAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { compareCartons } from '../../../src-main/application/compare-cartons.ts'
import { listPlannable } from '../../../src-main/application/list-plannable.ts'
import { wavePreviews } from '../../../src-main/application/preview-wave.ts'
import { rememberPacking } from '../../../src-main/application/remember-packing.ts'
import { createWave, planWave } from '../../../src-main/application/run-wave.ts'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import type { PackingProblem, PackingResult, Planners } from '../../../src-main/ports/planners.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const baskets: readonly Readonly<Record<string, number>>[] = [
  { TEA: 2 },
  { MUG: 1, TEA: 1 },
  { PAINT: 1, TEA: 3 },
  { MUG: 3 },
  { TEA: 2 },
]

async function shopWithOrders() {
  const shop = await openTestShop({ makeStore: async () => memoryStore() })
  const orders = await takeOrders(
    shop,
    baskets.map((basket) => storefrontOrder(basket)),
  )
  return { shop, orderIds: orders.map((order) => order.id) }
}

/** Counts the orders that really went to the planner. */
function counting(planners: Planners) {
  const packed: string[] = []
  const pack: Planners['pack'] = (problem, options) => {
    packed.push(...problem.orders.map((order) => order.id))
    return planners.pack(problem, options)
  }
  return { packed, planners: { ...planners, pack } }
}

/** What of a parcel does not depend on when its id was made. */
const lasting = (parcels: readonly Parcel[]) =>
  parcels
    .map(({ id: _id, waveId: _wave, number: _number, sequence: _seq, routingCode: _code, ...rest }) => rest)
    .toSorted((a, b) => `${a.orderCode}${a.letter}`.localeCompare(`${b.orderCode}${b.letter}`))

const previewAll = (shop: TestShop, orderIds: readonly string[]) =>
  wavePreviews(shop.workshop).preview(shop.caller, { orderIds, details: orderIds })

describe('looking at a plan before it is one', () => {
  test('shows the very parcels and walks that planning the wave then makes, and writes nothing', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const before = shop.written()
    const preview = await previewAll(shop, orderIds)
    expect(shop.written().slice(before.length)).not.toMatch(/save|create/)
    const wave = await createWave(shop.workshop, shop.caller, { orderIds })
    await planWave(shop.workshop, shop.caller, wave.id)
    const planned = await load(shop, wave.id)
    expect(lasting(preview.orders.flatMap((order) => order.parcels ?? []))).toEqual(lasting(planned.parcels))
    expect(preview.totals).toMatchObject({
      orders: baskets.length,
      parcels: planned.parcels.length,
      tours: planned.tours.length,
      lengthMm: planned.tours.reduce((sum, tour) => sum + tour.lengthMm, 0),
    })
    expect(preview.totals.minutes).toBeGreaterThan(0)
    expect(preview.totals.cartonMinor).toBeGreaterThan(0)
  })

  test('one tick more plans one order more', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const { packed, planners } = counting(shop.workshop.planners)
    const previews = wavePreviews({ ...shop.workshop, planners })
    await previews.preview(shop.caller, { orderIds: orderIds.slice(0, 3), details: [] })
    expect(packed).toHaveLength(3)
    const more = await previews.preview(shop.caller, { orderIds: orderIds.slice(0, 4), details: [] })
    expect(packed).toHaveLength(4)
    expect(more.totals.orders).toBe(4)
    // The last basket is the first one's again.
    await previews.preview(shop.caller, { orderIds, details: [] })
    expect(packed).toHaveLength(4)
    expect(more.orders.every((order) => order.parcels === undefined)).toBe(true)
  })

  test('says what cannot be planned and why, and counts the rest', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const [tooMany] = await takeOrders(shop, [storefrontOrder({ MUG: 500 })])
    const preview = await previewAll(shop, [...orderIds, tooMany?.id ?? ''])
    expect(preview.unplanned).toMatchObject([{ orderId: tooMany?.id, reasons: [{ code: 'stock-short' }] }])
    expect(preview.totals.orders).toBe(baskets.length)
  })

  test('what waits for a person is told beside what can be planned, with what keeps it', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const [nameless] = await takeOrders(shop, [storefrontOrder({ NOBODY: 1 })])
    const { orders, waiting, onHold, held } = await listPlannable(shop.workshop)
    expect(orders.map(({ id }) => id).toSorted()).toEqual(orderIds.toSorted())
    expect([waiting, onHold]).toEqual([orderIds.length, 1])
    expect(held).toEqual([
      {
        orderId: nameless?.id,
        orderCode: nameless?.code,
        reasons: [{ code: 'unknown-sku', facts: { sku: 'NOBODY' } }],
      },
    ])
  })

  test('orders that another wave has taken are left out, and so is what nobody knows', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const wave = await createWave(shop.workshop, shop.caller, { orderIds: orderIds.slice(0, 2) })
    await planWave(shop.workshop, shop.caller, wave.id)
    const left = orderIds.slice(2).toSorted()
    expect((await listPlannable(shop.workshop)).orders.map(({ id }) => id).toSorted()).toEqual(left)
    const preview = await previewAll(shop, [...orderIds, 'nobody'])
    expect(preview.orders.map(({ orderId }) => orderId).toSorted()).toEqual(left)
  })

  test('is given up when the person ticks on', async () => {
    const { shop, orderIds } = await shopWithOrders()
    shop.cancel()
    await expect(previewAll(shop, orderIds)).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
  })

  test('tries the pieces of a parcel in each carton and says why those that are no good are not', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const [first] = (await previewAll(shop, orderIds)).orders
    const [parcel] = first?.parcels ?? []
    const contents = (parcel?.contents ?? []).map(({ sku, quantity }) => ({ sku, quantity }))
    const verdicts = await compareCartons(shop.workshop, shop.caller, { order: orderIds[0] ?? '', contents })
    expect(verdicts).toHaveLength((await shop.store.loadCartons()).length)
    expect(verdicts.find(({ code }) => code === parcel?.carton)).toMatchObject({ fits: true, reason: undefined })
    const none = await compareCartons(shop.workshop, shop.caller, {
      order: orderIds[0] ?? '',
      contents: [{ sku: 'MUG', quantity: 400 }],
    })
    expect(none.every(({ fits, reason }) => !fits && reason !== undefined)).toBe(true)
  })
})

describe('remembered packing', () => {
  test('shares scarce cartons out as the planner does: earlier orders first', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const problems: PackingProblem[] = []
    const pack: Planners['pack'] = (problem, options) => {
      problems.push(problem)
      return shop.workshop.planners.pack(problem, options)
    }
    const wave = await createWave(shop.workshop, shop.caller, { orderIds })
    await planWave({ ...shop.workshop, planners: { ...shop.workshop.planners, pack } }, shop.caller, wave.id)
    expect(problems.length).toBeGreaterThan(0)
    // How many cartons there were is told as of the order's own turn.
    const plain = (orders: PackingResult['orders']) =>
      orders.map(({ ms: _ms, unpacked, ...order }) => ({
        ...order,
        unpacked: unpacked.map(({ facts: _facts, ...item }) => item),
      }))
    for (const problem of problems)
      for (const available of [1, 2, 3, 4]) {
        const scarce = { ...problem, cartons: problem.cartons.map((carton) => ({ ...carton, available })) }
        const [mine, theirs] = await Promise.all([
          rememberPacking(shop.workshop.planners).pack(scarce, { seed: 1 }),
          shop.workshop.planners.pack(scarce, { seed: 1 }),
        ])
        expect(plain(mine.orders)).toEqual(plain(theirs.orders))
      }
  })
})
