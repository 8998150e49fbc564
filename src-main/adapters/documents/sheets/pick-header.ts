import type { SelectionInformation, SelectionTour } from '../../../domain/selection.ts'
import { tellTour } from '../../../drawing/index.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { decimalText } from '../amounts.ts'
import { paintText, type Paper } from '../pdf/open-paper.ts'
import { said } from '../words/words-for.ts'
import { paintFigures, paintSentence, paintSmall, paintTitle } from './cells.ts'
import { paintCodeBox, widestCode } from './code-box.ts'
import { grey, notice, rule, type Sheet } from './sheet.ts'

/** Wave, tour, its barcode, what it takes and what is promised about its length. */
export function paintPickHeader(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const { words, left } = sheet
  const top = sheet.y
  const width = sheet.width - widestCode - 10
  const codeHeight = paintCodeBox(sheet, `wave:${selection.wave}`, top)
  const [shop] = sheet.text.wrapped(`${words.pickSheet} · ${selection.shop.name}`, width, { size: 10, colour: grey.text }) // prettier-ignore
  if (shop) sheet.text.paint(shop, { x: left, y: top + 10 })
  const below = paintTitle(sheet, `${words.wave} ${selection.wave}`, { y: top + 35, width, most: 22 })
  const tourText = said(words.tourOf, { n: tour.seq, m: selection.tours.length })
  paintText(sheet, tourText, { x: left, y: below + 19, size: 13, isBold: true })
  sheet.y = Math.max(below + 25, top + codeHeight + 8)
  const at = isoMinute(selection.issuedAt, selection.shop.zone)
  const issued = said(words.issued, { at, v: selection.version })
  paintSmall(sheet, issued, { x: left + sheet.width, y: sheet.y - 4, anchor: 'end' })
  rule(sheet, sheet.y, { width: 1.2 })
  paintFigures(sheet, figuresOf(sheet, tour))
  rule(sheet, sheet.y, { width: 0.5, colour: grey.line })
  sheet.y += 4
  paintSentence(sheet, walkText(sheet, tour), { size: 9.5 })
  sheet.y += 4
  if (selection.version > 1) notice(sheet, said(words.replaces, { v: selection.version, o: selection.version - 1 }))
  if (selection.sealing === 'off') notice(sheet, words.sealingOff)
}

function figuresOf({ words, locale }: Sheet, tour: SelectionTour): readonly { figure: string; word: string }[] {
  const pieces = tour.stops.reduce((sum, stop) => sum + stop.quantity, 0)
  const count = (of: (stop: SelectionTour['stops'][number]) => string | number): string =>
    String(new Set(tour.stops.map(of)).size)
  return [
    { figure: `${decimalText(tour.lengthMm / 1000, locale)} m`, word: words.walk },
    { figure: String(Math.ceil(tour.minutes)), word: words.minutesWord },
    { figure: String(tour.stops.length), word: words.stopsWord },
    { figure: String(pieces), word: words.pieces },
    { figure: count((stop) => stop.orderCode), word: words.orders },
    { figure: count((stop) => stop.tote), word: words.totesWord },
  ]
}

/** What is proven about the walk's length, and what it saves against the order of location codes. */
export function walkText(paper: Paper, tour: SelectionTour): string {
  const told = tellTour({ ...tour, isOptimal: tour.proof.optimal }, { locale: paper.locale })
  return `${told.proof} ${told.reason}`
}
