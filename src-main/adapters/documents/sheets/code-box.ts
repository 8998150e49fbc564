import { dot, drawLinear, drawMatrix, qrCode, quietModules } from '../pdf/barcode.ts'
import { code128 } from '../pdf/code-128.ts'
import { fittedLine, paintText } from '../pdf/open-paper.ts'
import type { Sheet } from './sheet.ts'

/** Modules in dots of 203 dpi, best first: 0.375 mm, and 0.25 mm, which office printers and hand scanners still manage. */
const modules = [3, 2]
const matrixModule = 3
const barHeight = 30
/** Room beside the title; what is wider even with the small module becomes a QR code. */
export const widestCode = 230

/**
 * A code at the right end of the header with its text below: Code 128, or a QR code when that would be too wide.
 * Returns the height it takes.
 */
export function paintCodeBox(sheet: Sheet, text: string, y: number): number {
  const right = sheet.left + sheet.width
  const linear = code128(text)
  const widthAt = (module: number): number => (linear.modules + 2 * quietModules.linear) * module * dot
  const module = modules.find((dots) => widthAt(dots) <= widestCode)
  if (module !== undefined) {
    const x = right - widthAt(module) + quietModules.linear * module * dot
    const middle = x + (linear.modules * module * dot) / 2
    drawLinear(sheet.doc, linear, { x, y, module, height: barHeight })
    paintText(sheet, text, { x: middle, y: y + barHeight + 10, size: 8, anchor: 'middle' })
    return barHeight + 14
  }
  const matrix = qrCode(text)
  const side = matrix.modules * matrixModule * dot
  drawMatrix(sheet.doc, matrix, { x: right - side - 8, y, module: matrixModule })
  sheet.text.paint(fittedLine(sheet, text, { width: widestCode, most: 8, least: 5 }), { x: right, y: y + side + 14, anchor: 'end' }) // prettier-ignore
  return side + 18
}

/**
 * A short code as bars of 0.25 mm with their right end at `right`, quiet zone included, no text; left out where it
 * would be wider than `most`. Returns the width it takes.
 */
export function paintSmallCode(
  sheet: Sheet,
  text: string,
  at: { right: number; y: number; height: number; most: number },
): number {
  // prettier-ignore
  const linear = code128(text)
  const quiet = quietModules.linear * 2 * dot
  const width = linear.modules * 2 * dot + 2 * quiet
  if (width > at.most) return 0
  drawLinear(sheet.doc, linear, { x: at.right - width + quiet, y: at.y, module: 2, height: at.height })
  return width
}
