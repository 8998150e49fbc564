import { AppError } from '../kernel/errors.ts'
import type { Invoice, InvoicePersonal } from '../domain/invoice.ts'
import type { Vault } from '../ports/vault.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What is personal in an invoice, opened for the length of one thought; empty where nothing is, or once its time is over. */
export function openInvoice(vault: Pick<Vault, 'open'>, invoice: Invoice): InvoicePersonal {
  const sealed = invoice.body?.personal
  // What the vault opens is what issue-invoice sealed: InvoicePersonal, bound to this invoice's id.
  return sealed ? (vault.open(invoice.id, sealed) as unknown as InvoicePersonal) : {}
}

export interface ReadDocument {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

type Deps = Pick<Workshop, 'store' | 'vault' | 'documents' | 'system'>

/**
 * An invoice as paper. It is drawn from its record each time, so that nobody's name lies in clear in a folder; the look
 * is written to the audit log. Undefined when there is no such invoice. Throws ERR_INVOICE_NOT_POSSIBLE (`too-old`) once
 * the time it must be kept is over, and what the vault throws.
 */
export async function readInvoice(
  deps: Deps,
  caller: Pick<Caller, 'actor'>,
  idOrNumber: string,
): Promise<ReadDocument | undefined> {
  const invoice = await deps.store.findInvoice(idOrNumber)
  if (!invoice) return undefined
  const { body, cancelledBy: _cancelledBy, ...head } = invoice
  if (!body) throw new AppError('ERR_INVOICE_NOT_POSSIBLE', { invoice: invoice.number, why: 'too-old' })
  const bytes = await deps.documents.invoice({
    head,
    content: body.content,
    personal: openInvoice(deps.vault, invoice),
  })
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, { action: 'look-at-invoice', entity: 'invoice', entityId: invoice.number }),
  )
  return { fileName: `${invoice.number}.pdf`, mediaType: 'application/pdf', bytes }
}
