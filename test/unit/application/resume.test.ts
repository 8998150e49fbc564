import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder, holdOrder } from '../../../src-main/application/change-order.ts'
import { issueDocuments } from '../../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { createWave, planWave, runWave } from '../../../src-main/application/run-wave.ts'
import { makeAudit, makeHandling, makeMovement, makeProduct } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, load, packAll, pickAll, planned, shelves, takeOrders } from './line-of-work.ts'
import { giveKey, gtins, openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const issueAll = async (shop: TestShop, waveId: string): Promise<void> => {
  await planWave(shop.workshop, shop.caller, waveId)
  await issueDocuments(shop.workshop, shop.caller, waveId)
  await issueLabels(shop.workshop, shop.caller, waveId)
}

describe('a wave that is run again', () => {
  test('does no work when nothing has changed', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await issued(shop)
    const before = { bundle: await load(shop, waveId), papers: shop.papers.length, shelves: await shelves(shop) }
    const audit = (await shop.store.listAudit({ offset: 0, limit: 1 })).total
    await runWave(shop.workshop, shop.caller, waveId)
    expect(await load(shop, waveId)).toEqual(before.bundle)
    expect(shop.papers).toHaveLength(before.papers)
    expect(await shelves(shop)).toEqual(before.shelves)
    expect((await shop.store.listAudit({ offset: 0, limit: 1 })).total).toBe(audit)
  })

  test('goes on with the step at which it broke', async () => {
    const shop = await openTestShop({ withoutKeys: true })
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const wave = await createWave(shop.workshop, shop.caller, {})
    await expect(runWave(shop.workshop, shop.caller, wave.id)).rejects.toMatchObject({
      code: 'ERR_COURIER_KEY_MISSING',
      details: { carriers: ['VAN'] },
    })
    const papers = shop.papers.length
    expect(shop.papers.some((paper) => paper.kind === 'label')).toBe(false)
    await giveKey(shop.workshop, shop.caller, 'VAN', shop.keys.VAN)
    expect(await runWave(shop.workshop, shop.caller, wave.id)).toEqual({ closed: [], waiting: ['VAN'] })
    expect(shop.papers.slice(papers).map((paper) => paper.kind)).toEqual(['label'])
  })

  test('plans again what a changed product concerns, and withdraws the paper it replaces', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await issued(shop)
    const first = (await load(shop, waveId)).documents
    const heavier = makeProduct({
      sku: 'TEA',
      gtin: gtins.TEA,
      weightG: 500,
      handling: makeHandling({ class: 'food' }),
    })
    await shop.store.saveProducts([heavier], [], makeAudit())
    await issueAll(shop, waveId)
    const second = (await load(shop, waveId)).documents
    expect(second.map((document) => document.kind).toSorted()).toEqual(
      first.map((document) => document.kind).toSorted(),
    )
    expect(new Set(second.map((document) => document.version))).toEqual(new Set([2]))
    for (const document of first) expect((await shop.store.getDocument(document.id)).withdrawnAt).toBeDefined()
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 2] })
  })

  test('leaves an order out that was cancelled after planning, and never brings it back', async () => {
    const shop = await openTestShop()
    const [gone, stays] = await takeOrders(shop, [storefrontOrder({ TEA: 2 }), storefrontOrder({ TEA: 1, MUG: 1 })])
    const waveId = await issued(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: gone?.code ?? '', reason: 'changed their mind' })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 1], 'MUG B-1': [8, 1] })
    await issueAll(shop, waveId)
    const bundle = await load(shop, waveId)
    expect((await shop.store.findOrder(gone?.id ?? ''))?.order.status).toBe('cancelled')
    expect(bundle.tours.flatMap((tour) => tour.stops.map((stop) => stop.orderCode))).toEqual([stays?.code, stays?.code])
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 1], 'MUG B-1': [8, 1] })
    const selection = bundle.documents.find((document) => document.kind === 'selection')
    expect(selection?.version).toBe(2)
    expect(selection?.text).not.toContain(gone?.code)
    const labels = bundle.documents.filter((document) => document.kind === 'label').map((one) => one.subjectId)
    expect(labels).toEqual(bundle.parcels.filter((parcel) => parcel.status === 'planned').map((parcel) => parcel.id))
  })

  test('sets an order aside that changed at the storefront while it was planned', async () => {
    const shop = await openTestShop()
    const before = storefrontOrder({ TEA: 2 })
    const [order] = await takeOrders(shop, [before, storefrontOrder({ MUG: 1 })])
    const waveId = await planned(shop)
    await takeOrders(shop, [{ ...before, instructions: 'Leave it with the neighbour.', status: 'cancelled' }])
    expect((await shop.store.findOrder(order?.id ?? ''))?.order).toMatchObject({
      status: 'planned',
      holds: [{ code: 'by-hand', facts: { changed: 'cancelled-at-storefront' } }],
    })
    await planWave(shop.workshop, shop.caller, waveId)
    const { wave, parcels } = await load(shop, waveId)
    expect(wave.unplanned.map((entry) => entry.orderId)).toEqual([order?.id])
    expect(parcels.every((parcel) => parcel.orderId !== order?.id)).toBe(true)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0], 'MUG B-1': [8, 1] })
  })

  test('names the same hold once, however often the storefront tells the change', async () => {
    const shop = await openTestShop()
    const before = storefrontOrder({ TEA: 2 })
    const [order] = await takeOrders(shop, [before])
    await planned(shop)
    await takeOrders(shop, [{ ...before, instructions: 'First change.' }])
    await takeOrders(shop, [{ ...before, instructions: 'Second change.' }])
    expect((await shop.store.findOrder(order?.id ?? ''))?.order.holds).toHaveLength(1)
  })

  test('refuses to plan again once the floor has begun, and closes manifests all the same', async () => {
    const shop = await openTestShop()
    const [gone] = await takeOrders(shop, [storefrontOrder({ TEA: 2 }), storefrontOrder({ MUG: 1 })])
    const waveId = await issued(shop)
    await pickAll(shop, waveId)
    await cancelOrder(shop.workshop, shop.caller, { order: gone?.id ?? '', reason: 'too late' })
    await expect(planWave(shop.workshop, shop.caller, waveId)).rejects.toMatchObject({ code: 'ERR_WAVE_STAGE' })
    await packAll(shop, waveId)
    expect((await runWave(shop.workshop, shop.caller, waveId)).closed).toMatchObject([{ carrier: 'VAN', parcels: 1 }])
    expect((await load(shop, waveId)).wave.stage).toBe('closed')
  })

  test('still issues labels when picking began on the pick sheets alone', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    await pickAll(shop, waveId)
    await issueLabels(shop.workshop, shop.caller, waveId)
    expect((await load(shop, waveId)).wave.stage).toBe('picking')
    await packAll(shop, waveId)
    expect((await runWave(shop.workshop, shop.caller, waveId)).closed).toMatchObject([{ carrier: 'VAN', parcels: 1 }])
  })

  test('asks for the step before', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 2 })])
    const wave = await createWave(shop.workshop, shop.caller, {})
    await expect(issueDocuments(shop.workshop, shop.caller, wave.id)).rejects.toMatchObject({
      code: 'ERR_WAVE_STAGE',
      details: { missingStep: 'plan-delivery' },
    })
  })

  test('gives the same plan for the same seed', async () => {
    const plans = await Promise.all(
      [1, 2].map(async () => {
        const shop = await openTestShop()
        await takeOrders(shop, [storefrontOrder({ TEA: 3, MUG: 2 }), storefrontOrder({ PAINT: 2, TEA: 5 })])
        const bundle = await load(shop, await planned(shop))
        return {
          placements: bundle.parcels.map((parcel) => parcel.placements),
          path: bundle.tours.map((tour) => tour.path),
        }
      }),
    )
    expect(plans[0]).toEqual(plans[1])
  })
})

describe('what cannot be planned', () => {
  test('goes on hold with the reason while the rest of the wave is planned', async () => {
    const shop = await openTestShop()
    await shop.store.saveProducts(
      [makeProduct({ sku: 'PIANO', sizeMm: [1500, 1200, 600], weightG: 200_000 })],
      [makeMovement({ sku: 'PIANO', location: 'B-1', quantity: 1 })],
      makeAudit(),
    )
    const [fits, huge, short] = await takeOrders(shop, [
      storefrontOrder({ TEA: 1 }),
      storefrontOrder({ PIANO: 1 }),
      storefrontOrder({ MUG: 99 }),
    ])
    const { wave, parcels } = await load(shop, await planned(shop))
    expect(parcels.map((parcel) => parcel.orderId)).toEqual([fits?.id])
    const reasons = new Map(wave.unplanned.map((entry) => [entry.orderId, entry.reasons[0]]))
    expect(reasons.get(huge?.id ?? '')).toMatchObject({ code: 'unpackable', facts: { sku: 'PIANO' } })
    expect(reasons.get(short?.id ?? '')).toMatchObject({
      code: 'stock-short',
      facts: { sku: 'MUG', wanted: 99, free: 8 },
    })
    expect((await shop.store.findOrder(huge?.id ?? ''))?.order.status).toBe('on-hold')
  })

  test('counts only stock that a picker may take: on the floor, and keeping long enough', async () => {
    const shop = await openTestShop()
    await shop.store.saveMovements(
      [
        makeMovement({ sku: 'MUG', location: 'ATTIC', quantity: 50 }),
        makeMovement({ sku: 'MUG', location: 'C-1', lot: 'OLD', bestBefore: '2026-11-23', quantity: 50 }),
      ],
      makeAudit(),
    )
    const [order] = await takeOrders(shop, [storefrontOrder({ MUG: 9 })])
    const { wave } = await load(shop, await planned(shop))
    expect(wave.unplanned).toMatchObject([
      { orderId: order?.id, reasons: [{ code: 'stock-short', facts: { wanted: 9, free: 8 } }] },
    ])
  })

  test('takes the lot that ends first and still keeps', async () => {
    const shop = await openTestShop()
    await shop.store.saveMovements(
      [
        makeMovement({ sku: 'MUG', location: 'C-1', lot: 'LATE', bestBefore: '2027-12-01', quantity: 5 }),
        makeMovement({ sku: 'MUG', location: 'C-1', lot: 'SOON', bestBefore: '2026-12-15', quantity: 5 }),
      ],
      makeAudit(),
    )
    await takeOrders(shop, [storefrontOrder({ MUG: 6 })])
    const { tours } = await load(shop, await planned(shop))
    const taken = tours.flatMap((tour) => tour.stops.map((stop) => [stop.lot, stop.quantity]))
    expect(new Map(taken as [string, number][])).toEqual(new Map([['SOON', 5], ['LATE', 1]])) // prettier-ignore
  })

  test('says when there is nothing to plan, and when an order is in a wave already', async () => {
    const shop = await openTestShop()
    await expect(createWave(shop.workshop, shop.caller, {})).rejects.toMatchObject({ code: 'ERR_WAVE_EMPTY' })
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await createWave(shop.workshop, shop.caller, { orderIds: [order?.code ?? ''] })
    await expect(createWave(shop.workshop, shop.caller, { orderIds: [order?.id ?? ''] })).rejects.toMatchObject({
      code: 'ERR_STATUS_NOT_ALLOWED',
    })
    await expect(createWave(shop.workshop, shop.caller, { orderIds: ['999-99'] })).rejects.toMatchObject({
      code: 'ERR_ORDER_NOT_FOUND',
    })
  })

  test('does not plan an order that a person has put aside', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await holdOrder(shop.workshop, shop.caller, order?.code ?? '')
    await expect(createWave(shop.workshop, shop.caller, {})).rejects.toMatchObject({ code: 'ERR_WAVE_EMPTY' })
  })
})
