import type { SelectionInformation, SelectionTour } from '../../../domain/selection.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { decimalText } from '../amounts.ts'
import { fittedLine, paintText, type Paper } from '../pdf/open-paper.ts'
import { said } from '../words/words-for.ts'
import { paintCodeBox } from './code-box.ts'
import { rule, type Sheet } from './sheet.ts'

/** Wave, tour, its barcode and what is promised about its length. */
export function paintPickHeader(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const { words } = sheet
  const top = sheet.y
  const codeHeight = paintCodeBox(sheet, `wave:${selection.wave}`, top)
  paintText(sheet, `${selection.shop.name}: ${words.pickSheet}`, {
    x: sheet.left,
    y: top + 10,
    size: 10,
    colour: '#555555',
  })
  const title = `${words.wave} ${selection.wave}`
  sheet.text.paint(fittedLine(sheet, title, { width: sheet.width - 240, most: 20, least: 9, isBold: true }), {
    x: sheet.left,
    y: top + 33,
  })
  const tourText = said(words.tourOf, { n: tour.seq, m: selection.tours.length })
  paintText(sheet, tourText, { x: sheet.left, y: top + 52, size: 13, isBold: true })
  sheet.y = top + Math.max(60, codeHeight + 4)
  rule(sheet, sheet.y, { width: 1.2 })
  paintFacts(sheet, tour)
  const at = isoMinute(selection.issuedAt, selection.shop.zone)
  const issued = said(words.issued, { at, v: selection.version })
  paintText(sheet, issued, { x: sheet.left + sheet.width, y: sheet.y + 10, size: 8, anchor: 'end', colour: '#555555' })
  paintText(sheet, countsText(sheet, tour), { x: sheet.left, y: sheet.y + 10, size: 9 })
  sheet.y += 16
}

function paintFacts(sheet: Sheet, tour: SelectionTour): void {
  const { words, locale } = sheet
  const metres = decimalText(tour.lengthMm / 1000, locale)
  const short = [said(words.metres, { n: metres }), said(words.minutes, { n: Math.ceil(tour.minutes) })]
  let x = sheet.left
  for (const fact of short) {
    const line = sheet.text.line(fact, { size: 15, isBold: true })
    sheet.text.paint(line, { x, y: sheet.y + 19 })
    x += line.width + 16
  }
  paintText(sheet, proofText(sheet, tour), { x, y: sheet.y + 12, size: 9, isBold: true })
  paintText(sheet, savedText(sheet, tour), { x, y: sheet.y + 23, size: 9 })
  sheet.y += 28
}

/** Proven shortest, or how far from the bound it can be at most (rounded up: never promised too much). */
export function proofText(paper: Paper, tour: SelectionTour): string {
  if (tour.proof.optimal) return paper.words.provenShortest
  const over = tour.lowerBoundMm > 0 ? tour.lengthMm / tour.lowerBoundMm - 1 : 1
  return said(paper.words.withinPercent, { n: decimalText(Math.ceil(over * 1000) / 10, paper.locale) })
}

/** Metres saved against walking the same stops in the order of their location codes (rounded down). */
export function savedText(paper: Paper, tour: SelectionTour): string {
  const saved = tour.binOrderMm - tour.lengthMm
  if (saved <= 0) return paper.words.savedNothing
  const share = Math.floor((saved * 100) / tour.binOrderMm)
  return said(paper.words.saved, { n: decimalText(Math.floor(saved / 100) / 10, paper.locale), p: share })
}

function countsText(paper: Paper, tour: SelectionTour): string {
  const pieces = tour.stops.reduce((sum, stop) => sum + stop.quantity, 0)
  const orders = new Set(tour.stops.map((stop) => stop.orderCode)).size
  return said(paper.words.stopsPiecesOrders, { s: tour.stops.length, p: pieces, o: orders })
}
