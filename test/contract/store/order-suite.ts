import { expect, test } from 'vitest'
import type { FulfilmentStatus } from '../../../src-main/domain/fulfilment.ts'
import { makeAudit, makeConnection, makeLine, makeOrder, makeUser, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeEvent, makeReportMessage } from '../../fixtures/wave-builders.ts'
import { everything, importOf, type MakeStore, openShop, placeOrder, planOne, promise, refusal } from './shop.ts'

export function orderSuite(makeStore: MakeStore): void {
  importTests(makeStore)
  listTests(makeStore)
  changeTests(makeStore)
}

function importTests(makeStore: MakeStore): void {
  test('an import saves orders, users, events and reports, and moves the cursor', async () => {
    const store = await openShop(makeStore)
    const order = makeOrder()
    const user = makeUser({ userId: order.userId, locale: 'ja' })
    const event = makeEvent({ orderId: order.id, status: 'received' })
    const report = makeReportMessage({ orderId: order.id, kind: 'received' })
    const batch = importOf([order], { orderCursor: 'cursor-7', users: [user], events: [event], reports: [report] })
    await store.upsertImportedOrders(batch)
    expect(await store.findOrder(order.id)).toEqual({ order, parcels: [], events: [event], reports: [report] })
    expect(await store.findUser(order.userId)).toEqual(user)
    expect(await store.loadConnections()).toMatchObject([{ id: 'connection', orderCursor: 'cursor-7' }])
  })

  test('the same external order again is the same order, under the id and code it has', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store, { externalId: 'E-1' })
    const again = makeOrder({ externalId: 'E-1', contentHash: 'changed' })
    await store.upsertImportedOrders(importOf([again]))
    const page = await store.listOrders(everything)
    expect(page.rows.map((row) => row.order)).toEqual([{ ...again, id: order.id, code: order.code }])
  })

  test('two storefronts may name an order alike', async () => {
    const store = await openShop(makeStore)
    await store.saveConnection(makeConnection({ id: 'other' }), makeAudit())
    const here = await placeOrder(store, { externalId: 'E-1' })
    const there = makeOrder({ externalId: 'E-1', connectionId: 'other' })
    await store.upsertImportedOrders(importOf([there], { connectionId: 'other' }))
    expect(await store.findImported('connection', ['E-1', 'E-2'])).toEqual([here])
    expect(await store.findImported('other', ['E-1'])).toEqual([there])
    expect(await store.findImported('other', [])).toEqual([])
  })

  test('orders read by name move no cursor, and keep what the storefront said of them', async () => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([makeOrder()], { orderCursor: 'cursor-7' }))
    const order = makeOrder({ externalId: 'E-9', said: { status: 'on-hold', changedAt: testNow } })
    await store.upsertImportedOrders(importOf([order], { orderCursor: undefined }))
    expect(await store.findImported('connection', ['E-9'])).toEqual([order])
    expect(await store.loadConnections()).toMatchObject([{ id: 'connection', orderCursor: 'cursor-7' }])
  })

  test('orders in house are those of one storefront that wait or are worked on', async () => {
    const store = await openShop(makeStore)
    await store.saveConnection(makeConnection({ id: 'other' }), makeAudit())
    const statuses: readonly FulfilmentStatus[] = ['received', 'on-hold', 'planned', 'picking', 'packed', 'handed-over', 'delivered', 'cancelled'] // prettier-ignore
    const orders = statuses.map((status) => makeOrder({ externalId: status, status }))
    await store.upsertImportedOrders(importOf(orders))
    await store.upsertImportedOrders(importOf([makeOrder({ connectionId: 'other' })], { connectionId: 'other' }))
    const found = await store.findOrdersInHouse('connection')
    expect(found.map(({ status }) => status).toSorted()).toEqual(['on-hold', 'packed', 'picking', 'planned', 'received']) // prettier-ignore
  })

  test('an import for a storefront that is not there leaves nothing behind', async () => {
    const store = await openShop(makeStore)
    const batch = importOf([makeOrder()], { connectionId: 'nobody', users: [makeUser({ userId: 'new' })] })
    await expect(store.upsertImportedOrders(batch)).rejects.toMatchObject(refusal('ERR_STOREFRONT_NOT_FOUND'))
    expect((await store.listOrders(everything)).total).toBe(0)
    expect(await store.findUser('new')).toBeUndefined()
  })

  test('order numbers run from 1 for each day and are never given twice', async () => {
    const store = await makeStore()
    const numbers = await Promise.all([1, 2, 3].map(() => store.nextOrderNumber('326')))
    expect(numbers.toSorted()).toEqual([1, 2, 3])
    expect(await store.nextOrderNumber('326')).toBe(4)
    expect(await store.nextOrderNumber('327')).toBe(1)
  })

  test('an order is found by id and by short code, a stranger is not', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store, { code: '326-01' })
    expect((await store.findOrder(order.id))?.order).toEqual(order)
    expect((await store.findOrder('326-01'))?.order).toEqual(order)
    expect(await store.findOrder('326-99')).toBeUndefined()
    expect(await store.findUser('nobody')).toBeUndefined()
  })
}

function listTests(makeStore: MakeStore): void {
  const openOrders = async () => {
    const store = await openShop(makeStore)
    const orders = [
      makeOrder({
        id: 'o-1',
        code: '326-03',
        placedAt: testNow,
        status: 'packed',
        lines: [makeLine({ quantity: 4, withdrawn: 1 })],
      }),
      makeOrder({
        id: 'o-2',
        code: '326-02',
        placedAt: testNow + 2,
        status: 'received',
        lines: [makeLine({ sku: 'CUP', gtin: '2000000000039', name: 'Émail cup' })],
      }),
      makeOrder({ id: 'o-3', code: '326-01', placedAt: testNow + 1, status: 'delivered' }),
      makeOrder({ id: 'o-4', code: '325-09', placedAt: testNow + 1, status: 'planned' }),
    ]
    const searchTokens = [
      { orderId: 'o-1', tokens: ['smith', 'anna'] },
      { orderId: 'o-2', tokens: ['smith', 'bert'] },
    ]
    await store.upsertImportedOrders(importOf(orders, { searchTokens }))
    return {
      store,
      list: async (query: object) => {
        const page = await store.listOrders({ ...everything, ...query })
        return page.rows.map((row) => row.order.id)
      },
    }
  }

  test('orders come newest first, ties by id, or as asked', async () => {
    const { list } = await openOrders()
    expect(await list({})).toEqual(['o-2', 'o-3', 'o-4', 'o-1'])
    expect(await list({ sort: 'placed', descending: false })).toEqual(['o-1', 'o-3', 'o-4', 'o-2'])
    expect(await list({ sort: 'code' })).toEqual(['o-4', 'o-3', 'o-2', 'o-1'])
    expect((await list({ sort: 'pieces', descending: true }))[0]).toBe('o-1')
  })

  test('orders sort by status in the order in which statuses follow each other', async () => {
    const { list } = await openOrders()
    expect(await list({ sort: 'status' })).toEqual(['o-2', 'o-4', 'o-1', 'o-3'])
  })

  test('a row counts the pieces that are still to be sent', async () => {
    const { store } = await openOrders()
    const page = await store.listOrders({ ...everything, search: '326-03' })
    expect(page).toMatchObject({ total: 1, rows: [{ parcelCount: 0, pieces: 3 }] })
  })

  test('a row counts the parcels that are not cancelled', async () => {
    const store = await openShop(makeStore)
    const { order, parcel } = await planOne(store)
    expect((await store.listOrders(everything)).rows).toMatchObject([{ parcelCount: 1 }])
    const cancelled = { ...parcel, status: 'cancelled' as const }
    await store.saveOrderChange(changeOf({ orders: [order], parcels: [cancelled] }))
    expect((await store.listOrders(everything)).rows).toMatchObject([{ parcelCount: 0 }])
  })

  test.each([
    ['its code', '326-02', ['o-2']],
    ['a SKU', 'cup', ['o-2']],
    ['a GTIN', '2000000000039', ['o-2']],
    ['a product name without accents', 'EMAIL', ['o-2']],
  ])('an order is searched by %s', async (_title, search, ids) => {
    const { list } = await openOrders()
    expect(await list({ search })).toEqual(ids)
  })

  test('orders are narrowed by status and by blind-index tokens, all of which they must carry', async () => {
    const { list, store } = await openOrders()
    const status: FulfilmentStatus[] = ['packed', 'delivered']
    expect(await list({ status })).toEqual(['o-3', 'o-1'])
    expect(await list({ tokens: ['smith'] })).toEqual(['o-2', 'o-1'])
    expect(await list({ tokens: ['smith', 'anna'] })).toEqual(['o-1'])
    expect(await list({ tokens: ['anna'], status: ['received'] })).toEqual([])
    const page = await store.listOrders({ offset: 1, limit: 1, tokens: ['smith'] })
    expect(page).toMatchObject({ total: 2, rows: [{ order: { id: 'o-1' } }] })
  })

  test('tokens saved again replace those an order had', async () => {
    const { store, list } = await openOrders()
    await store.upsertImportedOrders(importOf([], { searchTokens: [{ orderId: 'o-1', tokens: ['jones'] }] }))
    expect(await list({ tokens: ['smith'] })).toEqual(['o-2'])
    expect(await list({ tokens: ['jones'] })).toEqual(['o-1'])
  })
}

type Change = Parameters<Awaited<ReturnType<MakeStore>>['saveOrderChange']>[0]

const changeOf = (given: Partial<Change>): Change => ({
  orders: [],
  parcels: [],
  events: [],
  reports: [],
  movements: [],
  audit: makeAudit(),
  ...given,
})

function changeTests(makeStore: MakeStore): void {
  test('a change saves order, parcels, event, report and movements together', async () => {
    const store = await openShop(makeStore)
    const { order, parcel } = await planOne(store)
    const changed = { ...order, status: 'cancelled' as const }
    const ended = { ...parcel, status: 'cancelled' as const }
    const event = makeEvent({ orderId: order.id, parcelId: parcel.id, status: 'cancelled', reason: 'by-hand' })
    const report = makeReportMessage({ orderId: order.id, kind: 'cancelled' })
    await store.saveOrderChange(
      changeOf({ orders: [changed], parcels: [ended], events: [event], reports: [report], movements: [promise(2)] }),
    )
    const file = { order: changed, parcels: [ended], events: [event], reports: [report] }
    expect(await store.findOrder(order.id)).toEqual(file)
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ reserved: 2 }])
  })

  test('a change whose stock is refused leaves order, events and reports as they were', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const change = changeOf({
      orders: [{ ...order, status: 'on-hold' }],
      events: [makeEvent({ orderId: order.id })],
      reports: [makeReportMessage({ orderId: order.id })],
      movements: [promise(11)],
    })
    await expect(store.saveOrderChange(change)).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
    expect(await store.findOrder(order.id)).toEqual({ order, parcels: [], events: [], reports: [] })
  })

  test('an order shows its events in the order of their time and its reports in that of their sequence', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const late = makeEvent({ orderId: order.id, at: testNow + 5, status: 'received' })
    const early = makeEvent({ orderId: order.id, at: testNow + 1, status: 'on-hold' })
    const reports = [2, 1].map((sequence) => makeReportMessage({ orderId: order.id, sequence }))
    await store.saveOrderChange(changeOf({ events: [late, early], reports }))
    const file = await store.findOrder(order.id)
    expect(file?.events).toEqual([early, late])
    expect(file?.reports).toEqual(reports.toReversed())
  })

  test('orders that carry on another come with their parcels, the oldest first', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const follow = (why: 'rest' | 'split', placedAt: number) =>
      placeOrder(store, { placedAt, follows: { orderId: order.id, why } })
    const late = await follow('split', testNow + 9)
    const early = await follow('rest', testNow + 1)
    expect(await store.findFollowers(order.id)).toEqual([
      { order: early, parcels: [] },
      { order: late, parcels: [] },
    ])
    expect(await store.findFollowers(early.id)).toEqual([])
    expect((await store.findOrder(early.id))?.order.follows).toEqual({ orderId: order.id, why: 'rest' })
  })

  test('papers that a change makes void keep the moment in which they first were', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const label = makeDocument({ kind: 'label', subjectId: order.id })
    await store.saveDocument(label, makeAudit())
    for (const at of [testNow + 1, testNow + 2])
      await store.saveOrderChange(changeOf({ withdrawn: { documentIds: [label.id], at } }))
    expect((await store.getDocument(label.id)).withdrawnAt).toBe(testNow + 1)
    const unknown = store.saveOrderChange(changeOf({ withdrawn: { documentIds: ['nothing'], at: testNow } }))
    await expect(unknown).rejects.toMatchObject(refusal('ERR_DOCUMENT_NOT_FOUND'))
  })

  test('the last report sequence of an order is 0 at first, then the highest that was saved', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const other = await placeOrder(store)
    expect(await store.lastReportSequence(order.id)).toBe(0)
    const reports = [1, 2].map((sequence) => makeReportMessage({ orderId: order.id, sequence }))
    await store.saveOrderChange(changeOf({ orders: [order], reports }))
    await store.saveMessage({ ...reports[1]!, state: 'sent', attempts: 1 })
    expect(await store.lastReportSequence(order.id)).toBe(2)
    expect(await store.lastReportSequence(other.id)).toBe(0)
  })
}
