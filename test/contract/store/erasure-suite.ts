import { expect, test } from 'vitest'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import type { FulfilmentStatus, ParcelStatus } from '../../../src-main/domain/fulfilment.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import { makeAudit, makeUser, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeEvent, makeReportMessage, makeStep } from '../../fixtures/wave-builders.ts'
import {
  everything,
  importOf,
  type MakeStore,
  openShop,
  parcelOf,
  parcelPlan,
  placeOrder,
  planOne,
  startWave,
} from './shop.ts'

export function erasureSuite(makeStore: MakeStore): void {
  purgeableTests(makeStore)
  purgeTests(makeStore)
  leftoverTests(makeStore)
  eraseTests(makeStore)
}

function purgeableTests(makeStore: MakeStore): void {
  /** An order whose parcels ended (or did not) at the given times. */
  const orderWith = async (store: Store, parcels: readonly (readonly [ParcelStatus, number])[]): Promise<Order> => {
    const order = await placeOrder(store)
    const wave = await startWave(store, [order])
    const made = parcels.map(([status], at) => parcelOf(order, wave, { status, letter: 'ABC'[at] ?? 'Z' }))
    const events = parcels.map(([status, at], index) =>
      makeEvent({ orderId: order.id, parcelId: made[index]!.id, status, at }),
    )
    await store.savePlannedParcels(parcelPlan(wave, { parcels: made, events }))
    return order
  }
  const before = testNow + 100

  test('an order can be purged once its every parcel has ended before the time', async () => {
    const store = await openShop(makeStore)
    const over = await orderWith(store, [
      ['delivered', testNow],
      ['returned', testNow + 99],
      ['cancelled', testNow],
    ])
    await orderWith(store, [
      ['delivered', testNow],
      ['delivered', before],
    ])
    await orderWith(store, [
      ['delivered', testNow],
      ['failed', testNow],
    ])
    await orderWith(store, [['handed-over', testNow]])
    await placeOrder(store)
    expect(await store.findPurgeable(before)).toEqual([over.id])
    expect(await store.findPurgeable(testNow)).toEqual([])
  })

  test('an order cancelled before it was planned can be purged after its cancelling', async () => {
    const store = await openShop(makeStore)
    const cancel = async (at: number): Promise<Order> => {
      const order = await placeOrder(store, { status: 'cancelled' })
      const status: FulfilmentStatus = 'cancelled'
      const events = [makeEvent({ orderId: order.id, status, at })]
      const rest = { parcels: [], reports: [], movements: [], audit: makeAudit() }
      await store.saveOrderChange({ orders: [order], events, ...rest })
      return order
    }
    const old = await cancel(testNow)
    await cancel(before)
    expect(await store.findPurgeable(before)).toEqual([old.id])
  })

  test('an order without personal data is not purged again', async () => {
    const store = await openShop(makeStore)
    const order = await orderWith(store, [['delivered', testNow]])
    await store.purgeOrders([order.id], makeAudit())
    expect(await store.findPurgeable(before)).toEqual([])
  })
}

/** A delivery document with one parcel of each order code. */
const deliveryOf = (codes: readonly string[]): DeliveryInformation => ({
  format: 'backroom-delivery-1',
  manifest: 'VAN-326-1',
  version: 1,
  issuedAt: testNow,
  shop: { name: 'Corner Shop', letter: 'C', zone: 'Europe/Berlin', locale: 'en', addressLines: [] },
  carrier: { code: 'VAN', name: 'Valley Van', labelSize: '4x6' },
  collectionDay: '2026-11-22',
  routes: [
    {
      route: 1,
      distanceM: 10,
      optimal: true,
      stops: codes.map((orderCode, at) => {
        const recipient = { plain: { name: `Name ${orderCode}`, lines: [], postcode: '1', city: 'X', country: 'DE' } }
        return {
          seq: String(at + 1),
          routingCode: 'DE-10',
          service: 'standard' as const,
          parcels: [{ number: `C${at}`, orderCode, letter: 'A', n: 1, of: 1, grossG: 1, handling: [], recipient }],
          recipient,
        }
      }),
    },
  ],
})

/** Two orders with parcels, their papers, and one delivery document that names both. */
async function openPapers(makeStore: MakeStore) {
  const store = await openShop(makeStore)
  const mine = await planOne(store)
  const other = await planOne(store)
  const papers = {
    block: makeDocument({ kind: 'sealed-block', subjectId: mine.parcel.id, text: 'jwe' }),
    label: makeDocument({ kind: 'label', subjectId: mine.parcel.id }),
    slip: makeDocument({ kind: 'slip', subjectId: mine.order.id }),
    sheet: makeDocument({ kind: 'pick-sheet', subjectId: mine.wave.id }),
    otherBlock: makeDocument({ kind: 'sealed-block', subjectId: other.parcel.id, text: 'jwe' }),
    delivery: makeDocument({
      kind: 'delivery',
      subjectId: mine.wave.id,
      mediaType: 'application/json',
      text: JSON.stringify(deliveryOf([mine.order.code, other.order.code])),
    }),
  }
  await store.saveIssuedDocuments({
    waveId: mine.wave.id,
    stage: 'issued',
    step: makeStep({ step: 'issue-labels' }),
    documents: Object.values(papers),
    withdrawn: [],
    withdrawnAt: 0,
    audit: makeAudit(),
  })
  const searchTokens = [
    { orderId: mine.order.id, tokens: ['smith'] },
    { orderId: other.order.id, tokens: ['smith'] },
  ]
  await store.upsertImportedOrders(importOf([], { searchTokens }))
  return { store, mine, other, papers }
}

function purgeTests(makeStore: MakeStore): void {
  test('purging takes the sealed record, the address token and the search tokens, and keeps the order', async () => {
    const { store, mine, other } = await openPapers(makeStore)
    const counts = await store.purgeOrders([mine.order.id], makeAudit())
    expect(counts).toMatchObject({ orders: 1, users: 0 })
    const order = (await store.findOrder(mine.order.id))?.order
    expect(order).toEqual({ ...mine.order, personal: undefined, addressToken: '' })
    expect((await store.findOrder(other.order.id))?.order).toEqual(other.order)
    const found = await store.listOrders({ ...everything, tokens: ['smith'] })
    expect(found.rows.map((row) => row.order.id)).toEqual([other.order.id])
  })

  test('purging deletes sealed blocks and names the papers whose bytes must go', async () => {
    const { store, mine, papers } = await openPapers(makeStore)
    const counts = await store.purgeOrders([mine.order.id], makeAudit())
    expect(counts.documents.toSorted()).toEqual([papers.block.id, papers.label.id, papers.slip.id].toSorted())
    await expect(store.getDocument(papers.block.id)).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
    expect(await store.getDocument(papers.otherBlock.id)).toEqual(papers.otherBlock)
    expect(await store.getDocument(papers.sheet.id)).toEqual(papers.sheet)
  })

  test('purging blanks the recipient in delivery documents and leaves those of other orders', async () => {
    const { store, mine, other, papers } = await openPapers(makeStore)
    await store.purgeOrders([mine.order.id], makeAudit())
    const text = (await store.getDocument(papers.delivery.id)).text ?? ''
    expect(text).not.toContain(`Name ${mine.order.code}`)
    expect(text).toContain(`Name ${other.order.code}`)
    const left = JSON.parse(text) as DeliveryInformation // it was made of one above
    expect(left.routes[0]?.stops[0]?.recipient).toEqual({ sealed: '' })
  })

  test('orders that are not there or hold nothing are not counted', async () => {
    const { store, mine } = await openPapers(makeStore)
    await store.purgeOrders([mine.order.id], makeAudit())
    expect(await store.purgeOrders([mine.order.id, 'nowhere'], makeAudit())).toMatchObject({ orders: 0 })
  })
}

function leftoverTests(makeStore: MakeStore): void {
  test('papers of a parcel that was planned away go with its order', async () => {
    const { store, mine, papers } = await openPapers(makeStore)
    const fresh = parcelOf(mine.order, mine.wave)
    await store.savePlannedParcels(parcelPlan(mine.wave, { parcels: [fresh] }))
    expect((await store.getDocument(papers.label.id)).withdrawnAt).toBeDefined()
    const counts = await store.purgeOrders([mine.order.id], makeAudit())
    expect(counts.documents).toEqual(expect.arrayContaining([papers.block.id, papers.label.id]))
    await expect(store.getDocument(papers.block.id)).rejects.toMatchObject({ code: 'ERR_DOCUMENT_NOT_FOUND' })
  })

  test('a user goes with the last order that still holds an address', async () => {
    const store = await openShop(makeStore)
    const user = makeUser({ userId: 'anna', emailToken: 'token' })
    await store.upsertImportedOrders(importOf([], { users: [user] }))
    const [first, last] = [await placeOrder(store, { userId: 'anna' }), await placeOrder(store, { userId: 'anna' })]
    expect(await store.purgeOrders([first.id], makeAudit())).toMatchObject({ orders: 1, users: 0 })
    expect(await store.findUser('anna')).toEqual(user)
    expect(await store.purgeOrders([last.id], makeAudit())).toMatchObject({ orders: 1, users: 1 })
    expect(await store.findUser('anna')).toEqual({ ...user, personal: undefined, emailToken: undefined })
    expect(await store.loadErasures()).toEqual([])
  })

  test('reasons in somebody’s own words go, and codes stay', async () => {
    const store = await openShop(makeStore)
    const [mine, other] = [await placeOrder(store), await placeOrder(store)]
    const words = 'left with Mrs Quirrenbach'
    const events = [mine, other].flatMap((order) =>
      [words, 'nobody-home'].map((reason) => makeEvent({ orderId: order.id, status: 'failed', reason })),
    )
    const reports = [mine, other].flatMap((order) =>
      [words, 'nobody-home'].map((reason) => makeReportMessage({ orderId: order.id, reason })),
    )
    await store.upsertImportedOrders(importOf([], { events, reports }))
    await store.purgeOrders([mine.id], makeAudit())
    const reasonsOf = async (order: Order): Promise<readonly unknown[]> => {
      const file = await store.findOrder(order.id)
      const told =
        file?.reports.map(({ payload }) => (payload.kind === 'report' ? payload.report.reason : 'none')) ?? []
      return [...(file?.events.map((event) => event.reason) ?? []), ...told]
    }
    expect(await reasonsOf(mine)).toEqual([undefined, 'nobody-home', undefined, 'nobody-home'])
    expect(await reasonsOf(other)).toEqual([words, 'nobody-home', words, 'nobody-home'])
  })
}

function eraseTests(makeStore: MakeStore): void {
  test('erasing a user purges all of their orders and keeps the id, so that a restored backup erases again', async () => {
    const store = await openShop(makeStore)
    const user = makeUser({ userId: 'anna', emailToken: 'token' })
    await store.upsertImportedOrders(importOf([], { users: [user] }))
    const orders = [await placeOrder(store, { userId: 'anna' }), await placeOrder(store, { userId: 'anna' })]
    const stranger = await placeOrder(store)
    const entry = makeAudit({ action: 'erase' })
    expect(await store.eraseUser('anna', entry, { keepsOpenOrders: false })).toEqual({
      orders: 2,
      users: 1,
      documents: [],
    })
    for (const { id } of orders) expect((await store.findOrder(id))?.order.personal).toBeUndefined()
    expect((await store.findOrder(stranger.id))?.order).toEqual(stranger)
    expect(await store.findUser('anna')).toEqual({ ...user, personal: undefined, emailToken: undefined })
    expect(await store.loadErasures()).toEqual(['anna'])
    expect((await store.listAudit(everything)).rows).toContainEqual(entry)
  })

  test('an erasure that keeps open orders leaves those alone, and names them for purging once they have ended', async () => {
    const store = await openShop(makeStore)
    const open = await placeOrder(store, { userId: 'anna' })
    const over = await placeOrder(store, { userId: 'anna', status: 'cancelled' })
    const stranger = await placeOrder(store, { status: 'cancelled' })
    expect(await store.eraseUser('anna', makeAudit(), { keepsOpenOrders: true })).toMatchObject({ orders: 1 })
    expect((await store.findOrder(over.id))?.order.personal).toBeUndefined()
    expect((await store.findOrder(open.id))?.order.personal).toEqual(open.personal)
    expect(await store.findPurgeable(0)).toEqual([])
    const cancelled = (order: Order) => ({
      orders: [{ ...order, status: 'cancelled' as const }],
      parcels: [],
      events: [makeEvent({ orderId: order.id, status: 'cancelled', at: testNow })],
      reports: [],
      movements: [],
      audit: makeAudit(),
    })
    await store.saveOrderChange(cancelled(open))
    await store.saveOrderChange(cancelled(stranger))
    expect(await store.findPurgeable(0)).toEqual([open.id])
  })

  test('erasing somebody twice, or who was never here, is remembered and harms nobody', async () => {
    const store = await openShop(makeStore)
    await store.eraseUser('ghost', makeAudit(), { keepsOpenOrders: false })
    expect(await store.eraseUser('ghost', makeAudit(), { keepsOpenOrders: false })).toEqual({
      orders: 0,
      users: 0,
      documents: [],
    })
    expect(await store.loadErasures()).toEqual(['ghost'])
  })
}
