import type { Carton } from '../../domain/carton.ts'
import type { Product } from '../../domain/catalogue.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { StockLevel, StockMovement } from '../../domain/stock.ts'
import type {
  CatalogueStore,
  ChangeCounts,
  ListQuery,
  Page,
  ProductPage,
  ProductRow,
} from '../../ports/store/catalogue-store.ts'
import { canonicalJson, type Json } from '../../kernel/json.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { selectCarriers, upsertCarrier } from './tables/carriers.ts'
import { deleteCarton, selectCartons, upsertCarton } from './tables/cartons.ts'
import { updateCursor } from './tables/connections.ts'
import { replaceFloor, selectFloor } from './tables/floor.ts'
import { selectListings, upsertListings } from './tables/listings.ts'
import { deletePhotos, selectPhoto, upsertPhoto } from './tables/product-photos.ts'
import { selectProductPage } from './tables/product-list.ts'
import { selectProductByCode, selectProducts, upsertProduct } from './tables/products.ts'
import { selectSettings, upsertSettings } from './tables/settings.ts'
import {
  insertMovements,
  selectLevels,
  selectLevelsByPlace,
  selectPickCounts,
  selectProductLevels,
} from './tables/stock.ts'
import { selectWorklist } from './tables/worklist.ts'

export const catalogueStore = (sql: Sql): CatalogueStore => ({
  findSettings: () => sql.read(() => selectSettings(sql)),
  saveSettings: (settings, audit) => audited(sql, audit, () => upsertSettings(sql, settings)),
  saveProducts: (products, movements, audit) => audited(sql, audit, () => saveProducts(sql, products, movements)),
  findListings: (connectionId, ids) => sql.read(() => selectListings(sql, connectionId, ids)),
  saveProductPage: (page) => audited(sql, page.audit, () => saveProductPage(sql, page)),
  listProducts: (query) => sql.read(() => listProducts(sql, query)),
  loadWorklist: (query) => sql.read(() => selectWorklist(sql, query)),
  findProduct: (code) => sql.read(() => findProduct(sql, code)),
  loadProducts: (skus) => sql.read(() => selectProducts(sql, skus)),
  findPhoto: (sku) => sql.read(() => selectPhoto(sql, sku)),
  savePhoto: (photo, audit) => audited(sql, audit, () => upsertPhoto(sql, photo)),
  removePhoto: (sku, audit) => audited(sql, audit, () => deletePhotos(sql, [sku])),
  loadStockLevels: (skus) => sql.read(() => selectLevels(sql, skus)),
  saveMovements: (movements, audit) => audited(sql, audit, () => insertMovements(sql, movements)),
  saveCartons: (cartons, movements, audit) => audited(sql, audit, () => saveCartons(sql, cartons, movements)),
  removeCarton: (code, movements, audit) =>
    audited(sql, audit, () => {
      insertMovements(sql, movements)
      deleteCarton(sql, code)
    }),
  loadCartons: () => sql.read(() => selectCartons(sql)),
  saveFloor: (drawn, audit) =>
    audited(sql, audit, () => {
      replaceFloor(sql, drawn.floor, drawn.locations)
      insertMovements(sql, drawn.movements ?? [])
    }),
  findFloor: () => sql.read(() => selectFloor(sql)),
  loadStockByPlace: (places) => sql.read(() => selectLevelsByPlace(sql, places)),
  countPicks: (period) => sql.read(() => selectPickCounts(sql, period)),
  saveCarrier: (carrier, audit) => audited(sql, audit, () => upsertCarrier(sql, carrier)),
  loadCarriers: () => sql.read(() => selectCarriers(sql)),
})

const audited = <Result>(sql: Sql, audit: AuditEntry, work: () => Result): Promise<Result> =>
  sql.write(() => {
    const result = work()
    insertAudit(sql, audit)
    return result
  })

function saveProductPage(sql: Sql, page: ProductPage): ChangeCounts {
  updateCursor(sql, page.connectionId, { column: 'product_cursor', cursor: page.productCursor })
  upsertListings(sql, page)
  return saveProducts(sql, page.products, [])
}

function saveProducts(sql: Sql, products: readonly Product[], movements: readonly StockMovement[]): ChangeCounts {
  const known = selectProducts(
    sql,
    products.map((product) => product.sku),
  )
  const counts = saveChanged({ records: products, known, idOf: (product) => product.sku }, (product) =>
    upsertProduct(sql, product),
  )
  insertMovements(sql, movements)
  return counts
}

function saveCartons(sql: Sql, cartons: readonly Carton[], movements: readonly StockMovement[]): ChangeCounts {
  const known = selectCartons(sql).map((stocked) => stocked.carton)
  const counts = saveChanged({ records: cartons, known, idOf: (carton) => carton.code }, (carton) =>
    upsertCarton(sql, carton),
  )
  insertMovements(sql, movements)
  return counts
}

interface Incoming<Entry> {
  readonly records: readonly Entry[]
  readonly known: readonly Entry[]
  readonly idOf: (record: Entry) => string
}

/** Writes what is new or differs, and counts. A record named twice is judged by its last wording. */
function saveChanged<Entry extends Product | Carton>(incoming: Incoming<Entry>, save: (record: Entry) => void) {
  const before = new Map(incoming.known.map((record) => [incoming.idOf(record), contentOf(record)]))
  const counts = { new: 0, changed: 0, unchanged: 0 }
  for (const [id, record] of new Map(incoming.records.map((record) => [incoming.idOf(record), record]))) {
    const former = before.get(id)
    const outcome = former === undefined ? 'new' : former === contentOf(record) ? 'unchanged' : 'changed'
    counts[outcome]++
    if (outcome !== 'unchanged') save(record)
  }
  return counts
}

/** Products and cartons are plain data, so they are Json; an interface only lacks the index signature that says so. */
const contentOf = (record: Product | Carton): string => canonicalJson(record as unknown as Json)

function listProducts(sql: Sql, query: ListQuery): Page<ProductRow> {
  const page = selectProductPage(sql, query)
  return { rows: withLevels(sql, page.rows), total: page.total }
}

function findProduct(sql: Sql, code: string): ProductRow | undefined {
  const product = selectProductByCode(sql, code)
  return product && withLevels(sql, [product])[0]
}

function withLevels(sql: Sql, products: readonly Product[]): readonly ProductRow[] {
  const levelsBySku = new Map<string, StockLevel[]>(products.map((product) => [product.sku, []]))
  for (const level of selectProductLevels(sql, [...levelsBySku.keys()])) levelsBySku.get(level.sku)?.push(level)
  return products.map((product) => ({ product, levels: levelsBySku.get(product.sku) ?? [] }))
}
