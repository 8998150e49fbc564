import { expect, test } from 'vitest'
import {
  undoableImports,
  type CatalogueImport,
  type ImportRecord,
  type RememberedMapping,
} from '../../../src-main/ports/store/import-store.ts'
import { makeAudit, makeMovement, makeLine, makeProduct, testId, testNow } from '../../fixtures/builders.ts'
import { everything, type MakeStore, openShop, placeOrder, promise, refusal, shelf, tea } from './shop.ts'

const makeRecord = (given: Partial<ImportRecord> = {}): ImportRecord => ({
  id: testId('import'),
  kind: 'catalogue',
  at: testNow,
  actor: 'cli:test',
  rows: 3,
  new: 1,
  changed: 1,
  unchanged: 1,
  refused: 0,
  leftRows: 0,
  ...given,
})

const makeMapping = (given: Partial<RememberedMapping> = {}): RememberedMapping => ({
  kind: 'catalogue',
  signature: 'header-1',
  columns: [{ header: 'Gewicht', field: 'weight', unit: 'kg', decimal: ',' }, { header: 'Farbe' }],
  usedAt: testNow,
  ...given,
})

function makeImport(given: Partial<CatalogueImport> = {}): CatalogueImport {
  const mug = makeProduct({ sku: 'MUG' })
  const movement = makeMovement({ sku: 'MUG', kind: 'counted', quantity: 5 })
  return {
    record: makeRecord(),
    products: [{ ...tea, name: 'Green tea' }, mug],
    movements: [movement],
    changes: [
      { sku: 'TEA', before: tea, afterHash: 'hash-tea', movements: [], placesAfter: [] },
      {
        sku: 'MUG',
        before: undefined,
        afterHash: 'hash-mug',
        movements: [movement],
        placesAfter: [{ location: shelf, lot: '', onHand: 5 }],
      },
    ],
    mapping: makeMapping(),
    audit: makeAudit(),
    ...given,
  }
}

export function importSuite(makeStore: MakeStore): void {
  savingTests(makeStore)
  undoTests(makeStore)
  mappingTests(makeStore)
}

function savingTests(makeStore: MakeStore): void {
  test('a catalogue import is saved with its products, stock, changes and mapping in one go', async () => {
    const store = await openShop(makeStore)
    const batch = makeImport()
    await store.saveCatalogueImport(batch)
    expect((await store.findProduct('TEA'))?.product.name).toBe('Green tea')
    expect(await store.loadStockLevels(['MUG'])).toMatchObject([{ onHand: 5 }])
    expect(await store.loadImport(batch.record.id)).toEqual({
      record: { ...batch.record, canUndo: true },
      changes: batch.changes,
    })
    expect(await store.findMapping('catalogue', 'header-1')).toEqual(batch.mapping)
    expect((await store.listAudit(everything)).rows).toContainEqual(batch.audit)
  })

  test('one whose stock falls short saves nothing at all', async () => {
    const store = await openShop(makeStore)
    const batch = makeImport({ movements: [promise(11)] })
    await expect(store.saveCatalogueImport(batch)).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
    expect(await store.findProduct('MUG')).toBeUndefined()
    expect(await store.listImports(everything)).toEqual({ rows: [], total: 0 })
    expect(await store.findMapping('catalogue', 'header-1')).toBeUndefined()
  })

  test('imports are listed newest first, and only the last keep what an undo needs', async () => {
    const store = await openShop(makeStore)
    const ids: string[] = []
    for (let i = 0; i <= undoableImports; i++) {
      const record = makeRecord({ at: testNow + i })
      ids.unshift(record.id)
      await store.saveCatalogueImport(makeImport({ record, movements: [] }))
    }
    const { rows, total } = await store.listImports({ offset: 0, limit: 500 })
    expect([rows.map(({ id }) => id), total]).toEqual([ids, undoableImports + 1])
    expect(rows.map(({ canUndo }) => canUndo)).toEqual([...Array<boolean>(undoableImports).fill(true), false])
    expect((await store.listImports({ offset: 1, limit: 1 })).rows.map(({ id }) => id)).toEqual([ids[1]])
  })

  test('an import of orders is listed and has nothing to undo', async () => {
    const store = await openShop(makeStore)
    const record = makeRecord({ kind: 'orders' })
    await store.saveImport(record, makeMapping({ kind: 'orders' }), makeAudit())
    expect((await store.listImports(everything)).rows).toEqual([{ ...record, canUndo: false }])
    expect((await store.findMapping('orders', 'header-1'))?.kind).toBe('orders')
    await expect(store.loadImport('unknown')).rejects.toMatchObject(refusal('ERR_IMPORT_NOT_FOUND'))
  })
}

function undoTests(makeStore: MakeStore): void {
  test('an undo puts products back, takes new ones away and counters their stock in one go', async () => {
    const store = await openShop(makeStore)
    const batch = makeImport()
    await store.saveCatalogueImport(batch)
    const photo = {
      mediaType: 'image/webp',
      widthPx: 1,
      heightPx: 1,
      takenAt: testNow,
      bytes: new Uint8Array(1),
    } as const
    for (const sku of ['TEA', 'MUG']) await store.savePhoto({ sku, ...photo }, makeAudit())
    const undone = {
      importId: batch.record.id,
      undoneAt: testNow + 1,
      leftRows: 1,
      products: [tea],
      removed: ['MUG'],
      movements: [makeMovement({ sku: 'MUG', kind: 'corrected', quantity: -5 })],
      audit: makeAudit(),
    }
    await store.saveUndoneImport(undone)
    expect((await store.findProduct('TEA'))?.product).toEqual(tea)
    expect(await store.findProduct('MUG')).toBeUndefined()
    expect([await store.findPhoto('MUG'), (await store.findPhoto('TEA'))?.sku]).toEqual([undefined, 'TEA'])
    expect((await store.listProducts({ ...everything, search: 'MUG' })).total).toBe(0)
    expect(await store.loadStockLevels(['MUG'])).toMatchObject([{ onHand: 0 }])
    expect((await store.loadImport(batch.record.id)).record).toEqual({
      ...batch.record,
      undoneAt: testNow + 1,
      leftRows: 1,
      canUndo: false,
    })
    await expect(store.saveUndoneImport({ ...undone, importId: 'unknown' })).rejects.toMatchObject(
      refusal('ERR_IMPORT_NOT_FOUND'),
    )
  })

  test('which of some SKUs were ever ordered is known', async () => {
    const store = await openShop(makeStore)
    await placeOrder(store, { lines: [makeLine({ sku: 'TEA' }), makeLine({ sku: 'MUG' })] })
    expect(await store.findOrderedSkus(['TEA', 'MUG', 'PAINT', 'TEA'])).toEqual(['MUG', 'TEA'])
    expect(await store.findOrderedSkus([])).toEqual([])
  })
}

function mappingTests(makeStore: MakeStore): void {
  test('a mapping is kept under its kind and header, replaced by the next, and forgotten', async () => {
    const store = await openShop(makeStore)
    const other = makeMapping({ signature: 'header-2', usedAt: testNow + 1 })
    const orders = makeMapping({ kind: 'orders', usedAt: testNow + 2 })
    await store.saveCatalogueImport(makeImport())
    await store.saveImport(makeRecord(), other, makeAudit())
    await store.saveImport(makeRecord({ kind: 'orders' }), orders, makeAudit())
    expect(await store.listMappings()).toEqual([orders, other, makeMapping()])
    const changed = makeMapping({ columns: [], usedAt: testNow + 3 })
    await store.saveImport(makeRecord(), changed, makeAudit())
    expect(await store.findMapping('catalogue', 'header-1')).toEqual(changed)
    expect(await store.forgetMapping('catalogue', 'header-1', makeAudit())).toBe(true)
    expect(await store.forgetMapping('catalogue', 'header-1', makeAudit())).toBe(false)
    expect(await store.listMappings()).toEqual([orders, other])
  })
}
