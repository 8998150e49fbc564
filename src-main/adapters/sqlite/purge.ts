import { textWithoutRecipients } from '../../domain/erasure.ts'
import { isReasonCode } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { ErasureOptions, PurgeCounts, UnreportedOrder } from '../../ports/store/people-store.ts'
import type { Sql } from './sql.ts'
import { idList } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { deleteDocuments, selectDocuments, updateDocumentText } from './tables/documents.ts'
import { forgetReasons } from './tables/events.ts'
import { selectOrders } from './tables/orders.ts'
import { selectReports, upsertMessages } from './tables/outbox.ts'
import { selectParcelsOfOrders } from './tables/parcels.ts'
import { deleteTokens } from './tables/search-tokens.ts'
import { deleteSealed } from './tables/sealed-records.ts'
import { forgetTakeBacks, forgetTakeBacksOf } from './tables/take-backs.ts'

/** Nothing is kept after its end for somebody who wants to be forgotten. */
const endedBefore = `iif(exists (select 1 from erasures where erasures.user_id = orders.user_id and erasures.shop_id = @shop),
  ${Number.MAX_SAFE_INTEGER}, @before)`

/** Orders that still hold personal data and ended before that time, the oldest first; see PeopleStore. */
export const selectPurgeable = (sql: Sql, before: EpochMs): readonly string[] =>
  sql
    .all<{ id: string }>(
      `select orders.id from sealed_records cross join orders
       where sealed_records.shop_id = @shop and sealed_records.owner_kind = 'order'
         and orders.shop_id = sealed_records.shop_id and orders.id = sealed_records.owner_id and (
         (orders.status = 'cancelled' and ${lastEventAt("event.status = 'cancelled'")} < ${endedBefore})
         or (exists (select 1 from parcels parcel where ${ofThisOrder('parcel')})
           and not exists (select 1 from parcels parcel where ${ofThisOrder('parcel')} and not (
             parcel.status in ('delivered', 'returned', 'cancelled') and coalesce(
               ${lastEventAt('event.parcel_id = parcel.id and event.status = parcel.status')}, ${endedBefore})
               < ${endedBefore}))))
       order by orders.placed_at, orders.id`,
      { before },
    )
    .map((row) => row.id)

/** Orders under way of which nothing was told since before that time, the oldest first; see PeopleStore. */
export const selectUnreported = (sql: Sql, before: EpochMs): readonly UnreportedOrder[] =>
  sql
    .all<{ id: string; code: string; at: number; carrier: string | null }>(
      `select orders.id, orders.code, max(event.at) as at,
         (select parcel.carrier_code from parcels parcel where ${ofThisOrder('parcel')} order by parcel.letter limit 1) as carrier
       from orders
       join fulfilment_events event indexed by fulfilment_events_by_order on ${ofThisOrder('event')} and event.status in ('handed-over', 'out-for-delivery')
       where orders.shop_id = @shop and orders.status in ('handed-over', 'out-for-delivery')
         and exists (select 1 from sealed_records where sealed_records.shop_id = orders.shop_id
           and sealed_records.owner_kind = 'order' and sealed_records.owner_id = orders.id)
       group by orders.id having max(event.at) < @before order by at, orders.id`,
      { before },
    )
    .map(({ id, code, at, carrier }) => ({ orderId: id, code, handedOverAt: at, carrier: carrier ?? '' }))

export const selectStrayPapers = (sql: Sql, documentIds: readonly string[]): readonly string[] =>
  sql
    .all<{ id: string }>(
      `select value as id from json_each(@ids) asked
       left join documents on documents.shop_id = @shop and documents.id = asked.value
       where documents.id is null or (documents.kind in (select value from json_each(@kinds)) and exists (
         select 1 from orders where orders.shop_id = @shop and orders.address_token = ''
           and orders.id in (documents.subject_id,
             (select order_id from parcels where parcels.shop_id = @shop and parcels.id = documents.subject_id))))
       order by asked.value`,
      { ids: idList(documentIds), kinds: idList([...personalKinds]) },
    )
    .map((row) => row.id)

function ofThisOrder(alias: string): string {
  return `${alias}.shop_id = orders.shop_id and ${alias}.order_id = orders.id`
}

/** By the order's own few events: left to itself SQLite walks all events of a status, once for each order. */
function lastEventAt(condition: string): string {
  return `(select max(event.at) from fulfilment_events event indexed by fulfilment_events_by_order where ${ofThisOrder('event')} and ${condition})`
}

export async function purgeOrders(sql: Sql, orderIds: readonly string[], audit: AuditEntry): Promise<PurgeCounts> {
  const counts = await sql.write(() => {
    const purged = deletePersonal(sql, orderIds)
    const users = deleteUsers(sql, usersWithoutOrders(sql, orderIds))
    rewriteSealed(sql)
    insertAudit(sql, audit)
    return { ...purged, users }
  })
  sql.checkpoint()
  return counts
}

// eslint-disable-next-line max-params -- the port's three, and the file they are said to
export async function eraseUser(
  sql: Sql,
  userId: string,
  audit: AuditEntry,
  { keepsOpenOrders }: ErasureOptions,
): Promise<PurgeCounts> {
  const counts = await sql.write(() => {
    const orders = sql.all<{ id: string }>(
      `select id from orders where shop_id = @shop and user_id = @userId
       and (@all or status in ('delivered', 'returned', 'cancelled'))`,
      { userId, all: !keepsOpenOrders },
    )
    const purged = deletePersonal(
      sql,
      orders.map((order) => order.id),
    )
    // What is still on its way keeps the address it goes to, but none that it went to before.
    forgetTakeBacksOf(sql, orderIdsOf(sql, userId))
    const users = deleteUsers(sql, [userId])
    sql.run(
      'insert into erasures (shop_id, user_id, at) values (@shop, @userId, @at) on conflict (shop_id, user_id) do nothing',
      { userId, at: audit.at },
    )
    rewriteSealed(sql)
    insertAudit(sql, audit)
    return { ...purged, users }
  })
  sql.checkpoint()
  return counts
}

const orderIdsOf = (sql: Sql, userId: string): readonly string[] =>
  sql
    .all<{ id: string }>('select id from orders where shop_id = @shop and user_id = @userId', { userId })
    .map(({ id }) => id)

/** Who of those orders' customers has no order left that still holds personal data. */
const usersWithoutOrders = (sql: Sql, orderIds: readonly string[]): readonly string[] =>
  sql
    .all<{ user_id: string }>(
      `select distinct purged.user_id from orders purged
       where purged.shop_id = @shop and purged.id in (select value from json_each(@ids)) and not exists (
         select 1 from orders other join sealed_records on sealed_records.shop_id = other.shop_id
           and sealed_records.owner_kind = 'order' and sealed_records.owner_id = other.id
         where other.shop_id = purged.shop_id and other.user_id = purged.user_id)`,
      { ids: idList(orderIds) },
    )
    .map((row) => row.user_id)

/** What a user is found and read by; the id stays, orders refer to it. */
function deleteUsers(sql: Sql, userIds: readonly string[]): number {
  sql.run(
    `update users set email_token = null
     where shop_id = @shop and user_id in (select value from json_each(@userIds))`,
    { userIds: idList(userIds) },
  )
  return deleteSealed(sql, 'user', userIds)
}

export const selectErasures = (sql: Sql): readonly string[] =>
  sql
    .all<{ user_id: string }>('select user_id from erasures where shop_id = @shop order by user_id')
    .map((row) => row.user_id)

/** Papers about one order or parcel whose bytes may show or hold its recipient. */
const personalKinds: ReadonlySet<string> = new Set(['sealed-block', 'label', 'slip', 'carrier-label'])

function deletePersonal(sql: Sql, orderIds: readonly string[]): { orders: number; documents: readonly string[] } {
  const orders = selectOrders(sql, orderIds)
  const ids = orders.map((order) => order.id)
  const documents = papersOf(sql, orders)
  const personal = documents.filter(({ kind }) => personalKinds.has(kind))
  deleteDocuments(
    sql,
    personal.filter(({ kind }) => kind === 'sealed-block').map(({ id }) => id),
  )
  const codes = new Set(orders.map((order) => order.code))
  for (const document of documents) {
    const text = textWithoutRecipients(document, codes)
    if (text !== undefined) updateDocumentText(sql, document.id, text)
  }
  forgetReasons(sql, ids)
  for (const id of ids) forgetToldReasons(sql, id)
  deleteTokens(sql, ids)
  forgetTakeBacksOf(sql, ids)
  sql.run(`update orders set address_token = '' where shop_id = @shop and id in (select value from json_each(@ids))`, {
    ids: idList(ids),
  })
  return { orders: deleteSealed(sql, 'order', ids), documents: personal.map(({ id }) => id).sort() }
}

/** The reports keep what was told but for a person's own words. */
function forgetToldReasons(sql: Sql, orderId: string): void {
  const changed = selectReports(sql, orderId).flatMap((message) => {
    if (message.payload.kind !== 'report' || isReasonCode(message.payload.report.reason ?? 'none')) return []
    const { reason: _words, ...report } = message.payload.report
    return [{ ...message, payload: { ...message.payload, report } }]
  })
  upsertMessages(sql, changed)
}

/** Documents about the orders, their parcels, and the waves and manifests these were on. */
function papersOf(sql: Sql, orders: readonly Order[]) {
  const orderIds = orders.map((order) => order.id)
  const parcels = selectParcelsOfOrders(sql, orderIds)
  const waves = sql.all<{ wave_id: string }>(
    `select distinct wave_id from wave_orders
     where shop_id = @shop and order_id in (select value from json_each(@orderIds))`,
    { orderIds: idList(orderIds) },
  )
  const subjects = new Set([
    ...orderIds,
    ...parcels.flatMap((parcel) => [parcel.id, parcel.waveId, parcel.manifestId ?? parcel.id]),
    ...waves.map((wave) => wave.wave_id),
  ])
  return selectDocuments(sql, [...subjects])
}

/** What could be taken back until that instant, former recipients with it; see OrderStore. */
export async function forgetFormer(sql: Sql, until: EpochMs): Promise<void> {
  const gone = await sql.write(() => {
    const count = forgetTakeBacks(sql, until)
    if (count > 0) rewriteSealed(sql)
    return count
  })
  if (gone > 0) sql.checkpoint()
}

/**
 * Writes what is left of the sealed tables anew. Deleting overwrites a row, but where SQLite once moved
 * rows between pages it leaves stale copies in the pages' free space, and those would outlive the purge.
 * Emptying a table clears its pages to the last byte. Both tables hold living orders only, so they stay small.
 */
function rewriteSealed(sql: Sql): void {
  const records = sql.all<SealedRow>(
    'select shop_id, owner_kind, owner_id, wrapped_key, ciphertext from sealed_records',
  )
  sql.run('delete from sealed_records')
  for (const { shop_id: shopId, ...record } of records) {
    sql.run(
      `insert into sealed_records (shop_id, owner_kind, owner_id, wrapped_key, ciphertext)
       values (@shopId, @owner_kind, @owner_id, @wrapped_key, @ciphertext)`,
      { ...record, shopId },
    )
  }
  const blocks = sql.all<BlockRow>('select shop_id, document_id, text from sealed_blocks')
  sql.run('delete from sealed_blocks')
  for (const { shop_id: shopId, ...block } of blocks) {
    sql.run('insert into sealed_blocks (shop_id, document_id, text) values (@shopId, @document_id, @text)', {
      ...block,
      shopId,
    })
  }
}

type SealedRow = {
  readonly [column in 'shop_id' | 'owner_kind' | 'owner_id' | 'wrapped_key' | 'ciphertext']: string
}

type BlockRow = { readonly [column in 'shop_id' | 'document_id' | 'text']: string }
