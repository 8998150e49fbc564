import { AppError } from '../kernel/errors.ts'
import type { Buyer, Invoice, InvoiceBody } from '../domain/invoice.ts'
import { reversed } from '../domain/invoice-amounts.ts'
import { issueDraft, issueInvoice, type InvoiceDeps } from './issue-invoice.ts'
import { openInvoice } from './read-invoice.ts'
import type { Caller } from './workshop.ts'

/**
 * Takes an invoice back by a cancellation with a number of its own in the same sequence; the first one stays as it is.
 * With `reissue` a new invoice of the order follows, with another buyer if one is handed in. Throws
 * ERR_INVOICE_NOT_FOUND, ERR_INVOICE_CANCELLED { invoice, by }, ERR_INVOICE_NOT_POSSIBLE { why } for a cancellation
 * (`is-cancellation`) and for an invoice whose time is over (`too-old`).
 */
export async function cancelInvoice(
  deps: InvoiceDeps,
  caller: Caller,
  input: {
    readonly invoice: string
    readonly reason: string
    readonly reissue?: boolean | undefined
    readonly buyer?: Buyer | undefined
  },
): Promise<{ readonly cancellation: Invoice; readonly invoice: Invoice | undefined }> {
  const first = await getInvoice(deps, input.invoice)
  if (first.kind === 'cancellation')
    throw new AppError('ERR_INVOICE_NOT_POSSIBLE', { invoice: first.number, why: 'is-cancellation' })
  if (first.cancelledBy !== undefined)
    throw new AppError('ERR_INVOICE_CANCELLED', { invoice: first.number, by: first.cancelledBy })
  const body = requireBody(first)
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const cancellation = await issueDraft(deps, caller, {
    order: { id: first.orderId, code: first.orderCode, userId: body.userId, currency: first.currency },
    settings,
    personal: { ...openInvoice(deps.vault, first), reason: input.reason },
    cancels: { id: first.id, number: first.number },
    deliveredOn: first.deliveredOn,
    at: deps.system.clock.now(),
    content: { ...body.content, amounts: reversed(body.content.amounts) },
  })
  const invoice = input.reissue
    ? await issueInvoice(deps, caller, { order: first.orderId, buyer: input.buyer })
    : undefined
  return { cancellation, invoice }
}

/** By id or number. Throws ERR_INVOICE_NOT_FOUND. */
export async function getInvoice({ store }: Pick<InvoiceDeps, 'store'>, idOrNumber: string): Promise<Invoice> {
  const invoice = await store.findInvoice(idOrNumber)
  if (!invoice) throw new AppError('ERR_INVOICE_NOT_FOUND', { invoice: idOrNumber })
  return invoice
}

function requireBody(invoice: Invoice): InvoiceBody {
  if (!invoice.body) throw new AppError('ERR_INVOICE_NOT_POSSIBLE', { invoice: invoice.number, why: 'too-old' })
  return invoice.body
}
