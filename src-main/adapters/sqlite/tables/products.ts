import type { Handling, MeasureLayers, Product } from '../../../domain/catalogue.ts'
import { fromJson, orUndefined, sizeOrUndefined, toJson } from '../columns.ts'
import { fold, searchable } from '../search-words.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'
import { takeNumbers } from './counters.ts'
import { deletePhotos } from './product-photos.ts'

export interface ProductColumns {
  sku: string
  gtin: string | null
  name: string
  description: string
  category: string
  price_minor: number
  currency: string
  tax_rate: number
  length_mm: number | null
  width_mm: number | null
  height_mm: number | null
  volume_cm3: number | null
  weight_g: number | null
  handling_json: string
  layers_json: string
  measures_confirmed: number
  is_active: number
}

export const productColumns = `sku, gtin, name, description, category, price_minor, currency, tax_rate, length_mm,
  width_mm, height_mm, volume_cm3, weight_g, handling_json, layers_json, measures_confirmed, is_active`

export const productOf = (row: ProductColumns): Product => ({
  sku: row.sku,
  gtin: orUndefined(row.gtin),
  name: row.name,
  description: row.description,
  category: row.category,
  priceMinor: row.price_minor,
  currency: row.currency,
  taxRate: row.tax_rate,
  sizeMm: sizeOrUndefined(row.length_mm, row.width_mm, row.height_mm),
  volumeCm3: orUndefined(row.volume_cm3),
  weightG: orUndefined(row.weight_g),
  handling: fromJson<Handling>(row.handling_json),
  layers: fromJson<MeasureLayers>(row.layers_json),
  measuresConfirmed: row.measures_confirmed === 1 ? true : undefined,
  active: row.is_active === 1,
})

/** Counts every change to a product, so that a reader can ask for what came after the last it saw. */
export const catalogueRevision = 'catalogue'

/** Tells readers of changes that something about the product is new, such as where it lies. */
export const touchProduct = (sql: Sql, sku: string): void =>
  void sql.run('update products set revision = @revision where shop_id = @shop and sku = @sku', {
    sku,
    revision: takeNumbers(sql, catalogueRevision, 1),
  })

export function upsertProduct(sql: Sql, product: Product): void {
  const row = sql.get<{ row_number: number }>(
    `insert into products (shop_id, sku, gtin, name, name_folded, description, category, category_folded, price_minor,
       currency, tax_rate, length_mm, width_mm, height_mm, volume_cm3, weight_g, handling_json, layers_json,
       measures_confirmed, is_active, revision)
     values (@shop, @sku, @gtin, @name, @nameFolded, @description, @category, @categoryFolded, @priceMinor,
       @currency, @taxRate, @length, @width, @height, @volumeCm3, @weightG, @handling, @layers,
       @confirmed, @active, @revision)
     on conflict (shop_id, sku) do update set gtin = excluded.gtin, name = excluded.name,
       name_folded = excluded.name_folded, description = excluded.description, category = excluded.category,
       category_folded = excluded.category_folded, price_minor = excluded.price_minor, currency = excluded.currency,
       tax_rate = excluded.tax_rate, length_mm = excluded.length_mm, width_mm = excluded.width_mm,
       height_mm = excluded.height_mm, volume_cm3 = excluded.volume_cm3, weight_g = excluded.weight_g,
       handling_json = excluded.handling_json, layers_json = excluded.layers_json,
       measures_confirmed = excluded.measures_confirmed, is_active = excluded.is_active, revision = excluded.revision
     returning row_number`,
    { ...plainValues(product), ...sizeValues(product), revision: takeNumbers(sql, catalogueRevision, 1) },
  )
  sql.run('insert or replace into product_words (rowid, words) values (@row, @words)', {
    row: row?.row_number,
    words: searchable([product.sku, product.gtin, product.name, product.category]),
  })
}

const plainValues = ({ sizeMm: _size, handling, layers, measuresConfirmed, ...product }: Product) => ({
  ...product,
  nameFolded: fold(product.name),
  categoryFolded: fold(product.category),
  handling: toJson(handling),
  layers: toJson(layers),
  confirmed: measuresConfirmed === true,
})

const sizeValues = ({ sizeMm }: Product) => ({ length: sizeMm?.[0], width: sizeMm?.[1], height: sizeMm?.[2] })

/** In order of SKU. */
export const selectProducts = (sql: Sql, skus: readonly string[]): readonly Product[] =>
  sql
    .all<ProductColumns>(
      `select ${productColumns} from products
       where shop_id = @shop and sku in (select value from json_each(@skus)) order by sku`,
      { skus: idList(skus) },
    )
    .map(productOf)

/** By SKU, else by GTIN; of several products with one GTIN an active one, then the first SKU. */
export function selectProductByCode(sql: Sql, code: string): Product | undefined {
  const row =
    sql.get<ProductColumns>(`select ${productColumns} from products where shop_id = @shop and sku = @code`, { code }) ??
    sql.get<ProductColumns>(
      `select ${productColumns} from products where shop_id = @shop and gtin = @code
       order by +is_active desc, +sku limit 1`,
      { code },
    )
  return row && productOf(row)
}

/** Takes products out of the catalogue and of its search; their movements stay. */
export function deleteProducts(sql: Sql, skus: readonly string[]): void {
  const named = 'shop_id = @shop and sku in (select value from json_each(@skus))'
  sql.run(`delete from product_words where rowid in (select row_number from products where ${named})`, {
    skus: idList(skus),
  })
  sql.run(`delete from products where ${named}`, { skus: idList(skus) })
  deletePhotos(sql, skus)
}
