export { qrCode } from './qr-code.ts'

/** One printer dot at 203 dpi in points. Modules are whole dots, so that a label printer draws them sharply. */
export const dot = 72 / 203

/** A linear symbol: widths in modules, bar and space in turn, starting with a bar. */
export interface LinearSymbol {
  readonly widths: readonly number[]
  readonly modules: number
}

/** A square symbol, row by row, 1 = dark. */
export interface MatrixSymbol {
  readonly modules: number
  readonly cells: readonly number[]
}

/** Quiet zones the symbologies ask for, in modules. */
export const quietModules = { linear: 10, matrix: 4 } as const

/** Draws bars from `x, y` (snapped to the dot grid); `module` in dots, `height` in points. Quiet zones are the caller's. */
export function drawLinear(
  doc: PDFKit.PDFDocument,
  symbol: LinearSymbol,
  at: { x: number; y: number; module: number; height: number },
): void {
  let left = Math.round(at.x / dot)
  const top = Math.round(at.y / dot) * dot
  for (const [i, width] of symbol.widths.entries()) {
    if (i % 2 === 0) doc.rect(left * dot, top, width * at.module * dot, at.height)
    left += width * at.module
  }
  doc.fill('black')
}

/**
 * Draws a matrix from `x, y` (snapped to the dot grid); `module` in dots. Dark cells of a row are one rectangle, and all
 * of them go into the page as one piece of text: thousands of calls of the pen would take longer than all else on a label.
 */
export function drawMatrix(
  doc: PDFKit.PDFDocument,
  symbol: MatrixSymbol,
  at: { x: number; y: number; module: number },
): void {
  const [left, top] = [Math.round(at.x / dot), Math.round(at.y / dot)]
  const cell = at.module * dot
  const rectangles: string[] = []
  for (let row = 0; row < symbol.modules; row++) {
    const y = points(top * dot + row * cell)
    const isDark = (column: number): boolean => symbol.cells[row * symbol.modules + column] === 1
    for (let column = 0; column < symbol.modules; column++) {
      if (!isDark(column)) continue
      const from = column
      while (column < symbol.modules && isDark(column)) column++
      rectangles.push(`${points(left * dot + from * cell)} ${y} ${points((column - from) * cell)} ${points(cell)} re`)
    }
  }
  if (rectangles.length > 0) doc.addContent(rectangles.join('\n'))
  doc.fill('black')
}

/** As exact as a PDF's numbers need to be: a ten-thousandth of a point. */
const points = (value: number): number => Math.round(value * 10_000) / 10_000
