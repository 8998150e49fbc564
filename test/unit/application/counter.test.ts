import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder } from '../../../src-main/application/change-order.ts'
import { findCustomers } from '../../../src-main/application/find-customers.ts'
import { handOverAtCounter, waitingAtCounter } from '../../../src-main/application/hand-over-at-counter.ts'
import { issueInvoice } from '../../../src-main/application/issue-invoice.ts'
import { previewOrder } from '../../../src-main/application/preview-order.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { returnUncollected } from '../../../src-main/application/return-uncollected.ts'
import { createWave, runWave } from '../../../src-main/application/run-wave.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import { counterAddress, openCounterShop, orderOf, place, removeCounterShops, stores } from './counter-shop.ts'
import { personalWords, storefrontOrder } from './fake-storefront.ts'
import { cartonsPromised, load, packAll, packed, pickAll, planned, shelves, takeOrders, told } from './line-of-work.ts'
import { gtins, openTestShop, type TestShop } from './test-shop.ts'

afterAll(removeCounterShops)

const dayMs = 86_400_000

const preview = (shop: TestShop, given: Partial<Parameters<typeof previewOrder>[2]> = {}) =>
  previewOrder(shop.workshop, shop.caller, {
    lines: [{ code: 'TEA', quantity: 2 }],
    service: 'collect',
    shippingMinor: 0,
    ...given,
  })

describe.each(stores)('an order taken at the counter, %s', (_where, makeStore) => {
  test('is an order like any other: code, prices, event, and nobody else is told', async () => {
    const shop = await openCounterShop(makeStore)
    const lines = [
      { code: gtins.TEA, quantity: 2 },
      { code: 'PAINT', quantity: 1 },
      { code: 'TEA', quantity: 1 },
    ]
    const placed = await place(shop, { lines })
    expect(placed).toMatchObject({ code: '326-01', isNew: true, short: [] })
    const file = await shop.store.findOrder(placed.orderId)
    expect(file?.order).toMatchObject({ status: 'received', service: 'collect', holds: [], payment: 'on-delivery' })
    expect(file?.order.lines.map((line) => [line.sku, line.quantity, line.unitPriceMinor])).toEqual([
      ['TEA', 3, 499],
      ['PAINT', 1, 499],
    ])
    expect(file?.order.totals).toEqual({ goodsMinor: 1996, shippingMinor: 0, taxMinor: 131, totalMinor: 1996 })
    expect(file?.events).toMatchObject([{ status: 'received', source: 'counter', actor: 'cli:test' }])
    expect(file?.reports).toEqual([])
  })

  test('the same key again is the same order, whatever else is said', async () => {
    const shop = await openCounterShop(makeStore)
    const first = await place(shop, { key: 'double-click' })
    const second = await place(shop, { key: 'double-click', lines: [{ code: 'MUG', quantity: 7 }] })
    expect(second).toEqual({ ...first, isNew: false })
    expect((await shop.store.listOrders({ offset: 0, limit: 9 })).total).toBe(1)
  })

  test('goes through a wave together with orders of the storefront, and only those are reported', async () => {
    const shop = await openCounterShop(makeStore)
    const customer = { name: 'Zoe Quirrenbach', phone: '+49 30 9988776', address: counterAddress }
    const mine = await place(shop, { service: 'standard', customer, shippingMinor: 490 })
    const [theirs] = await takeOrders(shop, [storefrontOrder({ MUG: 2 })])
    await packed(shop)
    expect(await orderOf(shop, mine.orderId)).toMatchObject({ status: 'packed' })
    const wave = await shop.store.listWaves({ offset: 0, limit: 1 })
    const { closed } = await runWave(shop.workshop, shop.caller, wave.rows[0]?.wave.id ?? '')
    expect(closed).toMatchObject([{ carrier: 'VAN', parcels: 2 }])
    const counts = await reportStatus(shop.workshop, shop.caller)
    expect(counts).toMatchObject({ refused: 0 })
    expect(theirs && told(shop, theirs)).toContain('handed-over:parcel')
    const file = await shop.store.findOrder(mine.orderId)
    expect(file?.events.map((event) => event.status)).toEqual(
      expect.arrayContaining(['received', 'planned', 'picking', 'packed', 'handed-over']),
    )
    expect(file?.reports).toEqual([])
    expect(shop.storefront.reports.every((sent) => sent.externalOrderId === theirs?.externalId)).toBe(true)
  })

  test('a round with the storefronts passes the counter over', async () => {
    const shop = await openCounterShop(makeStore)
    await place(shop)
    const rounds = await syncStorefronts(shop.workshop, shop.caller)
    expect(rounds.map((round) => round.connectionId)).toEqual(['main'])
    await cancelOrder(shop.workshop, shop.caller, { order: '326-01', reason: 'changed-mind' })
    expect((await shop.store.outboxState()).waiting).toBe(0)
  })

  test('says that stock is short before anything is saved, and counts what others wait for', async () => {
    const shop = await openCounterShop(makeStore)
    await place(shop, { lines: [{ code: 'MUG', quantity: 5 }] })
    const lines = [{ code: 'MUG', quantity: 4 }]
    expect((await preview(shop, { lines })).lines).toMatchObject([{ quantity: 4, free: 3 }])
    await expect(place(shop, { lines })).rejects.toMatchObject({
      code: 'ERR_ORDER_SHORT',
      details: { sku: 'MUG', wanted: 4, free: 3 },
    })
    expect((await shop.store.listOrders({ offset: 0, limit: 9 })).total).toBe(1)
    const placed = await place(shop, { lines, acceptShort: true })
    expect(placed.short).toEqual([{ sku: 'MUG', wanted: 4, free: 3 }])
  })

  test('is refused by name for an unknown product, and for a delivery to nowhere', async () => {
    const shop = await openCounterShop(makeStore)
    await expect(place(shop, { lines: [{ code: 'NOTHING', quantity: 1 }] })).rejects.toMatchObject({
      code: 'ERR_PRODUCT_NOT_FOUND',
      details: { product: 'NOTHING' },
    })
    await expect(place(shop, { service: 'express' })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path: 'customer.address' },
    })
    await expect(place(shop, { customer: { userId: 'nobody' } })).rejects.toMatchObject({ code: 'ERR_USER_NOT_FOUND' })
    expect((await shop.store.listOrders({ offset: 0, limit: 9 })).total).toBe(0)
  })
})

describe('what an order at the counter comes to', () => {
  test.each([
    [
      'collected',
      'collect',
      [
        ['TEA', 3],
        ['PAINT', 1],
        ['MUG', 4],
      ],
    ],
    [
      'delivered',
      'standard',
      [
        ['TEA', 8],
        ['MUG', 6],
      ],
    ],
  ] as const)(
    'when it is %s is seen before: the parcels shown are the parcels it gets',
    async (_how, service, wants) => {
      const shop = await openCounterShop()
      const lines = wants.map(([code, quantity]) => ({ code, quantity }))
      const where = { country: 'DE', postcode: '10115' }
      const shown = await preview(shop, { lines, service, ...where })
      expect(shown.parcels.length).toBeGreaterThan(0)
      expect(shown).toMatchObject({ unpacked: [], holds: [], unknown: [] })
      const { orderId } = await place(shop, { lines, service, customer: { address: counterAddress } })
      const plan = await load(shop, await planned(shop))
      const parts = (parcels: typeof plan.parcels) =>
        parcels.map(({ letter, carton, contents, placements, totals, why }) => [
          letter,
          carton,
          contents.map(({ sku, quantity }) => [sku, quantity]),
          placements,
          totals,
          why,
        ])
      expect(parts(shown.parcels)).toEqual(parts(plan.parcels.filter((parcel) => parcel.orderId === orderId)))
      expect(shown.carrier).toBe(service === 'collect' ? undefined : 'Valley Van')
    },
  )

  test('says which codes nobody knows, and what keeps it from being planned', async () => {
    const shop = await openCounterShop()
    const shown = await preview(shop, { lines: [{ code: '4711', quantity: 1 }] })
    expect(shown).toMatchObject({ unknown: ['4711'], lines: [], parcels: [] })
    expect((await preview(shop, { service: 'standard' })).holds).toMatchObject([{ code: 'missing-address' }])
  })
})

describe('a customer at the counter', () => {
  test('is found by name, telephone and e-mail, and ordered for again under the same user', async () => {
    const shop = await openCounterShop()
    const [theirs] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    for (const typed of ['quirrenb', '+49 30 9988776', 'quirrenbach@example.org', '10115 berlin']) {
      expect(await findCustomers(shop.workshop, shop.caller, typed)).toMatchObject([
        { userId: theirs?.userId, name: 'Zoe Quirrenbach', address: { city: 'Berlin', lines: ['Xylophonallee 77'] } },
      ])
    }
    expect(await findCustomers(shop.workshop, shop.caller, 'nobody')).toEqual([])
    const placed = await place(shop, { service: 'standard', customer: { userId: theirs?.userId } })
    const order = await orderOf(shop, placed.orderId)
    expect(order).toMatchObject({ userId: theirs?.userId, postcodeArea: '10', country: 'DE' })
    expect((await findCustomers(shop.workshop, shop.caller, 'Quirrenbach'))[0]?.lastOrder).toBe(placed.code)
    expect(await shop.store.findUser(order.userId)).toMatchObject({ kind: 'account', locale: 'de' })
  })

  test('who says a name is found again by it; nothing of it reaches the store in clear', async () => {
    const shop = await openCounterShop()
    const customer = {
      name: 'Zoe Quirrenbach',
      email: 'quirrenbach@example.org',
      phone: '+49 30 9988776',
      address: counterAddress,
    }
    await place(shop, { customer, instructions: 'Behind the azalea pot.' })
    expect(await findCustomers(shop.workshop, shop.caller, 'Zoe')).toMatchObject([{ email: customer.email }])
    const written = shop.written()
    for (const word of personalWords) expect(written.includes(word), word).toBe(false)
    const { rows } = await shop.store.listAudit({ offset: 0, limit: 50 })
    expect(rows.map((entry) => entry.action)).toContain('look-for-customer')
  })

  test('who collects need say nothing at all', async () => {
    const shop = await openCounterShop()
    const { orderId } = await place(shop)
    expect((await orderOf(shop, orderId)).personal).toBeUndefined()
    expect((await orderOf(shop, orderId)).status).toBe('received')
  })
})

describe.each(stores)('collection in the shop, %s', (_where, makeStore) => {
  test('from any storefront: no courier, no label, no manifest, but a slip; told as packed, then handed over', async () => {
    const shop = await openTestShop({ makeStore })
    const [theirs] = await takeOrders(shop, [storefrontOrder({ TEA: 2, PAINT: 1 }, { service: 'collect' })])
    if (!theirs) throw new Error('taken')
    const wave = await createWave(shop.workshop, shop.caller, {})
    expect(await runWave(shop.workshop, shop.caller, wave.id)).toEqual({ closed: [], waiting: [] })
    const plan = await load(shop, wave.id)
    expect(plan.consignments).toEqual([])
    expect(plan.parcels.map((parcel) => [parcel.letter, parcel.carrierCode])).toEqual([
      ['A', undefined],
      ['B', undefined],
    ])
    expect(shop.papers.map((paper) => paper.kind).toSorted()).toEqual(
      ['counterSlip', 'counterSlip', 'packingSlip', 'pickSheet'].toSorted(),
    )
    expect(plan.documents.filter((document) => document.kind === 'counter-slip')).toHaveLength(2)
    await pickAll(shop, wave.id)
    await packAll(shop, wave.id)
    expect((await load(shop, wave.id)).wave.stage).toBe('packed')
    // Running it again does nothing to what waits at the counter.
    expect(await runWave(shop.workshop, shop.caller, wave.id)).toEqual({ closed: [], waiting: [] })
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, theirs).filter((kind) => kind === 'packed:parcel')).toHaveLength(2)
    expect((await waitingAtCounter(shop.workshop)).rows).toMatchObject([
      { orderCode: theirs.code, letters: ['A', 'B'] },
    ])

    const number = plan.parcels[0]?.number ?? ''
    expect(await handOverAtCounter(shop.workshop, shop.caller, number)).toMatchObject({
      order: theirs.code,
      letters: ['A'],
      left: ['B'],
    })
    expect(await orderOf(shop, theirs.id)).toMatchObject({ status: 'packed', isPartly: true })
    expect((await waitingAtCounter(shop.workshop)).rows).toMatchObject([{ letters: ['B'] }])
    expect((await load(shop, wave.id)).wave.stage).toBe('packed')
    expect(await handOverAtCounter(shop.workshop, shop.caller, `${theirs.code}b`)).toMatchObject({ letters: ['B'] })
    const file = await shop.store.findOrder(theirs.id)
    expect(file?.order).toMatchObject({ status: 'delivered', isPartly: false })
    expect(file?.events.slice(-4).map((event) => [event.status, event.source])).toEqual([
      ['handed-over', 'counter'],
      ['delivered', 'counter'],
      ['handed-over', 'counter'],
      ['delivered', 'counter'],
    ])
    expect((await load(shop, wave.id)).wave.stage).toBe('closed')
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, theirs).slice(-4)).toEqual([
      'handed-over:parcel',
      'delivered:parcel',
      'handed-over:parcel',
      'delivered:parcel',
    ])
    expect((await waitingAtCounter(shop.workshop)).rows).toEqual([])
  })

  test('by the order: every packed parcel at once, with what is to be paid', async () => {
    const shop = await openTestShop({ makeStore })
    const { code } = await place(shop, { lines: [{ code: 'TEA', quantity: 2 }, { code: 'PAINT', quantity: 1 }] }) // prettier-ignore
    await packed(shop)
    expect(await handOverAtCounter(shop.workshop, shop.caller, ` ${code} `)).toMatchObject({
      letters: ['A', 'B'],
      left: [],
      dueMinor: 1497,
      currency: 'EUR',
    })
    await expect(handOverAtCounter(shop.workshop, shop.caller, code)).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
      details: { from: 'delivered', to: 'handed-over' },
    })
  })

  test('only of what is to be collected, and only once it is packed', async () => {
    const shop = await openTestShop({ makeStore })
    const [sent] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const { code } = await place(shop)
    await expect(handOverAtCounter(shop.workshop, shop.caller, code)).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
      details: { from: 'received' },
    })
    await planned(shop)
    await expect(handOverAtCounter(shop.workshop, shop.caller, `${code}A`)).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
      details: { parcel: `${code}A`, from: 'planned' },
    })
    await expect(handOverAtCounter(shop.workshop, shop.caller, sent?.code ?? '')).rejects.toMatchObject({
      code: 'ERR_NOT_TO_COLLECT',
      details: { order: sent?.code, service: 'standard' },
    })
    await expect(handOverAtCounter(shop.workshop, shop.caller, '999-99')).rejects.toMatchObject({
      code: 'ERR_ORDER_NOT_FOUND',
    })
  })

  test('what nobody comes for shows after the days the shop has set, and goes back into stock', async () => {
    const shop = await openTestShop({ makeStore, settings: { collectDays: 3 } })
    const before = await shelves(shop)
    const { code, orderId } = await place(shop, { lines: [{ code: 'MUG', quantity: 3 }] })
    const waveId = await packed(shop)
    shop.clock.forward(3 * dayMs)
    expect(await waitingAtCounter(shop.workshop)).toMatchObject({
      days: 3,
      rows: [{ orderCode: code, isOverdue: false }],
    })
    shop.clock.forward(1)
    expect((await waitingAtCounter(shop.workshop)).rows).toMatchObject([{ orderCode: code, isOverdue: true }])
    expect(await returnUncollected(shop.workshop, shop.caller, code)).toEqual({ order: code, invoice: undefined })
    expect(await orderOf(shop, orderId)).toMatchObject({ status: 'cancelled' })
    expect((await shop.store.findOrder(orderId))?.events.at(-1)).toMatchObject({
      status: 'cancelled',
      reason: 'not-collected',
      source: 'counter',
    })
    expect(await shelves(shop)).toEqual(before)
    expect(await cartonsPromised(shop)).toBe(0)
    expect((await load(shop, waveId)).wave.stage).toBe('closed')
    expect((await waitingAtCounter(shop.workshop)).rows).toEqual([])
  })

  test('of an order collected in part the rest goes back, and only what was collected is invoiced', async () => {
    const shop = await openCounterShop(makeStore)
    const before = await shelves(shop)
    const { code, orderId } = await place(shop, { lines: [{ code: 'TEA', quantity: 2 }, { code: 'PAINT', quantity: 1 }] }) // prettier-ignore
    const waveId = await packed(shop)
    const { parcels } = await load(shop, waveId)
    const tea = parcels.find((parcel) => parcel.contents.some((content) => content.sku === 'TEA'))
    await handOverAtCounter(shop.workshop, shop.caller, tea?.number ?? '')
    await returnUncollected(shop.workshop, shop.caller, code)
    const order = await orderOf(shop, orderId)
    expect(order).toMatchObject({ status: 'delivered', isPartly: false })
    expect(order.lines.map((line) => [line.sku, line.withdrawn])).toEqual([
      ['TEA', 0],
      ['PAINT', 1],
    ])
    const after = await shelves(shop)
    expect(after['PAINT C-1']).toEqual(before['PAINT C-1'])
    expect(after['TEA A-1']).toEqual([8, 0])
    expect((await load(shop, waveId)).wave.stage).toBe('closed')
    expect((await issueInvoice(shop.workshop, shop.caller, { order: code })).grossMinor).toBe(2 * 499)
    await expect(returnUncollected(shop.workshop, shop.caller, code)).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
    })
  })
})
