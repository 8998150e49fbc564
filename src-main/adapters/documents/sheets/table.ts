import { heightOf, paintLines, paintText } from '../pdf/open-paper.ts'
import type { Line, TextStyle } from '../text/typesetter.ts'
import type { DrawnCell } from './cells.ts'
import { grey, rule, type Sheet } from './sheet.ts'

/** A column; `width` is its share of what the sheet leaves, in points. */
export interface Column {
  readonly head: string
  readonly width: number
  readonly anchor?: 'start' | 'middle' | 'end' | undefined
  /** Points kept free at its end, where `gap` is too little. */
  readonly after?: number | undefined
}

/** Paragraphs set below each other in one cell, or something drawn. */
export type Cell = readonly (TextStyle & { readonly text: string })[] | DrawnCell

/** Cells side by side, or a title over the whole width that stays with the row after it. */
export type Row = readonly Cell[] | { readonly title: DrawnCell }

export interface TableBody {
  /** Rows one by one; or `blocks`. */
  readonly rows?: readonly Row[]
  /** Rows that belong together and stay on one page if any page holds them. */
  readonly blocks?: readonly (readonly Row[])[]
  readonly leastHeight: number
}

const headSize = 8
const headHeight = 14
/** Between neighbouring columns. */
export const gap = 6
const padding = 3

/**
 * A table that flows over pages. Rows stay whole (a row higher than a page is cut between its lines), blocks too, the
 * head is repeated on each page, a row is at least `leastHeight` high. The last block is not left alone on a page.
 */
export function paintTable(sheet: Sheet, columns: readonly Column[], body: TableBody): void {
  const given = body.blocks ?? (body.rows ?? []).map((row) => [row])
  const blocks = given.map((rows) => rows.map((row) => setRow(sheet, columns, { row, leastHeight: body.leastHeight })))
  const heights = blocks.map((rows) => rows.reduce((sum, row) => sum + row.height, 0))
  const full = sheet.fullHeight - headHeight
  sheet.ensure(headHeight + Math.min(full, heights[0] ?? 0))
  paintHead(sheet, columns)
  for (const [i, rows] of blocks.entries()) {
    const [height = 0, next = 0] = [heights[i], heights[i + 1]]
    const isBeforeLast = i === blocks.length - 2 && height + next <= full
    if (height <= full && sheet.ensure(isBeforeLast ? height + next : height)) paintHead(sheet, columns)
    for (const row of rows) placeRow(sheet, columns, row)
  }
}

/** Where a block is higher than a page its rows go on by themselves. */
function placeRow(sheet: Sheet, columns: readonly Column[], row: SetRow): void {
  if (row.height > sheet.fullHeight - headHeight) return paintTallRow(sheet, columns, row)
  if (sheet.ensure(row.height)) paintHead(sheet, columns)
  paintRow(sheet, columns, row)
}

const innerWidth = ({ width, after }: Column): number => width - (after ?? gap)

type SetCell = readonly Line[] | DrawnCell

interface SetRow {
  readonly cells: readonly SetCell[]
  readonly title?: DrawnCell
  readonly height: number
}

const isDrawn = (cell: Cell | SetCell): cell is DrawnCell => 'paint' in cell
const heightOfCell = (cell: SetCell): number => (isDrawn(cell) ? cell.height : heightOf(cell))

function setRow(sheet: Sheet, columns: readonly Column[], given: { row: Row; leastHeight: number }): SetRow {
  const { row, leastHeight } = given
  if ('title' in row) return { cells: [], title: row.title, height: row.title.height }
  const cells = row.map((cell, i): SetCell => {
    if (isDrawn(cell)) return cell
    return cell.flatMap((part) =>
      sheet.text.wrapped(part.text, innerWidth(columns[i] ?? { head: '', width: 50 }), part),
    )
  })
  return { cells, height: Math.max(leastHeight, ...cells.map(heightOfCell)) + 2 * padding }
}

function paintHead(sheet: Sheet, columns: readonly Column[]): void {
  forEachColumn(sheet, columns, (column, x) => {
    const at = { y: sheet.y + 9, size: headSize, colour: grey.text, anchor: column.anchor, x: anchored(column, x) }
    if (column.head !== '') paintText(sheet, column.head, at)
  })
  sheet.y += headHeight
  rule(sheet, sheet.y - 1, { width: 0.9 })
}

function paintRow(sheet: Sheet, columns: readonly Column[], row: SetRow): void {
  row.title?.paint({ x: sheet.left, y: sheet.y, width: sheet.width, height: row.height })
  forEachColumn(sheet, columns, (column, x, i) => {
    const cell = row.cells[i]
    if (!cell) return
    const width = innerWidth(column)
    if (isDrawn(cell)) return cell.paint({ x, y: sheet.y, width, height: row.height })
    const y = sheet.y + (row.height - heightOf(cell)) / 2
    paintLines(sheet, cell, { x, y, width, ...(column.anchor ? { anchor: column.anchor } : {}) })
  })
  sheet.y += row.height
  rule(sheet, sheet.y, { width: 0.4, colour: grey.line })
}

/** Cuts the cells of a row between lines, page by page; what stands beside the long cell stays at the first part. */
function paintTallRow(sheet: Sheet, columns: readonly Column[], row: SetRow): void {
  let rest = row.cells
  while (rest.some((cell) => isDrawn(cell) || cell.length > 0)) {
    const room = sheet.room() - 2 * padding
    const parts = rest.map((cell) => (isDrawn(cell) ? cell : fitting(cell, room)))
    const height = Math.max(...parts.map(heightOfCell)) + 2 * padding
    if (parts.some((cell) => isDrawn(cell) || cell.length > 0)) paintRow(sheet, columns, { cells: parts, height })
    rest = rest.map((cell, i) => {
      const part = parts[i]
      return isDrawn(cell) || !part || isDrawn(part) ? [] : cell.slice(part.length)
    })
    if (rest.some((cell) => !isDrawn(cell) && cell.length > 0)) {
      sheet.turn()
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
  const width = innerWidth(column)
  return column.anchor === 'end' ? x + width : column.anchor === 'middle' ? x + width / 2 : x
}
