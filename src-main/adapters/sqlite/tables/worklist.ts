import type { MeasureLayers } from '../../../domain/catalogue.ts'
import { originsOf } from '../../../domain/measures.ts'
import type { MeasuredProduct, WorklistBundle } from '../../../ports/store/catalogue-store.ts'
import { fromJson, orUndefined, sizeOrUndefined } from '../columns.ts'
import { matchQuery } from '../search-words.ts'
import type { Sql } from '../sql.ts'
import { catalogueRevision } from './products.ts'

export function selectWorklist(
  sql: Sql,
  { since, search }: { readonly since?: number | undefined; readonly search?: string | undefined },
): WorklistBundle {
  const match = matchQuery(search)
  return {
    revision: revisionOf(sql),
    total: sql.get<{ total: number }>('select count(*) as total from products where shop_id = @shop')?.total ?? 0,
    changed: selectMeasured(sql, since),
    waiting: selectWaiting(sql),
    found: match === undefined ? undefined : selectFound(sql, match),
  }
}

const revisionOf = (sql: Sql): number =>
  sql.get<{ last: number }>('select last from counters where shop_id = @shop and name = @name', {
    name: catalogueRevision,
  })?.last ?? 0

interface MeasuredRow {
  sku: string
  name: string
  category: string
  length_mm: number | null
  width_mm: number | null
  height_mm: number | null
  volume_cm3: number | null
  weight_g: number | null
  layers_json: string
  measures_confirmed: number
  is_active: number
  is_placed: number
}

function selectMeasured(sql: Sql, since: number | undefined): readonly MeasuredProduct[] {
  // The plus keeps SQLite from walking all SKUs in order where only a few products are new.
  const [newer, order] = since === undefined ? ['', 'sku'] : ['and revision > @since', '+sku']
  return sql
    .all<MeasuredRow>(
      `select sku, name, category, length_mm, width_mm, height_mm, volume_cm3, weight_g, layers_json,
         measures_confirmed, is_active, exists (select 1 from stock_levels level
           where level.sku = products.sku and level.item_kind = 'product' and level.shop_id = @shop) as is_placed
       from products where shop_id = @shop ${newer} order by ${order}`,
      { since },
    )
    .map((row) => ({
      sku: row.sku,
      name: row.name,
      category: row.category,
      sizeMm: sizeOrUndefined(row.length_mm, row.width_mm, row.height_mm),
      volumeCm3: orUndefined(row.volume_cm3),
      weightG: orUndefined(row.weight_g),
      measuresConfirmed: row.measures_confirmed === 1 ? true : undefined,
      active: row.is_active === 1,
      ...estimated(row.layers_json),
      isPlaced: row.is_placed === 1,
    }))
}

/** Few products have estimates: the others' layers need not be read. */
function estimated(layers: string): Pick<MeasuredProduct, 'isWeightEstimated' | 'isSpaceEstimated'> {
  if (!layers.includes('"estimated"')) return { isWeightEstimated: false, isSpaceEstimated: false }
  const origins = originsOf({ layers: fromJson<MeasureLayers>(layers) })
  return { isWeightEstimated: origins.weight === 'estimated', isSpaceEstimated: origins.space === 'estimated' }
}

const selectWaiting = (sql: Sql): WorklistBundle['waiting'] =>
  sql.all<{ sku: string; orders: number }>(
    `select line.sku as sku, count(distinct line.order_id) as orders
     from orders cross join order_lines line on line.order_id = orders.id and line.shop_id = orders.shop_id
     where orders.shop_id = @shop and orders.status in ('received', 'on-hold') and line.quantity > line.withdrawn
     group by line.sku order by line.sku`,
  )

const selectFound = (sql: Sql, match: string): readonly string[] =>
  sql
    .all<{ sku: string }>(
      `select products.sku as sku from product_words cross join products
       where product_words match @match and products.row_number = product_words.rowid and products.shop_id = @shop
       order by +products.sku`,
      { match },
    )
    .map(({ sku }) => sku)
