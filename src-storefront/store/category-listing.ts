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

/** Something of everything for the start page: of each category the first product that can be bought, by name. */
export function oneOfEach(db: Db, categories: readonly string[]): readonly string[] {
  const first = db.prepare<[string], { sku: string }>(
    'SELECT sku FROM product WHERE active = 1 AND category = ? AND sellable > 0 ORDER BY name LIMIT 1',
  )
  return categories.flatMap((category) => first.get(category)?.sku ?? [])
}
