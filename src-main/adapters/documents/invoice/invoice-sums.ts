import { figureText, moneyText, rateText } from '../amounts.ts'
import { paintText } from '../pdf/open-paper.ts'
import { rule } from '../sheets/sheet.ts'
import { said } from '../words/words-for.ts'
import { isReduced } from './invoice-lines.ts'
import type { InvoiceSheet } from './invoice.ts'

const rowHeight = 14

/** Net, tax and gross per rate, and the sum; kept together on one page. */
export function paintInvoiceSums({ sheet, paper, said: words }: InvoiceSheet): void {
  const { head, content } = paper
  const right = sheet.left + sheet.width
  const at = { gross: right - 6, tax: right - 82, net: right - 144, rate: right - 214 }
  sheet.ensure((head.taxes.length + 3) * rowHeight + 30)
  sheet.y += 12
  const paint = (texts: readonly [string, string, string, string], style: { size: number; isBold?: boolean }): void => {
    const [rate, net, tax, gross] = texts
    const y = sheet.y + 10
    for (const [text, x] of [
      [rate, at.rate],
      [net, at.net],
      [tax, at.tax],
      [gross, at.gross],
    ] as const)
      if (text !== '') paintText(sheet, text, { x, y, anchor: 'end', ...style })
    sheet.y += rowHeight
  }
  const figure = (minor: number): string => figureText(minor, head.currency, content.locale)
  paint(['', words.net, words.tax, words.gross], { size: 8 })
  for (const share of head.taxes) {
    const mark = isReduced(content.seller.country, share.rate) ? `${words.reducedMark} ` : ''
    const rate = mark + said(words.atRate, { rate: rateText(share.rate, content.locale) })
    paint([rate, figure(share.netMinor), figure(share.taxMinor), figure(share.grossMinor)], { size: 9 })
  }
  rule(sheet, sheet.y + 1, { width: 0.9 })
  sheet.y += 4
  if (head.taxes.length > 1)
    paint(['', figure(head.netMinor), figure(head.taxMinor), figure(head.grossMinor)], { size: 9, isBold: true })
  sheet.y += 4
  const total = moneyText(head.grossMinor, head.currency, content.locale)
  paintText(sheet, `${words.total} ${total}`, { x: at.gross, y: sheet.y + 14, size: 14, isBold: true, anchor: 'end' })
  sheet.y += 30
  if (head.taxes.some((share) => isReduced(content.seller.country, share.rate))) {
    paintText(sheet, words.reducedNote, { x: sheet.left, y: sheet.y, size: 8.5, colour: '#555555' })
    sheet.y += rowHeight
  }
}
