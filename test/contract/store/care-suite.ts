import { expect, test } from 'vitest'
import type { FulfilmentStatus } from '../../../src-main/domain/fulfilment.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import { makeAudit, makeUser, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeEvent } from '../../fixtures/wave-builders.ts'
import { everything, importOf, type MakeStore, openShop, parcelOf, parcelPlan, placeOrder, startWave } from './shop.ts'

/** What keeps personal data safe beside their end: silent couriers, stray papers, one person's file, a new key. */
export function careSuite(makeStore: MakeStore): void {
  unreportedTests(makeStore)
  personTests(makeStore)

  test('papers that no record names, and those of purged orders, are stray; all others stay', async () => {
    const store = await openShop(makeStore)
    const [kept, purged] = [await placeOrder(store), await placeOrder(store)]
    const [label, slip, sheet] = [
      makeDocument({ kind: 'slip', subjectId: kept.id, text: undefined }),
      makeDocument({ kind: 'slip', subjectId: purged.id, text: undefined }),
      makeDocument({ kind: 'pick-sheet', subjectId: purged.id, text: undefined }),
    ]
    for (const document of [label, slip, sheet]) await store.saveDocument(document, makeAudit())
    await store.purgeOrders([purged.id], makeAudit())
    const unknown = '01234567-89ab-7cde-8f01-23456789abcd'
    expect(await store.findStrayPapers([label.id, sheet.id, unknown, slip.id])).toEqual([slip.id, unknown].sort())
    expect(await store.findStrayPapers([])).toEqual([])
  })

  test('every data key is wrapped anew, or none where one does not fit', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store, { personal: { wrappedKey: 'old-order', ciphertext: 'c' } })
    await store.upsertImportedOrders(
      importOf([], { users: [makeUser({ userId: 'anna', personal: { wrappedKey: 'old-user', ciphertext: 'c' } })] }),
    )
    const broken = store.rewrapSealed((ownerId, wrapped) => {
      if (ownerId === 'anna') throw new Error('does not fit')
      return `new ${wrapped}`
    }, makeAudit())
    await expect(broken).rejects.toThrow('does not fit')
    expect((await store.findOrder(order.id))?.order.personal?.wrappedKey).toBe('old-order')
    const seen: string[] = []
    const count = await store.rewrapSealed(
      (ownerId, wrapped) => {
        seen.push(ownerId)
        return `new ${wrapped}`
      },
      makeAudit({ action: 'change-shop-key' }),
    )
    expect(count).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining([order.id, 'anna', 'connection']))
    expect((await store.findOrder(order.id))?.order.personal).toEqual({ wrappedKey: 'new old-order', ciphertext: 'c' })
    expect((await store.findUser('anna'))?.personal?.wrappedKey).toBe('new old-user')
    expect((await store.listAudit({ ...everything, search: 'change-shop-key' })).total).toBe(1)
  })

  test('the audit log is also read by what was done', async () => {
    const store = await makeStore()
    for (const action of ['look', 'plan', 'look']) await store.saveAudit(makeAudit({ action, actor: 'staff:pat' }))
    await store.saveAudit(makeAudit({ action: 'look', actor: 'cli:root' }))
    expect((await store.listAudit({ ...everything, actions: ['look'] })).total).toBe(3)
    expect((await store.listAudit({ ...everything, actions: ['look'], search: 'pat' })).total).toBe(2)
    expect((await store.listAudit({ ...everything, actions: [] })).total).toBe(0)
  })
}

function unreportedTests(makeStore: MakeStore): void {
  const before = testNow + 100
  const orderIn = async (store: Store, status: FulfilmentStatus, at: number): Promise<Order> => {
    const order = await placeOrder(store, { status, personal: { wrappedKey: 'k', ciphertext: 'c' } })
    const wave = await startWave(store, [order])
    const parcel = parcelOf(order, wave, { status: 'handed-over', letter: 'A', carrierCode: 'VAN' })
    const events = [makeEvent({ orderId: order.id, parcelId: parcel.id, status, at })]
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [parcel], events }))
    const rest = { reports: [], movements: [], audit: makeAudit() }
    await store.saveOrderChange({ orders: [{ ...order, status }], parcels: [parcel], events: [], ...rest })
    return order
  }

  test('orders of which nothing was heard for long are named, the oldest first, with the courier', async () => {
    const store = await openShop(makeStore)
    const later = await orderIn(store, 'handed-over', testNow + 50)
    const first = await orderIn(store, 'out-for-delivery', testNow)
    await orderIn(store, 'handed-over', before)
    await orderIn(store, 'delivered', testNow)
    expect(await store.findUnreported(before)).toEqual([
      { orderId: first.id, code: first.code, handedOverAt: testNow, carrier: 'VAN' },
      { orderId: later.id, code: later.code, handedOverAt: testNow + 50, carrier: 'VAN' },
    ])
    await store.purgeOrders([first.id], makeAudit())
    expect((await store.findUnreported(before)).map((one) => one.orderId)).toEqual([later.id])
  })
}

function personTests(makeStore: MakeStore): void {
  test('the orders of some users come newest first, purged ones too', async () => {
    const store = await openShop(makeStore)
    const old = await placeOrder(store, { userId: 'anna', placedAt: testNow })
    const young = await placeOrder(store, { userId: 'ben', placedAt: testNow + 1 })
    await placeOrder(store, { userId: 'user', placedAt: testNow + 2 })
    await store.purgeOrders([old.id], makeAudit())
    const ids = async (...users: string[]) => (await store.findOrdersOfUsers(users)).map((order) => order.id)
    expect(await ids('anna', 'ben')).toEqual([young.id, old.id])
    expect(await ids('nobody')).toEqual([])
  })

  test('users who share an e-mail address are found by its token, the first come first', async () => {
    const store = await openShop(makeStore)
    const user = (userId: string, identifiedAt: number, emailToken: string) =>
      makeUser({ userId, identifiedAt, emailToken })
    const users = [user('late', testNow + 5, 'token'), user('early', testNow, 'token'), user('other', testNow, 'else')]
    await store.upsertImportedOrders(importOf([], { users }))
    expect((await store.findUsersByEmail('token')).map((one) => one.userId)).toEqual(['early', 'late'])
    await store.eraseUser('early', makeAudit(), { keepsOpenOrders: false })
    expect((await store.findUsersByEmail('token')).map((one) => one.userId)).toEqual(['late'])
  })
}
