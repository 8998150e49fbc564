import { AppError } from '../kernel/errors.ts'
import { formatMoney } from '../kernel/money.ts'
import type { InvoiceRow } from '../ports/store/invoice-store.ts'
import type { Workshop } from './workshop.ts'

const pageSize = 500
const heads = [
  'number',
  'kind',
  'cancels',
  'cancelled_by',
  'issued_on',
  'delivered_on',
  'order',
  'currency',
  'tax_rate',
  'net',
  'tax',
  'gross',
]

/**
 * Invoices issued from one day to another (both included) for the tax adviser: one line for each tax rate of each
 * invoice, rising numbers, nothing about the buyer. Semicolons and a decimal comma where the shop's language writes
 * one, as its spreadsheets expect; else commas and a point. Every cell is a code or a number of ours: none can be read as a formula.
 */
export async function invoicesCsv(
  { store }: Pick<Workshop, 'store'>,
  period: { readonly from: string; readonly to: string },
): Promise<{ readonly fileName: string; readonly csv: string; readonly invoices: number }> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const hasComma = new Intl.NumberFormat(settings.shop.locale).format(0.5).includes(',')
  const rows: InvoiceRow[] = []
  for (let offset = 0; ; offset += pageSize) {
    const page = await store.listInvoices({ ...period, offset, limit: pageSize, descending: false })
    rows.push(...page.rows)
    if (page.rows.length < pageSize) break
  }
  const separator = hasComma ? ';' : ','
  const figure = (text: string): string => (hasComma ? text.replace('.', ',') : text)
  const lines = rows.flatMap((row) => cellsOf(row).map((cells) => cells.map(figureOr(figure)).join(separator)))
  return {
    fileName: `invoices-${period.from}-${period.to}.csv`,
    csv: [heads.join(separator), ...lines, ''].join('\r\n'),
    invoices: rows.length,
  }
}

type Cell = string | { readonly figure: string }

const figureOr =
  (figure: (text: string) => string) =>
  (cell: Cell): string =>
    typeof cell === 'string' ? cell : figure(cell.figure)

const cellsOf = (row: InvoiceRow): readonly (readonly Cell[])[] =>
  row.taxes.map((share) => {
    const money = (minor: number): Cell => ({ figure: formatMoney({ currency: row.currency, minor }) })
    return [
      row.number,
      row.kind,
      row.cancels?.number ?? '',
      row.cancelledBy ?? '',
      row.issuedOn,
      row.deliveredOn,
      row.orderCode,
      row.currency,
      { figure: String(share.rate) },
      money(share.netMinor),
      money(share.taxMinor),
      money(share.grossMinor),
    ]
  })
