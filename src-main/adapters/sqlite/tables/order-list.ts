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
  readonly isHeld?: boolean | undefined
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
  const { from, values } = sourceOf(query)
  const column = sortColumns[query.sort ?? 'placed'] ?? 'placed_at'
  const isDescending = query.descending ?? column === 'placed_at'
  const inOrder = (plus: string): string => `order by ${plus}${column}${isDescending ? ' desc' : ''}, id`
  // First which orders, then what is told of them: what is sorted away costs no count of its parcels.
  const rows = sql.all<OrderColumns & { pieces: number; parcel_count: number }>(
    `select ${orderColumns}, pieces, ${parcelCount}
     from (select orders.row_number as page_row ${from} ${inOrder(isWalked(query, column) ? '' : '+')}
       limit @limit offset @offset) page
     cross join orders on orders.row_number = page.page_row
     ${inOrder('+')}`,
    { ...values, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}`, values)
  const orders = ordersOf(sql, rows)
  const page = rows.flatMap((row, index) => {
    const order = orders[index]
    return order ? [{ order, parcelCount: row.parcel_count, pieces: row.pieces }] : []
  })
  return { rows: page, total: count?.total ?? 0 }
}

/**
 * True when an index holds just the orders wanted in the order wanted. Otherwise a `+` before the column makes SQLite
 * find the orders first and sort them, instead of walking through all orders of the shop until enough of them fit.
 */
function isWalked(query: OrderQuery, column: string): boolean {
  if (matchQuery(query.search) || query.tokens?.length) return false
  if (query.isHeld === true) return query.status === undefined && column === 'placed_at'
  return query.status === undefined || (query.status.length === 1 && column === 'placed_at')
}

/** From the few to the many: orders found by word or token are looked up one by one (`cross join` keeps that order). */
function sourceOf(query: OrderQuery): { from: string; values: Values } {
  const match = matchQuery(query.search)
  const tokens = [...new Set(query.tokens ?? [])]
  const statuses = (query.status ?? []).map((status, index) => [`status${index}`, status] as const)
  const sources = ['orders']
  const conditions = ['orders.shop_id = @shop']
  if (query.isHeld === true) conditions.push('is_held = 1')
  if (match) {
    sources.unshift('order_words')
    conditions.push('order_words match @match', 'orders.row_number = order_words.rowid')
  }
  if (tokens.length > 0) {
    sources.unshift(carryingAllTokens)
    conditions.push('orders.id = carrying.order_id')
  }
  // One name a status instead of one list: only then does SQLite read a single status straight from its index.
  if (query.status) conditions.push(`orders.status in (${statuses.map(([name]) => `@${name}`).join(', ')})`)
  const values = { match, tokens: idList(tokens), tokenCount: tokens.length, ...Object.fromEntries(statuses) }
  return { from: `from ${sources.join(' cross join ')} where ${conditions.join(' and ')}`, values }
}

const carryingAllTokens = `(select order_id from search_tokens
  where shop_id = @shop and token in (select value from json_each(@tokens))
  group by order_id having count(*) = @tokenCount) carrying`
