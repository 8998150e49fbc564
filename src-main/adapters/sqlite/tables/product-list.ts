import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import type { Product } from '../../../domain/catalogue.ts'
import { matchQuery } from '../search-words.ts'
import type { Sql } from '../sql.ts'
import type { ProductColumns } from './products.ts'
import { productColumns, productOf } from './products.ts'

const piecesOnHand = `(select coalesce(sum(level.on_hand), 0) from stock_levels level
  where level.shop_id = @shop and level.item_kind = 'product' and level.sku = products.sku)`

/** What a sort's name means in SQL; names and categories without case and accents. */
const sortColumns: { readonly [sort: string]: string } = {
  sku: 'sku',
  name: 'name_folded',
  category: 'category_folded',
  price: 'price_minor',
  stock: piecesOnHand,
}

/** A page of products; an unknown sort is the default one, SKU. What a search found is sorted, not walked to. */
export function selectProductPage(sql: Sql, query: ListQuery): Page<Product> {
  const match = matchQuery(query.search)
  const from = match
    ? `from product_words cross join products
       where product_words match @match and products.row_number = product_words.rowid and products.shop_id = @shop`
    : 'from products where products.shop_id = @shop'
  const column = sortColumns[query.sort ?? 'sku'] ?? 'sku'
  const direction = query.descending ? ' desc' : ''
  const ties = column === 'sku' ? '' : ', sku'
  const rows = sql.all<ProductColumns>(
    `select ${productColumns} ${from}
     order by ${match ? '+' : ''}${column}${direction}${ties} limit @limit offset @offset`,
    { match, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}`, { match })
  return { rows: rows.map(productOf), total: count?.total ?? 0 }
}
