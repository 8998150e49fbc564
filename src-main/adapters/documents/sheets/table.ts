import { heightOf, paintLines, paintText } from '../pdf/open-paper.ts'
import type { Line, TextStyle } from '../text/typesetter.ts'
import { rule, sheetMargin, tickBox, type Sheet } from './sheet.ts'

/** A column; `width` is its share of what the sheet leaves, in points. */
export interface Column {
  readonly head: string
  readonly width: number
  readonly anchor?: 'start' | 'middle' | 'end' | undefined
}

/** Paragraphs set below each other in one cell, or a box to tick. */
export type Cell = readonly (TextStyle & { readonly text: string })[] | 'tick'

const headSize = 8
const headHeight = 14
const gap = 6
const padding = 3
const tickSide = 11

/**
 * A table that flows over pages. Rows stay whole (a row higher than a page is cut between its lines), the head is
 * repeated on each page, a row is at least `leastHeight` high.
 */
export function paintTable(
  sheet: Sheet,
  columns: readonly Column[],
  body: { rows: readonly (readonly Cell[])[]; leastHeight: number },
): void {
  const set = body.rows.map((cells) => setRow(sheet, columns, { cells, leastHeight: body.leastHeight }))
  sheet.ensure(headHeight + (set[0]?.height ?? 0))
  paintHead(sheet, columns)
  for (const row of set) {
    if (row.height <= fullPage(sheet)) {
      if (sheet.ensure(row.height)) paintHead(sheet, columns)
      paintRow(sheet, columns, row)
    } else paintTallRow(sheet, columns, row)
  }
}

interface SetRow {
  readonly cells: readonly (readonly Line[] | 'tick')[]
  readonly height: number
}

function setRow(
  sheet: Sheet,
  columns: readonly Column[],
  row: { cells: readonly Cell[]; leastHeight: number },
): SetRow {
  const cells = row.cells.map((cell, i) => {
    if (cell === 'tick') return cell
    return cell.flatMap((part) => sheet.text.wrapped(part.text, (columns[i]?.width ?? 50) - gap, part))
  })
  const heights = cells.map((cell) => (cell === 'tick' ? tickSide : heightOf(cell)))
  return { cells, height: Math.max(row.leastHeight, ...heights) + 2 * padding }
}

/** Points for rows on a page that holds nothing else. */
function fullPage(sheet: Sheet): number {
  return sheet.room() + sheet.y - sheetMargin - headHeight
}

function paintHead(sheet: Sheet, columns: readonly Column[]): void {
  forEachColumn(sheet, columns, (column, x) => {
    const at = { y: sheet.y + 9, size: headSize, colour: '#555555', anchor: column.anchor, x: anchored(column, x) }
    if (column.head !== '') paintText(sheet, column.head, at)
  })
  sheet.y += headHeight
  rule(sheet, sheet.y - 1, { width: 0.9 })
}

function paintRow(sheet: Sheet, columns: readonly Column[], row: SetRow): void {
  forEachColumn(sheet, columns, (column, x, i) => {
    const cell = row.cells[i]
    if (cell === 'tick') tickBox(sheet, { x: x + 1, y: sheet.y + (row.height - tickSide) / 2, side: tickSide })
    else if (cell) {
      const y = sheet.y + (row.height - heightOf(cell)) / 2
      const width = column.width - gap
      paintLines(sheet, cell, { x, y, width, ...(column.anchor ? { anchor: column.anchor } : {}) })
    }
  })
  sheet.y += row.height
  rule(sheet, sheet.y, { width: 0.4, colour: '#999999' })
}

/** Cuts the cells of a row between lines, page by page; what stands beside the long cell stays at the first part. */
function paintTallRow(sheet: Sheet, columns: readonly Column[], row: SetRow): void {
  let rest = row.cells
  while (rest.some((cell) => cell.length > 0)) {
    const room = sheet.room() - 2 * padding
    const parts = rest.map((cell) => (cell === 'tick' ? cell : fitting(cell, room)))
    const height = Math.max(tickSide, ...parts.map((cell) => (cell === 'tick' ? 0 : heightOf(cell)))) + 2 * padding
    if (parts.some((cell) => cell.length > 0)) paintRow(sheet, columns, { cells: parts, height })
    rest = rest.map((cell, i) => (cell === 'tick' ? [] : cell.slice(parts[i]?.length ?? 0)))
    if (rest.some((cell) => cell.length > 0)) {
      sheet.ensure(Infinity)
      paintHead(sheet, columns)
    }
  }
}

function fitting(lines: readonly Line[], room: number): readonly Line[] {
  let count = 0
  while (count < lines.length && heightOf(lines.slice(0, count + 1)) <= room) count++
  return lines.slice(0, count)
}

function forEachColumn(
  sheet: Sheet,
  columns: readonly Column[],
  paint: (column: Column, x: number, index: number) => void,
): void {
  let x = sheet.left
  for (const [i, column] of columns.entries()) {
    paint(column, x, i)
    x += column.width
  }
}

function anchored(column: Column, x: number): number {
  const width = column.width - gap
  return column.anchor === 'end' ? x + width : column.anchor === 'middle' ? x + width / 2 : x
}
