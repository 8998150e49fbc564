import { expect, test } from 'vitest'
import { makeAudit, makeMovement } from '../../fixtures/builders.ts'
import { makeRoute, makeStep, makeWave } from '../../fixtures/wave-builders.ts'
import * as records from './records.ts'
import { everything, importOf, type MakeStore, openShop, parcelPlan, settings } from './shop.ts'

/** Each record is saved as bare as it may be and as full as it can be, and must come back equal. */
export function roundTripSuite(makeStore: MakeStore): void {
  shopRecords(makeStore)
  orderRecords(makeStore)
  waveRecords(makeStore)
  dispatchRecords(makeStore)
}

function shopRecords(makeStore: MakeStore): void {
  test.each(records.settingsRecords)('settings, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveSettings(record, makeAudit())
    expect(await store.findSettings()).toEqual(record)
  })

  test.each(records.products)('a product, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveProducts([record], [], makeAudit())
    expect(await store.loadProducts([record.sku])).toEqual([record])
    expect(await store.findProduct(record.sku)).toEqual({ product: record, levels: [] })
    expect(await store.saveProducts([record], [], makeAudit())).toEqual({ new: 0, changed: 0, unchanged: 1 })
  })

  test.each(records.cartons)('a carton, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveCartons([record], [], makeAudit())
    expect(await store.loadCartons()).toEqual([{ carton: record, onHand: 0, reserved: 0 }])
  })

  test.each(records.carriers)('a courier, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveCarrier(record, makeAudit())
    expect(await store.loadCarriers()).toEqual([record])
  })

  test('a floor with missing passages, and its locations', async () => {
    const store = await makeStore()
    await store.saveFloor({ floor: records.floor, locations: records.locations }, makeAudit())
    const found = await store.findFloor()
    expect(found?.floor).toEqual(records.floor)
    expect(found?.locations.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual(records.locations)
  })

  test.each(records.auditEntries)('an audit entry, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveAudit(record)
    expect((await store.listAudit(everything)).rows).toEqual([record])
  })

  test.each(records.staff)('a member of staff, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveStaff(record, makeAudit())
    expect(await store.loadStaff()).toEqual([record])
  })

  test.each(records.terminals)('a terminal, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveTerminal(record, makeAudit())
    expect(await store.loadTerminals()).toEqual([record])
  })
}

function orderRecords(makeStore: MakeStore): void {
  test.each(records.connections)('a storefront connection, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveConnection(record, makeAudit())
    expect(await store.loadConnections()).toEqual([record])
  })

  test.each(records.orders)('an order, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([record]))
    expect((await store.findOrder(record.id))?.order).toEqual(record)
    expect(await store.findImported('connection', [record.externalId])).toEqual([record])
  })

  test.each(records.users)('a user, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([], { users: [record] }))
    expect(await store.findUser(record.userId)).toEqual(record)
  })

  test.each(records.events)('an event, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([records.orderOne], { events: [record] }))
    expect((await store.findOrder('order'))?.events).toEqual([record])
  })

  test.each(records.messages)('a message in the outbox, %s', async (_title, record) => {
    const store = await makeStore()
    await store.saveMessage(record)
    expect((await store.listMessages(everything)).rows).toEqual([record])
  })
}

function waveRecords(makeStore: MakeStore): void {
  const openWave = async () => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([records.orderOne]))
    const wave = makeWave({ id: 'wave', orderIds: ['order'] })
    await store.createWave(wave, makeAudit())
    return { store, wave }
  }

  test.each(records.waves)('a wave, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.upsertImportedOrders(importOf([records.orderOne]))
    await store.createWave(record, makeAudit())
    expect(await store.findWave(record.id)).toEqual(record)
  })

  test.each(records.parcels)('a parcel, %s', async (_title, record) => {
    const { store, wave } = await openWave()
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [record] }))
    expect(await store.findParcel(record.id)).toEqual(record)
    expect((await store.loadWave('wave')).parcels).toEqual([record])
  })

  test.each(records.tours)('a pick tour, %s', async (_title, record) => {
    const { store } = await openWave()
    const step = makeStep({ step: 'plan-pick-tour' })
    await store.savePickTours({ waveId: 'wave', step, tours: [record], movements: [], audit: makeAudit() })
    expect((await store.loadWave('wave')).tours).toEqual([record])
  })

  test('a consignment and a route', async () => {
    const { store } = await openWave()
    const routes = [makeRoute()]
    await store.saveDeliveryPlan({
      waveId: 'wave',
      step: makeStep({ step: 'plan-delivery' }),
      consignments: [records.consignment],
      routes,
      parcels: [],
      audit: makeAudit(),
    })
    expect(await store.loadWave('wave')).toMatchObject({ settings, consignments: [records.consignment], routes })
  })

  test('a stock movement with lot, best-before date, reason and order', async () => {
    const { store } = await openWave()
    const movement = makeMovement({
      kind: 'received',
      lot: 'L-7',
      bestBefore: '2026-12-24',
      reason: 'delivery',
      orderId: 'order',
      location: 'C-09',
    })
    await store.saveMovements([movement], makeAudit())
    const level = { sku: 'TEA', of: 'product', location: 'C-09', lot: 'L-7', bestBefore: '2026-12-24' }
    expect(await store.loadStockLevels(['TEA'])).toContainEqual({ ...level, onHand: 10, reserved: 0 })
  })
}

function dispatchRecords(makeStore: MakeStore): void {
  test.each(records.documents)('a document, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.createWave(makeWave({ id: 'wave' }), makeAudit())
    await store.saveIssuedDocuments({
      waveId: 'wave',
      stage: 'issued',
      step: makeStep({ step: 'issue-documents' }),
      documents: [record],
      withdrawn: [],
      withdrawnAt: 0,
      audit: makeAudit(),
    })
    expect(await store.getDocument(record.id)).toEqual(record)
    expect(await store.listDocuments([record.subjectId])).toEqual([record])
  })

  test.each(records.manifests)('a manifest, %s', async (_title, record) => {
    const store = await openShop(makeStore)
    await store.saveClosedManifest({
      manifest: record,
      documents: [],
      parcels: [],
      orders: [],
      closedWaveIds: [],
      events: [],
      reports: [],
      audit: makeAudit(),
    })
    expect((await store.loadManifest(record.id)).manifest).toEqual(record)
    expect((await store.listManifests(everything)).rows.map((row) => row.manifest)).toEqual([record])
  })
}
