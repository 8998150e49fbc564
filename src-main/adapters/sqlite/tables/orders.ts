import { fulfilmentTable } from '../../../domain/fulfilment.ts'
import type { Order } from '../../../domain/order.ts'
import { pieceCount } from '../../../domain/order.ts'
import { toJson } from '../columns.ts'
import { searchable } from '../search-words.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'
import type { OrderColumns } from './order-rows.ts'
import { orderColumns, ordersOf } from './order-rows.ts'
import { putSealed } from './sealed-records.ts'

/** Upserts by id: the order, its lines, its sealed part and the words it is found by. */
export function upsertOrders(sql: Sql, orders: readonly Order[]): void {
  for (const order of orders) upsertOrder(sql, order)
}

function upsertOrder(sql: Sql, order: Order): void {
  const row = sql.get<{ row_number: number }>(
    `insert into orders (shop_id, id, code, connection_id, external_id, user_id, placed_at, imported_at, currency,
       service, window_from, window_to, status, status_rank, is_partly, is_held, holds_json, pieces, country,
       postcode_area, address_token, content_hash, goods_minor, shipping_minor, tax_minor, total_minor, payment,
       said_status, said_changed_at, follows_order_id, follows_why)
     values (@shop, @id, @code, @connectionId, @externalId, @userId, @placedAt, @importedAt, @currency,
       @service, @windowFrom, @windowTo, @status, @statusRank, @isPartly, @isHeld, @holds, @pieces, @country,
       @postcodeArea, @addressToken, @contentHash, @goodsMinor, @shippingMinor, @taxMinor, @totalMinor, @payment,
       @saidStatus, @saidChangedAt, @followsId, @followsWhy)
     on conflict (shop_id, id) do update set code = excluded.code, connection_id = excluded.connection_id,
       external_id = excluded.external_id, user_id = excluded.user_id, placed_at = excluded.placed_at,
       imported_at = excluded.imported_at, currency = excluded.currency, service = excluded.service,
       window_from = excluded.window_from, window_to = excluded.window_to, status = excluded.status,
       status_rank = excluded.status_rank, is_partly = excluded.is_partly, is_held = excluded.is_held,
       holds_json = excluded.holds_json, pieces = excluded.pieces, country = excluded.country,
       postcode_area = excluded.postcode_area, address_token = excluded.address_token,
       content_hash = excluded.content_hash, goods_minor = excluded.goods_minor,
       shipping_minor = excluded.shipping_minor, tax_minor = excluded.tax_minor, total_minor = excluded.total_minor,
       payment = excluded.payment, said_status = excluded.said_status, said_changed_at = excluded.said_changed_at,
       follows_order_id = excluded.follows_order_id, follows_why = excluded.follows_why
     returning row_number`,
    valuesOf(order),
  )
  sql.run('insert or replace into order_words (rowid, words) values (@row, @words)', {
    row: row?.row_number,
    words: searchable([order.code, ...order.lines.flatMap((line) => [line.sku, line.gtin, line.name])]),
  })
  replaceLines(sql, order)
  putSealed(sql, { kind: 'order', id: order.id }, order.personal)
}

const valuesOf = (all: Order) => {
  const { lines: _lines, personal: _personal, window, holds, totals, said, follows, ...order } = all
  return {
    ...order,
    ...totals,
    windowFrom: window?.from,
    windowTo: window?.to,
    saidStatus: said?.status,
    saidChangedAt: said?.changedAt,
    followsId: follows?.orderId,
    followsWhy: follows?.why,
    statusRank: fulfilmentTable[order.status].rank,
    isHeld: holds.length > 0,
    holds: toJson(holds),
    pieces: pieceCount(all),
  }
}

function replaceLines(sql: Sql, order: Order): void {
  sql.run('delete from order_lines where shop_id = @shop and order_id = @id and position >= @count', {
    id: order.id,
    count: order.lines.length,
  })
  order.lines.forEach((line, position) =>
    sql.run(
      `insert into order_lines (shop_id, order_id, position, id, external_id, sku, gtin, name, quantity, withdrawn,
         unit_price_minor, tax_rate)
       values (@shop, @orderId, @position, @id, @externalId, @sku, @gtin, @name, @quantity, @withdrawn,
         @unitPriceMinor, @taxRate)
       on conflict (shop_id, order_id, position) do update set id = excluded.id, external_id = excluded.external_id,
         sku = excluded.sku, gtin = excluded.gtin, name = excluded.name, quantity = excluded.quantity,
         withdrawn = excluded.withdrawn, unit_price_minor = excluded.unit_price_minor, tax_rate = excluded.tax_rate`,
      { ...line, orderId: order.id, position },
    ),
  )
}

/** In the order of the ids; what is not there is left out. */
export function selectOrders(sql: Sql, ids: readonly string[]): readonly Order[] {
  const rows = sql.all<OrderColumns>(
    `select ${orderColumns} from orders where shop_id = @shop and id in (select value from json_each(@ids))`,
    { ids: idList(ids) },
  )
  const orderById = new Map(ordersOf(sql, rows).map((order) => [order.id, order]))
  return [...new Set(ids)].flatMap((id) => orderById.get(id) ?? [])
}

/** Orders that carry on this one, oldest first; the `+` keeps SQLite from walking all orders by time to find them. */
export function selectFollowers(sql: Sql, orderId: string): readonly Order[] {
  const rows = sql.all<OrderColumns>(
    `select ${orderColumns} from orders where shop_id = @shop and follows_order_id = @orderId
     order by +placed_at, code, id`,
    { orderId },
  )
  return ordersOf(sql, rows)
}

export function selectImported(sql: Sql, connectionId: string, externalIds: readonly string[]): readonly Order[] {
  const rows = sql.all<OrderColumns>(
    `select ${orderColumns} from orders where shop_id = @shop and connection_id = @connectionId
       and external_id in (select value from json_each(@externalIds))`,
    { connectionId, externalIds: idList(externalIds) },
  )
  return ordersOf(sql, rows)
}

/** The newest first. */
export function selectOrdersOfUsers(sql: Sql, userIds: readonly string[]): readonly Order[] {
  const rows = sql.all<OrderColumns>(
    `select ${orderColumns} from orders where shop_id = @shop
       and user_id in (select value from json_each(@userIds)) order by +placed_at desc, id`,
    { userIds: idList(userIds) },
  )
  return ordersOf(sql, rows)
}

/** Orders that wait or are worked on, by the index of statuses. */
export function selectInHouse(sql: Sql, connectionId: string): readonly Order[] {
  const rows = sql.all<OrderColumns>(
    `select ${orderColumns} from orders where shop_id = @shop and connection_id = @connectionId
       and status in ('received', 'on-hold', 'planned', 'picking', 'packed')`,
    { connectionId },
  )
  return ordersOf(sql, rows)
}

/**
 * By id, else by short code; short codes come again after a year, then the newest order is meant. The `+` keeps
 * SQLite from walking all orders by time to find the code.
 */
export function selectOrderByCode(sql: Sql, idOrCode: string): Order | undefined {
  const row =
    sql.get<OrderColumns>(`select ${orderColumns} from orders where shop_id = @shop and id = @idOrCode`, {
      idOrCode,
    }) ??
    sql.get<OrderColumns>(
      `select ${orderColumns} from orders where shop_id = @shop and code = @idOrCode order by +placed_at desc limit 1`,
      { idOrCode },
    )
  return row && ordersOf(sql, [row])[0]
}

/** Oldest first. */
export const selectPlannableIds = (sql: Sql, limit: number): readonly string[] =>
  sql
    .all<{ id: string }>(
      `select id from orders where shop_id = @shop and status = 'received' and is_held = 0 and not exists (
         select 1 from wave_orders member
         where member.shop_id = @shop and member.order_id = orders.id and member.is_living = 1)
       order by placed_at, id limit @limit`,
      { limit },
    )
    .map((row) => row.id)
