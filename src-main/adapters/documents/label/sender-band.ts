import type { DeliveryInformation } from '../../../domain/delivery-information.ts'
import { dot } from '../pdf/barcode.ts'
import { cutLines } from '../pdf/cut-lines.ts'
import { fittedLine, paintLines, type Paper } from '../pdf/open-paper.ts'
import type { Line } from '../text/typesetter.ts'
import { paintRule, type LabelJob } from './label-job.ts'
import { labelMargin } from './label-geometry.ts'

/** Lines of 8 pt that fit the band. */
const mostLines = 4
/** Dots for the order's code at the right. */
const codeWidth = 250

/** The shop as sender at the left, order code and parcel letter at the right. */
export function paintSender({ paper, pen, geometry, delivery, parcel }: LabelJob): void {
  const { words } = paper
  const right = geometry.width - labelMargin
  const top = geometry.senderTop
  paintRule(pen, geometry, top)
  const room = { width: codeWidth * dot, least: 8 }
  const code = fittedLine(paper, parcel.orderCode + parcel.letter, { ...room, most: 22, isBold: true })
  paper.text.paint(code, { x: right * dot, y: (top + 98) * dot, anchor: 'end' })
  const caption = paper.text.line(`${words.order}, ${words.parcel}`, { size: 8 })
  paper.text.paint(caption, { x: right * dot, y: (top + 30) * dot, anchor: 'end' })
  const width = (right - labelMargin - codeWidth - 20) * dot
  const lines = senderLines(paper, delivery.shop, width)
  paintLines(paper, lines, { x: labelMargin * dot, y: (top + 6) * dot, width })
  paintRule(pen, geometry, geometry.barcodeTop)
}

/** Name and address line by line, or all run on when that takes more lines than the band has. */
function senderLines(paper: Paper, shop: DeliveryInformation['shop'], width: number): readonly Line[] {
  const name = `${paper.words.sender}: ${shop.name}`
  const byLine = [
    ...paper.text.wrapped(name, width, { size: 8, isBold: true }),
    ...shop.addressLines.flatMap((line) => paper.text.wrapped(line, width, { size: 8 })),
  ]
  if (byLine.length <= mostLines) return byLine
  return cutLines(paper, [name, ...shop.addressLines].join(', '), { size: 8, width, most: mostLines })
}
