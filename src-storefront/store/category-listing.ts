import type { Db } from './database.ts'

export const sortings = ['name', 'price-up', 'price-down'] as const
export type Sorting = (typeof sortings)[number]

export interface ListingRequest {
  readonly category: string
  readonly sort: Sorting
  readonly isInStockOnly: boolean
  readonly limit: number
  readonly offset: number
}

/** Ties by name, then SKU, so that paging neither skips nor doubles. */
const orderBy: Readonly<Record<Sorting, string>> = {
  name: 'name, sku',
  'price-up': 'price_minor, name, sku',
  'price-down': 'price_minor DESC, name, sku',
}

/** One page of a category: SKUs in order, and how many there are in all. */
export function listCategory(db: Db, request: ListingRequest): { skus: readonly string[]; total: number } {
  const condition = `active = 1 AND category = ?${request.isInStockOnly ? ' AND sellable > 0' : ''}`
  const total = db
    .prepare<[string], { total: number }>(`SELECT count(*) AS total FROM product WHERE ${condition}`)
    .get(request.category)?.total
  const rows = db
    .prepare<[string, number, number], { sku: string }>(
      `SELECT sku FROM product WHERE ${condition} ORDER BY ${orderBy[request.sort]} LIMIT ? OFFSET ?`,
    )
    .all(request.category, request.limit, request.offset)
  return { skus: rows.map(({ sku }) => sku), total: total ?? 0 }
}

/** Something of everything for the start page: of each category the first product that can be bought. */
export const oneOfEachCategory = (db: Db, limit: number): readonly string[] =>
  db
    .prepare<[number], { sku: string }>(
      `SELECT sku FROM (SELECT sku, category, row_number() OVER (PARTITION BY category ORDER BY sellable > 0 DESC, name) AS place
         FROM product WHERE active = 1) WHERE place = 1 ORDER BY category LIMIT ?`,
    )
    .all(limit)
    .map(({ sku }) => sku)
