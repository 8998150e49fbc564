import { checkSeries } from '../../domain/invoice.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CounterStore } from '../../ports/store/counter-store.ts'
import type { InvoiceStore } from '../../ports/store/invoice-store.ts'
import { idList, type Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import {
  deleteEndedBodies,
  insertInvoice,
  selectCancelledBy,
  selectInForce,
  selectInvoice,
  selectInvoicePage,
  selectInvoicesOfUser,
  selectSeries,
} from './tables/invoices.ts'

export const invoiceStore = (sql: Sql): InvoiceStore => ({
  issueInvoice: (draft, audit) =>
    sql.write(() => {
      if (draft.cancels) {
        const by = selectCancelledBy(sql, draft.cancels.id)
        if (by !== undefined) throw new AppError('ERR_INVOICE_CANCELLED', { invoice: draft.cancels.number, by })
      } else {
        const invoice = selectInForce(sql, draft.orderId)
        if (invoice !== undefined) throw new AppError('ERR_INVOICE_EXISTS', { order: draft.orderCode, invoice })
      }
      const invoice = insertInvoice(sql, draft)
      insertAudit(sql, audit)
      return invoice
    }),
  findInvoice: (idOrNumber) => sql.read(() => selectInvoice(sql, idOrNumber)),
  listInvoices: (query) => sql.read(() => selectInvoicePage(sql, query)),
  checkInvoiceNumbers: () =>
    sql.read(() => selectSeries(sql).map(({ series, last, sequences }) => checkSeries(series, last, sequences))),
  findUninvoiced: (wanted) => sql.read(() => selectUninvoiced(sql, wanted)),
  findInvoicesOfUser: (userId) => sql.read(() => selectInvoicesOfUser(sql, userId)),
  async endInvoices(now, audit) {
    const ended = await sql.write(() => {
      const count = deleteEndedBodies(sql, now)
      if (count > 0) insertAudit(sql, audit)
      return count
    })
    if (ended > 0) sql.checkpoint()
    return ended
  },
})

const selectUninvoiced: (sql: Sql, wanted: Parameters<InvoiceStore['findUninvoiced']>[0]) => readonly string[] = (
  sql,
  wanted,
) =>
  sql
    .all<{ id: string }>(
      `select id from orders
       where shop_id = @shop and status in (select value from json_each(@statuses)) and not exists (
         select 1 from invoices head where head.shop_id = @shop and head.order_id = orders.id and head.kind = 'invoice'
           and not exists (
             select 1 from invoices back where back.shop_id = head.shop_id and back.cancels_id = head.id))
         and exists (select 1 from fulfilment_events event indexed by fulfilment_events_by_order
           where event.shop_id = @shop and event.order_id = orders.id
           and event.status = @reached and event.at >= @since
           and event.at < coalesce(@until, event.at + 1))
         and (@orderIds is null or orders.id in (select value from json_each(@orderIds)))
       order by +placed_at, id limit @limit`,
      {
        statuses: idList(wanted.statuses),
        reached: wanted.reached,
        since: wanted.since,
        until: wanted.until,
        orderIds: wanted.orderIds && idList(wanted.orderIds),
        limit: wanted.limit,
      },
    )
    .map((row) => row.id)

export const counterStore = (sql: Sql): CounterStore => ({
  loadWaitingPieces: (skus) =>
    sql.read(() =>
      sql.all<{ sku: string; pieces: number }>(
        `select line.sku, sum(line.quantity - line.withdrawn) as pieces
         from orders join order_lines line on line.shop_id = orders.shop_id and line.order_id = orders.id
         where orders.shop_id = @shop and orders.status in ('received', 'on-hold')
           and line.sku in (select value from json_each(@skus))
         group by line.sku having sum(line.quantity - line.withdrawn) > 0 order by line.sku`,
        { skus: idList(skus) },
      ),
    ),
  listToCollect: () =>
    sql.read(() => {
      const rows = sql.all<{ order_id: string; order_code: string; letter: string; ready_since: number }>(
        `select orders.id as order_id, orders.code as order_code, parcel.letter,
           coalesce((select max(event.at) from fulfilment_events event indexed by fulfilment_events_by_order
             where event.shop_id = orders.shop_id and event.order_id = orders.id and event.parcel_id = parcel.id and event.status = 'packed'),
             orders.imported_at) as ready_since
         from orders join parcels parcel on parcel.shop_id = orders.shop_id and parcel.order_id = orders.id
         where orders.shop_id = @shop and orders.service = 'collect'
           and orders.status not in ('delivered', 'returned', 'cancelled') and parcel.status = 'packed'
         order by orders.id, length(parcel.letter), parcel.letter`,
      )
      return [...Map.groupBy(rows, (row) => row.order_id)]
        .map(([orderId, own]) => ({
          orderId,
          orderCode: own[0]?.order_code ?? orderId,
          readySince: Math.max(...own.map((row) => row.ready_since)),
          letters: own.map((row) => row.letter),
        }))
        .sort((a, b) => a.readySince - b.readySince || (a.orderId < b.orderId ? -1 : 1))
    }),
})
