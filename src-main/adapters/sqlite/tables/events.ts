import type { FulfilmentEvent } from '../../../domain/fulfilment.ts'
import { orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

interface EventRow {
  id: string
  order_id: string
  parcel_id: string | null
  status: FulfilmentEvent['status']
  at: number
  source: FulfilmentEvent['source']
  actor: string
  reason: string | null
}

/** Appends; an event known already stays as it is. */
export function insertEvents(sql: Sql, events: readonly FulfilmentEvent[]): void {
  for (const event of events) {
    sql.run(
      `insert into fulfilment_events (shop_id, id, order_id, parcel_id, status, at, source, actor, reason)
       values (@shop, @id, @orderId, @parcelId, @status, @at, @source, @actor, @reason)
       on conflict (shop_id, id) do nothing`,
      { ...event },
    )
  }
}

/** In the order of their time; of one moment in the order in which they were saved. */
export const selectEvents = (sql: Sql, orderId: string): readonly FulfilmentEvent[] =>
  sql
    .all<EventRow>(
      `select id, order_id, parcel_id, status, at, source, actor, reason from fulfilment_events
       where shop_id = @shop and order_id = @orderId order by at, row_number`,
      { orderId },
    )
    .map((row) => ({
      id: row.id,
      orderId: row.order_id,
      parcelId: orUndefined(row.parcel_id),
      status: row.status,
      at: row.at,
      source: row.source,
      actor: row.actor,
      reason: orUndefined(row.reason),
    }))

/** Takes away reasons in a person's own words; codes stay, see isReasonCode. */
export function forgetReasons(sql: Sql, orderIds: readonly string[]): void {
  sql.run(
    `update fulfilment_events set reason = null where shop_id = @shop
       and order_id in (select value from json_each(@orderIds)) and reason glob '*[^a-z0-9-]*'`,
    { orderIds: idList(orderIds) },
  )
}
