import type { Recipient } from '../../../domain/recipient.ts'
import { drawHandlingMark } from '../../../drawing/index.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { weightText } from '../amounts.ts'
import { dot, drawMatrix, qrCode, quietModules } from '../pdf/barcode.ts'
import { fittedLine, heightOf, leading, paintLines, type Paper } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { Line } from '../text/typesetter.ts'
import { said } from '../words/words-for.ts'
import type { LabelJob } from './label-job.ts'
import { blockSpace, labelMargin, leastModule, mostModule, sealedBlockLimit } from './label-geometry.ts'

const markSide = 52
/** The least that people are asked to read, points. */
const leastSize = 8

/** The sealed block as a QR code, or the address where it is not sealed; piece, weight and marks beside it. */
export function paintRecipient(job: LabelJob): void {
  const { recipient } = job.parcel
  const left = 'sealed' in recipient ? paintBlock(job, recipient.sealed) : paintAddress(job, recipient.plain)
  paintSide(job, left)
}

/** Returns where the column beside it may begin, in dots. An erased recipient is an empty block: no label for nobody. */
function paintBlock({ paper, geometry, delivery, parcel }: LabelJob, block: string): number {
  if (block === '') throw new AppError('ERR_SEALED_BLOCK_INVALID', { parcelNumber: parcel.number })
  const size = delivery.carrier.labelSize
  const limit = sealedBlockLimit(size)
  const space = blockSpace(size)
  const symbol = block.length <= limit ? qrCode(block) : undefined
  if (!symbol) throw new AppError('ERR_SEALED_TOO_LONG', { parcelNumber: parcel.number, length: block.length, limit })
  const module = Math.max(leastModule, Math.min(mostModule, Math.floor(space / symbol.modules)))
  const side = symbol.modules * module
  // The label's margin is part of the quiet zone at the left; in height the symbol stands in the middle of its band.
  const top = geometry.recipientTop + Math.floor((geometry.senderTop - geometry.recipientTop - side) / 2)
  drawMatrix(paper.doc, symbol, { x: labelMargin * dot, y: top * dot, module })
  return labelMargin + Math.max(side + quietModules.matrix * module, space)
}

function paintAddress({ paper, geometry }: LabelJob, recipient: Recipient): number {
  const width = blockSpace('4x6') - 8
  const height = geometry.senderTop - geometry.recipientTop - 24
  const lines = fittingAddress(paper, recipient, { width: width * dot, height: height * dot })
  paintLines(paper, lines, { x: labelMargin * dot, y: (geometry.recipientTop + 14) * dot, width: width * dot })
  return labelMargin + width + 8
}

/** The address as large as its box allows, 8 pt at least, and below it as much of the instructions as there is room for. */
function fittingAddress(paper: Paper, recipient: Recipient, box: { width: number; height: number }): readonly Line[] {
  const reserved = recipient.instructions === undefined ? 0 : 2 * leastSize * leading
  let size = 19
  let lines = addressLines(paper, recipient, { size, width: box.width })
  while (size > leastSize && heightOf(lines) + reserved > box.height) {
    size -= 1
    lines = addressLines(paper, recipient, { size, width: box.width })
  }
  return [...lines, ...instructionLines(paper, recipient, { ...box, height: box.height - heightOf(lines) })]
}

/** Cut at the last line that fits, and then it says so by three dots. */
function instructionLines(
  paper: Paper,
  recipient: Recipient,
  room: { width: number; height: number },
): readonly Line[] {
  const style = { size: leastSize + 0.5 }
  const most = Math.max(0, Math.floor(room.height / (style.size * leading)))
  const dots = paper.text.line(' ...', style).width
  const whole = paper.text.wrapped(recipient.instructions ?? '', room.width, style)
  if (whole.length <= most) return whole
  const narrow = paper.text.wrapped(recipient.instructions ?? '', room.width - dots, style).slice(0, most)
  return narrow.map((line, i) => (i < narrow.length - 1 ? line : paper.text.line(`${textOf(line)} ...`, style)))
}

/** What a left-to-right line says; its pieces stand in reading order. */
const textOf = (line: Line): string => line.pieces.map((piece) => piece.text).join('')

function addressLines(paper: Paper, recipient: Recipient, how: { size: number; width: number }): readonly Line[] {
  const { size, width } = how
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(recipient.country) ?? recipient.country
  const place = [recipient.postcode, recipient.city, recipient.region].filter(Boolean).join(' ')
  const phone = recipient.phone === undefined ? undefined : `${paper.words.phone} ${recipient.phone}`
  const parts: readonly (readonly [string | undefined, { size: number; isBold?: boolean }])[] = [
    [recipient.name, { size, isBold: true }],
    [recipient.company, { size }],
    ...recipient.lines.map((line) => [line, { size }] as const),
    [place, { size, isBold: true }],
    [country.toUpperCase(), { size: Math.max(leastSize, size * 0.8) }],
    [phone, { size: Math.max(leastSize, size * 0.55) }],
  ]
  return parts.flatMap(([text, style]) => (text === undefined ? [] : paper.text.wrapped(text, width, style)))
}

/** Piece n of m, gross weight, handling marks as pictogram and word. */
function paintSide(job: LabelJob, left: number): void {
  const { paper, geometry, parcel } = job
  const column = { x: left * dot, width: (geometry.width - labelMargin - left) * dot }
  let y = geometry.recipientTop * dot + 25
  const share = fittedLine(paper, `${parcel.n}/${parcel.of}`, { ...column, most: 24, least: 10, isBold: true })
  paper.text.paint(share, { x: column.x, y })
  const words = said(paper.words.pieceOf, { n: parcel.n, m: parcel.of })
  y = paintLines(paper, paper.text.wrapped(words, column.width, { size: 8.5 }), { ...column, y: y + 3 })
  const weight = fittedLine(paper, weightText(parcel.grossG, paper.locale), {
    ...column,
    most: 15,
    least: 8,
    isBold: true,
  })
  paper.text.paint(weight, { x: column.x, y: y + 17 })
  y = paintMarks(job, { ...column, y: y + 24 })
  if (parcel.addressAsOf !== undefined) {
    const at = isoMinute(parcel.addressAsOf, job.delivery.shop.zone)
    const asOf = paper.text.wrapped(said(paper.words.addressAsOf, { at }), column.width, { size: 8, isBold: true })
    y = paintLines(paper, asOf, { ...column, y: y + 3 })
  }
  if ('plain' in parcel.recipient) return
  const hint = paper.text.wrapped(paper.words.sealedHint, column.width, { size: 8, colour: '#333333' })
  const top = (geometry.senderTop - 12) * dot - heightOf(hint)
  if (top >= y) paintLines(paper, hint, { ...column, y: top })
}

/** Pictograms below each other, word beside; returns the y below them. */
function paintMarks({ paper, parcel }: LabelJob, column: { x: number; y: number; width: number }): number {
  const side = markSide * dot
  const indent = (markSide + 8) * dot
  let y = column.y
  for (const mark of parcel.handling) {
    paintDrawing(paper, drawHandlingMark(mark), { x: column.x, y, scale: side / 24 })
    const words = paper.text.wrapped(paper.words.marks[mark], column.width - indent, { size: 8, isBold: true })
    const middle = y + (side - heightOf(words)) / 2
    paintLines(paper, words, { x: column.x + indent, y: middle, width: column.width - indent })
    y += Math.max(side, heightOf(words)) + 3.5
  }
  return y
}
