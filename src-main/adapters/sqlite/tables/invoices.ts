import type { Invoice, InvoiceBody, InvoiceContent, InvoiceDraft, InvoiceHead } from '../../../domain/invoice.ts'
import type { TaxShare } from '../../../domain/invoice-amounts.ts'
import { invoiceNumber } from '../../../domain/invoice.ts'
import type { Page } from '../../../ports/store/catalogue-store.ts'
import type { InvoiceQuery, InvoiceRow } from '../../../ports/store/invoice-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { takeNumbers } from './counters.ts'

interface HeadRow {
  id: string
  series: string
  sequence: number
  number: string
  kind: string
  cancels_id: string | null
  cancels_number: string | null
  order_id: string
  order_code: string
  issued_at: number
  issued_on: string
  delivered_on: string
  currency: string
  net_minor: number
  tax_minor: number
  gross_minor: number
  taxes_json: string
  keep_until: number
  proof: string
  cancelled_by: string | null
  is_whole: number
}

interface BodyRow {
  user_id: string
  content_json: string
  wrapped_key: string | null
  ciphertext: string | null
}

const headColumns = `head.id, head.series, head.sequence, head.number, head.kind, head.cancels_id, head.cancels_number,
  head.order_id, head.order_code, head.issued_at, head.issued_on, head.delivered_on, head.currency, head.net_minor,
  head.tax_minor, head.gross_minor, head.taxes_json, head.keep_until, head.proof,
  (select back.number from invoices back where back.shop_id = head.shop_id and back.cancels_id = head.id) as cancelled_by,
  exists (select 1 from invoice_bodies body where body.shop_id = head.shop_id and body.invoice_id = head.id) as is_whole`

/** Takes the number and writes both rows: call it within one transaction. */
export function insertInvoice(sql: Sql, draft: InvoiceDraft): Invoice {
  const { body, prefix, ...rest } = draft
  const sequence = takeNumbers(sql, counterOf(draft.series), 1)
  const head: InvoiceHead = { ...rest, sequence, number: invoiceNumber(prefix, draft.series, sequence) }
  sql.run(
    `insert into invoices (shop_id, id, series, sequence, number, kind, cancels_id, cancels_number, order_id, order_code,
       issued_at, issued_on, delivered_on, currency, net_minor, tax_minor, gross_minor, taxes_json, keep_until, proof)
     values (@shop, @id, @series, @sequence, @number, @kind, @cancelsId, @cancelsNumber, @orderId, @orderCode,
       @issuedAt, @issuedOn, @deliveredOn, @currency, @netMinor, @taxMinor, @grossMinor, @taxes, @keepUntil, @proof)`,
    { ...valuesOf(head), cancelsId: head.cancels?.id, cancelsNumber: head.cancels?.number, taxes: toJson(head.taxes) },
  )
  sql.run(
    `insert into invoice_bodies (shop_id, invoice_id, user_id, keep_until, content_json, wrapped_key, ciphertext)
     values (@shop, @id, @userId, @keepUntil, @content, @wrappedKey, @ciphertext)`,
    {
      id: head.id,
      userId: body.userId,
      keepUntil: head.keepUntil,
      content: toJson(body.content),
      wrappedKey: body.personal?.wrappedKey,
      ciphertext: body.personal?.ciphertext,
    },
  )
  return { ...head, body }
}

function valuesOf(head: InvoiceHead) {
  const { cancels: _cancels, taxes: _taxes, ...values } = head
  return values
}

export const counterOf = (series: string): string => `invoice ${series}`

/** The invoice of an order that no cancellation has taken back. */
export const selectInForce = (sql: Sql, orderId: string): string | undefined =>
  sql.get<{ number: string }>(
    `select number from invoices head where shop_id = @shop and order_id = @orderId and kind = 'invoice' and not exists (
       select 1 from invoices back where back.shop_id = head.shop_id and back.cancels_id = head.id)`,
    { orderId },
  )?.number

export const selectCancelledBy = (sql: Sql, invoiceId: string): string | undefined =>
  sql.get<{ number: string }>('select number from invoices where shop_id = @shop and cancels_id = @invoiceId', {
    invoiceId,
  })?.number

export function selectInvoice(sql: Sql, idOrNumber: string): Invoice | undefined {
  const row =
    sql.get<HeadRow>(`select ${headColumns} from invoices head where head.shop_id = @shop and head.id = @idOrNumber`, {
      idOrNumber,
    }) ??
    sql.get<HeadRow>(
      `select ${headColumns} from invoices head where head.shop_id = @shop and head.number = @idOrNumber`,
      { idOrNumber },
    )
  if (!row) return undefined
  const { isWhole: _isWhole, ...head } = rowOf(row)
  return { ...head, body: selectBody(sql, row.id) }
}

function selectBody(sql: Sql, id: string): InvoiceBody | undefined {
  const row = sql.get<BodyRow>(
    'select user_id, content_json, wrapped_key, ciphertext from invoice_bodies where shop_id = @shop and invoice_id = @id',
    { id },
  )
  if (!row) return undefined
  const { wrapped_key: wrappedKey, ciphertext } = row
  return {
    userId: row.user_id,
    content: fromJson<InvoiceContent>(row.content_json),
    personal: wrappedKey === null || ciphertext === null ? undefined : { wrappedKey, ciphertext },
  }
}

export function selectInvoicePage(sql: Sql, query: InvoiceQuery): Page<InvoiceRow> {
  const conditions: string[] = []
  if (query.from !== undefined) conditions.push('head.issued_on >= @from')
  if (query.to !== undefined) conditions.push('head.issued_on <= @to')
  if (query.orderId !== undefined) conditions.push('head.order_id = @orderId')
  // The `+` has the whole list walked by number instead of collected by day and sorted.
  const shop = conditions.length === 0 ? '+head.shop_id = @shop' : 'head.shop_id = @shop'
  const search = query.search?.trim().toLowerCase() ?? ''
  if (search !== '')
    conditions.push('(instr(lower(head.number), @search) > 0 or instr(lower(head.order_code), @search) > 0)')
  const where = [shop, ...conditions].join(' and ')
  const values = { from: query.from, to: query.to, orderId: query.orderId, search }
  const direction = query.descending === false ? '' : ' desc'
  const rows = sql.all<HeadRow>(
    `select ${headColumns} from invoices head where ${where}
     order by head.series${direction}, head.sequence${direction} limit @limit offset @offset`,
    { ...values, limit: query.limit, offset: query.offset },
  )
  const total = sql.get<{ total: number }>(`select count(*) as total from invoices head where ${where}`, values)?.total
  return { rows: rows.map(rowOf), total: total ?? 0 }
}

export const selectInvoicesOfUser = (sql: Sql, userId: string): readonly InvoiceRow[] =>
  sql
    .all<HeadRow>(
      `select ${headColumns} from invoice_bodies named cross join invoices head
       where named.shop_id = @shop and named.user_id = @userId and head.shop_id = named.shop_id
         and head.id = named.invoice_id order by head.series, head.sequence`,
      { userId },
    )
    .map(rowOf)

const rowOf = (row: HeadRow): InvoiceRow => ({
  id: row.id,
  series: row.series,
  sequence: row.sequence,
  number: row.number,
  kind: row.kind as InvoiceHead['kind'], // held to these by the table
  cancels:
    row.cancels_id === null || row.cancels_number === null
      ? undefined
      : { id: row.cancels_id, number: row.cancels_number },
  orderId: row.order_id,
  orderCode: row.order_code,
  issuedAt: row.issued_at,
  issuedOn: row.issued_on,
  deliveredOn: row.delivered_on,
  currency: row.currency,
  netMinor: row.net_minor,
  taxMinor: row.tax_minor,
  grossMinor: row.gross_minor,
  taxes: fromJson<readonly TaxShare[]>(row.taxes_json),
  keepUntil: row.keep_until,
  proof: row.proof,
  cancelledBy: orUndefined(row.cancelled_by),
  isWhole: row.is_whole === 1,
})

/** Series and their numbers, rising, beside what the counter says. */
export function selectSeries(sql: Sql): readonly { series: string; last: number; sequences: readonly number[] }[] {
  const rows = sql.all<{ series: string; sequence: number }>(
    'select series, sequence from invoices where shop_id = @shop order by series, sequence',
  )
  const counters = sql.all<{ name: string; last: number }>(
    `select name, last from counters where shop_id = @shop and name like 'invoice %'`,
  )
  const bySeries = Map.groupBy(rows, (row) => row.series)
  const lastByName = new Map(counters.map((counter) => [counter.name, counter.last]))
  const names = new Set([...bySeries.keys(), ...counters.map((counter) => counter.name.slice(counterOf('').length))])
  return [...names].sort().map((series) => ({
    series,
    last: lastByName.get(counterOf(series)) ?? 0,
    sequences: (bySeries.get(series) ?? []).map((row) => row.sequence),
  }))
}

/**
 * Deletes the bodies whose time is over, and writes what is left anew, so that no stale copy of a deleted row outlives
 * it in a page's free space (see purge.ts). That happens a few times a year at most.
 */
export function deleteEndedBodies(sql: Sql, now: number): number {
  const ended = sql.run('delete from invoice_bodies where shop_id = @shop and keep_until <= @now', { now })
  if (ended === 0) return 0
  const kept = sql.all<BodyRow & { shop_id: string; invoice_id: string; keep_until: number }>(
    'select shop_id, invoice_id, user_id, keep_until, content_json, wrapped_key, ciphertext from invoice_bodies',
  )
  sql.run('delete from invoice_bodies')
  for (const { shop_id: shopId, ...row } of kept)
    sql.run(
      `insert into invoice_bodies (shop_id, invoice_id, user_id, keep_until, content_json, wrapped_key, ciphertext)
       values (@shopId, @invoice_id, @user_id, @keep_until, @content_json, @wrapped_key, @ciphertext)`,
      { ...row, shopId },
    )
  return ended
}
