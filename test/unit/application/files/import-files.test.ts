import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { exportCatalogue } from '../../../../src-main/application/export-catalogue.ts'
import { exportOrders } from '../../../../src-main/application/export-orders.ts'
import { importCatalogue } from '../../../../src-main/application/import-catalogue.ts'
import { importOrderFile, previewOrders } from '../../../../src-main/application/import-order-file.ts'
import { previewCatalogue } from '../../../../src-main/application/preview-import.ts'
import { undoImport } from '../../../../src-main/application/undo-import.ts'
import { makeAudit, makeMovement, makeProduct } from '../../../fixtures/builders.ts'
import { openTestShop, removeTestShops, type TestShop } from '../test-shop.ts'

afterAll(removeTestShops)

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const everything = { offset: 0, limit: 1000 }
const orderFile = readFileSync(new URL('../../../fixtures/files/woocommerce-orders.csv', import.meta.url))
const take = (shop: TestShop, text: string) =>
  importCatalogue(shop.workshop, shop.caller, { csv: bytes(text), skipInvalid: true })
const preview = (shop: TestShop, text: string) => previewCatalogue(shop.workshop, shop.caller, { csv: bytes(text) })
const productOf = async (shop: TestShop, sku: string) => (await shop.store.findProduct(sku))?.product

describe('a dry run', () => {
  test('says what would change, from what to what, and saves nothing', async () => {
    const shop = await openTestShop()
    const written = shop.written()
    const seen = await preview(shop, 'sku;Bezeichnung;Preis;Gewicht in kg;locations\nTEA;Abendtee;4,99;0,5;A-1:7\nNEW;Neu;1,00;0,1;A-1:1\nMUG;;;;\n') // prettier-ignore
    expect(seen).toMatchObject({ new: 1, changed: 1, refused: 1, file: { mappingFrom: 'proposed', delimiter: ';' } })
    const [tea] = seen.first
    expect(tea).toMatchObject({ line: 2, sku: 'TEA', outcome: 'changed' })
    expect(tea?.changes).toEqual(
      expect.arrayContaining([
        { field: 'weight', from: '320 g', to: '500 g' },
        { field: 'stock', from: undefined, to: 'A-1 -3' },
        { field: 'stock', from: undefined, to: 'A-2 -4' },
      ]),
    )
    expect(shop.written().slice(written.length)).not.toMatch(/save|Neu/)
  })

  test('doubts 35 kg of tea, and does not refuse it', async () => {
    const shop = await openTestShop()
    const seen = await preview(shop, 'sku,weight (kg)\nTEA,35\n')
    expect(seen.warnings).toMatchObject([{ line: 2, sku: 'TEA', suspicion: { code: 'denser-than-steel' } }])
    expect(seen).toMatchObject({ changed: 1, refused: 0 })
  })

  test('shows the mapping where the key column is missing, instead of failing', async () => {
    const shop = await openTestShop()
    const seen = await preview(shop, 'Nummer;Gewicht (g)\nTEA;300\n')
    expect(seen).toMatchObject({ file: { missingFields: ['sku'] }, new: 0, changed: 0 })
    await expect(take(shop, 'Nummer;Gewicht (g)\nTEA;300\n')).rejects.toMatchObject({
      details: { problems: [{ column: 'sku', problem: 'column-missing' }] },
    })
  })
})

describe('an import', () => {
  test('changes only what the file speaks of', async () => {
    const shop = await openTestShop()
    const before = await productOf(shop, 'TEA')
    expect(await take(shop, 'sku,weight (g)\nTEA,450\n')).toMatchObject({ changed: 1, new: 0 })
    expect(await productOf(shop, 'TEA')).toEqual({
      ...before,
      weightG: 450,
      layers: { staff: { ...before?.layers.staff, weightG: 450 } },
    })
    expect(await shop.store.loadStockLevels(['TEA'])).toMatchObject([{ onHand: 10 }, { onHand: 4 }])
  })

  test('asks for a unit that nobody said, and remembers the answer for the next file with this header', async () => {
    const shop = await openTestShop()
    const file = 'sku,Weight\nTEA,0.45\n'
    await expect(take(shop, file)).rejects.toMatchObject({ details: { problems: [{ problem: 'unit-not-said', value: 'kg' }] } }) // prettier-ignore
    const columns = [
      { header: 'sku', field: 'sku' },
      { header: 'Weight', field: 'weight', unit: 'lb' },
    ]
    await importCatalogue(shop.workshop, shop.caller, { csv: bytes(file), columns, skipInvalid: false })
    expect((await productOf(shop, 'TEA'))?.weightG).toBe(204)
    const next = await preview(shop, 'SKU,weight\nTEA,1\n')
    expect(next.file).toMatchObject({ mappingFrom: 'remembered' })
  })

  test('books a bare number of pieces where the product lies, and leaves it where that is not one place', async () => {
    const shop = await openTestShop()
    const taken = await take(shop, 'sku,Stock\nMUG,12\nTEA,99\nPAINT,6\n')
    expect(taken).toMatchObject({ changed: 1, unchanged: 2, notes: [{ line: 3, problem: 'stock-place-unknown' }] })
    expect(await shop.store.loadStockLevels(['MUG', 'TEA'])).toMatchObject([{ onHand: 12 }, { onHand: 10 }, { onHand: 4 }]) // prettier-ignore
  })

  test('stops where it is cancelled, and has saved nothing', async () => {
    const shop = await openTestShop()
    shop.cancel()
    await expect(take(shop, 'sku,weight (g)\nTEA,450\n')).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect((await productOf(shop, 'TEA'))?.weightG).toBe(320)
    expect((await shop.store.listImports(everything)).total).toBe(0)
  })
})

describe('undoing an import', () => {
  const file = 'sku;name;price;locations\nTEA;Abendtee;9,99;A-1:20\nNEW;Neu;1,00;A-1:5\nMUG;Becher;2,00;B-1:8\n'

  test('puts products and stock back as they were, in one step, once', async () => {
    const shop = await openTestShop()
    const before = [await shop.store.listProducts(everything), await shop.store.loadStockLevels(['TEA', 'MUG'])]
    const { importId } = await take(shop, file)
    expect(await undoImport(shop.workshop, shop.caller, importId)).toEqual({ restored: 2, removed: 1, left: [] })
    expect([await shop.store.listProducts(everything), await shop.store.loadStockLevels(['TEA', 'MUG'])]).toEqual(before) // prettier-ignore
    await expect(undoImport(shop.workshop, shop.caller, importId)).rejects.toMatchObject({
      code: 'ERR_IMPORT_NOT_UNDOABLE',
      details: { reason: 'undone' },
    })
  })

  test('leaves what was changed, moved or promised since, and says why', async () => {
    const shop = await openTestShop()
    const { importId } = await take(shop, file)
    const mug = await productOf(shop, 'MUG')
    await shop.store.saveProducts([makeProduct({ ...mug, name: 'Renamed' })], [], makeAudit())
    await shop.store.saveMovements([makeMovement({ kind: 'reserved', sku: 'TEA', location: 'A-1', quantity: 15 }), makeMovement({ kind: 'counted', sku: 'NEW', location: 'A-1', quantity: -1 })], makeAudit()) // prettier-ignore
    expect(await undoImport(shop.workshop, shop.caller, importId)).toEqual({
      restored: 0,
      removed: 0,
      left: [
        { sku: 'TEA', reason: 'stock-promised-since' },
        { sku: 'NEW', reason: 'stock-moved-since' },
        { sku: 'MUG', reason: 'product-changed-since' },
      ],
    })
    expect((await productOf(shop, 'NEW'))?.name).toBe('Neu')
  })

  test('keeps a product that was ordered since', async () => {
    const shop = await openTestShop()
    const { importId } = await take(shop, 'sku,name,price\nMUG2,Mug two,3.00\n')
    const orders = 'order,date,status,sku,quantity,unit_price,name,address_1,postcode,city\n9,2026-03-15,open,MUG2,1,3.00,A,S 1,10115,Berlin\n' // prettier-ignore
    await importOrderFile(shop.workshop, shop.caller, { csv: bytes(orders), allOrNothing: true })
    expect(await undoImport(shop.workshop, shop.caller, importId)).toMatchObject({ left: [{ sku: 'MUG2', reason: 'ordered-since' }] }) // prettier-ignore
  })
})

describe('orders of a file', () => {
  const takeOrders = (shop: TestShop, allOrNothing = false) =>
    importOrderFile(shop.workshop, shop.caller, { csv: orderFile, allOrNothing })

  test('enter the line of work once, however often the file comes', async () => {
    const shop = await openTestShop()
    expect(await takeOrders(shop)).toMatchObject({ new: 2, refused: 1, skipped: 1 })
    expect(await takeOrders(shop)).toMatchObject({ new: 0, changed: 0, unchanged: 2 })
    const { rows } = await shop.store.listOrders({ ...everything, sort: 'code' })
    expect(rows.map(({ order }) => [order.externalId, order.status, order.service, order.lines.length])).toEqual([
      ['5001', 'received', 'standard', 2],
      ['5002', 'on-hold', 'collect', 1],
    ])
    expect(rows[0]?.order).toMatchObject({ country: 'DE', postcodeArea: '10', connectionId: 'file' })
  })

  test('leave nothing personal in the preview, in the store, in problems or in the mapping', async () => {
    const shop = await openTestShop()
    const seen = await previewOrders(shop.workshop, shop.caller, { csv: orderFile })
    expect(seen).toMatchObject({ new: 2, refused: 1, skipped: 1, first: [{ number: '5001', pieces: 3, hasAddress: true }, {}] }) // prettier-ignore
    const taken = await takeOrders(shop)
    const said = JSON.stringify([seen, taken, await shop.store.listMappings()]) + shop.written()
    for (const secret of ['Example', 'Beispiel', 'Sample Street', 'ann@example.com', '030 000000', 'ring twice', 'Narnia'])
      expect(said).not.toContain(secret)
  }) // prettier-ignore

  test('all or nothing takes nothing in while a line is wrong', async () => {
    const shop = await openTestShop()
    await expect(takeOrders(shop, true)).rejects.toMatchObject({
      code: 'ERR_CSV_INVALID',
      details: {
        problems: [
          { line: 6, problem: 'country-unknown', value: '' },
          { line: 6, value: 'none' },
        ],
      },
    })
    expect((await shop.store.listOrders(everything)).total).toBe(0)
  })

  test('all lines in one cell, as some shops export them', async () => {
    const shop = await openTestShop()
    const csv = bytes('order_id,date,status,line_items\n77,2026-03-15,processing,"name:Tea|sku:TEA|quantity:2|total:9.98;name:Mug|sku:MUG|quantity:1|total:12.00"\n') // prettier-ignore
    expect(await importOrderFile(shop.workshop, shop.caller, { csv, allOrNothing: true })).toMatchObject({ new: 1 })
    const [row] = (await shop.store.listOrders(everything)).rows
    expect(row?.order.lines).toMatchObject([{ sku: 'TEA', quantity: 2, unitPriceMinor: 499 }, { sku: 'MUG', quantity: 1 }]) // prettier-ignore
    expect(row?.order.holds).toMatchObject([{ code: 'missing-address' }])
  })
})

describe('an export', () => {
  const options = { delimiter: ';', decimal: ',' } as const

  test('of the catalogue, imported again, changes nothing', async () => {
    const shop = await openTestShop()
    await shop.store.saveMovements([makeMovement({ sku: 'TEA', location: 'C-1', quantity: 3, lot: 'L1', bestBefore: '2027-03-15' })], makeAudit()) // prettier-ignore
    const { csv, rows } = await exportCatalogue(shop.workshop, shop.caller, options)
    expect([rows, csv.startsWith('\uFEFFsku;gtin;')]).toEqual([3, true])
    expect(csv).toContain('"=""2000000000015"""')
    expect(await preview(shop, csv)).toMatchObject({ new: 0, changed: 0, unchanged: 3, problems: [] })
  })

  test('of orders holds nobody, unless it is made at the desk; and every one is written down', async () => {
    const shop = await openTestShop()
    await importOrderFile(shop.workshop, shop.caller, { csv: orderFile, allOrNothing: false })
    const bare = await exportOrders(shop.workshop, shop.caller, { ...options, withRecipients: false })
    expect(bare.rows).toBe(3)
    expect(bare.csv).not.toMatch(/Example|Street|10115/)
    await expect(exportOrders(shop.workshop, shop.caller, { ...options, withRecipients: true })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' }) // prettier-ignore
    const desk = { ...shop.caller, source: 'desktop' as const }
    const full = await exportOrders(shop.workshop, desk, { ...options, withRecipients: true })
    expect(full.csv).toMatch(/Ann Example;;1 Sample Street;;10115;Berlin/)
    const deeds = (await shop.store.listAudit(everything)).rows.map(({ action }) => action)
    expect(deeds.filter((action) => action.startsWith('export')).toSorted()).toEqual([
      'export-orders',
      'export-recipients',
    ])
  })
})
