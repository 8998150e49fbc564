import { expect, test } from 'vitest'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import type { ClosedManifest } from '../../../src-main/ports/store/dispatch-store.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import { makeAudit, makeCarrier, testNow } from '../../fixtures/builders.ts'
import {
  makeConsignment,
  makeDocument,
  makeEvent,
  makeManifest,
  makeManifestMessage,
  makeReportMessage,
  makeRoute,
  makeStep,
} from '../../fixtures/wave-builders.ts'
import {
  everything,
  type MakeStore,
  openShop,
  parcelOf,
  parcelPlan,
  placeOrder,
  planOne,
  refusal,
  settings,
  startWave,
  van,
} from './shop.ts'

export function dispatchSuite(makeStore: MakeStore): void {
  collectionTests(makeStore)
  manifestTests(makeStore)
  courierTests(makeStore)
  documentTests(makeStore)
}

const packed: Partial<Parcel> = { status: 'packed', carrierCode: 'VAN', number: 'C00000000017', sequence: '1' }

const closing = (parcel: Parcel, given: Partial<ClosedManifest> = {}): ClosedManifest => {
  const manifest = given.manifest ?? makeManifest({ parcelIds: [parcel.id] })
  return {
    manifest,
    documents: [],
    parcels: [{ ...parcel, status: 'handed-over', manifestId: manifest.id }],
    orders: [],
    closedWaveIds: [],
    events: [],
    reports: [],
    audit: makeAudit(),
    ...given,
  }
}

function collectionTests(makeStore: MakeStore): void {
  const packedWave = async () => {
    const store = await openShop(makeStore)
    const order = await placeOrder(store)
    const stranger = await placeOrder(store)
    const wave = await startWave(store, [order, stranger])
    const parcel = parcelOf(order, wave, packed)
    const parcels = {
      parcel,
      open: parcelOf(order, wave, { letter: 'B', carrierCode: 'VAN', status: 'picking' }),
      cancelled: parcelOf(order, wave, { letter: 'C', carrierCode: 'VAN', status: 'cancelled' }),
      gone: parcelOf(order, wave, { letter: 'D', carrierCode: 'VAN', status: 'handed-over', manifestId: 'm' }),
      strange: parcelOf(stranger, wave, { carrierCode: 'POST', status: 'packed' }),
    }
    await store.savePlannedParcels(parcelPlan(wave, { parcels: Object.values(parcels) }))
    const mine = makeConsignment({ orderId: order.id, waveId: wave.id, parcelIds: [parcel.id, parcels.open.id] })
    const strange = makeConsignment({ waveId: wave.id, carrierCode: 'POST', parcelIds: [parcels.strange.id] })
    const route = makeRoute({ waveId: wave.id })
    await store.saveDeliveryPlan({
      waveId: wave.id,
      step: makeStep({ step: 'plan-delivery' }),
      consignments: [mine, strange],
      routes: [route, makeRoute({ waveId: wave.id, carrierCode: 'POST' })],
      parcels: [],
      audit: makeAudit(),
    })
    return { store, order, wave, ...parcels, mine, route }
  }

  test('a collection holds the packed parcels without a manifest, their orders and living siblings', async () => {
    const { store, order, parcel, open, gone, mine, route } = await packedWave()
    const bundle = await store.loadCollection('VAN')
    expect(bundle).toMatchObject({ settings, carrier: van, parcels: [parcel], orders: [order] })
    expect(bundle.siblings).toEqual([parcel, open, gone])
    expect(bundle.consignments).toEqual([mine])
    expect(bundle.routes).toEqual([route])
  })

  test('a collection holds sealed blocks, labels and delivery documents in force, and no others', async () => {
    const { store, wave, parcel, strange } = await packedWave()
    const block = makeDocument({ kind: 'sealed-block', subjectId: parcel.id, text: 'jwe' })
    const delivery = makeDocument({ kind: 'delivery', subjectId: wave.id, text: '{"routes":[]}' })
    const voided = makeDocument({ kind: 'sealed-block', subjectId: parcel.id, text: 'old jwe', withdrawnAt: testNow })
    const label = makeDocument({ kind: 'label', subjectId: parcel.id })
    const other = makeDocument({ kind: 'sealed-block', subjectId: strange.id, text: 'jwe' })
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'issued',
      step: makeStep({ step: 'issue-labels' }),
      documents: [block, delivery, voided, label, other, makeDocument({ kind: 'slip', subjectId: parcel.id })],
      withdrawn: [],
      withdrawnAt: 0,
      audit: makeAudit(),
    })
    const ids = (await store.loadCollection('VAN')).documents.map((document) => document.id)
    expect(ids.toSorted()).toEqual([block.id, label.id, delivery.id].toSorted())
  })

  test('keeps a document that belongs to no wave, with its entry in the audit log', async () => {
    const store = await openShop(makeStore)
    const document = makeDocument({ kind: 'label', subjectId: 'test:VAN' })
    const audit = makeAudit({ action: 'make-test-label' })
    await store.saveDocument(document, audit)
    expect(await store.getDocument(document.id)).toEqual(document)
    expect((await store.listAudit({ search: 'make-test-label', offset: 0, limit: 9 })).rows).toEqual([audit])
  })

  test('a courier who is not there is refused, one with nothing to take gets an empty collection', async () => {
    const store = await openShop(makeStore)
    await expect(store.loadCollection('NOBODY')).rejects.toMatchObject(refusal('ERR_CARRIER_NOT_FOUND'))
    expect(await store.loadCollection('VAN')).toMatchObject({ parcels: [], orders: [], siblings: [], documents: [] })
  })
}

function manifestTests(makeStore: MakeStore): void {
  test('manifest numbers run from 1 for each courier and day and are never given twice', async () => {
    const store = await makeStore()
    expect(await store.nextManifestNumber('VAN', '326')).toBe(1)
    expect(await store.nextManifestNumber('VAN', '326')).toBe(2)
    expect(await store.nextManifestNumber('POST', '326')).toBe(1)
    expect(await store.nextManifestNumber('VAN', '327')).toBe(1)
  })

  test('closing saves manifest, documents, parcels, events and messages, and closes the waves it ends', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store, packed)
    const manifest = makeManifest({ number: 'VAN-326-1', parcelIds: [parcel.id] })
    const closed = closing(parcel, {
      manifest,
      documents: [makeDocument({ kind: 'manifest', subjectId: manifest.id })],
      orders: [{ ...order, status: 'handed-over' }],
      closedWaveIds: [wave.id],
      events: [makeEvent({ orderId: order.id, parcelId: parcel.id, status: 'handed-over' })],
      reports: [makeReportMessage({ orderId: order.id, kind: 'handed-over' }), makeManifestMessage()],
    })
    await store.saveClosedManifest(closed)
    const bundle = await store.loadManifest(manifest.id)
    expect(bundle).toMatchObject({ manifest, carrier: van, parcels: closed.parcels, orders: closed.orders })
    expect(bundle.documents).toEqual(closed.documents)
    expect(bundle.siblings).toEqual(closed.parcels)
    expect(await store.loadManifest('VAN-326-1')).toEqual(bundle)
    expect((await store.findWave(wave.id))?.stage).toBe('closed')
    expect((await store.findOrder(order.id))?.events).toEqual(closed.events)
    expect((await store.listMessages(everything)).total).toBe(2)
    expect((await store.loadCollection('VAN')).parcels).toEqual([])
    await expect(store.loadManifest('VAN-326-9')).rejects.toMatchObject(refusal('ERR_MANIFEST_NOT_FOUND'))
  })

  test('the parcels of a manifest come in its own order, which is the order of delivery', async () => {
    const store = await openShop(makeStore)
    const [a, b] = [await planOne(store, packed), await planOne(store, { ...packed, number: 'C00000000024' })]
    const manifest = makeManifest({ parcelIds: [b.parcel.id, a.parcel.id] })
    await store.saveClosedManifest(closing(a.parcel, { manifest, parcels: [] }))
    expect((await store.loadManifest(manifest.id)).parcels).toEqual([b.parcel, a.parcel])
  })

  test('a closed manifest cannot be closed again, nor a parcel stand on two; nothing is written', async () => {
    const store = await openShop(makeStore)
    const { order, parcel } = await planOne(store, packed)
    const first = closing(parcel)
    await store.saveClosedManifest(first)
    const events = [makeEvent({ orderId: order.id, status: 'handed-over' })]
    const again = { ...first, manifest: { ...first.manifest, collectionDay: '2026-11-23' }, events }
    await expect(store.saveClosedManifest(again)).rejects.toMatchObject(refusal('ERR_MANIFEST_CLOSED'))
    const second = closing(parcel, { events })
    await expect(store.saveClosedManifest(second)).rejects.toMatchObject(refusal('ERR_MANIFEST_CLOSED'))
    expect((await store.listManifests(everything)).rows.map((row) => row.manifest)).toEqual([first.manifest])
    expect((await store.findOrder(order.id))?.events).toEqual([])
    expect((await store.findParcel(parcel.id))?.manifestId).toBe(first.manifest.id)
  })

  test('manifests are listed newest first with courier and count, and searched by number or courier', async () => {
    const store = await openShop(makeStore)
    await store.saveCarrier(makeCarrier({ code: 'POST', name: 'Überland Post' }), makeAudit())
    const { parcel } = await planOne(store, packed)
    const old = makeManifest({ number: 'VAN-325-1', closedAt: testNow - 9, parcelIds: [parcel.id] })
    const young = makeManifest({ number: 'POST-326-1', carrierCode: 'POST' })
    await store.saveClosedManifest(closing(parcel, { manifest: old }))
    await store.saveClosedManifest(closing(parcel, { manifest: young, parcels: [] }))
    const list = async (search?: string) => (await store.listManifests({ ...everything, search })).rows
    expect(await list()).toEqual([
      { manifest: young, carrierName: 'Überland Post', parcelCount: 0 },
      { manifest: old, carrierName: 'Valley Van', parcelCount: 1 },
    ])
    expect((await list('uberland')).map((row) => row.manifest)).toEqual([young])
    expect((await list('van-325')).map((row) => row.manifest)).toEqual([old])
  })
}

function courierTests(makeStore: MakeStore): void {
  type CourierWord = readonly [sequence: number, status: 'out-for-delivery' | 'delivered']
  const statusFile = async (store: Store, manifestId: string, [sequence, status]: CourierWord) => {
    const { manifest, parcels } = await store.loadManifest(manifestId)
    const parcel = { ...parcels[0]!, status }
    const event = makeEvent({ orderId: parcel.orderId, parcelId: parcel.id, status, source: 'courier' })
    const change = {
      manifest: { ...manifest, lastStatusSequence: sequence },
      parcels: [parcel],
      orders: [],
      events: [event],
      reports: [makeReportMessage({ orderId: parcel.orderId, kind: status, sequence })],
      audit: makeAudit(),
    }
    await store.saveCourierStatus(change)
  }

  test("a courier's file changes parcels, adds events and reports, and is taken in once", async () => {
    const store = await openShop(makeStore)
    const { order, parcel } = await planOne(store, packed)
    const closed = closing(parcel)
    await store.saveClosedManifest(closed)
    const { id } = closed.manifest
    await statusFile(store, id, [2, 'out-for-delivery'])
    for (const sequence of [2, 1]) {
      await expect(statusFile(store, id, [sequence, 'delivered'])).rejects.toMatchObject(
        refusal('ERR_STATUS_FILE_REPLAYED'),
      )
    }
    const replayed = await store.findOrder(order.id)
    expect(replayed?.parcels).toMatchObject([{ status: 'out-for-delivery' }])
    expect(replayed?.events).toHaveLength(1)
    expect(replayed?.reports).toHaveLength(1)
    expect((await store.loadManifest(id)).manifest.lastStatusSequence).toBe(2)
    await statusFile(store, id, [3, 'delivered'])
    expect((await store.findOrder(order.id))?.parcels).toMatchObject([{ status: 'delivered' }])
  })

  test('a parcel is found by its number and by its id', async () => {
    const store = await openShop(makeStore)
    const { parcel } = await planOne(store, packed)
    expect(await store.findParcel('C00000000017')).toEqual(parcel)
    expect(await store.findParcel(parcel.id)).toEqual(parcel)
    expect(await store.findParcel('C00000000031')).toBeUndefined()
  })
}

function documentTests(makeStore: MakeStore): void {
  test('documents about several subjects come newest first, withdrawn ones among them', async () => {
    const store = await openShop(makeStore)
    const { wave, order } = await planOne(store)
    const documents = [
      makeDocument({ id: 'd-1', subjectId: wave.id, issuedAt: testNow, withdrawnAt: testNow + 1 }),
      makeDocument({ id: 'd-2', subjectId: order.id, kind: 'slip', issuedAt: testNow + 2 }),
      makeDocument({ id: 'd-3', subjectId: wave.id, issuedAt: testNow + 1, version: 2 }),
    ]
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'issued',
      step: makeStep(),
      documents,
      withdrawn: [],
      withdrawnAt: 0,
      audit: makeAudit(),
    })
    const ids = async (subjects: string[]) => (await store.listDocuments(subjects)).map(({ id }) => id)
    expect(await ids([wave.id, order.id])).toEqual(['d-2', 'd-3', 'd-1'])
    expect(await ids([order.id])).toEqual(['d-2'])
    expect(await ids([])).toEqual([])
  })

  test('who fetched which document and when is kept, oldest first', async () => {
    const store = await openShop(makeStore)
    const { wave } = await planOne(store)
    const document = makeDocument({ subjectId: wave.id })
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'issued',
      step: makeStep(),
      documents: [document],
      withdrawn: [],
      withdrawnAt: 0,
      audit: makeAudit(),
    })
    const fetches = [3, 1].map((at) => ({ documentId: document.id, terminal: 'Tablet 1', at: testNow + at }))
    for (const fetch of fetches) await store.saveDocumentFetch(fetch)
    expect(await store.listDocumentFetches(document.id)).toEqual(fetches.toReversed())
    expect(await store.listDocumentFetches('another')).toEqual([])
  })
}
