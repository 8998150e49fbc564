import { expect, test } from 'vitest'
import { makeAudit, makeCartonMovement, testNow } from '../../fixtures/builders.ts'
import {
  makeConsignment,
  makeDocument,
  makeEvent,
  makeReportMessage,
  makeRoute,
  makeStep,
  makeTour,
  makeWave,
} from '../../fixtures/wave-builders.ts'
import {
  everything,
  type MakeStore,
  openShop,
  parcelOf,
  parcelPlan,
  placeOrder,
  planOne,
  promise,
  refusal,
  settings,
  startWave,
} from './shop.ts'

export function waveSuite(makeStore: MakeStore): void {
  choosingTests(makeStore)
  parcelPlanTests(makeStore)
  laterStepTests(makeStore)
}

function choosingTests(makeStore: MakeStore): void {
  test('orders can be planned when they are received, unheld and in no living wave; oldest first', async () => {
    const store = await openShop(makeStore)
    const young = await placeOrder(store, { placedAt: testNow + 9 })
    const old = await placeOrder(store, { placedAt: testNow })
    const taken = await placeOrder(store, { placedAt: testNow + 1 })
    await placeOrder(store, { status: 'on-hold' })
    await placeOrder(store, { holds: [{ code: 'missing-measures', facts: { sku: 'TEA' } }] })
    const twin = await placeOrder(store, { placedAt: testNow + 9, id: `${young.id}-twin` })
    await startWave(store, [taken])
    expect(await store.findPlannableOrders(10)).toEqual([old.id, young.id, twin.id])
    expect(await store.findPlannableOrders(1)).toEqual([old.id])
  })

  test('an order in a living wave cannot be in a second one, and then no wave is made', async () => {
    const store = await openShop(makeStore)
    const [first, second] = [await placeOrder(store), await placeOrder(store)]
    await startWave(store, [first])
    const wave = makeWave({ orderIds: [second.id, first.id] })
    await expect(store.createWave(wave, makeAudit())).rejects.toMatchObject(refusal('ERR_STATUS_NOT_ALLOWED'))
    expect(await store.findWave(wave.id)).toBeUndefined()
    expect(await store.findPlannableOrders(10)).toEqual([second.id])
  })

  test('an order that could not be planned is given back: it may be in another wave, and then only there', async () => {
    const store = await openShop(makeStore)
    const [stuck, fine] = [await placeOrder(store), await placeOrder(store)]
    const first = await startWave(store, [stuck, fine])
    const unplanned = [{ orderId: stuck.id, orderCode: stuck.code, reasons: [] }]
    await store.savePlannedParcels(parcelPlan(first, { unplanned, parcels: [parcelOf(fine, first)] }))
    expect(await store.findPlannableOrders(10)).toEqual([stuck.id])
    expect((await store.loadWave(first.id)).orders).toEqual([stuck, fine])
    const second = await startWave(store, [stuck])
    expect((await store.loadWave(first.id)).orders).toEqual([fine])
    expect((await store.loadWave(first.id)).wave.orderIds).toEqual([stuck.id, fine.id])
    const again = parcelPlan(first, { parcels: [parcelOf(stuck, first), parcelOf(fine, first)] })
    await expect(store.savePlannedParcels(again)).rejects.toMatchObject(refusal('ERR_STATUS_NOT_ALLOWED'))
    expect((await store.loadWave(second.id)).orders).toEqual([stuck])
  })

  test('a new plan withdraws the papers of the parcels it replaces', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const label = makeDocument({ kind: 'label', subjectId: parcel.id })
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'issued',
      step: makeStep({ step: 'issue-labels' }),
      documents: [label],
      withdrawn: [],
      withdrawnAt: testNow,
      audit: makeAudit(),
    })
    const step = makeStep({ step: 'plan-parcels', at: testNow + 5 })
    await store.savePlannedParcels(parcelPlan(wave, { step, parcels: [parcelOf(order, wave)] }))
    expect((await store.getDocument(label.id)).withdrawnAt).toBe(testNow + 5)
  })

  test('an order that was given back is taken again by a plan that has parcels for it', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const wave = await startWave(store, [order])
    const unplanned = [{ orderId: order.id, orderCode: order.code, reasons: [] }]
    await store.savePlannedParcels(parcelPlan(wave, { unplanned }))
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [parcelOf(order, wave)] }))
    expect(await store.findPlannableOrders(10)).toEqual([])
    const other = makeWave({ orderIds: [order.id] })
    await expect(store.createWave(other, makeAudit())).rejects.toMatchObject(refusal('ERR_STATUS_NOT_ALLOWED'))
  })

  test('an order whose wave is closed may be in another one', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    await startWave(store, [order], { stage: 'closed' })
    expect(await store.findPlannableOrders(10)).toEqual([order.id])
    const wave = await startWave(store, [order])
    expect(await store.findWave(wave.id)).toEqual(wave)
  })

  test('wave numbers run from 1 for each day, and parcel serials on for ever; none is given twice', async () => {
    const store = await makeStore()
    expect([await store.nextWaveNumber('326'), await store.nextWaveNumber('326')]).toEqual([1, 2])
    expect(await store.nextWaveNumber('327')).toBe(1)
    expect(await store.nextOrderNumber('326')).toBe(1)
    const first = await store.takeParcelSerials(5)
    expect(await store.takeParcelSerials(2)).toBe(first + 5)
    expect(await store.takeParcelSerials(1)).toBe(first + 7)
  })

  test('a wave is found by id and by code, and a stranger is refused with its name', async () => {
    const store = await openShop(makeStore)
    const wave = await startWave(store, [await placeOrder(store)], { code: 'W326-1' })
    expect(await store.findWave(wave.id)).toEqual(wave)
    expect(await store.findWave('W326-1')).toEqual(wave)
    expect(await store.findWave('W326-9')).toBeUndefined()
    await expect(store.loadWave('nowhere')).rejects.toMatchObject(refusal('ERR_WAVE_NOT_FOUND'))
  })
}

function parcelPlanTests(makeStore: MakeStore): void {
  test('planned parcels save stage, step, proofs, rules, orders, events and reports together', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const wave = await startWave(store, [order])
    const parcel = parcelOf(order, wave)
    const event = makeEvent({ orderId: order.id, parcelId: parcel.id })
    const report = makeReportMessage({ orderId: order.id })
    const step = makeStep({ fingerprint: 'f-1' })
    const proofs = [{ orderId: order.id, parcelsLowerBound: 1, isFewest: true, isBest: true }]
    const unplanned = [
      {
        orderId: 'x',
        orderCode: '326-99',
        reasons: [{ code: 'unpackable' as const, facts: { sku: 'POLE', mm: 620 } }],
      },
    ]
    const planned = { ...order, status: 'planned' as const }
    await store.savePlannedParcels(
      parcelPlan(wave, {
        step,
        proofs,
        unplanned,
        parcels: [parcel],
        orders: [planned],
        events: [event],
        reports: [report],
      }),
    )
    const stored = { ...wave, stage: 'planned', steps: [step], proofs, unplanned, rules: settings.packing }
    expect(await store.findWave(wave.id)).toEqual(stored)
    expect(await store.findOrder(order.id)).toEqual({
      order: planned,
      parcels: [parcel],
      events: [event],
      reports: [report],
    })
  })

  test('a new plan replaces the parcels that are still planned, and no others', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const elsewhere = await planOne(store)
    const underWay = parcelOf(order, wave, { letter: 'B', status: 'picking' })
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [parcel, underWay] }))
    const fresh = parcelOf(order, wave, { letter: 'C' })
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [fresh] }))
    expect((await store.findOrder(order.id))?.parcels).toEqual([underWay, fresh])
    expect(await store.findParcel(parcel.id)).toBeUndefined()
    expect(await store.findParcel(elsewhere.parcel.id)).toEqual(elsewhere.parcel)
  })

  test('a plan that promises more than there is leaves nothing behind', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const before = await store.loadWave(wave.id)
    const messages = await store.listMessages(everything)
    const entry = makeAudit()
    const plan = parcelPlan(wave, {
      stage: 'issued',
      step: makeStep({ fingerprint: 'f-2' }),
      parcels: [parcelOf(order, wave, { letter: 'Z' })],
      orders: [{ ...order, status: 'planned' }],
      movements: [
        makeCartonMovement({ kind: 'reserved', sku: 'S', quantity: 20 }),
        makeCartonMovement({ kind: 'reserved', sku: 'S', quantity: 1 }),
      ],
      events: [makeEvent({ orderId: order.id })],
      reports: [makeReportMessage({ orderId: order.id })],
      audit: entry,
    })
    await expect(store.savePlannedParcels(plan)).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
    expect(await store.loadWave(wave.id)).toEqual(before)
    expect(await store.findOrder(order.id)).toEqual({ order, parcels: [parcel], events: [], reports: [] })
    expect(await store.listMessages(everything)).toEqual(messages)
    expect((await store.loadCartons())[0]).toMatchObject({ onHand: 20, reserved: 0 })
    expect((await store.listAudit(everything)).rows).not.toContainEqual(entry)
  })

  test('a plan for a wave that is not there is refused and saves nothing', async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const nowhere = makeWave()
    const plan = parcelPlan(nowhere, { orders: [{ ...order, status: 'planned' }], movements: [promise(1)] })
    await expect(store.savePlannedParcels(plan)).rejects.toMatchObject(refusal('ERR_WAVE_NOT_FOUND'))
    expect((await store.findOrder(order.id))?.order).toEqual(order)
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ reserved: 0 }])
  })
}

function laterStepTests(makeStore: MakeStore): void {
  test('a step done again replaces its former result, and steps stand in the order of the main job', async () => {
    const store = await openShop(makeStore)
    const { wave } = await planOne(store)
    const tours = makeStep({ step: 'plan-pick-tour', fingerprint: 't-1' })
    const parcels = makeStep({ step: 'plan-parcels', fingerprint: 'p-2' })
    await store.savePickTours({ waveId: wave.id, step: tours, tours: [], movements: [], audit: makeAudit() })
    await store.savePlannedParcels(parcelPlan(wave, { step: parcels }))
    expect((await store.findWave(wave.id))?.steps).toEqual([parcels, tours])
  })

  test('pick tours replace all tours of their wave and take what they promise out of stock', async () => {
    const store = await openShop(makeStore)
    const { wave } = await planOne(store)
    const other = await planOne(store)
    const kept = makeTour({ waveId: other.wave.id })
    const former = makeTour({ waveId: wave.id })
    const [first, second] = [makeTour({ waveId: wave.id, seq: 1 }), makeTour({ waveId: wave.id, seq: 2 })]
    const save = (waveId: string, tours: readonly ReturnType<typeof makeTour>[], quantity: number) =>
      store.savePickTours({
        waveId,
        step: makeStep({ step: 'plan-pick-tour' }),
        tours,
        movements: [promise(quantity)],
        audit: makeAudit(),
      })
    await save(other.wave.id, [kept], 1)
    await save(wave.id, [former], 1)
    await save(wave.id, [second, first], 1)
    expect((await store.loadWave(wave.id)).tours).toEqual([first, second])
    expect((await store.loadWave(other.wave.id)).tours).toEqual([kept])
    await expect(save(wave.id, [], 8)).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
    expect((await store.loadWave(wave.id)).tours).toEqual([first, second])
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ reserved: 3 }])
  })

  test('a delivery plan replaces consignments and routes of its wave and updates its parcels', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const other = await planOne(store)
    const of = { orderId: order.id, waveId: wave.id, parcelIds: [parcel.id] }
    const save = (consignment: ReturnType<typeof makeConsignment>, distanceM: number) =>
      store.saveDeliveryPlan({
        waveId: consignment.waveId,
        step: makeStep({ step: 'plan-delivery' }),
        consignments: [consignment],
        routes: [makeRoute({ waveId: consignment.waveId, distanceM })],
        parcels:
          consignment.waveId === wave.id ? [{ ...parcel, carrierCode: 'VAN', sequence: consignment.sequence }] : [],
        audit: makeAudit(),
      })
    await save(makeConsignment({ waveId: other.wave.id, orderId: other.order.id }), 7)
    await save(makeConsignment({ ...of, sequence: '1' }), 100)
    const consignment = makeConsignment({ ...of, sequence: '7a' })
    await save(consignment, 90)
    const bundle = await store.loadWave(wave.id)
    expect(bundle.consignments).toEqual([consignment])
    expect(bundle.routes).toEqual([makeRoute({ waveId: wave.id, distanceM: 90 })])
    expect(bundle.parcels).toEqual([{ ...parcel, carrierCode: 'VAN', sequence: '7a' }])
    expect((await store.loadWave(other.wave.id)).routes).toMatchObject([{ distanceM: 7 }])
  })

  test('new documents withdraw the old ones visibly; both can still be read', async () => {
    const store = await openShop(makeStore)
    const { wave } = await planOne(store)
    const issue = (documents: readonly ReturnType<typeof makeDocument>[], withdrawn: readonly string[]) =>
      store.saveIssuedDocuments({
        waveId: wave.id,
        stage: 'issued',
        step: makeStep({ step: 'issue-documents' }),
        documents,
        withdrawn,
        withdrawnAt: testNow + 50,
        audit: makeAudit(),
      })
    const first = makeDocument({ kind: 'selection', subjectId: wave.id, version: 1, text: '{}' })
    const second = makeDocument({
      kind: 'selection',
      subjectId: wave.id,
      version: 2,
      issuedAt: testNow + 50,
      text: '{ }',
    })
    await issue([first], [])
    await issue([second], [first.id])
    const withdrawn = { ...first, withdrawnAt: testNow + 50 }
    expect(await store.getDocument(first.id)).toEqual(withdrawn)
    expect(await store.listDocuments([wave.id])).toEqual([second, withdrawn])
    expect((await store.loadWave(wave.id)).documents).toEqual([second])
    expect((await store.findWave(wave.id))?.stage).toBe('issued')
    await expect(issue([makeDocument({ id: 'new', subjectId: wave.id })], ['nowhere'])).rejects.toMatchObject(
      refusal('ERR_DOCUMENT_NOT_FOUND'),
    )
    await expect(store.getDocument('new')).rejects.toMatchObject(refusal('ERR_DOCUMENT_NOT_FOUND'))
  })
}
