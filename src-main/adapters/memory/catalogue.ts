import type { Product } from '../../domain/catalogue.ts'
import type { ProductPhoto } from '../../domain/product-photo.ts'
import type { StockLevel } from '../../domain/stock.ts'
import { AppError } from '../../kernel/errors.ts'
import { canonicalJson, type Json } from '../../kernel/json.ts'
import type { CatalogueStore, ChangeCounts, ListQuery, Page, ProductRow } from '../../ports/store/catalogue-store.ts'
import { isFound, pageOf } from './lists.ts'
import { kept, type MemoryState, saveAll, saveAudit, saveProducts } from './state.ts'
import { cartonStock, compareText, levelsAfter, levelsOf, saveStock } from './stock.ts'
import { worklistInMemory } from './worklist.ts'

/** Settings, products, cartons, floor, stock and couriers over the shared state. */
export function catalogueInMemory(state: MemoryState): CatalogueStore {
  return { ...settingsAndFloor(state), ...productsAndStock(state), ...cartonsAndCarriers(state) }
}

type SettingsAndFloor = Pick<
  CatalogueStore,
  'findSettings' | 'saveSettings' | 'saveFloor' | 'findFloor' | 'loadStockByPlace' | 'countPicks'
>

const settingsAndFloor = (state: MemoryState): SettingsAndFloor => ({
  async findSettings() {
    return state.settings
  },
  async saveSettings(settings, audit) {
    state.settings = kept(settings)
    saveAudit(state, audit)
  },
  async saveFloor({ floor, locations, movements = [] }, audit) {
    const levels = levelsAfter(state, movements)
    state.floor = kept({ floor, locations: locations.toSorted((a, b) => compareText(a.code, b.code)) })
    saveStock(state, movements, levels)
    saveAudit(state, audit)
  },
  async findFloor() {
    return state.floor
  },
  async loadStockByPlace(places) {
    const named = new Set('at' in places ? places.at : places.notAt)
    const isWanted = (level: StockLevel): boolean =>
      level.of === 'product' && (level.onHand > 0 || level.reserved > 0) && named.has(level.location) === 'at' in places
    // Already in order of SKU, location and lot; sorting keeps what is equal.
    return levelsOf(state, isWanted).toSorted((a, b) => compareText(a.location, b.location))
  },
  async countPicks({ from, to }) {
    const taken = state.movements.filter(
      ({ kind, of, quantity, at }) => kind === 'picked' && of === 'product' && quantity < 0 && at >= from && at < to,
    )
    return [...Map.groupBy(taken, ({ location }) => location)]
      .map(([location, picks]) => ({
        location,
        picks: picks.length,
        pieces: picks.reduce((sum, { quantity }) => sum - quantity, 0),
      }))
      .sort((a, b) => compareText(a.location, b.location))
  },
})

type ProductsAndStock = Pick<
  CatalogueStore,
  | 'saveProducts'
  | 'findListings'
  | 'saveProductPage'
  | 'listProducts'
  | 'loadWorklist'
  | 'findProduct'
  | 'loadProducts'
  | 'findPhoto'
  | 'savePhoto'
  | 'removePhoto'
  | 'loadStockLevels'
  | 'saveMovements'
>

const productsAndStock = (state: MemoryState): ProductsAndStock => ({
  async saveProducts(products, movements, audit) {
    const levels = levelsAfter(state, movements)
    const counts = upsertProducts(state, products)
    saveStock(state, movements, levels)
    saveAudit(state, audit)
    return counts
  },
  async findListings(connectionId, externalIds) {
    const wanted = new Set(externalIds)
    const all = [...state.listings.values()]
    return all
      .filter((one) => one.connectionId === connectionId && wanted.has(one.externalId))
      .sort((a, b) => compareText(a.externalId, b.externalId))
      .map(({ externalId, sku }) => ({ externalId, sku, elsewhere: all.filter((one) => one.sku === sku).length - 1 }))
  },
  async saveProductPage({ connectionId, productCursor, products, listed, ended, audit }) {
    const connection = state.connections.get(connectionId)
    if (!connection) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: connectionId })
    const keyOf = (externalId: string): string => JSON.stringify([connectionId, externalId])
    for (const { externalId, sku } of listed) state.listings.set(keyOf(externalId), { connectionId, externalId, sku })
    for (const externalId of ended) state.listings.delete(keyOf(externalId))
    state.connections.set(connectionId, kept({ ...connection, productCursor }))
    saveAudit(state, audit)
    return upsertProducts(state, products)
  },
  async listProducts(query) {
    return listProducts(state, query)
  },
  async loadWorklist(query) {
    return worklistInMemory(state, query)
  },
  async findProduct(code) {
    const product =
      state.products.get(code) ?? [...state.products.values()].find((candidate) => candidate.gtin === code)
    return product && rowOf(state, product)
  },
  async loadProducts(skus) {
    const wanted = new Set(skus)
    return [...state.products.values()].filter((product) => wanted.has(product.sku))
  },
  async findPhoto(sku) {
    const photo = state.photos.get(sku)
    return photo && ownBytes(photo)
  },
  async savePhoto(photo, audit) {
    state.photos.set(photo.sku, ownBytes(photo))
    saveAudit(state, audit)
  },
  async removePhoto(sku, audit) {
    state.photos.delete(sku)
    saveAudit(state, audit)
  },
  async loadStockLevels(skus) {
    const wanted = skus && new Set(skus)
    return levelsOf(state, (level) => !wanted || wanted.has(level.sku))
  },
  async saveMovements(movements, audit) {
    const levels = levelsAfter(state, movements)
    saveStock(state, movements, levels)
    saveAudit(state, audit)
  },
})

/** Bytes cannot be frozen: whoever saves or loads them has a copy. */
const ownBytes = (photo: ProductPhoto): ProductPhoto => ({ ...photo, bytes: photo.bytes.slice() })

type CartonsAndCarriers = Pick<
  CatalogueStore,
  'saveCartons' | 'removeCarton' | 'loadCartons' | 'saveCarrier' | 'loadCarriers'
>

const cartonsAndCarriers = (state: MemoryState): CartonsAndCarriers => ({
  async saveCartons(cartons, movements, audit) {
    const levels = levelsAfter(state, movements)
    const counts = upsertCounted(state.cartons, cartons, (carton) => carton.code)
    saveStock(state, movements, levels)
    saveAudit(state, audit)
    return counts
  },
  async removeCarton(code, movements, audit) {
    const levels = levelsAfter(state, movements)
    state.cartons.delete(code)
    saveStock(state, movements, levels)
    saveAudit(state, audit)
  },
  async loadCartons() {
    return cartonStock(state)
  },
  async saveCarrier(carrier, audit) {
    saveAll(state.carriers, [carrier], ({ code }) => code)
    saveAudit(state, audit)
  },
  async loadCarriers() {
    return [...state.carriers.values()].sort((a, b) => a.priority - b.priority || compareText(a.code, b.code))
  },
})

const rowOf = (state: MemoryState, product: Product): ProductRow => ({
  product,
  levels: levelsOf(state, (level) => level.of === 'product' && level.sku === product.sku),
})

function listProducts(state: MemoryState, query: ListQuery): Page<ProductRow> {
  const found = [...state.products.values()].filter((product) =>
    isFound(query.search, [product.sku, product.gtin ?? '', product.name, product.category]),
  )
  return pageOf(
    found.map((product) => rowOf(state, product)),
    query,
    {
      idOf: ({ product }) => product.sku,
      sorts: {
        sku: ({ product }) => product.sku,
        name: ({ product }) => product.name,
        category: ({ product }) => product.category,
        price: ({ product }) => product.priceMinor,
        stock: ({ levels }) => levels.reduce((sum, level) => sum + level.onHand, 0),
      },
      usual: { sort: 'sku', descending: false },
    },
  )
}

function upsertProducts(state: MemoryState, products: readonly Product[]): ChangeCounts {
  const counts = upsertCounted(state.products, products, (product) => product.sku)
  saveProducts(state, products)
  return counts
}

/** Upserts and says what that changed; equal values in another order of keys are unchanged. */
function upsertCounted<Row>(map: Map<string, Row>, rows: readonly Row[], idOf: (row: Row) => string): ChangeCounts {
  const counts = { new: 0, changed: 0, unchanged: 0 }
  for (const row of rows) {
    const before = map.get(idOf(row))
    if (before === undefined) counts.new += 1
    else if (isEqual(before, row)) counts.unchanged += 1
    else counts.changed += 1
    map.set(idOf(row), kept(row))
  }
  return counts
}

// Records of the domain are plain JSON-safe data, which their types (interfaces) cannot say.
const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a as Json) === canonicalJson(b as Json)
