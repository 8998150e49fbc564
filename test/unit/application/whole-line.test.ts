import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { explainOrder } from '../../../src-main/application/explain-order.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { testNow } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { courierSays, issued, load, packAll, pickAll, shelves, takeOrders, told } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-line-'))
afterAll(() => {
  removeTestShops()
  rmSync(folder, { recursive: true, force: true })
})

const inFile = () =>
  openSqliteStore({ path: join(folder, 'shop.sqlite'), clock: { now: () => testNow }, backupFolder: join(folder, 'b') })

describe.each([
  ['in memory', undefined],
  ['in a SQLite file', inFile],
])('the whole line of work %s', (_where, makeStore) => {
  test('carries two orders from the storefront to the doorstep and back to the customer', async () => {
    const shop = await openTestShop({ makeStore })
    const { workshop, caller, store } = shop
    const [near, far] = await takeOrders(shop, [
      storefrontOrder({ TEA: 2, PAINT: 1 }),
      storefrontOrder({ MUG: 3 }, { address: { country: 'NZ', postcode: '6011', city: 'Wellington' } }),
    ])
    if (!near || !far) throw new Error('both orders were taken')

    const waveId = await issued(shop)
    const plan = await load(shop, waveId)
    expect(plan.wave.stage).toBe('issued')
    expect(plan.parcels.map((parcel) => [parcel.orderCode, parcel.letter, parcel.carrierCode])).toEqual([
      [near.code, 'A', 'VAN'],
      [near.code, 'B', 'VAN'],
      [far.code, 'A', 'POST'],
    ])
    expect(new Set(plan.parcels.map((parcel) => parcel.number)).size).toBe(3)
    expect((await explainOrder(workshop, near.code)).keptApart).toEqual([
      { a: 'PAINT', b: 'TEA', rule: 'keep-apart: food / chemicals' },
    ])
    expect(shop.papers.map((paper) => paper.kind).toSorted()).toEqual(
      ['label', 'label', 'label', 'packingSlip', 'packingSlip', 'pickSheet'].toSorted(),
    )

    await pickAll(shop, waveId)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [8, 0], 'MUG B-1': [5, 0], 'PAINT C-1': [5, 0] })
    await packAll(shop, waveId)
    expect((await load(shop, waveId)).wave.stage).toBe('packed')

    const { closed } = await exportManifests(workshop, caller, { waveId })
    expect(closed.map(({ carrier, parcels }) => [carrier, parcels])).toEqual([
      ['VAN', 2],
      ['POST', 1],
    ])
    expect((await load(shop, waveId)).wave.stage).toBe('closed')

    const van = closed[0]?.number ?? ''
    const { manifest, parcels, documents } = await store.loadManifest(van)
    expect(manifest.parcelIds).toEqual(parcels.map((parcel) => parcel.id))
    const file = documents.find((document) => document.kind === 'manifest')?.text ?? ''
    const opened = await workshop.manifests.open(file, { privateKeys: [{ ...shop.keys.VAN.enc }] })
    expect(opened.parcels.map((line) => line.pid)).toEqual(parcels.map((parcel) => parcel.number))

    const pids = opened.parcels.map((line) => line.pid)
    const later = shop.clock.now() + 3_600_000
    const answer = await importStatus(
      workshop,
      caller,
      await courierSays(shop, 'VAN', {
        manifest: van,
        sequence: 1,
        events: [
          { pid: pids[1] ?? '', status: 'failed', at: later + 1, reason: 'nobody-home' },
          { pid: pids[0] ?? '', status: 'out-for-delivery', at: later },
          { pid: pids[0] ?? '', status: 'delivered', at: later + 2 },
          { pid: 'C00000000019', status: 'delivered', at: later + 3 },
        ],
      }),
    )
    expect(answer).toMatchObject({ taken: 3, ignored: [{ pid: 'C00000000019', reason: 'unknown-parcel' }] })

    await reportStatus(workshop, caller)
    expect(told(shop, near)).toEqual([
      'planned', 'picking:parcel', 'picking:parcel', 'packed:parcel', 'packed:parcel',
      'handed-over:parcel', 'handed-over:parcel', 'out-for-delivery:parcel', 'failed:parcel', 'delivered:parcel',
    ]) // prettier-ignore
    expect(told(shop, far)).toEqual(['planned', 'picking:parcel', 'packed:parcel', 'handed-over:parcel'])
    const sequences = shop.storefront.reports
      .filter(({ externalOrderId }) => externalOrderId === near.externalId)
      .map(({ report }) => report.sequence)
    expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    const order = (await store.findOrder(near.id))?.order
    expect([order?.status, order?.isPartly]).toEqual(['failed', true])
    const tracked = shop.storefront.reports.find(({ report }) => report.kind === 'handed-over')
    expect(tracked?.report.tracking).toMatchObject({ carrier: 'Valley Van' })
    await store.close()
  })

  test('proves its plan and lets every carton and shelf add up again', async () => {
    const shop = await openTestShop({ makeStore: makeStore && (async () => openSqliteStore({ path: join(folder, 'adds.sqlite'), clock: { now: () => testNow }, backupFolder: join(folder, 'b') })) }) // prettier-ignore
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 12 })])
    const waveId = await issued(shop)
    const plan = await load(shop, waveId)
    expect(plan.wave.proofs).toHaveLength(2)
    expect(plan.tours.flatMap((tour) => tour.stops).reduce((sum, stop) => sum + stop.quantity, 0)).toBe(13)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 10], 'TEA A-2': [4, 3] })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [0, 0], 'TEA A-2': [1, 0] })
    const cartons = await shop.store.loadCartons()
    expect(cartons.reduce((sum, row) => sum + row.onHand, 0)).toBe(60 - plan.parcels.length)
    expect(cartons.reduce((sum, row) => sum + row.reserved, 0)).toBe(0)
    await shop.store.close()
  })
})
