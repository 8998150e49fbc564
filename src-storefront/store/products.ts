import { isDeepStrictEqual } from 'node:util'
import { handling as handlingSchema, type WireHandling } from '../../src-protocol/index.ts'
import type { CatalogueProduct } from '../catalogue-file.ts'
import { nextInSequence, type Db } from './database.ts'

/** A sellable unit; in this shop its id is its SKU. */
export interface StoredProduct {
  readonly sku: string
  readonly gtin: string | undefined
  readonly name: string
  readonly description: string
  readonly category: string
  readonly priceMinor: number
  readonly taxRate: string
  readonly sizeMm: readonly [number, number, number] | undefined
  readonly weightG: number | undefined
  readonly volumeCm3: number | undefined
  readonly handling: WireHandling
  readonly sellable: number
  readonly active: boolean
  readonly seq: number
  readonly changedAt: number
}

interface ProductRow {
  id: number
  sku: string
  gtin: string | null
  name: string
  description: string
  category: string
  price_minor: number
  tax_rate: string
  size_mm: string | null
  weight_g: number | null
  volume_cm3: number | null
  handling: string
  sellable: number
  active: number
  seq: number
  changed_at: number
}

function productOf(row: ProductRow): StoredProduct {
  return {
    sku: row.sku,
    gtin: row.gtin ?? undefined,
    name: row.name,
    description: row.description,
    category: row.category,
    priceMinor: row.price_minor,
    taxRate: row.tax_rate,
    sizeMm: row.size_mm === null ? undefined : (JSON.parse(row.size_mm) as [number, number, number]), // written below
    weightG: row.weight_g ?? undefined,
    volumeCm3: row.volume_cm3 ?? undefined,
    handling: handlingSchema.parse(JSON.parse(row.handling)),
    sellable: row.sellable,
    active: row.active === 1,
    seq: row.seq,
    changedAt: row.changed_at,
  }
}

export type ProductStore = ReturnType<typeof productStore>

/** What the search reads of a product, and when it last changed. */
export interface ProductTexts {
  readonly id: number
  readonly sku: string
  readonly gtin: string | undefined
  readonly name: string
  readonly description: string
  readonly category: string
  readonly active: boolean
  readonly seq: number
}

type TextRow = Pick<ProductRow, 'id' | 'sku' | 'gtin' | 'name' | 'description' | 'category' | 'active' | 'seq'>

const textsOf = (row: TextRow): ProductTexts => ({ ...row, gtin: row.gtin ?? undefined, active: row.active === 1 })

export function productStore(db: Db) {
  const bySku = db.prepare<[string], ProductRow>('SELECT * FROM product WHERE sku = ?')
  const changes = db.prepare<[number, number], ProductRow>('SELECT * FROM product WHERE seq > ? ORDER BY seq LIMIT ?')
  const inCategory = db.prepare<[string, number, number], ProductRow>(
    'SELECT * FROM product WHERE active = 1 AND category = ? ORDER BY name LIMIT ? OFFSET ?',
  )
  const latest = db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM product')
  const texts = db.prepare<[number], TextRow>(
    'SELECT id, sku, gtin, name, description, category, active, seq FROM product WHERE seq > ? ORDER BY seq',
  )
  // Lists of row numbers travel as JSON: one statement for any length.
  const byIds = db.prepare<[string], ProductRow>(
    'SELECT product.* FROM json_each(?) AS wanted JOIN product ON product.id = wanted.value ORDER BY wanted.key',
  )
  const soldOut = db.prepare<[string], { id: number }>(
    'SELECT product.id FROM json_each(?) AS wanted JOIN product ON product.id = wanted.value WHERE product.sellable = 0',
  )
  const take = db.prepare<[number, string, number]>(
    'UPDATE product SET sellable = sellable - ? WHERE sku = ? AND active = 1 AND sellable >= ?',
  )
  const giveBack = db.prepare<[number, string]>('UPDATE product SET sellable = sellable + ? WHERE sku = ?')
  const setLevel = db.prepare<[number, string]>('UPDATE product SET sellable = ? WHERE sku = ?')
  const read = (row: ProductRow | undefined): StoredProduct | undefined => row && productOf(row)

  return {
    find: (sku: string): StoredProduct | undefined => read(bySku.get(sku)),
    /** Products and tombstones changed after a number of the feed, oldest change first. */
    changesAfter: (seq: number, limit: number): readonly StoredProduct[] => changes.all(seq, limit).map(productOf),
    inCategory: (category: string, limit: number, offset: number): readonly StoredProduct[] =>
      inCategory.all(category, limit, offset).map(productOf),
    /** The change number of the product changed last; 0 in an empty shop. */
    latestChange: (): number => latest.get()?.seq ?? 0,
    /** Texts of products changed after a number, oldest change first; what is sold no more is not `active`. */
    textsAfter: (seq: number): readonly ProductTexts[] => texts.all(seq).map(textsOf),
    /** Products by the row numbers of `textsAfter`, in the order of the list. */
    byIds: (ids: readonly number[]): readonly StoredProduct[] => byIds.all(JSON.stringify(ids)).map(productOf),
    /** Those of the products that nothing is left of. */
    soldOut: (ids: readonly number[]): ReadonlySet<number> =>
      new Set(soldOut.all(JSON.stringify(ids)).map(({ id }) => id)),
    /** Takes pieces off sale if that many are there; false leaves everything as it was. */
    take: (sku: string, quantity: number): boolean => take.run(quantity, sku, quantity).changes === 1,
    giveBack: (sku: string, quantity: number): void => void giveBack.run(quantity, sku),
    setLevel: (sku: string, quantity: number): void => void setLevel.run(quantity, sku),
    replaceCatalogue: (products: readonly CatalogueProduct[], nowMs: number): CatalogueChange =>
      db.transaction(() => replaceCatalogue(db, products, nowMs)).immediate(),
  }
}

export interface CatalogueChange {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** Takes a catalogue whole: what is not in it is sold no more. Stock is a start value, for new products only. */
function replaceCatalogue(db: Db, products: readonly CatalogueProduct[], nowMs: number): CatalogueChange {
  const rows = db.prepare<[], ProductRow>('SELECT * FROM product').all()
  const rowBySku = new Map(rows.map((row) => [row.sku, row]))
  const change = { added: 0, changed: 0, removed: 0 }
  for (const product of products) {
    const row = rowBySku.get(product.sku)
    rowBySku.delete(product.sku)
    if (row === undefined) change.added++
    else if (isUnchanged(productOf(row), product)) continue
    else change.changed++
    writeProduct(db, product, nowMs)
  }
  for (const row of rowBySku.values()) {
    if (row.active === 0) continue
    change.removed++
    db.prepare('UPDATE product SET active = 0, seq = ?, changed_at = ? WHERE id = ?').run(
      nextInSequence(db, 'product'),
      nowMs,
      row.id,
    )
  }
  return change
}

/** What the catalogue decides; the rest of a stored product is the shop's own. */
const described = [
  'gtin',
  'name',
  'description',
  'category',
  'priceMinor',
  'taxRate',
  'sizeMm',
  'weightG',
  'volumeCm3',
  'handling',
] as const

const isUnchanged = (stored: StoredProduct, told: CatalogueProduct): boolean =>
  stored.active && described.every((field) => isDeepStrictEqual(stored[field], told[field]))

function writeProduct(db: Db, product: CatalogueProduct, nowMs: number): void {
  db.prepare(
    `INSERT INTO product (sku, gtin, name, description, category, price_minor, tax_rate, size_mm, weight_g, volume_cm3,
         handling, sellable, active, seq, changed_at)
       VALUES (@sku, @gtin, @name, @description, @category, @priceMinor, @taxRate, @sizeMm, @weightG, @volumeCm3,
         @handling, @stock, 1, @seq, @changedAt)
       ON CONFLICT (sku) DO UPDATE SET gtin = excluded.gtin, name = excluded.name, description = excluded.description,
         category = excluded.category, price_minor = excluded.price_minor, tax_rate = excluded.tax_rate,
         size_mm = excluded.size_mm, weight_g = excluded.weight_g, volume_cm3 = excluded.volume_cm3,
         handling = excluded.handling, active = 1, seq = excluded.seq, changed_at = excluded.changed_at`,
  ).run({
    ...product,
    gtin: product.gtin ?? null,
    sizeMm: product.sizeMm === undefined ? null : JSON.stringify(product.sizeMm),
    weightG: product.weightG ?? null,
    volumeCm3: product.volumeCm3 ?? null,
    handling: JSON.stringify(product.handling),
    seq: nextInSequence(db, 'product'),
    changedAt: nowMs,
  })
}
