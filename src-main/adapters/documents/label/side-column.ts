import { drawHandlingMark } from '../../../drawing/index.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { weightText } from '../amounts.ts'
import { dot } from '../pdf/barcode.ts'
import { fittedLine, heightOf, paintLines, type Paper } from '../pdf/open-paper.ts'
import type { Line } from '../text/typesetter.ts'
import { said } from '../words/words-for.ts'
import type { LabelJob } from './label-job.ts'
import { labelMargin } from './label-geometry.ts'

/** Side of a pictogram and space below it, dots: the first that all marks have room with. */
const markSizes = [
  { side: 52, gap: 10 },
  { side: 44, gap: 5 },
  { side: 36, gap: 1 },
] as const

interface Column {
  readonly x: number
  readonly width: number
}

/** Piece n of m, gross weight, handling marks as pictogram and word; since when the address was not asked for. */
export function paintSide(job: LabelJob, left: number): void {
  const { paper, geometry, parcel } = job
  const column = { x: left * dot, width: (geometry.width - labelMargin - left) * dot }
  const bottom = (geometry.senderTop - 8) * dot
  const top = paintShare(job, column)
  const notes = [...asOfLines(job, column), ...offLines(job, column)]
  const y = paintMarks(job, { ...column, y: top, bottom: bottom - heightOf(notes) })
  paintLines(paper, notes, { ...column, y })
  if ('plain' in parcel.recipient) return
  const hint = paper.text.wrapped(paper.words.sealedHint, column.width, { size: 8 })
  const hintTop = bottom - heightOf(hint)
  if (hintTop >= y + heightOf(notes)) paintLines(paper, hint, { ...column, y: hintTop })
}

function paintShare({ paper, geometry, parcel }: LabelJob, column: Column): number {
  let y = geometry.recipientTop * dot + 25
  const share = fittedLine(paper, `${parcel.n}/${parcel.of}`, { ...column, most: 24, least: 10, isBold: true })
  paper.text.paint(share, { x: column.x, y })
  const words = said(paper.words.pieceOf, { n: parcel.n, m: parcel.of })
  y = paintLines(paper, paper.text.wrapped(words, column.width, { size: 8.5 }), { ...column, y: y + 3 })
  const weight = weightText(parcel.grossG, paper.locale)
  const gross = fittedLine(paper, weight, { ...column, most: 15, least: 8, isBold: true })
  paper.text.paint(gross, { x: column.x, y: y + 17 })
  return y + 24
}

function asOfLines({ paper, delivery, parcel }: LabelJob, column: Column): readonly Line[] {
  if (parcel.addressAsOf === undefined) return []
  // Hyphens at which no line breaks: a date is read as one.
  const at = isoMinute(parcel.addressAsOf, delivery.shop.zone).replaceAll('-', '\u2011')
  return paper.text.wrapped(said(paper.words.addressAsOf, { at }), column.width, { size: 8, isBold: true })
}

/** Where the shop has switched sealing off, every label of the run says so. */
const offLines = ({ paper, delivery }: LabelJob, column: Column): readonly Line[] =>
  delivery.sealing === 'off'
    ? paper.text.wrapped(paper.words.labelNotSealed, column.width, { size: 8, isBold: true })
    : []

/** Pictograms below each other, word beside; returns the y below them. */
function paintMarks({ paper, pen, parcel }: LabelJob, room: Column & { y: number; bottom: number }): number {
  const rowsBySize = markSizes.map((size) => ({
    ...size,
    rows: parcel.handling.map((mark) => ({ mark, words: markWords(paper, paper.words.marks[mark], room, size.side) })),
  }))
  const heightWith = ({ side, gap, rows }: (typeof rowsBySize)[number]): number =>
    rows.reduce((sum, { words }) => sum + Math.max(side * dot, heightOf(words)) + gap * dot, 0)
  const fitting = rowsBySize.find((size) => room.y + heightWith(size) <= room.bottom) ?? rowsBySize.at(-1)
  let y = room.y
  for (const { mark, words } of fitting?.rows ?? []) {
    const side = fitting?.side ?? 0
    const height = Math.max(side * dot, heightOf(words))
    const box = { x: room.x / dot, y: (y + (height - side * dot) / 2) / dot, width: side, height: side }
    pen.drawing(drawHandlingMark(mark), box)
    const indent = (side + 8) * dot
    const middle = y + (height - heightOf(words)) / 2
    paintLines(paper, words, { x: room.x + indent, y: middle, width: room.width - indent })
    y += height + (fitting?.gap ?? 0) * dot
  }
  return y
}

// eslint-disable-next-line max-params -- which words, and the room beside a pictogram of that side
const markWords = (paper: Paper, words: string, { width }: Column, side: number): readonly Line[] =>
  paper.text.wrapped(words, width - (side + 8) * dot, { size: 8, isBold: true })
