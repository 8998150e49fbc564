import type { OutboxMessage, OutboxPayload } from '../../../domain/outbox.ts'
import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import { idList, type Sql } from '../sql.ts'

interface MessageRow {
  id: string
  lane: string
  payload_json: string
  created_at: number
  not_before: number
  attempts: number
  state: OutboxMessage['state']
  last_problem: string | null
}

const messageColumns = 'id, lane, payload_json, created_at, not_before, attempts, state, last_problem'

const messageOf = (row: MessageRow): OutboxMessage => ({
  id: row.id,
  lane: row.lane,
  payload: fromJson<OutboxPayload>(row.payload_json),
  createdAt: row.created_at,
  notBefore: row.not_before,
  attempts: row.attempts,
  state: row.state,
  lastProblem: orUndefined(row.last_problem),
})

/** Upserts by id; a message keeps its place in the lane. */
export function upsertMessages(sql: Sql, messages: readonly OutboxMessage[]): void {
  for (const { payload, ...message } of messages) {
    const report = payload.kind === 'report' ? payload.report : undefined
    sql.run(
      `insert into outbox (shop_id, id, lane, kind, order_id, report_sequence, payload_json, created_at, not_before,
         attempts, state, last_problem)
       values (@shop, @id, @lane, @kind, @orderId, @sequence, @payload, @createdAt, @notBefore,
         @attempts, @state, @lastProblem)
       on conflict (shop_id, id) do update set lane = excluded.lane, kind = excluded.kind,
         order_id = excluded.order_id, report_sequence = excluded.report_sequence,
         payload_json = excluded.payload_json, created_at = excluded.created_at, not_before = excluded.not_before,
         attempts = excluded.attempts, state = excluded.state, last_problem = excluded.last_problem`,
      {
        ...message,
        kind: payload.kind,
        orderId: report?.orderId,
        sequence: report?.sequence,
        payload: toJson(payload),
      },
    )
  }
}

/** True for the first waiting message of a lane: nothing overtakes it, also while it waits for its time. */
const isLaneHead = `state = 'waiting' and not exists (select 1 from outbox earlier
  where earlier.shop_id = @shop and earlier.state = 'waiting' and earlier.lane = outbox.lane
    and earlier.row_number < outbox.row_number)`

export const selectDueMessages = (sql: Sql, now: number, limit: number): readonly OutboxMessage[] =>
  sql
    .all<MessageRow>(
      `select ${messageColumns} from outbox where shop_id = @shop and not_before <= @now and ${isLaneHead}
       order by row_number limit @limit`,
      { now, limit },
    )
    .map(messageOf)

export function selectOutboxState(sql: Sql): { waiting: number; refused: number; nextAt: number | undefined } {
  const count = (state: OutboxMessage['state']): number =>
    sql.get<{ count: number }>('select count(*) as count from outbox where shop_id = @shop and state = @state', {
      state,
    })?.count ?? 0
  const next = sql.get<{ at: number | null }>(
    `select min(not_before) as at from outbox where shop_id = @shop and ${isLaneHead}`,
  )
  return { waiting: count('waiting'), refused: count('refused'), nextAt: next?.at ?? undefined }
}

export function selectMessage(sql: Sql, id: string): OutboxMessage | undefined {
  const row = sql.get<MessageRow>(`select ${messageColumns} from outbox where shop_id = @shop and id = @id`, { id })
  return row && messageOf(row)
}

/** Reports about an order in the order of their sequence. */
export const selectReports = (sql: Sql, orderId: string): readonly OutboxMessage[] =>
  sql
    .all<MessageRow>(
      `select ${messageColumns} from outbox where shop_id = @shop and order_id = @orderId
       order by report_sequence, row_number`,
      { orderId },
    )
    .map(messageOf)

/** In the order in which they were written. */
export const selectManifestMessages = (sql: Sql, manifestIds: readonly string[]): readonly OutboxMessage[] =>
  sql
    .all<MessageRow>(
      `select ${messageColumns} from outbox where shop_id = @shop and kind = 'manifest'
         and payload_json ->> '$.manifestId' in (select value from json_each(@ids))
       order by row_number`,
      { ids: idList(manifestIds) },
    )
    .map(messageOf)

export const selectLastReportSequence = (sql: Sql, orderId: string): number =>
  sql.get<{ last: number | null }>(
    'select max(report_sequence) as last from outbox where shop_id = @shop and order_id = @orderId',
    { orderId },
  )?.last ?? 0

const sortColumns: { readonly [sort: string]: string } = {
  created: 'created_at',
  state: 'state',
  lane: 'fold(lane)',
  attempts: 'attempts',
}

export function selectMessagePage(
  sql: Sql,
  query: ListQuery & { readonly state?: OutboxMessage['state'] | undefined },
): Page<OutboxMessage> {
  const column = sortColumns[query.sort ?? 'created'] ?? 'created_at'
  const isDescending = query.descending ?? column === 'created_at'
  const where = `shop_id = @shop${query.state ? ' and state = @state' : ''}${
    query.search ? " and has_words(@search, lane || ' ' || kind || ' ' || coalesce(last_problem, ''))" : ''
  }`
  const { limit, offset, state, search } = query
  const rows = sql.all<MessageRow>(
    `select ${messageColumns} from outbox where ${where}
     order by ${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { limit, offset, state, search },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total from outbox where ${where}`, { state, search })
  return { rows: rows.map(messageOf), total: count?.total ?? 0 }
}
