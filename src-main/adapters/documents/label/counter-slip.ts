import type { CounterSlip } from '../../../ports/documents.ts'
import { weightText } from '../amounts.ts'
import { dot } from '../pdf/barcode.ts'
import { cutLines } from '../pdf/cut-lines.ts'
import { fittedLine, heightOf, openPaper, paintLines, paintText, type Paper } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { labelGeometry, labelMargin, labelPoints } from './label-geometry.ts'
import { pdfPen, type LabelPen } from './label-pen.ts'
import { moduleFor, numberCode } from './parcel-number.ts'

const size = '100x150'
/** Heights in dots: the black head, and from the bars' top to the slip's end. */
const headHeight = 176
const barsHeight = 288
const footHeight = 464

/**
 * What is stuck on a parcel that waits at the counter: by which code it is found and which one it is. Nobody's name and
 * no address: the customer says the code, the counter scans the number.
 */
export function writeCounterSlip(shelf: FontShelf, slip: CounterSlip): Promise<Uint8Array> {
  const paper = openPaper({ shelf, size: labelPoints(size), title: slip.number, locale: slip.locale, issuedAt: slip.issuedAt }) // prettier-ignore
  drawCounterSlip({ paper, pen: pdfPen(paper) }, slip)
  return paper.finish()
}

function drawCounterSlip({ paper, pen }: { paper: Paper; pen: LabelPen }, slip: CounterSlip): void {
  const { words } = paper
  const geometry = labelGeometry(size)
  const width = (geometry.width - 2 * labelMargin) * dot
  const x = (geometry.width / 2) * dot
  pen.fill({
    x: labelMargin,
    y: labelMargin,
    width: geometry.width - 2 * labelMargin,
    height: headHeight - labelMargin,
  })
  const service = fittedLine(paper, words.services.collect, { width: width - 24, most: 34, least: 12, isBold: true })
  paper.text.paint(
    { ...service, style: { ...service.style, colour: 'white' } },
    { x, y: ((labelMargin + headHeight) / 2) * dot + service.style.size * 0.36, anchor: 'middle' },
  )
  const top = headHeight * dot
  const code = fittedLine(paper, slip.orderCode, { width, most: 60, least: 18, isBold: true })
  paper.text.paint(code, { x, y: top + 66, anchor: 'middle' })
  const which = said(words.parcelOf, { letter: slip.letter, n: slip.n, m: slip.of })
  paintText(paper, which, { x, y: top + 96, size: 20, isBold: true, anchor: 'middle' })
  paintFacts(paper, slip, { y: top + 106, bottom: (geometry.height - footHeight) * dot, width })
  paintSlipNumber({ paper, pen }, slip)
  const shop = fittedLine(paper, slip.shopName, { width, most: 10, least: 8 })
  const [line] = shop.width <= width ? [shop] : cutLines(paper, slip.shopName, { size: 8, width, most: 1 })
  if (line) paper.text.paint(line, { x, y: geometry.bottom * dot - 2, anchor: 'middle' })
}

/** Weight, and below it the handling marks in one run of words, as large as there is room for. */
function paintFacts(paper: Paper, slip: CounterSlip, room: { y: number; bottom: number; width: number }): void {
  const marks = slip.handling.map((mark) => paper.words.marks[mark]).join(' · ')
  const gross = said(paper.words.gross, { g: weightText(slip.grossG, slip.locale) })
  for (const points of [14, 12, 10, 8]) {
    const lines = [gross, marks].flatMap((fact) => paper.text.wrapped(fact, room.width, { size: points }))
    if (points > 8 && room.y + heightOf(lines) > room.bottom) continue
    paintLines(paper, lines, { x: labelMargin * dot, y: room.y, width: room.width, anchor: 'middle' })
    return
  }
}

function paintSlipNumber({ paper, pen }: { paper: Paper; pen: LabelPen }, slip: CounterSlip): void {
  const geometry = labelGeometry(size)
  const { symbol, text } = numberCode(slip.number)
  const module = moduleFor(symbol, geometry.width - 2 * labelMargin)
  const width = symbol.modules * module
  const y = geometry.height - footHeight
  pen.linear(
    { symbol, text: slip.number, module },
    { x: Math.floor((geometry.width - width) / 2), y, width, height: barsHeight },
  )
  const at = { x: (geometry.width / 2) * dot, y: (y + barsHeight + 56) * dot }
  paintText(paper, text, { ...at, size: 13, isBold: true, anchor: 'middle' })
}
