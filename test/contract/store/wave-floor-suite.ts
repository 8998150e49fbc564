import { expect, test } from 'vitest'
import type { KeptConfirmation } from '../../../src-main/ports/store/wave-store.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { makeEvent, makeStep, makeStop, makeTour } from '../../fixtures/wave-builders.ts'
import { everything, type MakeStore, openShop, planOne, promise, refusal, startWave } from './shop.ts'

/** Work on the floor, and the list by which one sees how far it is. */
export function waveFloorSuite(makeStore: MakeStore): void {
  const pickingWave = async () => {
    const store = await openShop(makeStore)
    const { order, wave, parcel } = await planOne(store)
    const stop = makeStop({ parcelId: parcel.id, orderId: order.id, quantity: 2 })
    const tours = [
      makeTour({ waveId: wave.id, seq: 1, stops: [stop] }),
      makeTour({ waveId: wave.id, seq: 2, stops: [] }),
    ]
    const movements = [promise(2)]
    await store.savePickTours({
      waveId: wave.id,
      step: makeStep({ step: 'plan-pick-tour' }),
      tours,
      movements,
      audit: makeAudit(),
    })
    const pick = (picked: number, quantity: number, confirmation?: KeptConfirmation) =>
      store.saveFloorWork({
        ...(confirmation && { confirmation }),
        waveId: wave.id,
        stage: 'picking',
        tours: [{ ...tours[0]!, stops: [{ ...stop, picked }] }],
        parcels: [{ ...parcel, status: 'picking' }],
        orders: [{ ...order, status: 'picking' }],
        movements: [{ ...promise(-quantity), kind: 'picked' }],
        events: [makeEvent({ orderId: order.id, parcelId: parcel.id, status: 'picking', source: 'station' })],
        reports: [],
        audit: makeAudit(),
      })
    return { store, order, wave, parcel, tours, pick }
  }

  test('floor work replaces only the tours it names, and consumes what was promised', async () => {
    const { store, wave, tours, pick } = await pickingWave()
    await pick(1, 1)
    const bundle = await store.loadWave(wave.id)
    expect(bundle.tours).toEqual([{ ...tours[0], stops: [{ ...tours[0]!.stops[0], picked: 1 }] }, tours[1]])
    expect(bundle.wave.stage).toBe('picking')
    expect(bundle.parcels).toMatchObject([{ status: 'picking' }])
    expect(bundle.levels).toMatchObject([{ onHand: 9, reserved: 1 }])
  })

  test('floor work confirmed under an id is saved once; the second time nothing of it is', async () => {
    const { store, wave, pick } = await pickingWave()
    const confirmation = { id: 'made-at-the-station', waveId: wave.id, deed: 'pick 1 1 1', at: testNow + 7 }
    expect(await store.findConfirmation(confirmation.id)).toBeUndefined()
    await pick(1, 1, confirmation)
    expect(await store.findConfirmation(confirmation.id)).toEqual(confirmation)
    await expect(pick(2, 1, confirmation)).rejects.toMatchObject(refusal('ERR_STATUS_NOT_ALLOWED'))
    const bundle = await store.loadWave(wave.id)
    expect(bundle.tours[0]?.stops[0]).toMatchObject({ picked: 1 })
    expect(bundle.levels).toMatchObject([{ onHand: 9, reserved: 1 }])
  })

  test('confirmations are forgotten once they are old and their wave is closed, not before', async () => {
    const { store, wave, pick } = await pickingWave()
    const confirmation = { id: 'made-at-the-station', waveId: wave.id, deed: 'pick 1 1 1', at: testNow + 7 }
    await pick(1, 1, confirmation)
    expect(await store.purgeConfirmations(testNow + 8)).toBe(0)
    await store.saveIssuedDocuments({
      waveId: wave.id,
      stage: 'closed',
      step: makeStep({ step: 'export-manifest' }),
      documents: [],
      withdrawn: [],
      withdrawnAt: testNow,
      audit: makeAudit(),
    })
    expect(await store.purgeConfirmations(testNow + 7)).toBe(0)
    expect(await store.purgeConfirmations(testNow + 8)).toBe(1)
    expect(await store.findConfirmation(confirmation.id)).toBeUndefined()
  })

  test('the list of waves counts orders, and parcels whose every piece is picked or packed', async () => {
    const { store, wave, order, parcel, pick } = await pickingWave()
    const counts = async () => {
      const { rows } = await store.listWaves(everything)
      return rows.map((row) => [row.wave.id, row.orderCount, row.parcelCount, row.pickedParcels, row.packedParcels])
    }
    await pick(1, 1)
    expect(await counts()).toEqual([[wave.id, 1, 1, 0, 0]])
    await pick(2, 1)
    expect(await counts()).toEqual([[wave.id, 1, 1, 1, 0]])
    const change = { orders: [order], parcels: [{ ...parcel, status: 'packed' as const }], events: [], reports: [] }
    await store.saveOrderChange({ ...change, movements: [], audit: makeAudit() })
    expect(await counts()).toEqual([[wave.id, 1, 1, 1, 1]])
  })

  test('waves come newest first and are searched by code', async () => {
    const store = await openShop(makeStore)
    const old = await startWave(store, [], { code: 'W325-1', createdAt: testNow - 9 })
    const young = await startWave(store, [], { code: 'W326-1', createdAt: testNow })
    const ids = async (search?: string) =>
      (await store.listWaves({ ...everything, search })).rows.map(({ wave }) => wave.id)
    expect(await ids()).toEqual([young.id, old.id])
    expect(await ids('w325')).toEqual([old.id])
  })
}
