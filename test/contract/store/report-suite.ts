import { expect, test } from 'vitest'
import { makeAudit, makeMovement, makeOrder, makeProduct, testNow } from '../../fixtures/builders.ts'
import {
  makeConsignment,
  makeEvent,
  makeManifest,
  makeParcel,
  makeStep,
  makeTour,
} from '../../fixtures/wave-builders.ts'
import { importOf, openShop, parcelPlan, startWave, type MakeStore } from './shop.ts'

const quarter = Math.floor(testNow / 900_000)
const span = { from: quarter * 900_000, to: (quarter + 8) * 900_000 }
const at = (quarters: number): number => (quarter + quarters) * 900_000 + 1_000

export function reportSuite(makeStore: MakeStore): void {
  /** Two orders, one of them in two parcels, packed and handed over; the first went a day late. */
  async function played(): Promise<Awaited<ReturnType<MakeStore>>> {
    const store = await openShop(makeStore)
    const orders = [
      makeOrder({ id: 'o-1', code: '326-01', externalId: '1', placedAt: at(0) }),
      makeOrder({ id: 'o-2', code: '326-02', externalId: '2', placedAt: at(1), window: { from: at(1), to: at(2) } }),
    ]
    await store.upsertImportedOrders(importOf(orders))
    const wave = await startWave(store, orders)
    const parcels = [
      makeParcel({ id: 'p-1', orderId: 'o-1', orderCode: '326-01', waveId: wave.id, carrierCode: 'VAN' }),
      makeParcel({ id: 'p-2', orderId: 'o-1', orderCode: '326-01', letter: 'B', waveId: wave.id, carrierCode: 'VAN' }),
      makeParcel({
        id: 'p-3',
        orderId: 'o-2',
        orderCode: '326-02',
        waveId: wave.id,
        carton: undefined,
        innerMm: undefined,
      }),
    ]
    const tour = makeTour({
      id: 'tour',
      waveId: wave.id,
      walk: { done: [[1, at(1)]], finished: { at: at(1), walkedMm: 3_200, workedMs: 40_000, plannedMs: 60_000 } },
    })
    const event = (status: 'packed' | 'handed-over', index: number, when: number) => {
      const parcel = parcels[index]
      return makeEvent({ orderId: parcel?.orderId ?? '', parcelId: parcel?.id, status, at: when })
    }
    await store.savePlannedParcels(parcelPlan(wave, { parcels }))
    await store.savePickTours({
      waveId: wave.id,
      step: makeStep({ step: 'plan-pick-tour' }),
      tours: [tour],
      movements: [],
      audit: makeAudit(),
    })
    const consignment = makeConsignment({
      orderId: 'o-1',
      waveId: wave.id,
      parcelIds: ['p-1', 'p-2'],
      collectionDay: '2026-11-22',
    })
    await store.saveDeliveryPlan({
      waveId: wave.id,
      step: makeStep({ step: 'plan-delivery' }),
      consignments: [consignment],
      routes: [],
      parcels,
      audit: makeAudit(),
    })
    await store.saveClosedManifest({
      manifest: makeManifest({ id: 'm', parcelIds: ['p-1', 'p-2'], collectionDay: '2026-11-23' }),
      documents: [],
      parcels: parcels.slice(0, 2).map((parcel) => ({ ...parcel, manifestId: 'm', status: 'handed-over' as const })),
      orders: [],
      closedWaveIds: [],
      events: [
        event('packed', 0, at(1)),
        event('packed', 1, at(3)),
        event('packed', 2, at(3)),
        event('handed-over', 0, at(4)),
        event('handed-over', 1, at(4)),
        makeEvent({ orderId: 'o-2', status: 'delivered', at: at(5) }),
      ],
      reports: [],
      audit: makeAudit(),
    })
    return store
  }

  test('a report counts orders placed, orders and parcels packed, and parcels handed over, by quarter of an hour', async () => {
    const store = await played()
    expect(await store.countFlow(span)).toEqual([
      { quarter, what: 'placed', count: 1 },
      { quarter: quarter + 1, what: 'packed', count: 1 },
      { quarter: quarter + 1, what: 'placed', count: 1 },
      { quarter: quarter + 3, what: 'packed', count: 2 },
      { quarter: quarter + 3, what: 'packed-orders', count: 2 },
      { quarter: quarter + 4, what: 'handed-over', count: 2 },
    ])
    expect(await store.countFlow({ from: span.to, to: span.to + 900_000 })).toEqual([])
  })

  test('a report adds up the walks that were finished in its time, and no others', async () => {
    const store = await played()
    expect(await store.sumWalks(span)).toEqual([
      { quarter: quarter + 1, tours: 1, plannedMm: 3_000, binOrderMm: 3_600, walkedMm: 3_200, plannedMs: 60_000, workedMs: 40_000 }, // prettier-ignore
    ])
    expect(await store.sumWalks({ from: at(2), to: span.to })).toEqual([])
  })

  test('a walk comes back as it was saved, finished or under way', async () => {
    const store = await played()
    const wave = (await store.listWaves({ offset: 0, limit: 1 })).rows[0]?.wave
    const { tours } = await store.loadWave(wave?.id ?? '')
    expect(tours[0]?.walk).toEqual({ done: [[1, at(1)]], finished: { at: at(1), walkedMm: 3_200, workedMs: 40_000, plannedMs: 60_000 } }) // prettier-ignore
  })

  test('a report groups packed parcels by what they cost, and orders by how many parcels they took', async () => {
    const store = await played()
    const same = { outerMm: [206, 156, 112], grossG: 440 }
    expect(await store.countPacked(span)).toEqual({
      spread: [
        { parcels: 1, orders: 1 },
        { parcels: 2, orders: 1 },
      ],
      groups: [
        { ...same, carrierCode: undefined, carton: undefined, parcels: 1 },
        { ...same, carrierCode: 'VAN', carton: 'S', parcels: 2 },
      ],
    })
  })

  test('an order is late that came after its window or went with a later collection', async () => {
    const store = await played()
    expect(await store.findLate(span, at(7))).toEqual({
      handedOver: 1,
      late: [
        { because: 'window', order: '326-02', dueAt: at(2), doneAt: at(5) },
        { because: 'collection', order: '326-01', dueDay: '2026-11-22', doneDay: '2026-11-23' },
      ],
    })
  })

  test('what runs out at the rate of the period is to be ordered, and a place where pieces were missing to be counted', async () => {
    const store = await openShop(makeStore)
    await store.saveProducts([makeProduct({ sku: 'AAA', name: 'Another' })], [], makeAudit())
    const order = makeOrder({ id: 'o-1', externalId: '1' })
    await store.upsertImportedOrders(importOf([order]))
    const wave = await startWave(store, [order])
    const floor = {
      waveId: wave.id,
      stage: 'picking' as const,
      tours: [],
      parcels: [],
      orders: [],
      events: [],
      reports: [],
    }
    const tell = (given: Parameters<typeof makeMovement>[0]) =>
      store.saveFloorWork({ ...floor, movements: [makeMovement({ sku: 'TEA', ...given })], audit: makeAudit() })
    await tell({ kind: 'picked', quantity: -8, at: at(1) })
    await tell({ kind: 'corrected', quantity: -1, at: at(2), reason: 'short-pick' })
    const ask = { ...span, days: 1, coverDays: 14, limit: 10 }
    const found = await store.findProduct('TEA')
    const name = found?.product.name ?? ''
    const location = found?.levels[0]?.location ?? ''
    expect(await store.findStockNeeds(ask)).toEqual({
      toReorder: [{ of: 'product', sku: 'TEA', name, used: 8, free: 1 }],
      toCount: [{ sku: 'TEA', name, location, missing: 1, at: at(2) }],
    })
    expect((await store.findStockNeeds({ ...ask, coverDays: 0 })).toReorder).toEqual([])
    await tell({ kind: 'counted', quantity: 2, at: at(3) })
    expect((await store.findStockNeeds(ask)).toCount).toEqual([])
  })

  test('parcels still to pack are counted by courier, and orders that are promised for the rest of a time', async () => {
    const store = await openShop(makeStore)
    const orders = [
      makeOrder({ id: 'o-1', code: '326-01', externalId: '1', window: { from: at(1), to: at(2) } }),
      makeOrder({ id: 'o-2', code: '326-02', externalId: '2', window: { from: at(1), to: at(9) } }),
      makeOrder({
        id: 'o-3',
        code: '326-03',
        externalId: '3',
        window: { from: at(1), to: at(2) },
        status: 'delivered',
      }),
    ]
    await store.upsertImportedOrders(importOf(orders))
    const wave = await startWave(store, orders.slice(0, 2))
    const parcels = [
      makeParcel({ orderId: 'o-1', orderCode: '326-01', waveId: wave.id, carrierCode: 'VAN' }),
      makeParcel({ orderId: 'o-2', orderCode: '326-02', waveId: wave.id, carrierCode: 'VAN', status: 'packed' }),
    ]
    await store.savePlannedParcels(parcelPlan(wave, { parcels }))
    expect(await store.countUnpacked()).toEqual([{ carrierCode: 'VAN', parcels: 1 }])
    expect(await store.countWindows(span)).toBe(1)
  })

  test('the log is filtered by person, action, kind of thing and time, and says what it can be filtered by', async () => {
    const store = await makeStore()
    for (const [id, actor, action, entity, when] of [
      ['a-1', 'pat', 'plan', 'wave', at(0)],
      ['a-2', 'kim', 'pack', 'parcel', at(1)],
      ['a-3', 'pat', 'pack', 'parcel', at(2)],
    ] as const)
      await store.saveAudit(makeAudit({ id, actor, action, entity, at: when }))
    const page = { offset: 0, limit: 10 }
    const ids = async (query: Parameters<typeof store.listAudit>[0]) =>
      (await store.listAudit(query)).rows.map((entry) => entry.id)
    expect(await ids({ ...page, actor: 'pat' })).toEqual(['a-3', 'a-1'])
    expect(await ids({ ...page, actions: ['pack'], actor: 'kim' })).toEqual(['a-2'])
    expect(await ids({ ...page, actions: ['pack', 'plan'], entity: 'wave' })).toEqual(['a-1'])
    expect(await ids({ ...page, actions: [] })).toEqual([])
    expect(await ids({ ...page, from: at(1), to: at(2) })).toEqual(['a-2'])
    expect(await store.loadAuditFacets()).toEqual({ actors: ['kim', 'pat'], actions: ['pack', 'plan'], entities: ['parcel', 'wave'] }) // prettier-ignore
  })
}
