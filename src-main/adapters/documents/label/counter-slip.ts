import type { CounterSlip } from '../../../ports/documents.ts'
import { code128, dot, drawLinear, quietModules, ssccSymbol } from '../pdf/barcode.ts'
import { fittedLine, mm, openPaper, paintLines, paintText, type Paper } from '../pdf/open-paper.ts'
import { weightText } from '../amounts.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { labelPoints } from './label-geometry.ts'

const margin = 3 * mm
const headHeight = 22 * mm

/**
 * What is stuck on a parcel that waits at the counter: by which code it is found and which one it is. Nobody's name and
 * no address: the customer says the code, the counter scans the number.
 */
export function writeCounterSlip(shelf: FontShelf, slip: CounterSlip): Promise<Uint8Array> {
  const size = labelPoints('100x150')
  const [width, height] = size
  const paper = openPaper({ shelf, size, title: slip.number, locale: slip.locale, issuedAt: slip.issuedAt })
  const { doc, words } = paper
  doc.rect(0, 0, width, headHeight).fill('black')
  const service = fittedLine(paper, words.services.collect, { width: width - 2 * margin, most: 34, least: 12, isBold: true }) // prettier-ignore
  paper.text.paint(
    { ...service, style: { ...service.style, colour: 'white' } },
    { x: width / 2, y: headHeight / 2 + service.style.size * 0.36, anchor: 'middle' },
  )
  const code = fittedLine(paper, slip.orderCode, { width: width - 2 * margin, most: 60, least: 18, isBold: true })
  paper.text.paint(code, { x: width / 2, y: headHeight + 66, anchor: 'middle' })
  const which = said(words.parcelOf, { letter: slip.letter, n: slip.n, m: slip.of })
  paintText(paper, which, { x: width / 2, y: headHeight + 96, size: 20, isBold: true, anchor: 'middle' })
  const facts = [said(words.gross, { g: weightText(slip.grossG, slip.locale) }), ...slip.handling.map((mark) => words.marks[mark])] // prettier-ignore
  const lines = facts.flatMap((fact) => paper.text.wrapped(fact, width - 2 * margin, { size: 12 }))
  paintLines(paper, lines, { x: margin, y: headHeight + 112, width: width - 2 * margin, anchor: 'middle' })
  paintSlipNumber(paper, slip, { width, height })
  const shop = fittedLine(paper, slip.shopName, { width: width - 2 * margin, most: 10, least: 6 })
  paper.text.paint(shop, { x: width / 2, y: height - margin - 2, anchor: 'middle' })
  return paper.finish()
}

function paintSlipNumber(paper: Paper, slip: CounterSlip, page: { width: number; height: number }): void {
  const isSscc = /^\d{18}$/.test(slip.number)
  const symbol = isSscc ? ssccSymbol(slip.number) : code128(slip.number)
  const room = Math.floor((page.width - 2 * margin) / dot)
  const module = Math.max(2, Math.min(4, Math.floor(room / (symbol.modules + 2 * quietModules.linear))))
  const top = page.height - 58 * mm
  const x = (page.width - symbol.modules * module * dot) / 2
  drawLinear(paper.doc, symbol, { x, y: top, module, height: 36 * mm })
  paintText(paper, isSscc ? `(00) ${slip.number}` : slip.number, {
    x: page.width / 2,
    y: top + 44 * mm,
    size: 13,
    isBold: true,
    anchor: 'middle',
  })
}
