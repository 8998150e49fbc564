import { describe, expect, test } from 'vitest'
import type { ProductChange } from '../../../src-main/ports/storefront.ts'
import { aShop, readAll, type AShop } from './a-shop.ts'

const pulled = async ({ shop }: AShop, from?: string) => readAll<ProductChange>((cursor) => shop.pullProducts(cursor), from) // prettier-ignore
const bySku = (entries: readonly ProductChange[]) =>
  new Map(entries.flatMap((entry) => (entry.kind === 'product' ? [[entry.product.sku, entry.product] as const] : [])))

describe('products from WooCommerce', () => {
  test('are what can be put into a cart and touched, in grams and millimetres', async () => {
    const made = aShop({ weightUnit: 'lbs', dimensionUnit: 'in' })
    made.fake.addProduct({ name: 'Tin', sku: 'TIN', weight: '1', dimensions: { length: '10', width: '4', height: '2.5' }, gtin: '4006381333931' }) // prettier-ignore
    made.fake.addProduct({ name: 'Unmeasured', sku: 'NONE', weight: '0', dimensions: { length: '3', width: '', height: '1' } }) // prettier-ignore
    made.fake.addProduct({ name: 'Voucher', sku: 'VOUCHER', isVirtual: true })
    made.fake.addProduct({ name: 'A set', sku: 'SET', type: 'grouped' })
    const shirt = made.fake.addProduct({ name: 'Shirt', sku: 'SHIRT', weight: '0.5', price: '20' })
    const medium = made.fake.addVariation(shirt, { attributes: [{ name: 'Size', option: 'M' }] })
    made.fake.addVariation(shirt, { sku: 'SHIRT-L', weight: '2', attributes: [{ name: 'Size', option: 'L' }] })
    const products = bySku((await pulled(made)).entries)
    expect([...products.keys()].sort()).toEqual(['NONE', 'SHIRT-L', 'TIN', `woo-${medium}`].sort())
    expect(products.get('TIN')).toMatchObject({ gtin: '4006381333931', measures: { weightG: 454, sizeMm: [254, 102, 64] }, taxRate: 19, price: { minor: 1000 } }) // prettier-ignore
    expect(products.get('NONE')?.measures).toEqual({})
    expect(products.get(`woo-${medium}`)).toMatchObject({
      name: 'Shirt, M',
      category: 'Tea',
      measures: { weightG: 227 },
    })
    expect(products.get('SHIRT-L')).toMatchObject({ name: 'Shirt, L', measures: { weightG: 907 } })
  })

  test('with a comma typed into a weight are believed: 35 kg of tea are somebody else’s question', async () => {
    const made = aShop()
    made.fake.addProduct({ name: 'Tea', sku: 'TEA', weight: '035' })
    expect(bySku((await pulled(made)).entries).get('TEA')?.measures).toEqual({ weightG: 35_000 })
  })

  test('come again only when they change; a changed variation is found within a day', async () => {
    const made = aShop()
    const tea = made.fake.addProduct({ name: 'Tea', sku: 'TEA' })
    const shirt = made.fake.addProduct({ name: 'Shirt' })
    const medium = made.fake.addVariation(shirt, { sku: 'M' })
    made.pass(3_600_000)
    const first = await pulled(made)
    made.pass(3_600_000)
    const quiet = await pulled(made, first.cursor)
    expect(quiet.entries).toEqual([])
    made.fake.editProduct(tea, { weight: '1' })
    made.fake.editProduct(medium, { weight: '2' })
    made.pass(1000)
    const second = await pulled(made, quiet.cursor)
    expect([...bySku(second.entries).keys()]).toEqual(['TEA'])
    made.pass(86_400_000)
    const daily = await pulled(made, (await pulled(made, second.cursor)).cursor)
    expect(bySku(daily.entries).get('M')?.measures.weightG).toBe(2000)
  })

  test('that are deleted, binned or become virtual end as tombstones, once', async () => {
    const made = aShop()
    const ids = ['A', 'B', 'C', 'D'].map((sku) => made.fake.addProduct({ name: sku, sku }))
    const [a = 0, b = 0, c = 0] = ids
    made.pass(3_600_000)
    const first = await pulled(made)
    made.pass(3_600_000)
    made.fake.deleteProduct(a)
    made.fake.trashProduct(b)
    made.fake.editProduct(c, { isVirtual: true })
    made.pass(1000)
    const soon = await pulled(made, first.cursor)
    expect(soon.entries).toMatchObject([{ kind: 'tombstone', id: String(c) }])
    made.pass(86_400_000)
    const daily = await pulled(made, (await pulled(made, soon.cursor)).cursor)
    const gone = daily.entries.flatMap((entry) => (entry.kind === 'tombstone' ? [entry.id] : []))
    expect(gone.sort()).toEqual([String(a), String(b)].sort())
    made.pass(86_400_000)
    const later = await pulled(made, (await pulled(made, daily.cursor)).cursor)
    expect(later.entries.filter(({ kind }) => kind === 'tombstone')).toEqual([])
  })

  test('have the SKU that their order lines have, also where the shop uses one twice', async () => {
    const made = aShop()
    const first = made.fake.addProduct({ name: 'First', sku: 'TWIN' })
    const second = made.fake.addProduct({ name: 'Second', sku: 'TWIN' })
    const nameless = made.fake.addProduct({ name: 'Nameless' })
    const shirt = made.fake.addProduct({ name: 'Shirt', sku: 'SHIRT' })
    const medium = made.fake.addVariation(shirt, {})
    const units = [first, second, nameless, medium]
    const id = made.fake.placeOrder({ lines: units.map((productId) => ({ productId, quantity: 1 })) })
    const [order] = (await made.shop.getOrders([String(id)])).found
    const skus = order?.lines.map(({ sku }) => sku) ?? []
    expect(skus).toEqual(['TWIN', `woo-${second}`, `woo-${nameless}`, `woo-${medium}`])
    expect([...bySku((await pulled(made)).entries).keys()].sort()).toEqual([...skus].sort())
  })
})

describe('stock of WooCommerce', () => {
  const counted = (stock: number) => ({ managesStock: true, stock })

  test('is written only where it differs, by product and by variation', async () => {
    const made = aShop()
    const tea = made.fake.addProduct({ name: 'Tea', sku: 'TEA', ...counted(5) })
    made.fake.addProduct({ name: 'Same', sku: 'SAME', ...counted(3) })
    const shirt = made.fake.addProduct({ name: 'Shirt' })
    const medium = made.fake.addVariation(shirt, counted(7))
    const answers = await made.shop.pushStock([
      { sku: 'TEA', quantity: 2, expected: 5 },
      { sku: 'SAME', quantity: 3, expected: 3 },
      { sku: `woo-${medium}`, quantity: 9 },
    ])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['set', 'set', 'set'])
    expect([tea, medium].map((id) => made.fake.truth().stock.get(id))).toEqual([2, 9])
    const writes = made.fake.requests.filter(({ method }) => method === 'POST').map(({ url }) => url.pathname)
    expect(writes).toEqual(['/wp-json/wc/v3/products/batch', `/wp-json/wc/v3/products/${shirt}/variations/batch`])
  })

  test('that a customer takes between our reading and writing stays taken', async () => {
    const made = aShop()
    const tea = made.fake.addProduct({ name: 'Tea', sku: 'TEA', ...counted(1) })
    const stop = made.fake.onRequest(({ method }) => {
      if (method === 'POST') made.fake.placeOrder({ lines: [{ productId: tea, quantity: 1 }] })
    })
    const [answer] = await made.shop.pushStock([{ sku: 'TEA', quantity: 3, expected: 1 }])
    stop()
    expect(answer).toEqual({ sku: 'TEA', outcome: 'conflict', present: 2 })
    expect(made.fake.truth().stock.get(tea)).toBe(2)
  })

  test('that the shop does not count, or counts for all variations together, is left as it is', async () => {
    const made = aShop()
    const loose = made.fake.addProduct({ name: 'Loose', sku: 'LOOSE' })
    const shirt = made.fake.addProduct({ name: 'Shirt', sku: 'SHIRT', ...counted(10) })
    const medium = made.fake.addVariation(shirt, {})
    const answers = await made.shop.pushStock(['LOOSE', 'SHIRT', `woo-${medium}`, 'woo-999'].map((sku) => ({ sku, quantity: 1 }))) // prettier-ignore
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unknown-sku'))
    expect([loose, shirt].map((id) => made.fake.truth().stock.get(id))).toEqual([null, 10])
  })

  test('goes out in batches of a hundred', async () => {
    const made = aShop()
    const skus = Array.from({ length: 230 }, (_, index) => `TEA-${index}`)
    for (const sku of skus) made.fake.addProduct({ name: sku, sku, ...counted(1) })
    const answers = await made.shop.pushStock(skus.map((sku) => ({ sku, quantity: 4, expected: 1 })))
    expect(answers.every(({ outcome }) => outcome === 'set')).toBe(true)
    expect(answers.map(({ sku }) => sku)).toEqual(skus)
    expect(made.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(3)
  })
})
