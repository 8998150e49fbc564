import type { FulfilmentStatus } from '../../../domain/fulfilment.ts'
import type { Page, ListQuery } from '../../../ports/store/catalogue-store.ts'
import type { OrderRow } from '../../../ports/store/order-store.ts'
import { matchQuery } from '../search-words.ts'
import type { Sql, Values } from '../sql.ts'
import { idList } from '../sql.ts'
import type { OrderColumns } from './order-rows.ts'
import { orderColumns, ordersOf } from './order-rows.ts'

export type OrderQuery = ListQuery & {
  readonly status?: readonly FulfilmentStatus[] | undefined
  readonly tokens?: readonly string[] | undefined
}

const sortColumns: { readonly [sort: string]: string } = {
  placed: 'placed_at',
  code: 'code',
  status: 'status_rank',
  pieces: 'pieces',
}

const parcelCount = `(select count(*) from parcels
  where parcels.shop_id = @shop and parcels.order_id = orders.id and parcels.status <> 'cancelled') as parcel_count`

/** A page of orders; an unknown sort is the default one: by the time they were placed, newest first. */
export function selectOrderPage(sql: Sql, query: OrderQuery): Page<OrderRow> {
  const { where, values } = conditionsOf(query)
  const column = sortColumns[query.sort ?? 'placed'] ?? 'placed_at'
  const isDescending = query.descending ?? column === 'placed_at'
  const rows = sql.all<OrderColumns & { pieces: number; parcel_count: number }>(
    `select ${orderColumns}, pieces, ${parcelCount} from orders where ${where}
     order by ${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { ...values, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total from orders where ${where}`, values)
  const orders = ordersOf(sql, rows)
  const page = rows.flatMap((row, index) => {
    const order = orders[index]
    return order ? [{ order, parcelCount: row.parcel_count, pieces: row.pieces }] : []
  })
  return { rows: page, total: count?.total ?? 0 }
}

function conditionsOf(query: OrderQuery): { where: string; values: Values } {
  const match = matchQuery(query.search)
  const conditions = ['shop_id = @shop']
  const statuses = (query.status ?? []).map((status, index) => [`status${index}`, status] as const)
  // One name a status instead of one list: only then does SQLite read a single status straight from its index.
  if (query.status) conditions.push(`status in (${statuses.map(([name]) => `@${name}`).join(', ')})`)
  if (match) conditions.push('row_number in (select rowid from order_words where order_words match @match)')
  const tokens = [...new Set(query.tokens ?? [])]
  if (tokens.length > 0) {
    conditions.push(`id in (select order_id from search_tokens
      where search_tokens.shop_id = @shop and token in (select value from json_each(@tokens))
      group by order_id having count(*) = @tokenCount)`)
  }
  const values = { match, tokens: idList(tokens), tokenCount: tokens.length, ...Object.fromEntries(statuses) }
  return { where: conditions.join(' and '), values }
}
