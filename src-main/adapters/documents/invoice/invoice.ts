import type { InvoicePaper } from '../../../ports/documents.ts'
import { paintLines, paintText } from '../pdf/open-paper.ts'
import { openSheet, rule, type Sheet } from '../sheets/sheet.ts'
import type { FontShelf } from '../text/fonts.ts'
import { invoiceWordsFor, type InvoiceWords } from '../words/invoice-words.ts'
import { said } from '../words/words-for.ts'
import { buyerLines } from './buyer-lines.ts'
import { paintInvoiceLines } from './invoice-lines.ts'
import { paintInvoiceSums } from './invoice-sums.ts'

const mm = 72 / 25.4
const grey = '#555555'
/** Where a window envelope shows the address (DIN 5008, form B). */
const addressTop = 45 * mm
const addressWidth = 85 * mm

/** What every part of an invoice is drawn with. */
export interface InvoiceSheet {
  readonly sheet: Sheet
  readonly paper: InvoicePaper
  readonly said: InvoiceWords
}

/** An invoice or a cancellation, in the customer's language. File title and metadata hold its number only. */
export function writeInvoice(shelf: FontShelf, paper: InvoicePaper): Promise<Uint8Array> {
  const { head, content } = paper
  const sheet = openSheet({ shelf, title: head.number, locale: content.locale, issuedAt: head.issuedAt })
  const job: InvoiceSheet = { sheet, paper, said: invoiceWordsFor(content.locale) }
  paintSeller(job)
  paintAddress(job)
  paintFacts(job)
  paintInvoiceLines(job)
  paintInvoiceSums(job)
  paintClosing(job)
  return sheet.close([content.seller.name, head.number].join(', '))
}

function paintSeller({ sheet, paper }: InvoiceSheet): void {
  const { seller } = paper.content
  const width = sheet.width * 0.6
  const name = sheet.text.wrapped(seller.name, width, { size: 15, isBold: true })
  const lines = seller.lines.flatMap((line) => sheet.text.wrapped(line, width, { size: 9, colour: grey }))
  paintLines(sheet, [...name, ...lines], { x: sheet.left, y: sheet.y, width })
}

function paintAddress({ sheet, paper }: InvoiceSheet): void {
  const { content } = paper
  const { buyer } = paper.personal
  if (!buyer) return
  const sender = [content.seller.name, ...content.seller.lines].join(' · ')
  const small = sheet.text.wrapped(sender, addressWidth, { size: 6.5, colour: grey }).slice(0, 1)
  const below = paintLines(sheet, small, { x: sheet.left, y: addressTop, width: addressWidth })
  const lines = buyerLines(buyer, content.seller.country, content.locale).flatMap((line) =>
    sheet.text.wrapped(line, addressWidth, { size: 10.5 }),
  )
  sheet.y = paintLines(sheet, lines, { x: sheet.left, y: below + 4, width: addressWidth })
}

/** Title and number at the right, days below them. */
function paintFacts(job: InvoiceSheet): void {
  const { sheet, paper, said: words } = job
  const { head, content } = paper
  const right = sheet.left + sheet.width
  const title = head.kind === 'invoice' ? words.invoice : words.cancellation
  paintText(sheet, title, { x: right, y: addressTop + 6, size: 16, isBold: true, anchor: 'end' })
  const facts: readonly (readonly [string, string])[] = [
    [words.number, head.number],
    [words.issuedOn, dayText(head.issuedOn, content.locale)],
    [words.deliveredOn, dayText(head.deliveredOn, content.locale)],
    [words.order, head.orderCode],
    ...(paper.personal.buyer?.vatId
      ? [[said(words.buyerVatId, { number: '' }).trim(), paper.personal.buyer.vatId] as const]
      : []),
  ]
  let y = addressTop + 26
  for (const [name, value] of facts) {
    paintText(sheet, name, { x: right - 175, y, size: 9, colour: grey })
    paintText(sheet, value, { x: right, y, size: 9.5, isBold: true, anchor: 'end' })
    y += 14
  }
  sheet.y = Math.max(sheet.y, y, addressTop + 40 * mm) + 4
  if (head.cancels) {
    paintText(sheet, said(words.cancels, { number: head.cancels.number }), {
      x: sheet.left,
      y: sheet.y + 11,
      size: 11,
      isBold: true,
    })
    sheet.y += 18
    const { reason: why } = paper.personal
    if (why) {
      const reason = sheet.text.wrapped(said(words.reason, { reason: why }), sheet.width, { size: 9.5 })
      sheet.y = paintLines(sheet, reason, { x: sheet.left, y: sheet.y, width: sheet.width }) + 4
    }
  }
}

/** Words on paying, the shop's own footer, and what the tax office asks of the seller. */
function paintClosing({ sheet, paper, said: words }: InvoiceSheet): void {
  const { head, content } = paper
  const { seller } = content
  const numbers = [
    seller.taxNumber && said(words.taxNumber, { number: seller.taxNumber }),
    seller.vatId && said(words.vatId, { number: seller.vatId }),
    seller.registrationNumber && said(words.registrationNumber, { number: seller.registrationNumber }),
  ].filter((text) => text !== '')
  const prices = content.amounts.pricesIncludeTax ? words.pricesGross : words.pricesNet
  const isToPay = head.kind === 'invoice' && content.payment !== undefined
  const paragraphs = [
    ...(isToPay && content.payment ? [{ text: words.payments[content.payment], size: 10 }] : []),
    { text: said(prices, { currency: head.currency }), size: 8.5, colour: grey },
    ...content.footer.split('\n').map((text) => ({ text, size: 9 })),
  ]
  const lines = paragraphs.flatMap(({ text, ...style }) => sheet.text.wrapped(text, sheet.width, style))
  for (const line of lines) {
    sheet.ensure(line.style.size * 1.4)
    sheet.y = paintLines(sheet, [line], { x: sheet.left, y: sheet.y, width: sheet.width })
  }
  if (numbers.length === 0) return
  sheet.ensure(30)
  sheet.y += 8
  rule(sheet, sheet.y, { width: 0.4, colour: '#999999' })
  const facts = sheet.text.wrapped([seller.name, ...numbers].join(' · '), sheet.width, { size: 8.5 })
  sheet.y = paintLines(sheet, facts, { x: sheet.left, y: sheet.y + 4, width: sheet.width })
}

/** A day as people of the locale write it. */
function dayText(day: string, locale: string): string {
  const noon = Date.parse(`${day}T12:00:00Z`)
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(noon)
}
