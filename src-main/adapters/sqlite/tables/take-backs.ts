import type { TakeBack } from '../../../domain/take-back.ts'
import type { EpochMs } from '../../../kernel/time.ts'
import type { UndoChange } from '../../../ports/store/order-store.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { deleteSealed, putSealed, selectSealed } from './sealed-records.ts'

const kind = 'former-order'

/** Rows live for minutes: there are never so many that an index would pay. Former recipients are not among them. */
const selectAll = (sql: Sql): readonly TakeBack[] =>
  sql
    .all<{ body_json: string }>('select body_json from take_backs where shop_id = @shop order by id')
    .map((row) => fromJson<TakeBack>(row.body_json))

export function selectTakeBack(sql: Sql, orderId: string): TakeBack | undefined {
  const found = selectAll(sql).find(({ orders }) => orders.some((order) => order.orderId === orderId))
  if (!found) return undefined
  const ids = found.orders.map((order) => order.orderId)
  const personalById = selectSealed(sql, kind, ids)
  return {
    ...found,
    orders: found.orders.map((order) => {
      const personal = personalById.get(order.orderId)
      return personal ? { ...order, personal } : order
    }),
  }
}

export function saveUndo(sql: Sql, { kept, used }: UndoChange): void {
  if (used !== undefined) forget(sql, ({ id }) => id === used)
  if (!kept) return
  forgetTakeBacks(sql, kept.at)
  forgetTakeBacksOf(
    sql,
    kept.orders.map(({ orderId }) => orderId),
  )
  const { orders, ...rest } = kept
  const body = { ...rest, orders: orders.map(({ personal: _sealed, ...order }) => order) }
  sql.run('insert into take_backs (shop_id, id, until, body_json) values (@shop, @id, @until, @body)', {
    id: kept.id,
    until: kept.until,
    body: toJson(body),
  })
  for (const { orderId, personal } of orders) putSealed(sql, { kind, id: orderId }, personal)
}

/** What touched any of these orders. */
export function forgetTakeBacksOf(sql: Sql, orderIds: readonly string[]): void {
  const named = new Set(orderIds)
  forget(sql, ({ orders }) => orders.some(({ orderId }) => named.has(orderId)))
}

/** Answers how many former recipients went. */
export const forgetTakeBacks = (sql: Sql, until: EpochMs): number => forget(sql, (one) => one.until <= until)

function forget(sql: Sql, isMeant: (one: TakeBack) => boolean): number {
  const gone = selectAll(sql).filter(isMeant)
  for (const { id } of gone) sql.run('delete from take_backs where shop_id = @shop and id = @id', { id })
  const orderIds = gone.flatMap(({ orders }) => orders.map(({ orderId }) => orderId))
  return deleteSealed(sql, kind, orderIds)
}
