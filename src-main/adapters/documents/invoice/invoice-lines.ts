import type { InvoiceLine } from '../../../domain/invoice-amounts.ts'
import { figureText, rateText } from '../amounts.ts'
import { paintTable, type Cell, type Column } from '../sheets/table.ts'
import type { InvoiceSheet } from './invoice.ts'

const widths = { quantity: 40, unitPrice: 66, rate: 42, net: 70, tax: 62, gross: 76 }

/** Japan's reduced rate, which its invoices have to point out. */
export const isReduced = (country: string, rate: number): boolean => country === 'JP' && rate === 8

/** Every line of the invoice, over as many pages as it takes. */
export function paintInvoiceLines({ sheet, paper, said: words }: InvoiceSheet): void {
  const { head, content } = paper
  const product = sheet.width - Object.values(widths).reduce((sum, width) => sum + width, 0)
  const columns: readonly Column[] = [
    { head: words.quantity, width: widths.quantity, anchor: 'end' },
    { head: words.product, width: product },
    { head: words.unitPrice, width: widths.unitPrice, anchor: 'end' },
    { head: words.taxRate, width: widths.rate, anchor: 'end' },
    { head: words.net, width: widths.net, anchor: 'end' },
    { head: words.tax, width: widths.tax, anchor: 'end' },
    { head: words.gross, width: widths.gross, anchor: 'end' },
  ]
  const figure = (minor: number): Cell => [{ text: figureText(minor, head.currency, content.locale), size: 9 }]
  const nameOf = (line: InvoiceLine): string => {
    if (line.kind === 'shipping') return words.shipping
    if (line.kind === 'adjustment') return line.unitPriceMinor < 0 ? words.discount : words.charge
    return line.name ?? line.sku ?? ''
  }
  const rows = content.amounts.lines.map((line): readonly Cell[] => {
    const mark = isReduced(content.seller.country, line.taxRate) ? ` ${words.reducedMark}` : ''
    return [
      [{ text: new Intl.NumberFormat(content.locale).format(line.quantity), size: 9.5, isBold: true }],
      [
        { text: nameOf(line) + mark, size: 9.5 },
        ...(line.sku === undefined ? [] : [{ text: line.sku, size: 7.5, colour: '#555555' }]),
      ],
      figure(line.unitPriceMinor),
      [{ text: rateText(line.taxRate, content.locale), size: 9 }],
      figure(line.netMinor),
      figure(line.taxMinor),
      [{ text: figureText(line.grossMinor, head.currency, content.locale), size: 9, isBold: true }],
    ]
  })
  paintTable(sheet, columns, { rows, leastHeight: 13 })
}
