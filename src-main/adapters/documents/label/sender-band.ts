import type { DeliveryInformation } from '../../../domain/delivery-information.ts'
import { dot } from '../pdf/barcode.ts'
import { fittedLine, paintLines, paintText, type Paper } from '../pdf/open-paper.ts'
import type { Line } from '../text/typesetter.ts'
import { paintRule, type LabelJob } from './label-job.ts'
import { labelMargin } from './label-geometry.ts'

/** Lines of 8 pt that fit the band. */
const mostLines = 4

/** The shop as sender at the left, order code and parcel letter at the right. */
export function paintSender({ paper, geometry, delivery, parcel }: LabelJob): void {
  const { words } = paper
  const right = geometry.width - labelMargin
  const top = geometry.senderTop
  paintRule(paper, geometry, top)
  const codeWidth = 250
  const code = fittedLine(paper, parcel.orderCode + parcel.letter, {
    width: codeWidth * dot,
    most: 22,
    least: 9,
    isBold: true,
  })
  paper.text.paint(code, { x: right * dot, y: (top + 98) * dot, anchor: 'end' })
  const caption = `${words.order}, ${words.parcel}`
  paintText(paper, caption, { x: right * dot, y: (top + 30) * dot, size: 8, anchor: 'end' })
  const width = (right - labelMargin - codeWidth - 20) * dot
  const lines = senderLines(paper, delivery.shop, width)
  paintLines(paper, lines, { x: labelMargin * dot, y: (top + 6) * dot, width })
  paintRule(paper, geometry, geometry.barcodeTop)
}

/** Name and address line by line, or all run on when that takes more lines than the band has. */
function senderLines(paper: Paper, shop: DeliveryInformation['shop'], width: number): readonly Line[] {
  const name = `${paper.words.sender}: ${shop.name}`
  const byLine = [
    ...paper.text.wrapped(name, width, { size: 8, isBold: true }),
    ...shop.addressLines.flatMap((line) => paper.text.wrapped(line, width, { size: 8 })),
  ]
  if (byLine.length <= mostLines) return byLine
  return paper.text.wrapped([name, ...shop.addressLines].join(', '), width, { size: 8 }).slice(0, mostLines)
}
