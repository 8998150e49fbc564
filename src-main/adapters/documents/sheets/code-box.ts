import { code128, dot, drawLinear, drawMatrix, qrCode, quietModules } from '../pdf/barcode.ts'
import { paintText } from '../pdf/open-paper.ts'
import type { Sheet } from './sheet.ts'

/** Modules in dots of 203 dpi, best first: 0.375 mm, and 0.25 mm, which office printers and hand scanners still manage. */
const modules = [3, 2]
const matrixModule = 3
const barHeight = 30
/** Room beside the title; what is wider even with the small module becomes a QR code. */
const widest = 230

/**
 * A code at the right end of the header with its text below: Code 128, or a QR code when that would be too wide.
 * Returns the height it takes.
 */
export function paintCodeBox(sheet: Sheet, text: string, y: number): number {
  const right = sheet.left + sheet.width
  const linear = code128(text)
  const widthAt = (module: number): number => (linear.modules + 2 * quietModules.linear) * module * dot
  const module = modules.find((dots) => widthAt(dots) <= widest)
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
  paintText(sheet, text, { x: right, y: y + side + 14, size: 8, anchor: 'end' })
  return side + 18
}
