import { expect, test } from 'vitest'
import { makeAudit, makeLine, makeOrder, makeProduct, testNow } from '../../fixtures/builders.ts'
import { makeInvoiceDraft } from '../../fixtures/invoice-builders.ts'
import { makeEvent } from '../../fixtures/wave-builders.ts'
import {
  everything,
  importOf,
  type MakeStore,
  openShop,
  parcelOf,
  parcelPlan,
  placeOrder,
  refusal,
  startWave,
} from './shop.ts'

export function invoiceSuite(makeStore: MakeStore): void {
  numberTests(makeStore)
  cancellationTests(makeStore)
  keepingTests(makeStore)
  listTests(makeStore)
  counterTests(makeStore)
}

function numberTests(makeStore: MakeStore): void {
  test('numbers count per series from 1 without a gap, also when many are issued at once', async () => {
    const store = await makeStore()
    const drafts = Array.from({ length: 12 }, () => makeInvoiceDraft())
    const made = await Promise.all(drafts.map((draft) => store.issueInvoice(draft, makeAudit())))
    expect(made.map((invoice) => invoice.sequence).sort((a, b) => a - b)).toEqual(drafts.map((_, index) => index + 1))
    expect((await store.issueInvoice(makeInvoiceDraft({ prefix: 'R' }), makeAudit())).number).toBe('R2026-00013')
    expect((await store.issueInvoice(makeInvoiceDraft({ series: '2027' }), makeAudit())).number).toBe('2027-00001')
    expect(await store.checkInvoiceNumbers()).toEqual([
      { series: '2026', last: 13, count: 13, missing: [], beyond: [] },
      { series: '2027', last: 1, count: 1, missing: [], beyond: [] },
    ])
  })

  test('an invoice comes back as it was issued, by id and by number', async () => {
    const store = await makeStore()
    const bare = makeInvoiceDraft()
    const full = makeInvoiceDraft({ cancels: { id: bare.id, number: '2026-00001' }, kind: 'cancellation' })
    for (const draft of [bare, full]) {
      const made = await store.issueInvoice(draft, makeAudit())
      const { prefix: _prefix, ...kept } = draft
      expect(made).toEqual({ ...kept, sequence: made.sequence, number: made.number })
      const cancelledBy = undefined
      expect(await store.findInvoice(made.id)).toEqual({ ...made, cancelledBy })
      expect(await store.findInvoice(made.number)).toEqual({ ...made, cancelledBy })
    }
    expect(await store.findInvoice('2026-09999')).toBeUndefined()
  })

  test('an invoice without a buyer is kept too', async () => {
    const store = await makeStore()
    const { body, ...draft } = makeInvoiceDraft()
    const made = await store.issueInvoice(
      { ...draft, body: { userId: body.userId, content: body.content } },
      makeAudit(),
    )
    expect((await store.findInvoice(made.id))?.body?.personal).toBeUndefined()
  })

  test('an order has one invoice in force, and a refused one takes no number', async () => {
    const store = await makeStore()
    const first = await store.issueInvoice(makeInvoiceDraft({ orderId: 'o', orderCode: '326-07' }), makeAudit())
    const refused = store.issueInvoice(makeInvoiceDraft({ orderId: 'o', orderCode: '326-07' }), makeAudit())
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_INVOICE_EXISTS',
      details: { order: '326-07', invoice: first.number },
    })
    expect((await store.issueInvoice(makeInvoiceDraft(), makeAudit())).number).toBe('2026-00002')
    expect((await store.checkInvoiceNumbers())[0]).toMatchObject({ last: 2, count: 2, missing: [] })
  })
}

function cancellationTests(makeStore: MakeStore): void {
  test('a cancelled invoice names its cancellation, is cancelled once, and makes room for a new one', async () => {
    const store = await makeStore()
    const first = await store.issueInvoice(makeInvoiceDraft({ orderId: 'o' }), makeAudit())
    const cancelling = { kind: 'cancellation', orderId: 'o', cancels: { id: first.id, number: first.number } } as const
    const back = await store.issueInvoice(makeInvoiceDraft(cancelling), makeAudit())
    expect((await store.findInvoice(first.id))?.cancelledBy).toBe(back.number)
    await expect(store.issueInvoice(makeInvoiceDraft(cancelling), makeAudit())).rejects.toMatchObject({
      code: 'ERR_INVOICE_CANCELLED',
      details: { invoice: first.number, by: back.number },
    })
    const again = await store.issueInvoice(makeInvoiceDraft({ orderId: 'o' }), makeAudit())
    expect(again.number).toBe('2026-00003')
    await expect(store.issueInvoice(makeInvoiceDraft({ orderId: 'o' }), makeAudit())).rejects.toMatchObject(
      refusal('ERR_INVOICE_EXISTS'),
    )
  })
}

function keepingTests(makeStore: MakeStore): void {
  test('purging the order and erasing the person leave the invoice whole, until its own time is over', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const draft = makeInvoiceDraft({ orderId: order.id, orderCode: order.code })
    const made = await store.issueInvoice({ ...draft, body: { ...draft.body, userId: order.userId } }, makeAudit())
    await store.purgeOrders([order.id], makeAudit())
    await store.eraseUser(order.userId, makeAudit(), { keepsOpenOrders: false })
    expect((await store.findInvoice(made.id))?.body).toEqual(made.body)
    expect(await store.findInvoicesOfUser(order.userId)).toMatchObject([{ number: made.number, isWhole: true }])
    expect(await store.endInvoices(made.keepUntil - 1, makeAudit())).toBe(0)
    expect(await store.endInvoices(made.keepUntil, makeAudit())).toBe(1)
    const { body: _body, ...head } = made
    const left = await store.findInvoice(made.number)
    expect(left).toEqual({ ...head, cancelledBy: undefined, ...('body' in (left ?? {}) ? { body: undefined } : {}) })
    expect(await store.findInvoicesOfUser(order.userId)).toEqual([])
    expect(await store.checkInvoiceNumbers()).toMatchObject([{ last: 1, count: 1, missing: [] }])
    expect(await store.endInvoices(made.keepUntil, makeAudit())).toBe(0)
  })

  test('what ends leaves the others whole', async () => {
    const store = await makeStore()
    const old = await store.issueInvoice(makeInvoiceDraft({ keepUntil: testNow }), makeAudit())
    const young = await store.issueInvoice(makeInvoiceDraft(), makeAudit())
    expect(await store.endInvoices(testNow, makeAudit())).toBe(1)
    expect((await store.findInvoice(old.id))?.body).toBeUndefined()
    expect((await store.findInvoice(young.id))?.body).toEqual(young.body)
  })
}

function listTests(makeStore: MakeStore): void {
  test('invoices are listed newest number first, by day, order and word', async () => {
    const store = await makeStore()
    for (const [issuedOn, orderCode] of [
      ['2026-11-20', '324-01'],
      ['2026-11-21', '325-01'],
      ['2026-11-22', '326-01'],
    ] as const)
      await store.issueInvoice(makeInvoiceDraft({ issuedOn, orderCode, orderId: orderCode }), makeAudit())
    const numbers = async (query: Partial<Parameters<typeof store.listInvoices>[0]>) =>
      (await store.listInvoices({ ...everything, ...query })).rows.map((row) => row.number)
    expect(await numbers({})).toEqual(['2026-00003', '2026-00002', '2026-00001'])
    expect(await numbers({ descending: false, limit: 2 })).toEqual(['2026-00001', '2026-00002'])
    expect(await numbers({ from: '2026-11-21' })).toEqual(['2026-00003', '2026-00002'])
    expect(await numbers({ from: '2026-11-20', to: '2026-11-20' })).toEqual(['2026-00001'])
    expect(await numbers({ orderId: '325-01' })).toEqual(['2026-00002'])
    expect(await numbers({ search: ' 00003' })).toEqual(['2026-00003'])
    expect(await numbers({ search: '2026-0000' })).toHaveLength(3)
    expect(await numbers({ search: '%' })).toEqual([])
    expect(await numbers({ search: '324' })).toEqual(['2026-00001'])
    expect((await store.listInvoices({ ...everything, limit: 1 })).total).toBe(3)
    expect((await store.listInvoices(everything)).rows[0]).not.toHaveProperty('body')
  })

  test('orders without an invoice in force are found once they have come so far, the oldest first', async () => {
    const store = await openShop(makeStore)
    const reach = async (placedAt: number, at: number) => {
      const order = makeOrder({ status: 'delivered', placedAt })
      const events = [makeEvent({ orderId: order.id, status: 'packed', at })]
      await store.upsertImportedOrders(importOf([order], { events }))
      return order
    }
    const late = await reach(testNow + 5, testNow)
    const early = await reach(testNow, testNow)
    await reach(testNow, testNow - 1)
    await placeOrder(store)
    const wanted = { statuses: ['packed', 'delivered'], reached: 'packed', since: testNow, limit: 10 } as const
    expect(await store.findUninvoiced(wanted)).toEqual([early.id, late.id])
    expect(await store.findUninvoiced({ ...wanted, limit: 1 })).toEqual([early.id])
    expect(await store.findUninvoiced({ ...wanted, until: testNow + 1 })).toEqual([early.id, late.id])
    expect(await store.findUninvoiced({ ...wanted, until: testNow })).toEqual([])
    expect(await store.findUninvoiced({ ...wanted, orderIds: [late.id] })).toEqual([late.id])
    expect(await store.findUninvoiced({ ...wanted, orderIds: [] })).toEqual([])
    const made = await store.issueInvoice(makeInvoiceDraft({ orderId: early.id }), makeAudit())
    expect(await store.findUninvoiced(wanted)).toEqual([late.id])
    const cancels = { id: made.id, number: made.number }
    await store.issueInvoice(makeInvoiceDraft({ orderId: early.id, kind: 'cancellation', cancels }), makeAudit())
    expect(await store.findUninvoiced(wanted)).toEqual([early.id, late.id])
  })
}

function counterTests(makeStore: MakeStore): void {
  test('pieces that orders wait for are counted by SKU, less what was withdrawn', async () => {
    const store = await openShop(makeStore)
    await store.saveProducts([makeProduct({ sku: 'JAM' })], [], makeAudit())
    await placeOrder(store, { lines: [makeLine({ quantity: 3, withdrawn: 1 }), makeLine({ sku: 'JAM', quantity: 4 })] })
    await placeOrder(store, { status: 'on-hold', lines: [makeLine({ quantity: 5 })] })
    await placeOrder(store, { status: 'planned', lines: [makeLine({ quantity: 100 })] })
    expect(await store.loadWaitingPieces(['TEA', 'SALT'])).toEqual([{ sku: 'TEA', pieces: 7 }])
    expect(await store.loadWaitingPieces(['JAM', 'TEA'])).toEqual([
      { sku: 'JAM', pieces: 4 },
      { sku: 'TEA', pieces: 7 },
    ])
    expect(await store.loadWaitingPieces([])).toEqual([])
  })

  test('orders wait to be collected while a parcel of theirs is packed, the longest waiting first', async () => {
    const store = await openShop(makeStore)
    const ready = async (service: 'collect' | 'standard', at: number, status: 'packed' | 'delivered' = 'packed') => {
      const order = await placeOrder(store, { service, status })
      const wave = await startWave(store, [order])
      const parcels = [parcelOf(order, wave, { status }), parcelOf(order, wave, { status, letter: 'B' })]
      const events = parcels.map((parcel, index) =>
        makeEvent({ orderId: order.id, parcelId: parcel.id, status: 'packed', at: at + index }),
      )
      await store.savePlannedParcels(parcelPlan(wave, { parcels, events }))
      return order
    }
    const second = await ready('collect', testNow + 10)
    const first = await ready('collect', testNow)
    await ready('standard', testNow)
    await ready('collect', testNow, 'delivered')
    expect(await store.listToCollect()).toEqual([
      { orderId: first.id, orderCode: first.code, readySince: testNow + 1, letters: ['A', 'B'] },
      { orderId: second.id, orderCode: second.code, readySince: testNow + 11, letters: ['A', 'B'] },
    ])
  })
}
