import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder } from '../../../src-main/application/change-order.ts'
import { checkPack, confirmPack } from '../../../src-main/application/confirm-pack.ts'
import { confirmPick } from '../../../src-main/application/confirm-pick.ts'
import { reportShortPick } from '../../../src-main/application/report-short-pick.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { storefrontOrder } from './fake-storefront.ts'
import {
  cartonsPromised, issued, load, packAll, packed, pickAll, planned, shelves, takeOrders, told,
} from './line-of-work.ts' // prettier-ignore
import { gtins, openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

describe('picking', () => {
  test('refuses the code of another product and takes nothing', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await issued(shop)
    const wrong = confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: 1, code: gtins.MUG, quantity: 1 })
    await expect(wrong).rejects.toMatchObject({
      code: 'ERR_PICK_WRONG_PRODUCT',
      details: { scanned: gtins.MUG, expectedSku: 'TEA', expectedGtin: gtins.TEA, location: 'A-1' },
    })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 2] })
  })

  test('takes part of a stop, then the rest, and never more', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 3 })])
    const waveId = await issued(shop)
    const pick = (quantity: number, code: string = gtins.TEA) =>
      confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: 1, code, quantity })
    expect(await pick(1)).toEqual({ tour: 1, seq: 1, picked: 1, short: 0, quantity: 3 })
    expect(await pick(2, 'TEA')).toMatchObject({ picked: 3 })
    await expect(pick(1)).rejects.toMatchObject({ code: 'ERR_PICK_TOO_MANY', details: { open: 0 } })
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['planned', 'picking:parcel'])
  })

  test('waits for the paper', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await planned(shop)
    const early = confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: 1, code: 'TEA', quantity: 1 })
    await expect(early).rejects.toMatchObject({ code: 'ERR_WAVE_STAGE', details: { stage: 'planned' } })
  })

  test('names a stop that is not there', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await issued(shop)
    const pick = { waveId, seq: 1, code: 'TEA', quantity: 1 }
    await expect(confirmPick(shop.workshop, shop.caller, { ...pick, tour: 9 })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path: 'tour' },
    })
    await expect(confirmPick(shop.workshop, shop.caller, { ...pick, tour: 1, seq: 9 })).rejects.toMatchObject({
      details: { path: 'seq' },
    })
  })
})

describe('a short pick', () => {
  test('sends the picker to another place that has enough, and the order stays whole', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await issued(shop)
    const answer = await reportShortPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: 1, quantity: 2 })
    expect(answer).toMatchObject({ otherLocation: 'A-2', stop: { short: 2, picked: 0 } })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 0], 'TEA A-2': [4, 2] })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 0], 'TEA A-2': [2, 0] })
    expect((await shop.store.findOrder(order?.id ?? ''))?.order).toMatchObject({
      status: 'packed',
      lines: [{ withdrawn: 0 }],
    })
  })

  test('takes the pieces out of the parcel when no other place has them, and tells the customer the new list', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ MUG: 2, TEA: 1 })])
    const waveId = await issued(shop)
    const before = await load(shop, waveId)
    const stop = before.tours[0]?.stops.find((candidate) => candidate.sku === 'MUG')
    const answer = await reportShortPick(shop.workshop, shop.caller, {
      waveId,
      tour: 1,
      seq: stop?.seq ?? 0,
      quantity: 1,
    })
    expect(answer.otherLocation).toBeUndefined()
    const { parcels, orders } = await load(shop, waveId)
    expect(parcels[0]?.contents.find((content) => content.sku === 'MUG')?.quantity).toBe(1)
    expect(parcels[0]?.placements.filter((placement) => placement.sku === 'MUG')).toHaveLength(1)
    expect(parcels[0]?.totals.netG).toBe((before.parcels[0]?.totals.netG ?? 0) - 410)
    expect(orders[0]?.lines.map((line) => [line.sku, line.withdrawn])).toEqual([['MUG', 1], ['TEA', 0]]) // prettier-ignore
    await reportStatus(shop.workshop, shop.caller)
    const last = shop.storefront.reports.at(-1)?.report
    expect(last).toMatchObject({ kind: 'planned', reason: 'short-pick' })
    expect(last?.contents?.[0]?.contents.find((content) => content.sku === 'MUG')?.quantity).toBe(1)
    expect(order?.code).toBe(orders[0]?.code)
  })

  test('cancels a parcel that is left empty, gives its carton back, and says the order goes on', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ PAINT: 1, TEA: 1 })])
    const waveId = await issued(shop)
    expect(await cartonsPromised(shop)).toBe(2)
    const stop = (await load(shop, waveId)).tours[0]?.stops.find((candidate) => candidate.sku === 'PAINT')
    await reportShortPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: stop?.seq ?? 0, quantity: 1 })
    expect(await cartonsPromised(shop)).toBe(1)
    const file = await shop.store.findOrder(order?.id ?? '')
    expect(file?.parcels.map((parcel) => parcel.status).toSorted()).toEqual(['cancelled', 'planned'])
    expect(file?.order.status).toBe('planned')
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['planned', 'cancelled:parcel', 'planned'])
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    expect((await load(shop, waveId)).wave.stage).toBe('packed')
  })

  test('ends an order of which nothing is left', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ MUG: 8 }), storefrontOrder({ TEA: 1 })])
    const waveId = await issued(shop)
    const stop = (await load(shop, waveId)).tours[0]?.stops.find((candidate) => candidate.sku === 'MUG')
    await reportShortPick(shop.workshop, shop.caller, {
      waveId,
      tour: 1,
      seq: stop?.seq ?? 0,
      quantity: stop?.quantity ?? 0,
    })
    expect((await shop.store.findOrder(order?.id ?? ''))?.order.status).toBe('cancelled')
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['planned', 'cancelled:parcel', 'cancelled'])
    expect(await shelves(shop)).toMatchObject({ 'MUG B-1': [0, 0] })
  })

  test('lets the wave end when the last open parcel falls away', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ MUG: 8 }), storefrontOrder({ TEA: 1 })])
    const waveId = await issued(shop)
    const stop = (await load(shop, waveId)).tours[0]?.stops.find((candidate) => candidate.sku === 'MUG')
    const tea = (await load(shop, waveId)).tours[0]?.stops.find((candidate) => candidate.sku === 'TEA')
    const at = { waveId, tour: 1, quantity: 1 }
    await confirmPick(shop.workshop, shop.caller, { ...at, seq: tea?.seq ?? 0, code: 'TEA' })
    await confirmPack(shop.workshop, shop.caller, { parcelId: tea?.parcelId ?? '' })
    await exportManifests(shop.workshop, shop.caller, { waveId })
    expect((await load(shop, waveId)).wave.stage).toBe('picking')
    await reportShortPick(shop.workshop, shop.caller, { ...at, seq: stop?.seq ?? 0, quantity: 8 })
    expect((await load(shop, waveId)).wave.stage).toBe('closed')
  })
})

describe('packing', () => {
  test('takes exactly the contents, by GTIN or SKU, and refuses anything else', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2, MUG: 1 })])
    const waveId = await issued(shop)
    await pickAll(shop, waveId)
    const parcelId = (await load(shop, waveId)).parcels[0]?.id ?? ''
    const pack = (scanned: readonly string[]) => confirmPack(shop.workshop, shop.caller, { parcelId, scanned })
    await expect(pack([gtins.TEA, gtins.PAINT, 'MUG'])).rejects.toMatchObject({
      code: 'ERR_PACK_WRONG_PRODUCT',
      details: { scanned: gtins.PAINT },
    })
    await expect(pack([gtins.TEA, 'MUG'])).rejects.toMatchObject({ details: { missingSku: 'TEA', missing: 1 } })
    await expect(pack([gtins.TEA, 'TEA', 'TEA', 'MUG'])).rejects.toMatchObject({ details: { scanned: 'TEA' } })
    expect(await checkPack(shop.workshop, { parcelId, code: gtins.TEA })).toEqual({ sku: 'TEA', quantity: 2 })
    await expect(checkPack(shop.workshop, { parcelId, code: gtins.PAINT })).rejects.toMatchObject({
      code: 'ERR_PACK_WRONG_PRODUCT',
    })
    expect(await pack(['MUG', gtins.TEA, 'TEA'])).toMatchObject({ wavePacked: true })
    await expect(pack(['MUG', gtins.TEA, 'TEA'])).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED' })
  })

  test('waits until everything is picked, and names what is missing', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await issued(shop)
    const parcelId = (await load(shop, waveId)).parcels[0]?.id ?? ''
    await expect(confirmPack(shop.workshop, shop.caller, { parcelId })).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
      details: { stillToPick: 'TEA', location: 'A-1' },
    })
    await expect(confirmPack(shop.workshop, shop.caller, { parcelId: 'nothing' })).rejects.toMatchObject({
      code: 'ERR_PARCEL_NOT_FOUND',
    })
  })
})

describe('cancelling', () => {
  test('before planning touches no stock', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await cancelOrder(shop.workshop, shop.caller, { order: order?.code ?? '', reason: 'double' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0] })
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['cancelled'])
    const again = cancelOrder(shop.workshop, shop.caller, { order: order?.code ?? '', reason: 'again' })
    await expect(again).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED' })
  })

  test('in the middle of picking gives back what is promised and what was taken', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 3, PAINT: 1 }), storefrontOrder({ MUG: 1 })])
    const waveId = await issued(shop)
    const tea = (await load(shop, waveId)).tours[0]?.stops.find((stop) => stop.sku === 'TEA')
    await confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: tea?.seq ?? 0, code: 'TEA', quantity: 2 })
    await cancelOrder(shop.workshop, shop.caller, { order: order?.id ?? '', reason: 'lost interest' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0], 'PAINT C-1': [6, 0] })
    expect(await cartonsPromised(shop)).toBe(1)
    const more = { waveId, tour: 1, seq: tea?.seq ?? 0, quantity: 1 }
    await expect(confirmPick(shop.workshop, shop.caller, { ...more, code: 'TEA' })).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
      details: { from: 'cancelled' },
    })
    await expect(reportShortPick(shop.workshop, shop.caller, more)).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
    })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0] })
  })

  test('after packing puts pieces and carton back, and after hand-over is refused', async () => {
    const shop = await openTestShop()
    const [first, second] = await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    const waveId = await packed(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: first?.id ?? '', reason: 'no longer wanted' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0] })
    await exportManifests(shop.workshop, shop.caller, { waveId })
    const gone = cancelOrder(shop.workshop, shop.caller, { order: second?.id ?? '', reason: 'too late' })
    await expect(gone).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED', details: { from: 'handed-over' } })
  })

  test('never gives a cancelled parcel’s number to another one', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const numbers = (await load(shop, await issued(shop))).parcels.map((parcel) => parcel.number)
    await cancelOrder(shop.workshop, shop.caller, { order: order?.id ?? '', reason: 'no' })
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    const later = (await load(shop, await issued(shop))).parcels.map((parcel) => parcel.number)
    expect(later.some((number) => numbers.includes(number))).toBe(false)
  })
})
