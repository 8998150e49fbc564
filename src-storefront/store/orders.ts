import type { WireReportKind } from '../../src-protocol/index.ts'
import { nextInSequence, type Db } from './database.ts'

export type OrderState = 'open' | 'on-hold' | 'cancelled' | 'completed'

export interface OrderRow {
  id: string
  number: number
  user_id: string
  status: OrderState
  shop_kind: WireReportKind
  shop_sequence: number
  shop_at: number
  placed_at: number
  changed_at: number
  ended_at: number | null
  seq: number
  service: 'standard' | 'express' | 'collect'
  window_from: number | null
  window_to: number | null
  payment: 'on-delivery' | 'invoice'
  currency: string
  goods_minor: number
  shipping_minor: number
  tax_minor: number
  total_minor: number
  travel: string
  wrapped_key: Buffer | null
  sealed: Buffer | null
}

export interface OrderLineRow {
  order_id: string
  id: string
  position: number
  sku: string
  gtin: string | null
  name: string
  quantity: number
  unit_price_minor: number
  tax_rate: string
}

export interface PackageRow {
  order_id: string
  parcel_id: string
  letter: string | null
  carton: string | null
  gross_g: number | null
  contents: string | null
  why: string | null
  tracking: string | null
  status: WireReportKind
  sequence: number
  at: number
}

export interface OrderEventRow {
  order_id: string
  parcel_id: string | null
  kind: WireReportKind
  sequence: number
  at: number
  reason: string | null
  tracking: string | null
}

export const findOrder = (db: Db, id: string): OrderRow | undefined =>
  db.prepare<[string], OrderRow>('SELECT * FROM customer_order WHERE id = ?').get(id)

export const findOrderByNumber = (db: Db, number: number): OrderRow | undefined =>
  db.prepare<[number], OrderRow>('SELECT * FROM customer_order WHERE number = ?').get(number)

export const linesOf = (db: Db, orderId: string): readonly OrderLineRow[] =>
  db.prepare<[string], OrderLineRow>('SELECT * FROM order_line WHERE order_id = ? ORDER BY position').all(orderId)

export const packagesOf = (db: Db, orderId: string): readonly PackageRow[] =>
  db
    .prepare<[string], PackageRow>(
      'SELECT * FROM package WHERE order_id = ? ORDER BY length(letter), letter, parcel_id',
    )
    .all(orderId)

export const eventsOf = (db: Db, orderId: string): readonly OrderEventRow[] =>
  db.prepare<[string], OrderEventRow>('SELECT * FROM order_event WHERE order_id = ? ORDER BY at, id').all(orderId)

export const ordersOfUser = (db: Db, userId: string): readonly OrderRow[] =>
  db
    .prepare<[string], OrderRow>(
      'SELECT * FROM customer_order WHERE user_id = ? ORDER BY placed_at DESC, number DESC LIMIT 200',
    )
    .all(userId)

/** All of them, newest first: for what must not leave one out. */
export const everyOrderOfUser = (db: Db, userId: string): readonly OrderRow[] =>
  db
    .prepare<[string], OrderRow>('SELECT * FROM customer_order WHERE user_id = ? ORDER BY placed_at DESC, number DESC')
    .all(userId)

/** The change feed: what was purged has nothing left to tell and is left out. */
export const ordersAfter = (db: Db, seq: number, limit: number): readonly OrderRow[] =>
  db
    .prepare<[number, number], OrderRow>(
      'SELECT * FROM customer_order WHERE seq > ? AND sealed IS NOT NULL ORDER BY seq LIMIT ?',
    )
    .all(seq, limit)

export const openOrdersOf = (db: Db): readonly OrderRow[] =>
  db.prepare<[], OrderRow>("SELECT * FROM customer_order WHERE status IN ('open', 'on-hold') ORDER BY seq").all()

/** Call inside a transaction. */
export function insertOrder(db: Db, order: OrderRow, lines: readonly OrderLineRow[]): void {
  db.prepare(
    `INSERT INTO customer_order VALUES (@id, @number, @user_id, @status, @shop_kind, @shop_sequence, @shop_at, @placed_at,
       @changed_at, @ended_at, @seq, @service, @window_from, @window_to, @payment, @currency, @goods_minor,
       @shipping_minor, @tax_minor, @total_minor, @travel, @wrapped_key, @sealed)`,
  ).run(order)
  const insert = db.prepare(
    'INSERT INTO order_line VALUES (@order_id, @id, @position, @sku, @gtin, @name, @quantity, @unit_price_minor, @tax_rate)',
  )
  for (const line of lines) insert.run(line)
}

export function insertEvent(db: Db, event: OrderEventRow): void {
  db.prepare(
    `INSERT INTO order_event (order_id, parcel_id, kind, sequence, at, reason, tracking)
     VALUES (@order_id, @parcel_id, @kind, @sequence, @at, @reason, @tracking)`,
  ).run(event)
}

export function savePackage(db: Db, row: PackageRow): void {
  db.prepare(
    `INSERT INTO package VALUES (@order_id, @parcel_id, @letter, @carton, @gross_g, @contents, @why, @tracking, @status,
       @sequence, @at)
     ON CONFLICT (order_id, parcel_id) DO UPDATE SET letter = excluded.letter, carton = excluded.carton,
       gross_g = excluded.gross_g, contents = excluded.contents, why = excluded.why, tracking = excluded.tracking,
       status = excluded.status, sequence = excluded.sequence, at = excluded.at`,
  ).run(row)
}

export function saveShopWord(
  db: Db,
  orderId: string,
  word: { kind: WireReportKind; sequence: number; at: number },
): void {
  db.prepare('UPDATE customer_order SET shop_kind = ?, shop_sequence = ?, shop_at = ? WHERE id = ?').run(
    word.kind,
    word.sequence,
    word.at,
    orderId,
  )
}

/** Sets the state; `isNews` puts the order into the feed again, for changes the back office does not know of. */
export function setState(db: Db, orderId: string, change: { state: OrderState; nowMs: number; isNews: boolean }): void {
  const hasEnded = change.state === 'completed' || change.state === 'cancelled'
  db.prepare('UPDATE customer_order SET status = ?, changed_at = ?, ended_at = ? WHERE id = ?').run(
    change.state,
    change.nowMs,
    hasEnded ? change.nowMs : null,
    orderId,
  )
  if (!change.isNews) return
  db.prepare('UPDATE customer_order SET seq = ? WHERE id = ?').run(nextInSequence(db, 'order'), orderId)
}

/** Deletes the keys, and with them the names and addresses, of orders that ended before. Returns how many. */
export const forgetEndedBefore = (db: Db, beforeMs: number): number => forgetOrders(db, 'ended_at < ?', beforeMs)

/** The conditions are written here and in erasure.ts; nothing of a request is in them. */
export function forgetOrders(db: Db, condition: string, value: string | number): number {
  return db
    .transaction(() => {
      // A reason is a code of ours, or a person's own words, which may name somebody.
      db.prepare(
        `UPDATE order_event SET reason = NULL WHERE reason GLOB '*[^a-z0-9-]*'
           AND order_id IN (SELECT id FROM customer_order WHERE sealed IS NOT NULL AND ${condition})`,
      ).run(value)
      return db
        .prepare(
          `UPDATE customer_order SET wrapped_key = NULL, sealed = NULL WHERE sealed IS NOT NULL AND ${condition}`,
        )
        .run(value).changes
    })
    .immediate()
}
