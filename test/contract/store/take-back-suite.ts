import { expect, test } from 'vitest'
import type { Order } from '../../../src-main/domain/order.ts'
import { stateOf, type TakeBack } from '../../../src-main/domain/take-back.ts'
import type { UndoChange } from '../../../src-main/ports/store/order-store.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import { makeAudit, testId, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeStep } from '../../fixtures/wave-builders.ts'
import { importOf, type MakeStore, openShop, placeOrder, planOne, refusal, startWave } from './shop.ts'

const sealed = { wrappedKey: 'key of before', ciphertext: 'address of before' }

const nothing = { orders: [], parcels: [], events: [], reports: [], movements: [] }

const save = (store: Store, undo: UndoChange): Promise<void> =>
  store.saveOrderChange({ ...nothing, undo, audit: makeAudit() })

const former = (orders: readonly Order[], given: Partial<TakeBack> = {}): TakeBack => ({
  id: testId('take-back'),
  deed: 'merge-orders',
  at: testNow,
  until: testNow + 1000,
  messageIds: [],
  orders: orders.map((order) => ({ orderId: order.id, mark: `mark of ${order.code}`, state: stateOf(order) })),
  ...given,
})

const moved = (order: Order, given: Partial<TakeBack> = {}): TakeBack =>
  former([], { deed: 'change-address', orders: [{ orderId: order.id, mark: 'to', personal: sealed }], ...given })

export function takeBackSuite(makeStore: MakeStore): void {
  test('what an order was is found by each order it is about, with its former recipient as it lay sealed', async () => {
    const store = await openShop(makeStore)
    const [one, two, three] = [await placeOrder(store), await placeOrder(store), await placeOrder(store)]
    const kept = former([one, two])
    const address = moved(three)
    await save(store, { kept })
    await store.upsertImportedOrders(importOf([three], { undo: { kept: address } }))
    expect([await store.findTakeBack(one.id), await store.findTakeBack(two.id)]).toEqual([kept, kept])
    expect(await store.findTakeBack(three.id)).toEqual(address)
    expect(await store.findTakeBack('nobody')).toBeUndefined()
    expect((await store.findOrder(three.id))?.order.personal).toEqual(three.personal)
  })

  test('it is forgotten when it is used, with the next change of one of its orders, and when its time is past', async () => {
    const store = await openShop(makeStore)
    const [one, two, three] = [await placeOrder(store), await placeOrder(store), await placeOrder(store)]
    const first = former([one, two])
    await save(store, { kept: first })
    const second = former([two], { until: testNow + 500 })
    await save(store, { kept: second })
    expect([await store.findTakeBack(one.id), await store.findTakeBack(two.id)]).toEqual([undefined, second])
    await save(store, { kept: former([three], { at: second.until, until: second.until + 1 }) })
    expect(await store.findTakeBack(two.id)).toBeUndefined()
    await store.forgetTakeBacks(second.until)
    expect(await store.findTakeBack(three.id)).toBeDefined()
    await store.forgetTakeBacks(second.until + 1)
    expect(await store.findTakeBack(three.id)).toBeUndefined()
    await save(store, { kept: first })
    await save(store, { used: first.id })
    expect(await store.findTakeBack(one.id)).toBeUndefined()
  })

  test('a former recipient ends with the order’s own, and with its person also while the order is on its way', async () => {
    const store = await openShop(makeStore)
    const [purged, open] = [await placeOrder(store), await placeOrder(store)]
    for (const order of [purged, open]) await save(store, { kept: moved(order) })
    await store.purgeOrders([purged.id], makeAudit())
    expect(await store.findTakeBack(purged.id)).toBeUndefined()
    await store.eraseUser(open.userId, makeAudit(), { keepsOpenOrders: true })
    expect(await store.findTakeBack(open.id)).toBeUndefined()
    expect((await store.findOrder(open.id))?.order.personal).toBeDefined()
  })

  test('a former recipient follows a new shop key', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    await save(store, { kept: moved(order) })
    await store.rewrapSealed((owner, key) => `${owner} ${key}`, makeAudit())
    const wrapped = (await store.findTakeBack(order.id))?.orders[0]?.personal?.wrappedKey
    expect(wrapped).toBe(`${order.id} ${sealed.wrappedKey}`)
  })

  test('an order comes back into its wave, which lives again, and its papers count again', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const label = makeDocument({ kind: 'label', subjectId: parcel.id })
    const step = makeStep({ step: 'issue-labels' })
    await store.saveIssuedDocuments({ waveId: wave.id, stage: 'issued', step, documents: [label], withdrawn: [], withdrawnAt: testNow, audit: makeAudit() }) // prettier-ignore
    const floor = { waveId: wave.id, tours: [], ...nothing, audit: makeAudit() }
    await store.saveFloorWork({ ...floor, stage: 'closed', withdrawn: { documentIds: [label.id], at: testNow } })
    expect((await store.loadWave(wave.id)).documents).toEqual([])
    await store.saveFloorWork({ ...floor, stage: 'issued', restored: { orderIds: [order.id], documentIds: [label.id] } }) // prettier-ignore
    const bundle = await store.loadWave(wave.id)
    expect(bundle.wave.stage).toBe('issued')
    expect(bundle.documents).toEqual([label])
    // Another wave cannot have what lives in this one.
    await expect(startWave(store, [order])).rejects.toMatchObject(refusal('ERR_STATUS_NOT_ALLOWED'))
  })
}
