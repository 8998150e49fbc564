import { expect, test } from 'vitest'
import type { DocumentKind } from '../../../src-main/domain/document.ts'
import { makeAudit, makeLine, makeProduct } from '../../fixtures/builders.ts'
import { makeConsignment, makeDocument, makeStep } from '../../fixtures/wave-builders.ts'
import {
  floor,
  type MakeStore,
  openShop,
  parcelOf,
  parcelPlan,
  placeOrder,
  planOne,
  promise,
  settings,
  shelf,
  shelfLocation,
  startWave,
  tea,
  van,
} from './shop.ts'

export function waveBundleSuite(makeStore: MakeStore): void {
  test('one load answers the shop, the orders in the order of the wave, and their products and stock', async () => {
    const store = await openShop(makeStore)
    await store.saveProducts([makeProduct({ sku: 'COFFEE' })], [], makeAudit())
    const first = await placeOrder(store, { lines: [makeLine(), makeLine({ sku: 'UNKNOWN' })] })
    const second = await placeOrder(store)
    await placeOrder(store, { lines: [makeLine({ sku: 'COFFEE' })] })
    await store.saveMovements([promise(1)], makeAudit())
    const wave = await startWave(store, [second, first])
    const bundle = await store.loadWave(wave.id)
    expect(bundle).toMatchObject({ settings, wave, floor, locations: [shelfLocation], carriers: [van] })
    expect(bundle.orders).toEqual([second, first])
    expect(bundle.products).toEqual([tea])
    expect(bundle.levels).toEqual([{ sku: 'TEA', of: 'product', location: shelf, lot: '', onHand: 10, reserved: 1 }])
    expect(bundle.cartons).toMatchObject([{ carton: { code: 'S' }, onHand: 20, reserved: 0 }])
    expect(bundle).toMatchObject({ parcels: [], tours: [], consignments: [], routes: [], documents: [] })
  })

  test('a look at orders before there is a wave answers what the wave would, without those another wave has', async () => {
    const store = await openShop(makeStore)
    const [first, second, taken] = [await placeOrder(store), await placeOrder(store), await placeOrder(store)]
    await startWave(store, [taken])
    const wanted = { orderIds: [second.id, taken.id, 'nobody', first.id], seed: 7, at: 99 }
    const looked = await store.loadForPlanning(wanted)
    expect(looked.orders).toEqual([second, first])
    expect(looked.wave).toMatchObject({ stage: 'draft', seed: 7, createdAt: 99, steps: [] })
    const { wave: _made, ...bundle } = await store.loadWave((await startWave(store, [second, first])).id)
    expect(looked).toMatchObject(bundle)
    expect((await store.listWaves({ offset: 0, limit: 9 })).total).toBe(2)
  })

  test('a shop without a floor has none and no locations', async () => {
    const store = await makeStore()
    await store.saveSettings(settings, makeAudit())
    const wave = await startWave(store, [])
    const bundle = await store.loadWave(wave.id)
    expect(bundle.floor).toBeUndefined()
    expect(bundle.locations).toEqual([])
  })

  test('parcels of the wave come in order of order code and letter, Z before AA', async () => {
    const store = await openShop(makeStore)
    const second = await placeOrder(store, { code: '326-02' })
    const first = await placeOrder(store, { code: '326-01' })
    const wave = await startWave(store, [second, first])
    const letters = ['AA', 'Z', 'B'].map((letter) => parcelOf(first, wave, { letter }))
    await store.savePlannedParcels(parcelPlan(wave, { parcels: [parcelOf(second, wave), ...letters] }))
    const parcels = (await store.loadWave(wave.id)).parcels.map((parcel) => parcel.orderCode + parcel.letter)
    expect(parcels).toEqual(['326-01B', '326-01Z', '326-01AA', '326-02A'])
  })

  test('documents in force about the wave, its orders and its parcels belong to it, others do not', async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const about = (kind: DocumentKind, subjectId: string) => makeDocument({ kind, subjectId })
    const mine = [about('pick-sheet', wave.id), about('slip', order.id), about('label', parcel.id)]
    const strange = about('label', 'another-parcel')
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'issued',
      step: makeStep({ step: 'issue-labels' }),
      documents: [...mine, strange],
      withdrawn: [],
      withdrawnAt: 0,
      audit: makeAudit(),
    })
    const ids = (await store.loadWave(wave.id)).documents.map((document) => document.id)
    expect(ids.toSorted()).toEqual(mine.map((document) => document.id).toSorted())
  })

  test('consignments of other waves that wait for their manifest come as mates, with their orders', async () => {
    const store = await openShop(makeStore)
    const mine = await planOne(store)
    const waiting = await planOne(store)
    const left = await planOne(store, { manifestId: 'manifest' })
    const ended = await planOne(store, { status: 'cancelled' })
    const consignments = []
    for (const { order, wave, parcel } of [mine, waiting, left, ended]) {
      const consignment = makeConsignment({ orderId: order.id, waveId: wave.id, parcelIds: [parcel.id] })
      consignments.push(consignment)
      await store.saveDeliveryPlan({
        waveId: wave.id,
        step: makeStep({ step: 'plan-delivery' }),
        consignments: [consignment],
        routes: [],
        parcels: [parcel],
        audit: makeAudit(),
      })
    }
    const bundle = await store.loadWave(mine.wave.id)
    expect(bundle.consignments).toEqual([consignments[0]])
    expect(bundle.collectionMates).toEqual([{ consignment: consignments[1], order: waiting.order }])
  })
}
