import { cancelInvoice } from '../../application/cancel-invoice.ts'
import { invoicesCsv } from '../../application/invoices-csv.ts'
import { issueInvoice, issueInvoices } from '../../application/issue-invoice.ts'
import { checkInvoices, configureInvoices, issueDueInvoices, packedOrders } from '../../application/keep-invoices.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { InvoiceSettingsView, invoiceOperations, InvoiceView } from '../../contract/operations/invoices.ts'
import { invoiceSettingsOf } from '../../domain/invoice.ts'
import { usualCollectDays, type Settings } from '../../domain/settings.ts'
import { AppError } from '../../kernel/errors.ts'
import type { InvoiceRow } from '../../ports/store/invoice-store.ts'
import type { Handlers } from '../handlers.ts'

type InvoiceHandlers = Pick<Handlers, keyof typeof invoiceOperations>

export function invoiceHandlers(workshop: Workshop): InvoiceHandlers {
  return { ...issuingHandlers(workshop), ...keepingHandlers(workshop) }
}

function issuingHandlers(
  workshop: Workshop,
): Pick<InvoiceHandlers, 'invoices.issue' | 'invoices.issue-due' | 'invoices.cancel'> {
  return {
    async 'invoices.issue'({ order, wave, day, buyer }, caller) {
      if (order === undefined) return issueInvoices(workshop, caller, await packedOrders(workshop, { wave, day }))
      const invoice = await issueInvoice(workshop, caller, { order, buyer })
      return { issued: [{ order: invoice.orderCode, number: invoice.number, id: invoice.id }], skipped: [] }
    },
    'invoices.issue-due': (_input, caller) => issueDueInvoices(workshop, caller),
    async 'invoices.cancel'(input, caller) {
      const { cancellation, invoice } = await cancelInvoice(workshop, caller, input)
      return { cancellation: cancellation.number, invoice: invoice?.number }
    },
  }
}

function keepingHandlers(
  workshop: Workshop,
): Pick<
  InvoiceHandlers,
  'invoices.list' | 'invoices.check' | 'invoices.export' | 'invoices.settings' | 'invoices.configure'
> {
  const { store } = workshop
  return {
    async 'invoices.list'(input) {
      const page = await store.listInvoices(input)
      return { total: page.total, rows: page.rows.map(invoiceView) }
    },
    'invoices.check': (_input, caller) => checkInvoices(workshop, caller),
    'invoices.export': (input) => invoicesCsv(workshop, input),
    async 'invoices.settings'() {
      const settings = await store.findSettings()
      if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
      return settingsView(settings)
    },
    'invoices.configure': async (input, caller) => settingsView(await configureInvoices(workshop, caller, input)),
  }
}

function invoiceView(row: InvoiceRow): InvoiceView {
  const { proof: _proof, series: _series, sequence: _sequence, ...view } = row
  return view
}

function settingsView(settings: Settings): InvoiceSettingsView {
  const { automatic, ...rest } = invoiceSettingsOf(settings)
  return { ...rest, automatic: automatic?.at ?? 'off', collectDays: settings.collectDays ?? usualCollectDays }
}
