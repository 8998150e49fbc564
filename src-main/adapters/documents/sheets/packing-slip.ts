import type { SelectionInformation, SelectionOrder, SelectionPackage } from '../../../domain/selection.ts'
import { isoDay } from '../../../kernel/time.ts'
import { weightText } from '../amounts.ts'
import { paintLines, paintText } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { cartonText, numbersBySku, paintMarks, paintParcel } from './parcel-card.ts'
import { openSheet, rule, type Sheet } from './sheet.ts'
import { paintTable, type Cell, type Column } from './table.ts'

const drawing = { width: 300, height: 180 }

/** What is in which parcel of one order, with a greeting. Nothing personal. */
export function writePackingSlip(
  shelf: FontShelf,
  selection: SelectionInformation,
  order: SelectionOrder,
): Promise<Uint8Array> {
  const sheet = openSheet({
    shelf,
    title: order.code,
    locale: selection.shop.locale,
    issuedAt: selection.issuedAt,
  })
  paintHeader(sheet, selection, order)
  for (const [i, parcel] of order.packages.entries()) paintPackage(sheet, parcel, { order, number: i + 1 })
  sheet.ensure(40)
  paintText(sheet, sheet.words.greeting, { x: sheet.left, y: sheet.y + 26, size: 13, isBold: true })
  paintText(sheet, selection.shop.name, { x: sheet.left, y: sheet.y + 42, size: 10 })
  return sheet.close(`${selection.shop.name}, ${sheet.words.order} ${order.code}`)
}

function paintHeader(sheet: Sheet, selection: SelectionInformation, order: SelectionOrder): void {
  const { words } = sheet
  const right = sheet.left + sheet.width
  const shop = sheet.text.wrapped(selection.shop.name, sheet.width * 0.6, { size: 15, isBold: true })
  const below = paintLines(sheet, shop, { x: sheet.left, y: sheet.y, width: sheet.width * 0.6 })
  paintText(sheet, words.packingSlip, { x: right, y: sheet.y + 11, size: 11, anchor: 'end', colour: '#555555' })
  paintText(sheet, `${words.order} ${order.code}`, { x: right, y: sheet.y + 32, size: 17, isBold: true, anchor: 'end' })
  const day = isoDay(selection.issuedAt, selection.shop.zone)
  paintText(sheet, day, { x: right, y: sheet.y + 46, size: 9, anchor: 'end', colour: '#555555' })
  sheet.y = Math.max(below, sheet.y + 50) + 6
  rule(sheet, sheet.y, { width: 1.2 })
  sheet.y += 10
}

function paintPackage(sheet: Sheet, parcel: SelectionPackage, of: { order: SelectionOrder; number: number }): void {
  const { words, locale } = sheet
  sheet.ensure((parcel.carton === null ? 0.6 : 1) * drawing.height + 60)
  const title = said(words.parcelOf, { letter: parcel.letter, n: of.number, m: of.order.packages.length })
  paintText(sheet, title, { x: sheet.left, y: sheet.y + 13, size: 13, isBold: true })
  sheet.y += 20
  const x = sheet.left
  const factsWidth = sheet.width - drawing.width - 20
  const facts = [
    cartonText(sheet, parcel),
    said(words.gross, { g: weightText(parcel.totals.grossG, locale) }),
    said(words.net, { g: weightText(parcel.totals.netG, locale) }),
  ]
  let y = sheet.y
  for (const fact of facts) {
    y = paintLines(sheet, sheet.text.wrapped(fact, factsWidth, { size: 10 }), { x, y, width: factsWidth })
  }
  y += paintMarks(sheet, parcel, { x, y: y + 4, width: factsWidth }) + 4
  const code = of.order.code + parcel.letter
  const picture = { code, x: sheet.left + sheet.width - drawing.width, y: sheet.y, ...drawing }
  const drawn = paintParcel(sheet, parcel, picture)
  sheet.y = Math.max(y + 8, sheet.y + drawn)
  paintContents(sheet, parcel)
  sheet.y += 16
}

function paintContents(sheet: Sheet, parcel: SelectionPackage): void {
  const { words, width } = sheet
  const numbers = numbersBySku(parcel)
  const columns: readonly Column[] = [
    { head: words.quantity, width: 50, anchor: 'end' },
    { head: words.product, width: width - 50 - 130 - 110 },
    { head: '', width: 130 },
    { head: numbers.size > 0 ? words.pieceNumbers : '', width: 110 },
  ]
  const rows = parcel.contents.map((content): readonly Cell[] => [
    [{ text: String(content.quantity), size: 11, isBold: true }],
    [{ text: content.name, size: 9.5 }],
    [{ text: content.sku, size: 8, colour: '#555555' }],
    [{ text: (numbers.get(content.sku) ?? []).join(', '), size: 9 }],
  ])
  paintTable(sheet, columns, { rows, leastHeight: 14 })
}
