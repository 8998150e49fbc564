import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder, releaseOrder } from '../../../src-main/application/change-order.ts'
import { importCatalogue, importCartons } from '../../../src-main/application/import-catalogue.ts'
import { importFloor } from '../../../src-main/application/import-floor.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { makeAudit, makeFloor, makeMovement, makeProduct } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { packed, shelves, takeOrders, told } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const sync = (shop: TestShop) => syncStorefronts(shop.workshop, shop.caller)
const everything = { offset: 0, limit: 500 }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('taking orders in', () => {
  test('reads every page, and the same pages again change nothing', async () => {
    const shop = await openTestShop()
    shop.storefront.orders.push(...Array.from({ length: 5 }, () => storefrontOrder({ TEA: 1 })))
    expect((await sync(shop))[0]?.orders).toMatchObject({ read: 5, new: 5, changed: 0, unchanged: 0 })
    const before = await shop.store.listOrders(everything)
    expect((await sync(shop))[0]?.orders).toMatchObject({ read: 0, new: 0 })
    await takeOrders(shop, [...shop.storefront.orders])
    expect(await shop.store.listOrders(everything)).toEqual(before)
    expect(before.rows.map((row) => row.order.code).toSorted()).toEqual(['326-01', '326-02', '326-03', '326-04', '326-05']) // prettier-ignore
  })

  test('goes on where it was killed between two pages, with each order once', async () => {
    const shop = await openTestShop()
    shop.storefront.orders.push(...Array.from({ length: 5 }, () => storefrontOrder({ TEA: 1 })))
    shop.storefront.before = (call, cursor) => {
      if (call === 'pullOrders' && cursor === '2')
        throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'answer-cut-short' })
    }
    await expect(sync(shop)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_UNREACHABLE' })
    expect((await shop.store.listOrders(everything)).total).toBe(2)
    shop.storefront.before = () => undefined
    expect((await sync(shop))[0]?.orders).toMatchObject({ read: 3, new: 3 })
    expect((await shop.store.listOrders(everything)).total).toBe(5)
  })

  test('takes the newest word when an order stands on a page twice', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 1 })
    const [taken] = await takeOrders(shop, [order, { ...order, lines: [] }, { ...order, ...storefrontOrder({ TEA: 4 }, { id: order.id, user: order.user }) }]) // prettier-ignore
    expect(taken?.lines.map((line) => line.quantity)).toEqual([4])
    expect((await shop.store.listOrders(everything)).total).toBe(1)
  })

  test('replaces the lines of an order that nobody has touched, and keeps their ids', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 1, MUG: 1 })
    const [before] = await takeOrders(shop, [order])
    const [after] = await takeOrders(shop, [{ ...order, lines: order.lines.map((line) => ({ ...line, quantity: 3 })) }])
    expect(after?.code).toBe(before?.code)
    expect(after?.lines.map((line) => [line.id, line.quantity])).toEqual(before?.lines.map((line) => [line.id, 3]))
  })

  test('keeps what a planned order has become when the storefront tells it again', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 2, PAINT: 1 })
    await takeOrders(shop, [order])
    await packed(shop)
    const [again] = await takeOrders(shop, [{ ...order, instructions: 'Ring three times.' }])
    expect(again).toMatchObject({ status: 'packed', isPartly: false, lines: [{ quantity: 2 }, { quantity: 1 }] })
  })

  test('does not take the storefront’s echo of our own reports for a change', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 2 })
    await takeOrders(shop, [order])
    const waveId = await packed(shop)
    await exportManifests(shop.workshop, shop.caller, { waveId })
    const [echoed] = await takeOrders(shop, [{ ...order, status: 'completed', changedAt: order.changedAt + 9 }])
    expect(echoed).toMatchObject({ status: 'handed-over', holds: [] })
  })

  test('holds an order while the storefront holds it, cancels what it cancels, and lets go again', async () => {
    const shop = await openTestShop()
    const [one, two] = [storefrontOrder({ TEA: 2 }), storefrontOrder({ MUG: 1 })]
    await takeOrders(shop, [one, two])
    const [held, gone] = await takeOrders(shop, [
      { ...one, status: 'on-hold' },
      { ...two, status: 'cancelled' },
    ])
    expect(held).toMatchObject({ status: 'on-hold', holds: [{ code: 'by-hand', facts: { by: 'storefront' } }] })
    expect(gone).toMatchObject({ status: 'cancelled', holds: [] })
    const [free, still] = await takeOrders(shop, [one, { ...two, status: 'cancelled', changedAt: 1 }])
    expect(free).toMatchObject({ status: 'received', holds: [] })
    expect(still).toMatchObject({ status: 'cancelled', holds: [] })
  })

  test('holds an order with an unknown SKU, missing measures or no address, and says which', async () => {
    const shop = await openTestShop()
    await shop.store.saveProducts([makeProduct({ sku: 'BARE', weightG: undefined })], [], makeAudit())
    const { deliveryAddress: _missing, ...nowhere } = storefrontOrder({ TEA: 1 })
    const [unknown, bare, lost, collected] = await takeOrders(shop, [
      storefrontOrder({ GHOST: 1 }),
      storefrontOrder({ BARE: 1 }),
      nowhere,
      { ...nowhere, id: 'collected', service: 'collect' },
    ])
    expect(unknown).toMatchObject({ status: 'on-hold', holds: [{ code: 'unknown-sku', facts: { sku: 'GHOST' } }] })
    expect(bare?.holds).toMatchObject([{ code: 'missing-measures', facts: { sku: 'BARE', missing: 'weight' } }])
    expect(lost?.holds).toMatchObject([{ code: 'missing-address' }])
    expect(collected).toMatchObject({ status: 'received', holds: [] })
    await reportStatus(shop.workshop, shop.caller)
    expect(unknown && told(shop, unknown)).toEqual(['on-hold'])
  })

  test('releases a held order when the catalogue brings what was missing', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ GHOST: 1 })])
    const csv = bytes('sku,name,price_minor,length_mm,width_mm,height_mm,weight_g,locations\nGHOST,Ghost,100,50,50,50,10,A-1:5\n') // prettier-ignore
    expect(await importCatalogue(shop.workshop, shop.caller, { csv, skipInvalid: false })).toMatchObject({ new: 1, released: 1 }) // prettier-ignore
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['on-hold', 'received'])
  })

  test('keeps a hold that a release cannot mend', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ GHOST: 1 })])
    await releaseOrder(shop.workshop, shop.caller, order?.code ?? '')
    expect((await shop.store.findOrder(order?.id ?? ''))?.order).toMatchObject({
      status: 'on-hold',
      holds: [{ code: 'unknown-sku' }],
    })
  })

  test('starts over when the storefront calls the cursor too old', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 1 })])
    const { pullOrders } = shop.storefront
    shop.storefront.pullOrders = async (cursor, options) =>
      cursor === '2' ? { kind: 'cursor-expired' } : pullOrders(cursor, options)
    expect((await sync(shop))[0]?.orders).toMatchObject({ read: 2, new: 0, unchanged: 2 })
  })

  test('stops at the next page when it is cancelled', async () => {
    const shop = await openTestShop()
    shop.storefront.orders.push(...Array.from({ length: 4 }, () => storefrontOrder({ TEA: 1 })))
    shop.storefront.before = (call, cursor) => {
      if (call === 'pullOrders' && cursor === undefined) shop.cancel()
    }
    await expect(sync(shop)).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect((await shop.store.listOrders(everything)).total).toBe(2)
  })

  test('brings products, erasures and rules round, and tells what is sellable', async () => {
    const shop = await openTestShop()
    shop.storefront.products.push({
      kind: 'product',
      product: { id: 'TEA', sku: 'TEA', name: 'Evening tea', price: { currency: 'EUR', minor: 599 }, taxRate: 7, measures: { weightG: 1 }, changedAt: 1 },
    }) // prettier-ignore
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 3, MUG: 1 })])
    shop.storefront.erasures.push({ userId: order?.userId ?? '', orderIds: [], requestedAt: 1 })
    expect((await sync(shop))[0]).toMatchObject({ erased: 1 })
    const product = (await shop.store.findProduct('TEA'))?.product
    expect(product).toMatchObject({
      name: 'Evening tea',
      priceMinor: 599,
      weightG: 320,
      layers: { staff: { weightG: 320 }, storefront: { weightG: 1 } },
    })
    expect(shop.storefront.rules?.products.find(({ sku }) => sku === 'TEA')).toMatchObject({ weightG: 320 })
    expect(Object.fromEntries(shop.storefront.stock)).toMatchObject({ TEA: 11, MUG: 7, PAINT: 6 })
  })

  test('who wants to be forgotten still gets what was ordered, and is forgotten once that has ended', async () => {
    const shop = await openTestShop()
    const [open, ended] = await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    const personalOf = async (order: Order | undefined) => (await shop.store.findOrder(order?.id ?? ''))?.order.personal
    await cancelOrder(shop.workshop, shop.caller, { order: ended?.code ?? '', reason: 'asked' })
    // The platform may not know any more whose order it was, and name the order alone.
    shop.storefront.erasures.push(
      { userId: open?.userId ?? '', orderIds: [open?.externalId ?? ''], requestedAt: 1 },
      { userId: 'somebody', orderIds: [ended?.externalId ?? ''], requestedAt: 2 },
    )
    await sync(shop)
    expect(await personalOf(open)).toBeDefined()
    expect(await personalOf(ended)).toBeUndefined()
    await cancelOrder(shop.workshop, shop.caller, { order: open?.code ?? '', reason: 'asked' })
    await sync(shop)
    expect(await personalOf(open)).toBeUndefined()
  })
})

describe('importing a catalogue', () => {
  const header = 'sku,name,price_minor,locations\n'

  test('takes all of it or nothing, with every problem on its line', async () => {
    const shop = await openTestShop()
    const csv = bytes(`${header}NEW,New,100,A-1:5\n,Nameless,100,A-1:1\nODD,Odd,cheap,Z-9:4\n`)
    const before = await shop.store.listProducts(everything)
    await expect(importCatalogue(shop.workshop, shop.caller, { csv, skipInvalid: false })).rejects.toMatchObject({
      code: 'ERR_CSV_INVALID',
      details: {
        problems: [
          { line: 3, column: 'sku', problem: 'missing' },
          { line: 4, column: 'price_minor' },
        ],
      },
    })
    expect(await shop.store.listProducts(everything)).toEqual(before)
    const taken = await importCatalogue(shop.workshop, shop.caller, { csv, skipInvalid: true })
    expect(taken).toMatchObject({ new: 1, problems: [{ line: 3 }, { line: 4 }] })
  })

  test('refuses a location that is not on the floor', async () => {
    const shop = await openTestShop()
    const csv = bytes(`${header}NEW,New,100,Z-9:5\n`)
    await expect(importCatalogue(shop.workshop, shop.caller, { csv, skipInvalid: false })).rejects.toMatchObject({
      details: { problems: [{ line: 2, problem: 'location-not-on-floor', value: 'Z-9' }] },
    })
  })

  test('counts stock: what the file does not name is gone, what is promised stays promised', async () => {
    const shop = await openTestShop()
    await shop.store.saveMovements([makeMovement({ kind: 'reserved', sku: 'TEA', location: 'A-1', quantity: 3 })], makeAudit()) // prettier-ignore
    await importCatalogue(shop.workshop, shop.caller, { csv: bytes(`${header}TEA,Tea,499,A-1:2\n`), skipInvalid: false }) // prettier-ignore
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [2, 3], 'TEA A-2': [0, 0], 'MUG B-1': [8, 0] })
  })

  test('counts cartons too, and leaves them alone without a number', async () => {
    const shop = await openTestShop()
    const csv = 'code,inner_l_mm,inner_w_mm,inner_h_mm,max_gross_g,stock\nS,200,150,100,5000,12\nL,400,300,250,15000,\n'
    await importCartons(shop.workshop, shop.caller, bytes(csv))
    const cartons = await shop.store.loadCartons()
    expect(cartons.map((row) => [row.carton.code, row.onHand])).toEqual([['S', 12], ['L', 30]]) // prettier-ignore
  })
})

describe('importing a floor', () => {
  const floorFile = (change: object): Uint8Array =>
    bytes(JSON.stringify({ ...makeFloor(), locations: [{ code: 'A-1', place: [0, 100] }], ...change }))
  const take = async (change: object) => {
    const shop = await openTestShop()
    return importFloor(shop.workshop, shop.caller, { json: floorFile(change), confirmed: true })
  }

  test.each([
    ['a location off the floor', { locations: [{ code: 'X', place: [7, 100] }] }, 'ERR_FLOOR_LOCATION_OUTSIDE'],
    ['a depot off the floor', { depot: [0, 99_999] }, 'ERR_FLOOR_LOCATION_OUTSIDE'],
    ['a code twice', { locations: [{ code: 'X', place: [0, 1] }, { code: 'X', place: [0, 2] }] }, 'ERR_INPUT_INVALID'],
    ['cross aisles that fall', { crossY: [12_000, 0] }, 'ERR_INPUT_INVALID'],
    ['a passage that is not there', { missing: [{ cross: 9, afterAisle: 0 }] }, 'ERR_INPUT_INVALID'],
    [
      'a location nobody can walk to',
      {
        missing: [{ cross: 0, afterAisle: 1 }, { cross: 1, afterAisle: 1 }],
        locations: [{ code: 'FAR', place: [2, 50] }],
      },
      'ERR_FLOOR_LOCATION_OUTSIDE',
    ],
    ['no aisles', { aisleX: [] }, 'ERR_INPUT_INVALID'],
  ])('refuses %s', async (_what, change, code) => {
    await expect(take(change)).rejects.toMatchObject({ code })
  }) // prettier-ignore

  test('takes a floor with passages missing as long as there is a way round', async () => {
    expect(await take({ missing: [{ cross: 0, afterAisle: 1 }, { aisle: 0, afterCross: 0 }], locations: [{ code: 'FAR', place: [2, 50] }] })).toEqual({ locations: 1 }) // prettier-ignore
  })
})
