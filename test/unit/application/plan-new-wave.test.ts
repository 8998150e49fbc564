import { afterAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { listPlannable } from '../../../src-main/application/list-plannable.ts'
import { planNewWave } from '../../../src-main/application/plan-new-wave.ts'
import { createWave, planWave } from '../../../src-main/application/run-wave.ts'
import type { Planners } from '../../../src-main/ports/planners.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

async function shopWithOrders() {
  const shop = await openTestShop({ makeStore: async () => memoryStore() })
  const orders = await takeOrders(shop, [storefrontOrder({ TEA: 2 }), storefrontOrder({ MUG: 1, TEA: 1 })])
  return { shop, orderIds: orders.map(({ id }) => id) }
}

describe('planning a new wave', () => {
  test.each(['pack', 'batches', 'tours'] as const)(
    'leaves no wave and every order as it was when it is cancelled while it asks for %s',
    async (question) => {
      const { shop, orderIds } = await shopWithOrders()
      const { planners } = shop.workshop
      const before = shop.written()
      const cancelling: Planners = {
        ...planners,
        [question](...asked: [never, never]) {
          shop.cancel()
          return planners[question](...asked)
        },
      }
      const planned = planNewWave({ ...shop.workshop, planners: cancelling }, shop.caller, { orderIds })
      await expect(planned).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
      expect(shop.written().slice(before.length)).not.toMatch(/save|create/)
      expect((await shop.store.listWaves({ offset: 0, limit: 10 })).total).toBe(0)
      expect((await listPlannable(shop.workshop)).orders.map(({ id }) => id).toSorted()).toEqual(orderIds.toSorted())
    },
  )

  test('asks each long question once, and makes the plan that its steps make one by one', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const asked: string[] = []
    const { planners } = shop.workshop
    const counting: Planners = {
      ...planners,
      pack: (problem, options) => (asked.push('pack'), planners.pack(problem, options)),
      batches: (problems, options) => (asked.push('batches'), planners.batches(problems, options)),
      tours: (problems, options) => (asked.push('tours'), planners.tours(problems, options)),
    }
    const wave = await planNewWave({ ...shop.workshop, planners: counting }, shop.caller, { orderIds })
    expect(asked).toEqual(['pack', 'batches', 'tours'])
    const { parcels, tours } = await load(shop, wave.id)

    const other = await shopWithOrders()
    const twin = await createWave(other.shop.workshop, other.shop.caller, { orderIds: other.orderIds })
    await planWave(other.shop.workshop, other.shop.caller, twin.id)
    const stepByStep = await load(other.shop, twin.id)
    expect(parcels.map(({ carton, contents }) => [carton, contents.length])).toEqual(
      stepByStep.parcels.map(({ carton, contents }) => [carton, contents.length]),
    )
    expect(tours.map(({ lengthMm, stops }) => [lengthMm, stops.map(({ location }) => location)])).toEqual(
      stepByStep.tours.map(({ lengthMm, stops }) => [lengthMm, stops.map(({ location }) => location)]),
    )
  })

  test('tells how far the walks are in steps that rise to the whole, from inside the search for batches on', async () => {
    const { shop, orderIds } = await shopWithOrders()
    const { planners } = shop.workshop
    const telling: Planners = {
      ...planners,
      batches(problems, options) {
        for (const done of [25, 50, 100]) options?.onProgress?.(done, 100)
        return planners.batches(problems, { ...options, onProgress: undefined })
      },
    }
    await planNewWave({ ...shop.workshop, planners: telling }, shop.caller, { orderIds })
    const told = shop.progress.filter(({ step }) => step === 'plan-pick-tour')
    expect(told.map(({ done }) => done)).toEqual([22, 45, 90, 100])
    expect(told.every(({ total }) => total === 100)).toBe(true)
  })
})
