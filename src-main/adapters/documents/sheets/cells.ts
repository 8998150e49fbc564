import type { HandlingMark } from '../../../domain/catalogue.ts'
import { drawHandlingMark } from '../../../drawing/index.ts'
import { fittedLine, fittedLines, heightOf, paintLines, paintText, type Paper } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { Line } from '../text/typesetter.ts'
import { frame, grey, type Sheet } from './sheet.ts'

/** A cell that draws itself into a box whose height is at least its own. */
export interface DrawnCell {
  readonly height: number
  paint(box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void
}

const tickSide = 12
/** Capital letters and figures stand this share of their size above the baseline. */
const capHeight = 0.714

/** An empty box to tick. */
export const tickCell = (sheet: Sheet): DrawnCell => ({
  height: tickSide,
  paint: ({ x, y, height }) =>
    frame(sheet, { x: x + 1, y: y + (height - tickSide) / 2, width: tickSide, height: tickSide }, { width: 1.1 }),
})

/** How many: one is a plain figure, more stand in a thick frame, so that two are never taken for one. */
export function quantityCell(sheet: Sheet, quantity: number, size: number): DrawnCell {
  const height = size * 1.45
  return {
    height,
    paint: (box) => {
      const line = fittedLine(sheet, String(quantity), { width: box.width - 9, most: size, least: 6, isBold: true })
      const middle = box.y + box.height / 2
      const baseline = middle + (line.style.size * capHeight) / 2
      sheet.text.paint(line, { x: box.x + box.width / 2, y: baseline, anchor: 'middle' })
      if (quantity < 2) return
      const width = Math.max(line.width + 9, height)
      const x = box.x + (box.width - width) / 2
      frame(sheet, { x, y: middle - height / 2, width, height }, { width: 1.8 })
    },
  }
}

/** A tote's number in the shape of a tote: wide at the top. */
export const toteCell = (sheet: Sheet, tote: number | string, size: number): DrawnCell => ({
  height: size * 1.5,
  paint: (box) => paintTote(sheet, String(tote), { ...box, y: box.y + (box.height - size * 1.5) / 2, size }),
})

/** Paints a tote with its number, centred between `x` and `x + width`; returns nothing below `y + size * 1.5`. */
export function paintTote(sheet: Sheet, text: string, at: { x: number; y: number; width: number; size: number }): void {
  const line = fittedLine(sheet, text, { width: at.width - 12, most: at.size, least: 6, isBold: true })
  const half = Math.min(at.width / 2, Math.max(line.width / 2 + 6, at.size * 0.85))
  const [middle, height] = [at.x + at.width / 2, at.size * 1.5]
  sheet.doc
    .moveTo(middle - half, at.y + 0.7)
    .lineTo(middle + half, at.y + 0.7)
    .lineTo(middle + half - 3, at.y + height - 0.7)
    .lineTo(middle - half + 3, at.y + height - 0.7)
    .closePath()
    .lineWidth(1.4)
    .undash()
    .lineJoin('round')
    .stroke('black')
  const baseline = at.y + height / 2 + (line.style.size * capHeight) / 2
  sheet.text.paint(line, { x: middle, y: baseline, anchor: 'middle' })
}

/** Pictograms side by side, each with its word: nothing rests on a picture alone. */
export function marksCell(sheet: Sheet, marks: readonly HandlingMark[], width: number): DrawnCell {
  const rows = markRows(sheet, marks, width)
  return {
    height: rows.length * markHeight,
    paint: ({ x, y, height }) => {
      const top = y + (height - rows.length * markHeight) / 2
      rows.forEach((row, i) => paintMarkRow(sheet, row, { x, y: top + i * markHeight }))
    },
  }
}

/** Lines of text with something drawn below them. */
export function stackedCell(paper: Paper, lines: readonly Line[], below: DrawnCell): DrawnCell {
  const height = heightOf(lines) + below.height
  return {
    height,
    paint: (box) => {
      const y = paintLines(paper, lines, { x: box.x, y: box.y + (box.height - height) / 2, width: box.width })
      below.paint({ ...box, y, height: below.height })
    },
  }
}

const markHeight = 13
const markSide = 11

interface MarkRow {
  readonly marks: { mark: HandlingMark; line: ReturnType<Sheet['text']['line']> }[]
  width: number
}

function markRows(sheet: Sheet, marks: readonly HandlingMark[], width: number): readonly MarkRow[] {
  const rows: MarkRow[] = []
  for (const mark of marks) {
    const line = sheet.text.line(sheet.words.marks[mark], { size: 8, isBold: true })
    const needed = markSide + 3 + line.width + 9
    const last = rows.at(-1)
    if (last && last.width + needed - 9 <= width) {
      last.marks.push({ mark, line })
      last.width += needed
    } else rows.push({ marks: [{ mark, line }], width: needed })
  }
  return rows
}

function paintMarkRow(sheet: Sheet, row: MarkRow, at: { x: number; y: number }): void {
  let { x } = at
  for (const { mark, line } of row.marks) {
    paintDrawing(sheet, drawHandlingMark(mark), { x, y: at.y + 1, scale: markSide / 24 })
    sheet.text.paint(line, { x: x + markSide + 3, y: at.y + 9.5 })
    x += markSide + 3 + line.width + 9
  }
}

/** Figures side by side over the whole width, each above its word: what someone wants to know before anything else. */
export function paintFigures(sheet: Sheet, figures: readonly { figure: string; word: string }[]): void {
  const width = sheet.width / figures.length
  for (const [i, { figure, word }] of figures.entries()) {
    const x = sheet.left + i * width
    const line = fittedLine(sheet, figure, { width: width - 14, most: 19, least: 8, isBold: true })
    sheet.text.paint(line, { x: x + (i === 0 ? 0 : 9), y: sheet.y + 20 })
    const below = fittedLine(sheet, word, { width: width - 14, most: 8, least: 5 })
    sheet.text.paint({ ...below, style: { ...below.style, colour: grey.text } }, { x: x + (i === 0 ? 0 : 9), y: sheet.y + 31 }) // prettier-ignore
    if (i === 0) continue
    sheet.doc
      .moveTo(x, sheet.y + 4)
      .lineTo(x, sheet.y + 33)
      .lineWidth(0.5)
      .undash()
      .stroke(grey.line)
  }
  sheet.y += 38
}

/** A title as large as fits, a long one in two small lines; returns the baseline of the last. */
export function paintTitle(sheet: Sheet, text: string, at: { y: number; width: number; most: number }): number {
  const lines = fittedLines(sheet, text, { width: at.width, most: at.most, least: 7, isBold: true }).slice(0, 2)
  let { y } = at
  for (const [i, line] of lines.entries()) {
    if (i > 0) y += line.style.size * 1.3
    sheet.text.paint(line, { x: sheet.left, y })
  }
  return y
}

/** A paragraph of ours over the whole width. */
export function paintSentence(sheet: Sheet, text: string, style: { size: number; isBold?: boolean }): void {
  for (const line of sheet.text.wrapped(text, sheet.width, style)) {
    sheet.text.paint(line, { x: sheet.left, y: sheet.y + style.size })
    sheet.y += style.size * 1.32
  }
}

/** Small grey words, one line. */
export function paintSmall(
  sheet: Sheet,
  text: string,
  at: { x: number; y: number; anchor?: 'start' | 'middle' | 'end' },
): void {
  paintText(sheet, text, { ...at, size: 8, colour: grey.text })
}
