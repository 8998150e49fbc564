import type { FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { Invoice, InvoiceDraft, InvoiceHead, SeriesCheck } from '../../domain/invoice.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { ListQuery, Page } from './catalogue-store.ts'

export type InvoiceQuery = ListQuery & {
  /** Days of issue, both included, `2026-11-22`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly orderId?: string | undefined
}

/** An invoice in a list: without its body. */
export type InvoiceRow = InvoiceHead & {
  readonly cancelledBy?: string | undefined
  /** False once the time it must be kept is over. */
  readonly isWhole: boolean
}

/**
 * Issued invoices, kept apart from what is purged: purging orders and erasing people leaves them as they are until
 * their own time is over. Nothing here changes an invoice. Each method is one transaction.
 */
export interface InvoiceStore {
  /**
   * Takes the next number of the draft's series and keeps the invoice, both or neither: a crash leaves no gap and no
   * double. An order has at most one invoice that is not cancelled, an invoice at most one cancellation: else
   * ERR_INVOICE_EXISTS { order, invoice } or ERR_INVOICE_CANCELLED { invoice, by }, and no number is taken.
   */
  issueInvoice(draft: InvoiceDraft, audit: AuditEntry): Promise<Invoice>
  /** By id or number. */
  findInvoice(idOrNumber: string): Promise<Invoice | undefined>
  /** Newest number first unless `descending` is false. `search` is a part of a number or of an order code. */
  listInvoices(query: InvoiceQuery): Promise<Page<InvoiceRow>>
  /** Every series, the oldest first, its numbers compared with its counter. */
  checkInvoiceNumbers(): Promise<readonly SeriesCheck[]>
  /**
   * Ids of orders in one of these statuses, which reached `reached` from `since` on and before `until`, without an
   * invoice in force; of `orderIds` only, where they are named. The oldest first.
   */
  findUninvoiced(wanted: {
    readonly statuses: readonly FulfilmentStatus[]
    readonly reached: FulfilmentStatus
    readonly since: EpochMs
    readonly until?: EpochMs | undefined
    readonly orderIds?: readonly string[] | undefined
    readonly limit: number
  }): Promise<readonly string[]>
  /** Invoices that still name this user. */
  findInvoicesOfUser(userId: string): Promise<readonly InvoiceRow[]>
  /** Deletes content and buyer of invoices whose time is over; answers how many. Their heads stay. */
  endInvoices(now: EpochMs, audit: AuditEntry): Promise<number>
}
