import { afterAll, describe, expect, test } from 'vitest'
import { openWorklist } from '../../../src-main/application/catalogue-worklist.ts'
import { estimateMeasures } from '../../../src-main/application/estimate-measures.ts'
import { confirmMeasures, measureProducts, type MeasureChange } from '../../../src-main/application/measure-product.ts'
import { originsOf, withMeasures } from '../../../src-main/domain/measures.ts'
import type { Product } from '../../../src-main/domain/catalogue.ts'
import { makeAudit, makeHandling, makeMovement, makeProduct } from '../../fixtures/builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'

afterAll(removeTestShops)

const bare = { layers: {}, sizeMm: undefined, weightG: undefined }
const save = (shop: TestShop, ...products: readonly Product[]) =>
  shop.store.saveProducts(
    products,
    products.map(({ sku }) => makeMovement({ sku, location: 'A-1', quantity: 5 })),
    makeAudit(),
  )
const list = async (shop: TestShop, query: object = {}) => {
  const page = await openWorklist(shop.workshop)({ offset: 0, limit: 500, ...query })
  return { ...page, skus: page.rows.map(({ product }) => product.sku) }
}
const measure = (shop: TestShop, ...changes: readonly MeasureChange[]) =>
  measureProducts(shop.workshop, shop.caller, changes)
const productOf = async (shop: TestShop, sku: string) => (await shop.store.findProduct(sku))?.product

const teas = [80, 90, 100, 100, 125, 150, 250, 500, 1000].map((weightG, i) =>
  makeProduct({ sku: `T-${i}`, category: 'Teas', weightG }),
)

describe('the worklist', () => {
  test('names what is missing, with the orders that wait for it first', async () => {
    const shop = await openTestShop()
    await save(shop, makeProduct({ sku: 'B-1', ...bare }), makeProduct({ sku: 'B-2', ...bare }))
    shop.storefront.orders.push(storefrontOrder({ 'B-2': 1 }), storefrontOrder({ 'B-2': 3 }))
    await syncStorefronts(shop.workshop, shop.caller)
    const { rows, counts, total } = await list(shop)
    expect(rows.slice(0, 2)).toMatchObject([
      { product: { sku: 'B-2' }, kinds: ['no-weight', 'no-size'], waitingOrders: 2, levels: [{ location: 'A-1' }] },
      { product: { sku: 'B-1' }, kinds: ['no-weight', 'no-size'], waitingOrders: 0 },
    ])
    expect(counts).toMatchObject({ 'no-weight': 2, 'no-size': 2, suspicious: 0 })
    expect(total).toBeGreaterThanOrEqual(2)
    expect((await list(shop, { kind: 'no-size', search: 'b-1' })).skus).toEqual(['B-1'])
  })

  test('names what is sold and lies nowhere, until it has a place', async () => {
    const shop = await openTestShop()
    await shop.store.saveProducts([makeProduct({ sku: 'LOST' }), makeProduct({ sku: 'OLD', active: false })], [], makeAudit()) // prettier-ignore
    expect((await list(shop, { kind: 'no-location' })).skus).toEqual(['LOST'])
    await shop.store.saveMovements([makeMovement({ sku: 'LOST', location: 'A-1', quantity: 1 })], makeAudit())
    expect((await list(shop, { kind: 'no-location' })).skus).toEqual([])
  })

  test('doubts 35 kg of tea, says what would be usual, and what it may have been', async () => {
    const shop = await openTestShop()
    await save(shop, ...teas, makeProduct({ sku: 'T-X', category: 'Teas', weightG: 35_000, sizeMm: undefined }))
    expect((await list(shop, { kind: 'suspicious' })).rows).toMatchObject([
      {
        product: { sku: 'T-X' },
        doubts: [{ code: 'heavier-than-category', value: 35_000, usual: 137 }],
        repair: { cause: 'decimal-comma', weightG: 350 },
      },
    ])
  })

  test('follows every change between two looks: edits, other categories, products that are gone', async () => {
    const shop = await openTestShop()
    const look = openWorklist(shop.workshop)
    const skus = async () => (await look({ kind: 'suspicious', offset: 0, limit: 50 })).rows.map(({ product }) => product.sku) // prettier-ignore
    await save(shop, ...teas)
    expect(await skus()).toEqual([])
    const heavy = makeProduct({ sku: 'A-FIRST', category: 'Teas', weightG: 35_000, sizeMm: undefined })
    await save(shop, heavy)
    expect(await skus()).toEqual(['A-FIRST'])
    await save(shop, { ...heavy, category: 'Anvils' })
    expect(await skus()).toEqual([])
    await save(shop, heavy)
    const importId = 'import'
    await shop.store.saveCatalogueImport({
      record: { id: importId, kind: 'catalogue', at: 1, actor: 'a', rows: 1, new: 1, changed: 0, unchanged: 0, refused: 0, leftRows: 0 },
      products: [], movements: [], changes: [], audit: makeAudit(),
      mapping: { kind: 'catalogue', signature: 's', columns: [], usedAt: 1 },
    }) // prettier-ignore
    expect(await skus()).toEqual(['A-FIRST'])
    await shop.store.saveUndoneImport({ importId, undoneAt: 2, leftRows: 0, products: [], removed: ['A-FIRST'], movements: [], audit: makeAudit() }) // prettier-ignore
    expect(await skus()).toEqual([])
  })

  test('answers two looks at once alike', async () => {
    const shop = await openTestShop()
    await save(shop, makeProduct({ sku: 'B-1', ...bare }))
    const look = openWorklist(shop.workshop)
    const [one, other] = await Promise.all([look({ offset: 0, limit: 9 }), look({ offset: 0, limit: 9 })])
    expect(one).toEqual(other)
  })

  test('sorts by name and SKU, either way', async () => {
    const shop = await openTestShop()
    await save(
      shop,
      makeProduct({ sku: 'Z-1', name: 'Äpfel', ...bare }),
      makeProduct({ sku: 'Z-2', name: 'Brot', ...bare }),
    )
    expect((await list(shop, { kind: 'no-size', sort: 'name' })).skus).toEqual(['Z-1', 'Z-2'])
    expect((await list(shop, { kind: 'no-size', sort: 'sku', descending: true })).skus).toEqual(['Z-2', 'Z-1'])
  })
})

describe('measuring', () => {
  test('frees the orders that waited for it at once, and can be taken back', async () => {
    const shop = await openTestShop()
    await save(shop, makeProduct({ sku: 'B-1', ...bare }))
    shop.storefront.orders.push(storefrontOrder({ 'B-1': 1 }))
    await syncStorefronts(shop.workshop, shop.caller)
    const orders = async () =>
      (await shop.store.listOrders({ offset: 0, limit: 9 })).rows.map(({ order }) => order.status)
    expect(await orders()).toEqual(['on-hold'])
    expect(await measure(shop, { sku: 'B-1', weightG: 200 })).toMatchObject({ changed: 1, released: 0 })
    const done = await measure(shop, { sku: 'B-1', space: { sizeMm: [100, 50, 50] } })
    expect(done).toMatchObject({ changed: 1, released: 1 })
    expect(await orders()).toEqual(['received'])
    expect(await productOf(shop, 'B-1')).toMatchObject({ weightG: 200, sizeMm: [100, 50, 50] })
    await measure(shop, ...done.undo)
    expect(await productOf(shop, 'B-1')).toMatchObject({ weightG: 200, sizeMm: undefined })
  })

  test('goes before the storefront’s word and gives it back when it is cleared', async () => {
    const shop = await openTestShop()
    await save(shop, withMeasures(makeProduct({ sku: 'B-1', ...bare }), 'storefront', { weightG: 300 }))
    const { undo } = await measure(shop, { sku: 'B-1', weightG: 320, handling: makeHandling({ fragile: true }) })
    expect(await productOf(shop, 'B-1')).toMatchObject({ weightG: 320, handling: { fragile: true } })
    await measure(shop, { sku: 'B-1', clear: ['weight'] })
    expect(await productOf(shop, 'B-1')).toMatchObject({ weightG: 300, handling: { fragile: true } })
    await measure(shop, ...undo)
    expect(await productOf(shop, 'B-1')).toMatchObject({ weightG: 300, layers: { storefront: { weightG: 300 } } })
    expect((await productOf(shop, 'B-1'))?.layers.staff).toBeUndefined()
  })

  test('of several products is all or nothing, and written down without values', async () => {
    const shop = await openTestShop()
    await expect(measure(shop, { sku: 'TEA', weightG: 1 }, { sku: 'GHOST', weightG: 1 })).rejects.toMatchObject({
      code: 'ERR_PRODUCT_NOT_FOUND',
      details: { product: 'GHOST' },
    })
    expect((await productOf(shop, 'TEA'))?.weightG).toBe(320)
    await measure(shop, { sku: 'TEA', weightG: 321 }, { sku: 'MUG', weightG: 1 })
    expect(shop.written()).toMatch(/measure-product/)
  })

  test('reaches the storefront with the next round', async () => {
    const shop = await openTestShop()
    await measure(shop, { sku: 'TEA', weightG: 321 })
    await syncStorefronts(shop.workshop, shop.caller)
    expect(shop.storefront.rules?.products.find(({ sku }) => sku === 'TEA')).toMatchObject({ weightG: 321 })
  })
})

describe('a confirmation', () => {
  test('takes the doubt away until the measures change', async () => {
    const shop = await openTestShop()
    await save(shop, ...teas, makeProduct({ sku: 'T-X', category: 'Teas', weightG: 35_000, sizeMm: undefined }))
    const doubted = async () => (await list(shop, { kind: 'suspicious' })).skus
    const { undo } = await confirmMeasures(shop.workshop, shop.caller, { skus: ['T-X'], confirmed: true })
    expect(await doubted()).toEqual([])
    await measure(shop, ...undo)
    expect(await doubted()).toEqual(['T-X'])
    await confirmMeasures(shop.workshop, shop.caller, { skus: ['T-X'], confirmed: true })
    await measure(shop, { sku: 'T-X', weightG: 36_000 })
    expect(await doubted()).toEqual(['T-X'])
  })
})

describe('an estimate', () => {
  test('fills only what nobody has said, from the middle of the category, and is called one', async () => {
    const shop = await openTestShop()
    await save(
      shop,
      ...teas,
      makeProduct({ sku: 'T-N', category: 'Teas', ...bare }),
      makeProduct({ sku: 'ODD', category: 'Odd', ...bare }),
    )
    const estimate = (input: { skus?: string[]; withdraw?: boolean } = {}) =>
      estimateMeasures(shop.workshop, shop.caller, { withdraw: false, ...input })
    expect(await estimate()).toMatchObject({ skus: ['T-N'], without: 1 })
    const guessed = await productOf(shop, 'T-N')
    expect(guessed).toMatchObject({ weightG: 125, volumeCm3: 1008 })
    expect(guessed && originsOf(guessed)).toEqual({ weight: 'estimated', space: 'estimated' })
    expect((await list(shop, { kind: 'estimated' })).skus).toEqual(['T-N'])
    expect(await estimate()).toMatchObject({ skus: [] })
    expect(await estimate({ skus: ['T-N'], withdraw: true })).toMatchObject({ skus: ['T-N'] })
    expect(await productOf(shop, 'T-N')).toMatchObject({ weightG: undefined, volumeCm3: undefined })
  })
})
