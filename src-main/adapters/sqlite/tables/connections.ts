import type { SealedRecord } from '../../../domain/recipient.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Connection, ConnectionOptions } from '../../../ports/store/order-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { putSealed, selectSealed } from './sealed-records.ts'

interface ConnectionRow {
  id: string
  platform: string
  url: string
  order_cursor: string | null
  product_cursor: string | null
  erasure_cursor: string | null
  last_sync_at: number | null
  last_sync_summary: string | null
  last_reconciled_at: number | null
  last_reread_at: number | null
  options_json: string
}

export function upsertConnection(sql: Sql, { sealedToken, options, ...connection }: Connection): void {
  sql.run(
    `insert into connections (shop_id, id, platform, url, order_cursor, product_cursor, erasure_cursor, last_sync_at,
       last_sync_summary, last_reconciled_at, last_reread_at, options_json)
     values (@shop, @id, @platform, @url, @orderCursor, @productCursor, @erasureCursor, @lastSyncAt, @lastSyncSummary,
       @lastReconciledAt, @lastRereadAt, @options)
     on conflict (shop_id, id) do update set platform = excluded.platform, url = excluded.url,
       order_cursor = excluded.order_cursor, product_cursor = excluded.product_cursor,
       erasure_cursor = excluded.erasure_cursor, last_sync_at = excluded.last_sync_at,
       last_sync_summary = excluded.last_sync_summary, last_reconciled_at = excluded.last_reconciled_at,
       last_reread_at = excluded.last_reread_at, options_json = excluded.options_json`,
    { ...connection, options: toJson(options) },
  )
  putSealed(sql, { kind: 'connection', id: connection.id }, sealedToken)
}

/** Throws ERR_STOREFRONT_NOT_FOUND. */
export function updateCursor(
  sql: Sql,
  connectionId: string,
  to: { readonly column: 'order_cursor' | 'product_cursor'; readonly cursor: string },
): void {
  const set = `update connections set ${to.column} = @cursor where shop_id = @shop and id = @connectionId`
  const changed = sql.run(set, { connectionId, cursor: to.cursor })
  if (changed === 0) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: connectionId })
}

/** In order of their ids. */
export function selectConnections(sql: Sql): readonly Connection[] {
  const rows = sql.all<ConnectionRow>('select * from connections where shop_id = @shop order by id')
  const tokens = selectSealed(
    sql,
    'connection',
    rows.map((row) => row.id),
  )
  return rows.map((row) => connectionOf(row, tokens.get(row.id)))
}

function connectionOf(row: ConnectionRow, sealedToken: SealedRecord | undefined): Connection {
  if (!sealedToken) throw new AppError('ERR_STORE_DAMAGED', { what: 'connection-without-token', connection: row.id })
  return {
    id: row.id,
    platform: row.platform,
    url: row.url,
    sealedToken,
    orderCursor: orUndefined(row.order_cursor),
    productCursor: orUndefined(row.product_cursor),
    erasureCursor: orUndefined(row.erasure_cursor),
    lastSyncAt: orUndefined(row.last_sync_at),
    lastSyncSummary: orUndefined(row.last_sync_summary),
    lastReconciledAt: orUndefined(row.last_reconciled_at),
    lastRereadAt: orUndefined(row.last_reread_at),
    options: fromJson<ConnectionOptions>(row.options_json),
  }
}
