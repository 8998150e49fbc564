import { afterAll, describe, expect, test } from 'vitest'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { findReturn } from '../../../src-main/application/find-return.ts'
import { reportParcel } from '../../../src-main/application/report-parcel.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { sendAgain } from '../../../src-main/application/follow-up.ts'
import { takeReturn, undoReturn } from '../../../src-main/application/take-return.ts'
import type { ReturnedPiece } from '../../../src-main/domain/parcel-return.ts'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import { removeCounterShops, stores } from './counter-shop.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { load, packed, planned, shelves, takeOrders, told } from './line-of-work.ts'
import { openTestShop, type TestShop } from './test-shop.ts'

afterAll(removeCounterShops)

/** One order, packed and handed over to its courier. */
async function handedOver(
  lines: Record<string, number>,
  options: Parameters<typeof openTestShop>[0] = {},
): Promise<{ shop: TestShop; orderId: string; externalId: string; waveId: string; parcel: Parcel }> {
  const shop = await openTestShop(options)
  const [order] = await takeOrders(shop, [storefrontOrder(lines)])
  const waveId = await packed(shop)
  await exportManifests(shop.workshop, shop.caller, { waveId })
  const [parcel] = (await load(shop, waveId)).parcels
  if (!order || !parcel) throw new Error('nothing was packed')
  return { shop, orderId: order.id, externalId: order.externalId, waveId, parcel }
}

const piecesOf = (parcel: Parcel, given: Partial<ReturnedPiece> = {}): ReturnedPiece[] =>
  parcel.contents.map((content) => ({ ...content, fate: 'restock', location: 'A-2', reason: 'other', ...given }))

const fileOf = async (shop: TestShop, orderId: string) => {
  const file = await shop.store.findOrder(orderId)
  if (!file) throw new Error('no order')
  return file
}

describe.each(stores)('a return %s', (_name, makeStore) => {
  test('puts each line where it belongs, and the customer hears that the package came back', async () => {
    const { shop, orderId, parcel } = await handedOver({ TEA: 2, MUG: 1 }, { makeStore })
    const [tea, mug] = ['TEA', 'MUG'].map((sku) => parcel.contents.find((content) => content.sku === sku))
    if (!tea || !mug) throw new Error('not in one package')
    const found = await findReturn(shop.workshop, parcel.number ?? '')
    expect(found.parcels[0]).toMatchObject({ canComeBack: true, isUndelivered: true })
    expect(found.parcels[0]?.lines.find(({ sku }) => sku === 'TEA')).toMatchObject({ out: 2, location: 'A-1' })
    const taken = await takeReturn(shop.workshop, shop.caller, {
      parcelId: parcel.id,
      pieces: [
        { ...tea, fate: 'restock', location: 'A-2', reason: 'changed-mind' },
        { ...mug, fate: 'discard', reason: 'damaged' },
      ],
    })
    expect(taken).toMatchObject({ status: 'returned' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 0], 'TEA A-2': [6, 0], 'MUG B-1': [7, 0] })
    await reportStatus(shop.workshop, shop.caller)
    const { order } = await fileOf(shop, orderId)
    expect(order.status).toBe('returned')
    expect(told(shop, order).at(-1)).toBe('returned:parcel')
    const again = takeReturn(shop.workshop, shop.caller, { parcelId: parcel.id, pieces: piecesOf(parcel) })
    await expect(again).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED' })
  })

  test('of a part leaves the rest with the customer, and takes no piece twice', async () => {
    const { shop, orderId, parcel } = await handedOver({ TEA: 3 }, { makeStore })
    const [tea] = piecesOf(parcel)
    if (!tea) throw new Error('no tea')
    const take = (quantity: number) =>
      takeReturn(shop.workshop, shop.caller, { parcelId: parcel.id, pieces: [{ ...tea, quantity }] })
    expect(await take(1)).toMatchObject({ status: 'delivered' })
    expect((await fileOf(shop, orderId)).events.at(-1)).toMatchObject({
      status: 'delivered',
      reason: 'partly-returned',
    })
    expect((await findReturn(shop.workshop, parcel.id)).parcels[0]?.lines[0]).toMatchObject({ sent: 3, out: 2 })
    await expect(take(3)).rejects.toMatchObject({ code: 'ERR_RETURN_TOO_MANY', details: { out: 2, quantity: 3 } })
    expect(await take(2)).toMatchObject({ status: 'returned' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [7, 0], 'TEA A-2': [7, 0] })
  })

  test('into quarantine is stock that nobody can be promised', async () => {
    const { shop, parcel } = await handedOver({ TEA: 2 }, { makeStore })
    await takeReturn(shop.workshop, shop.caller, { parcelId: parcel.id, pieces: piecesOf(parcel, { fate: 'quarantine' }) }) // prettier-ignore
    expect(await shelves(shop)).toMatchObject({ 'TEA QUARANTINE': [2, 0] })
    await takeOrders(shop, [storefrontOrder({ TEA: 13 })])
    const bundle = await load(shop, await planned(shop))
    expect(bundle.wave.unplanned[0]?.reasons[0]).toMatchObject({ code: 'stock-short', facts: { free: 12 } })
  })

  test('can be taken back until the storefront is told', async () => {
    const { shop, orderId, parcel } = await handedOver({ TEA: 2 }, { makeStore, settings: { undoMs: 60_000 } })
    shop.clock.forward(61_000)
    await reportStatus(shop.workshop, shop.caller)
    const sent = shop.storefront.reports.length
    const take = () => takeReturn(shop.workshop, shop.caller, { parcelId: parcel.id, pieces: piecesOf(parcel) })
    const { returnId } = await take()
    await undoReturn(shop.workshop, shop.caller, { parcelId: parcel.id, returnId })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-2': [4, 0] })
    expect((await fileOf(shop, orderId)).order.status).toBe('handed-over')
    shop.clock.forward(61_000)
    await reportStatus(shop.workshop, shop.caller)
    expect(shop.storefront.reports).toHaveLength(sent)
    const later = await take()
    shop.clock.forward(61_000)
    const tooLate = undoReturn(shop.workshop, shop.caller, { parcelId: parcel.id, returnId: later.returnId })
    await expect(tooLate).rejects.toMatchObject({ code: 'ERR_RETURN_TOLD' })
  })

  test('is found by the courier’s number, the package’s code and the order', async () => {
    const { shop, parcel } = await handedOver({ TEA: 1 }, { makeStore })
    await shop.store.saveOrderChange({
      orders: [], parcels: [{ ...parcel, tracking: 'Track-77' }], events: [], reports: [], movements: [],
      audit: { id: crypto.randomUUID(), at: 0, actor: 'test', action: 'test', entity: 'parcel', entityId: 'x' },
    }) // prettier-ignore
    for (const code of ['Track-77', `${parcel.orderCode}${parcel.letter}`, parcel.orderCode, parcel.id])
      expect((await findReturn(shop.workshop, code)).parcels.map(({ id }) => id)).toEqual([parcel.id])
    await expect(findReturn(shop.workshop, '999-99')).rejects.toMatchObject({ code: 'ERR_ORDER_NOT_FOUND' })
  })
})

describe('a package that did not arrive', () => {
  test('lost is told, and sent again once as an order that the storefront sees as part of the first', async () => {
    const { shop, orderId, externalId, parcel } = await handedOver({ TEA: 2 })
    const code = `${parcel.orderCode}${parcel.letter}`
    expect(await reportParcel(shop.workshop, shop.caller, { code, what: 'lost' })).toMatchObject({
      status: 'failed',
      canSendAgain: true,
    })
    expect((await fileOf(shop, orderId)).events.at(-1)).toMatchObject({ status: 'failed', reason: 'lost' })
    const again = await sendAgain(shop.workshop, shop.caller, code)
    expect(again).toMatchObject({ isNew: true, pieces: 2 })
    expect(await sendAgain(shop.workshop, shop.caller, code)).toEqual({ ...again, isNew: false })
    const { order } = await fileOf(shop, again.orderId)
    expect(order).toMatchObject({
      status: 'received',
      payment: 'paid',
      totals: { totalMinor: 0 },
      follows: { orderId },
    })
    await planned(shop)
    await reportStatus(shop.workshop, shop.caller)
    const { payload } = (await fileOf(shop, orderId)).reports.at(-1) ?? {}
    if (payload?.kind !== 'report') throw new Error('no report')
    expect(payload.externalOrderId).toBe(externalId)
    expect(payload.report.kind).toBe('planned')
    expect(payload.report.contents?.map(({ letter }) => letter)).toEqual(['A', 'B'])
    const sequences = shop.storefront.reports.map(({ report }) => report.sequence)
    expect(new Set(sequences).size).toBe(sequences.length)
  })

  test('refused comes back whole, whatever is missing of it', async () => {
    const { shop, orderId, parcel } = await handedOver({ TEA: 2 })
    await reportParcel(shop.workshop, shop.caller, { code: parcel.orderCode, what: 'refused' })
    const [tea] = piecesOf(parcel, { reason: 'refused' })
    if (!tea) throw new Error('no tea')
    await takeReturn(shop.workshop, shop.caller, { parcelId: parcel.id, pieces: [{ ...tea, quantity: 1 }] })
    const { order, events } = await fileOf(shop, orderId)
    expect(order.status).toBe('returned')
    expect(events.at(-1)).toMatchObject({ status: 'returned', reason: 'refused' })
  })

  test('left behind is packed again and goes with the next collection', async () => {
    const { shop, waveId, parcel } = await handedOver({ TEA: 1 })
    const code = parcel.number ?? ''
    await reportParcel(shop.workshop, shop.caller, { code, what: 'not-handed-over' })
    const [after] = (await load(shop, waveId)).parcels
    expect(after).toMatchObject({ status: 'packed', manifestId: undefined, number: code })
    const { closed } = await exportManifests(shop.workshop, shop.caller, { waveId })
    expect(closed).toMatchObject([{ parcels: 1 }])
    const [gone] = (await load(shop, waveId)).parcels
    expect(gone?.status).toBe('handed-over')
    expect(gone?.manifestId).not.toBe(parcel.manifestId)
  })

  test('was handed over before: nothing else can be lost or sent again', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const lost = reportParcel(shop.workshop, shop.caller, { code: order?.code ?? '', what: 'lost' })
    await expect(lost).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED', details: { from: 'packed' } })
    const again = sendAgain(shop.workshop, shop.caller, `${order?.code}A`)
    await expect(again).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED' })
  })
})
