import { expect, test } from 'vitest'
import {
  makeAudit,
  makeCarrier,
  makeCarton,
  makeCartonMovement,
  makeConnection,
  makeFloor,
  makeLine,
  makeLocation,
  makeMovement,
  makeProduct,
  makeSettings,
} from '../../fixtures/builders.ts'
import { withMeasures } from '../../../src-main/domain/measures.ts'
import { everything, type MakeStore, openShop, placeOrder, promise, refusal, shelf } from './shop.ts'

export function catalogueSuite(makeStore: MakeStore): void {
  productTests(makeStore)
  worklistTests(makeStore)
  listTests(makeStore)
  stockTests(makeStore)
  shopTests(makeStore)
}

const page = (connectionId: string, skuById: Readonly<Record<string, string>>, ended: readonly string[] = []) => ({
  connectionId,
  productCursor: 'next',
  products: [],
  listed: Object.entries(skuById).map(([externalId, sku]) => ({ externalId, sku })),
  ended,
  audit: makeAudit(),
})

function productTests(makeStore: MakeStore): void {
  test('a listing is found by the id its storefront gave it, with how often its product is listed besides', async () => {
    const store = await openShop(makeStore)
    await store.saveConnection(makeConnection({ id: 'other' }), makeAudit())
    await store.saveProductPage(page('connection', { '17': 'TEA', '18': 'MUG' }))
    await store.saveProductPage(page('other', { '17': 'TEA' }))
    expect(await store.findListings('connection', ['17', '18', '19'])).toEqual([
      { externalId: '17', sku: 'TEA', elsewhere: 1 },
      { externalId: '18', sku: 'MUG', elsewhere: 0 },
    ])
    await store.saveProductPage(page('other', {}, ['17', '99']))
    await store.saveProductPage(page('connection', { '18': 'CUP' }))
    expect(await store.findListings('connection', ['17', '18'])).toEqual([
      { externalId: '17', sku: 'TEA', elsewhere: 0 },
      { externalId: '18', sku: 'CUP', elsewhere: 0 },
    ])
    expect(await store.findListings('other', ['17'])).toEqual([])
    expect(await store.loadConnections()).toMatchObject([{ productCursor: 'next' }, { productCursor: 'next' }])
    const nowhere = store.saveProductPage({
      ...page('nobody', { '1': 'NEW' }),
      products: [makeProduct({ sku: 'NEW' })],
    })
    await expect(nowhere).rejects.toMatchObject(refusal('ERR_STOREFRONT_NOT_FOUND'))
    expect(await store.findProduct('NEW')).toBeUndefined()
  })

  test('saving products counts what is new, changed and unchanged, and leaves the others as they are', async () => {
    const store = await makeStore()
    const first = makeProduct({ sku: 'A', name: 'Apple' })
    const second = makeProduct({ sku: 'B', name: 'Bread' })
    expect(await store.saveProducts([first, second], [], makeAudit())).toEqual({ new: 2, changed: 0, unchanged: 0 })
    const renamed = { ...first, name: 'Red apple' }
    const third = makeProduct({ sku: 'C' })
    const counts = await store.saveProducts([renamed, { ...second }, third], [], makeAudit())
    expect(counts).toEqual({ new: 1, changed: 1, unchanged: 1 })
    await store.saveProducts([third], [], makeAudit())
    expect((await store.findProduct('A'))?.product).toEqual(renamed)
    expect((await store.listProducts(everything)).total).toBe(3)
  })

  test('a product is found by its SKU and by its GTIN, with its levels', async () => {
    const store = await makeStore()
    const product = makeProduct({ sku: 'JAM', gtin: '2000000000015' })
    await store.saveProducts([product], [makeMovement({ sku: 'JAM', quantity: 4 })], makeAudit())
    const level = { sku: 'JAM', of: 'product', location: shelf, lot: '', onHand: 4, reserved: 0 }
    expect(await store.findProduct('JAM')).toEqual({ product, levels: [level] })
    expect(await store.findProduct('2000000000015')).toEqual({ product, levels: [level] })
    expect(await store.findProduct('HONEY')).toBeUndefined()
  })

  test('only the named products that are known are loaded', async () => {
    const store = await makeStore()
    await store.saveProducts(
      ['A', 'B', 'C'].map((sku) => makeProduct({ sku })),
      [],
      makeAudit(),
    )
    const skus = (await store.loadProducts(['A', 'C', 'X'])).map((product) => product.sku)
    expect(skus.toSorted()).toEqual(['A', 'C'])
    expect(await store.loadProducts([])).toEqual([])
  })

  test('what a caller does to a saved or loaded product afterwards changes nothing in the store', async () => {
    const store = await makeStore()
    const sides: [number, number, number] = [10, 20, 30]
    await store.saveProducts([makeProduct({ sku: 'A', sizeMm: sides })], [], makeAudit())
    sides[0] = 99
    expect((await store.findProduct('A'))?.product.sizeMm).toEqual([10, 20, 30])
  })
}

function worklistTests(makeStore: MakeStore): void {
  test('a reader is told of the products that changed since it last looked, and how many there are', async () => {
    const store = await openShop(makeStore)
    const [a, b] = [makeProduct({ sku: 'A' }), makeProduct({ sku: 'B', weightG: undefined })]
    await store.saveProducts([b, a], [], makeAudit())
    const first = await store.loadWorklist({})
    const unplaced = { isWeightEstimated: false, isSpaceEstimated: false, isPlaced: false }
    expect(first.changed.filter(({ sku }) => sku <= 'B')).toEqual([
      { sku: 'A', name: a.name, category: a.category, sizeMm: a.sizeMm, weightG: 320, active: true, ...unplaced },
      { sku: 'B', name: b.name, category: b.category, sizeMm: b.sizeMm, active: true, ...unplaced },
    ]) // prettier-ignore
    expect((await store.loadWorklist({ since: first.revision })).changed).toEqual([])
    await store.saveProducts([{ ...b, measuresConfirmed: true }, a], [], makeAudit())
    const then = await store.loadWorklist({ since: first.revision })
    expect(then.changed.find(({ sku }) => sku === 'B')).toMatchObject({ measuresConfirmed: true })
    expect(then).toMatchObject({ total: first.total })
    expect(then.revision).toBeGreaterThan(first.revision)
  })

  test('a product that is given its first place is told of again', async () => {
    const store = await openShop(makeStore)
    await store.saveProducts([makeProduct({ sku: 'HERE' }), makeProduct({ sku: 'GONE' })], [], makeAudit())
    const { revision } = await store.loadWorklist({})
    await store.saveMovements([makeMovement({ sku: 'HERE', quantity: 1 })], makeAudit())
    expect((await store.loadWorklist({ since: revision })).changed).toMatchObject([{ sku: 'HERE', isPlaced: true }])
  })

  test('estimates in force are told apart from what somebody said', async () => {
    const store = await openShop(makeStore)
    const guessed = withMeasures(makeProduct({ sku: 'A' }), 'estimated', { weightG: 1, space: { volumeCm3: 2 } })
    const bare = withMeasures(guessed, 'staff', { weightG: 320 })
    await store.saveProducts([guessed, { ...bare, sku: 'B' }], [], makeAudit())
    const told = (await store.loadWorklist({})).changed.filter(({ sku }) => sku === 'A' || sku === 'B')
    expect(told).toMatchObject([
      { isWeightEstimated: false, isSpaceEstimated: false },
      { isWeightEstimated: false, isSpaceEstimated: true },
    ])
  })

  test('with every look comes how many orders wait for which product, and what a search finds', async () => {
    const store = await openShop(makeStore)
    await store.saveProducts([makeProduct({ sku: 'GONE' })], [], makeAudit())
    await placeOrder(store, { lines: [makeLine({ sku: 'GONE', quantity: 2 }), makeLine({ sku: 'GONE' })] })
    await placeOrder(store, { lines: [makeLine({ sku: 'GONE', quantity: 2, withdrawn: 2 })] })
    const { waiting, found } = await store.loadWorklist({})
    expect(waiting).toContainEqual({ sku: 'GONE', orders: 1 })
    expect(found).toBeUndefined()
    expect((await store.loadWorklist({ search: 'gon' })).found).toEqual(['GONE'])
  })
}

function listTests(makeStore: MakeStore): void {
  const groceries = [
    makeProduct({ sku: 'P-1', name: 'Größe-M-Schürze', category: 'Kitchen', priceMinor: 900 }),
    makeProduct({ sku: 'P-2', name: 'Crème brûlée', category: 'Chilled', priceMinor: 300, gtin: '2000000000022' }),
    makeProduct({ sku: 'P-3', name: 'tea towel', category: 'Kitchen', priceMinor: 300 }),
    makeProduct({ sku: 'P-4', name: 'Ångström lamp', category: 'Home', priceMinor: 4_900 }),
  ]
  const openCatalogue = async () => {
    const store = await makeStore()
    const stock = [makeMovement({ sku: 'P-1', quantity: 5 }), makeMovement({ sku: 'P-3', quantity: 50 })]
    await store.saveProducts(groceries.toReversed(), stock, makeAudit())
    return async (query: object) => {
      const page = await store.listProducts({ ...everything, ...query })
      return { skus: page.rows.map((row) => row.product.sku), total: page.total }
    }
  }

  test('products come in the order of their SKU unless another order is asked for', async () => {
    const list = await openCatalogue()
    expect((await list({})).skus).toEqual(['P-1', 'P-2', 'P-3', 'P-4'])
    expect((await list({ sort: 'sku', descending: true })).skus).toEqual(['P-4', 'P-3', 'P-2', 'P-1'])
    expect((await list({ sort: 'category' })).skus).toEqual(['P-2', 'P-4', 'P-1', 'P-3'])
    expect((await list({ sort: 'stock', descending: true })).skus.slice(0, 2)).toEqual(['P-3', 'P-1'])
  })

  test('products sort by name with case and accents aside', async () => {
    const list = await openCatalogue()
    expect((await list({ sort: 'name' })).skus).toEqual(['P-4', 'P-2', 'P-1', 'P-3'])
  })

  test('ties go by id, rising whichever way the list is sorted', async () => {
    const list = await openCatalogue()
    expect((await list({ sort: 'price' })).skus).toEqual(['P-2', 'P-3', 'P-1', 'P-4'])
    expect((await list({ sort: 'price', descending: true })).skus).toEqual(['P-4', 'P-1', 'P-2', 'P-3'])
  })

  test('a page holds its share of the rows and the total of all that were found', async () => {
    const list = await openCatalogue()
    expect(await list({ offset: 1, limit: 2 })).toEqual({ skus: ['P-2', 'P-3'], total: 4 })
    expect(await list({ offset: 4, limit: 2 })).toEqual({ skus: [], total: 4 })
    expect(await list({ search: 'kitchen', offset: 1, limit: 5 })).toEqual({ skus: ['P-3'], total: 2 })
  })

  test.each([
    ['the beginning of a word', 'tow', ['P-3']],
    ['a word in another case', 'KITCHEN', ['P-1', 'P-3']],
    ['a word without its accents', 'creme brulee', ['P-2']],
    ['accents that the name does not have', 'téa', ['P-3']],
    ['a letter with a ring', 'angstrom', ['P-4']],
    ['the beginning of a word inside a name', 'schur', ['P-1']],
    ['a GTIN', '2000000000022', ['P-2']],
    ['a SKU', 'p-4', ['P-4']],
    ['several words, all of which must match', 'kitchen tea', ['P-3']],
    ['the middle of a word', 'owel', []],
    ['signs that mean something to a database', '%" OR * NEAR(', []],
    ['blanks', '  ', ['P-1', 'P-2', 'P-3', 'P-4']],
  ])('products are searched by %s', async (_title, search, skus) => {
    const list = await openCatalogue()
    expect((await list({ search })).skus).toEqual(skus)
  })
}

function stockTests(makeStore: MakeStore): void {
  test('stock is the sum of its movements, by location and lot', async () => {
    const store = await openShop(makeStore)
    const lot = { location: 'A-02', lot: 'L1', bestBefore: '2026-12-24' }
    await store.saveMovements(
      [makeMovement({ quantity: 6, ...lot }), makeMovement({ kind: 'corrected', quantity: -1, ...lot }), promise(4)],
      makeAudit(),
    )
    await store.saveMovements([makeMovement({ kind: 'picked', quantity: -3 })], makeAudit())
    expect(await store.loadStockLevels(['TEA'])).toEqual([
      { sku: 'TEA', of: 'product', location: shelf, lot: '', onHand: 7, reserved: 1 },
      { sku: 'TEA', of: 'product', location: 'A-02', lot: 'L1', bestBefore: '2026-12-24', onHand: 5, reserved: 0 },
    ])
    expect(await store.loadStockLevels(['COFFEE'])).toEqual([])
  })

  test('all levels are those of products and of cartons, told apart', async () => {
    const store = await openShop(makeStore)
    const levels = await store.loadStockLevels()
    expect(levels.map((level) => `${level.of} ${level.sku}`).toSorted()).toEqual(['carton S', 'product TEA'])
  })

  test('the last piece is never promised twice, and a refused promise leaves nothing behind', async () => {
    const store = await openShop(makeStore)
    await store.saveMovements([promise(9)], makeAudit())
    const received = makeMovement({ location: 'B-01', quantity: 3 })
    const entry = makeAudit()
    await expect(store.saveMovements([received, promise(1), promise(1)], entry)).rejects.toMatchObject(
      refusal('ERR_STOCK_SHORT'),
    )
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ location: shelf, onHand: 10, reserved: 9 }])
    expect((await store.listAudit(everything)).rows).not.toContainEqual(entry)
    await store.saveMovements([promise(1)], makeAudit())
  })

  test('promises are weighed together: one given back makes room for one given in the same breath', async () => {
    const store = await openShop(makeStore)
    await store.saveMovements([promise(10)], makeAudit())
    await store.saveMovements([promise(4), promise(-4)], makeAudit())
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ reserved: 10 }])
  })

  test('what the floor counted is a fact, also when more was promised', async () => {
    const store = await openShop(makeStore)
    await store.saveMovements([promise(10)], makeAudit())
    await store.saveMovements([makeMovement({ kind: 'counted', quantity: -4 })], makeAudit())
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ onHand: 6, reserved: 10 }])
    await store.saveMovements([promise(-2)], makeAudit())
    await expect(store.saveMovements([promise(1)], makeAudit())).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
  })

  test('no place holds or promises less than nothing', async () => {
    const store = await openShop(makeStore)
    await store.saveMovements([promise(2)], makeAudit())
    for (const tooMuch of [makeMovement({ kind: 'picked', quantity: -11 }), promise(-3)]) {
      await expect(store.saveMovements([tooMuch], makeAudit())).rejects.toMatchObject({
        code: 'ERR_STOCK_SHORT',
        details: { sku: 'TEA', location: shelf },
      })
    }
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ onHand: 10, reserved: 2 }])
  })

  test('a refused movement keeps the products and cartons that came with it out as well', async () => {
    const store = await openShop(makeStore)
    const product = makeProduct({ sku: 'NEW' })
    await expect(store.saveProducts([product], [promise(11)], makeAudit())).rejects.toMatchObject(
      refusal('ERR_STOCK_SHORT'),
    )
    await expect(store.saveCartons([makeCarton({ code: 'XL' })], [promise(11)], makeAudit())).rejects.toMatchObject(
      refusal('ERR_STOCK_SHORT'),
    )
    expect(await store.findProduct('NEW')).toBeUndefined()
    expect((await store.loadCartons()).map(({ carton }) => carton.code)).toEqual(['S'])
  })

  test('a carton that is taken out is gone with its stock, and may come back', async () => {
    const store = await openShop(makeStore)
    await store.removeCarton('S', [makeCartonMovement({ kind: 'corrected', sku: 'S', quantity: -20 })], makeAudit())
    expect(await store.loadCartons()).toEqual([])
    await store.removeCarton('S', [], makeAudit())
    await store.saveCartons([makeCarton({ code: 'S' })], [], makeAudit())
    expect(await store.loadCartons()).toMatchObject([{ carton: { code: 'S' }, onHand: 0, reserved: 0 }])
  })

  test('cartons come in order of inner volume, then code, with what is there and what is promised', async () => {
    const store = await makeStore()
    const codes = [
      makeCarton({ code: 'B' }),
      makeCarton({ code: 'A' }),
      makeCarton({ code: 'C', innerMm: [50, 50, 50] }),
    ]
    const movements = [makeCartonMovement({ sku: 'A', quantity: 9 })]
    expect(await store.saveCartons(codes, movements, makeAudit())).toEqual({ new: 3, changed: 0, unchanged: 0 })
    await store.saveMovements([makeCartonMovement({ kind: 'reserved', sku: 'A', quantity: 2 })], makeAudit())
    const rows = (await store.loadCartons()).map(({ carton, onHand, reserved }) => [carton.code, onHand, reserved])
    expect(rows).toEqual([
      ['C', 0, 0],
      ['A', 9, 2],
      ['B', 0, 0],
    ])
  })
}

function shopTests(makeStore: MakeStore): void {
  test('settings are absent at first and replaced as a whole', async () => {
    const store = await makeStore()
    expect(await store.findSettings()).toBeUndefined()
    await store.saveSettings(makeSettings(), makeAudit())
    const changed = makeSettings({ undoMs: 0 })
    await store.saveSettings(changed, makeAudit())
    expect(await store.findSettings()).toEqual(changed)
  })

  test('a floor replaces the former one with all of its locations', async () => {
    const store = await makeStore()
    expect(await store.findFloor()).toBeUndefined()
    const locations = [makeLocation({ code: 'A' }), makeLocation({ code: 'B' })]
    await store.saveFloor({ floor: makeFloor(), locations }, makeAudit())
    const floor = makeFloor({ aisleX: [0, 2_000] })
    const location = makeLocation({ code: 'C', side: 'R', shelf: 3, place: [1, 700] })
    await store.saveFloor({ floor, locations: [location] }, makeAudit())
    expect(await store.findFloor()).toEqual({ floor, locations: [location] })
  })

  test('a floor is saved together with the stock that moves, or not at all', async () => {
    const store = await openShop(makeStore)
    const locations = [makeLocation({ code: 'B' })]
    const leave = (quantity: number) => [
      makeMovement({ kind: 'corrected', location: shelf, quantity: -quantity }),
      makeMovement({ kind: 'corrected', location: 'B', quantity }),
    ]
    const tooMany = store.saveFloor({ floor: makeFloor(), locations, movements: leave(11) }, makeAudit())
    await expect(tooMany).rejects.toMatchObject(refusal('ERR_STOCK_SHORT'))
    expect((await store.findFloor())?.locations.map(({ code }) => code)).toEqual([shelf])
    await store.saveFloor({ floor: makeFloor(), locations, movements: leave(4) }, makeAudit())
    const at = async (places: { at: string[] } | { notAt: string[] }) =>
      (await store.loadStockByPlace(places)).map(({ location, sku, onHand }) => [location, sku, onHand])
    expect(await at({ at: ['B', shelf, 'C'] })).toEqual([[shelf, 'TEA', 6], ['B', 'TEA', 4]]) // prettier-ignore
    expect(await at({ notAt: ['B'] })).toEqual([[shelf, 'TEA', 6]])
    await store.saveMovements([makeMovement({ kind: 'corrected', location: shelf, quantity: -6 })], makeAudit())
    expect(await at({ notAt: ['B'] })).toEqual([])
  })

  test('picks are counted by location within a period, without what was taken back', async () => {
    const store = await openShop(makeStore)
    const pick = (at: number, location: string, quantity: number) =>
      makeMovement({ kind: 'picked', at, location, quantity })
    const stocked = makeMovement({ location: 'B', quantity: 9 })
    const picks = [pick(10, shelf, -2), pick(20, shelf, -3), pick(20, shelf, 1), pick(29, 'B', -1), pick(30, 'B', -1)]
    await store.saveMovements([stocked, ...picks], makeAudit())
    expect(await store.countPicks({ from: 10, to: 30 })).toEqual([
      { location: shelf, picks: 2, pieces: 5 },
      { location: 'B', picks: 1, pieces: 1 },
    ])
    expect(await store.countPicks({ from: 30, to: 31 })).toEqual([{ location: 'B', picks: 1, pieces: 1 }])
    expect(await store.countPicks({ from: 0, to: 10 })).toEqual([])
  })

  test('couriers are upserted by code and come in order of priority, then code', async () => {
    const store = await makeStore()
    for (const [code, priority] of [
      ['C', 1],
      ['B', 1],
      ['A', 2],
    ] as const) {
      await store.saveCarrier(makeCarrier({ code, priority }), makeAudit())
    }
    await store.saveCarrier(makeCarrier({ code: 'A', priority: 3, name: 'Renamed' }), makeAudit())
    const carriers = await store.loadCarriers()
    expect(carriers.map((carrier) => carrier.code)).toEqual(['B', 'C', 'A'])
    expect(carriers.at(-1)?.name).toBe('Renamed')
  })
}
