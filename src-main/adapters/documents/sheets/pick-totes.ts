import type { SelectionTour } from '../../../domain/selection.ts'
import type { Line } from '../text/typesetter.ts'
import { paintTote } from './cells.ts'
import { frame, grey, heading, type Sheet } from './sheet.ts'

const perRow = 4
const toteWidth = 40
const lineHeight = 14.5

/** Totes side by side: which one takes which order's parcels. */
export function paintTotes(sheet: Sheet, tour: SelectionTour): void {
  const width = sheet.width / perRow
  const totes = ordersByTote(tour).map(([tote, orders]) => ({
    tote: String(tote),
    lines: orders.flatMap((order) => sheet.text.wrapped(order, width - toteWidth - 10, { size: 10.5, isBold: true })),
  }))
  heading(sheet, sheet.words.totes, 40)
  for (let i = 0; i < totes.length; i += perRow) {
    const row = totes.slice(i, i + perRow)
    const height = Math.max(30, ...row.map(({ lines }) => lines.length * lineHeight + 8))
    sheet.ensure(height)
    for (const [column, cell] of row.entries())
      paintCell(sheet, cell, { x: sheet.left + column * width, width, height })
    sheet.y += height
  }
}

/** `231-07 A B` for each order, by tote in rising order. */
function ordersByTote(tour: SelectionTour): readonly (readonly [number, readonly string[]])[] {
  const lettersByTote = new Map<number, Map<string, Set<string>>>()
  for (const { tote, orderCode, parcelLetter } of tour.stops) {
    const lettersByOrder = lettersByTote.get(tote) ?? new Map<string, Set<string>>()
    lettersByTote.set(tote, lettersByOrder)
    lettersByOrder.set(orderCode, (lettersByOrder.get(orderCode) ?? new Set()).add(parcelLetter))
  }
  const totes = [...lettersByTote].toSorted((a, b) => a[0] - b[0])
  return totes.map(([tote, lettersByOrder]) => [
    tote,
    [...lettersByOrder].map(([code, letters]) => `${code} ${[...letters].toSorted(byLetter).join(' ')}`),
  ])
}

/** A to Z before AA. */
const byLetter = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

function paintCell(
  sheet: Sheet,
  cell: { tote: string; lines: readonly Line[] },
  at: { x: number; width: number; height: number },
): void {
  frame(
    sheet,
    { x: at.x, y: sheet.y, width: at.width + 0.5, height: at.height + 0.5 },
    { width: 0.5, colour: grey.line },
  )
  paintTote(sheet, cell.tote, { x: at.x + 3, y: sheet.y + 4, width: toteWidth - 4, size: 15 })
  const first = sheet.y + at.height / 2 - ((cell.lines.length - 1) * lineHeight) / 2 + 3.6
  cell.lines.forEach((line, i) => sheet.text.paint(line, { x: at.x + toteWidth + 4, y: first + i * lineHeight }))
}
