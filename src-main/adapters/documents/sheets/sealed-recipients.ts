import type { SelectionInformation, SelectionTour } from '../../../domain/selection.ts'
import { dot, drawMatrix, qrCode, quietModules } from '../pdf/barcode.ts'
import { paintText } from '../pdf/open-paper.ts'
import { heading, type Sheet } from './sheet.ts'

/** As on labels: 4 dots of 203 dpi, about 0.5 mm. */
const module = 4
const gap = 14

/** With `sealing = selection`: each order's recipient under the shop's counter key, as QR codes to scan at packing. */
export function paintSealedRecipients(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const codes = new Set(tour.stops.map((stop) => stop.orderCode))
  const sealed = selection.orders.flatMap(({ code, recipient }) =>
    recipient !== undefined && codes.has(code) ? [{ code, symbol: qrCode(recipient) }] : [],
  )
  if (sealed.length === 0) return
  const largest = Math.max(...sealed.map(({ symbol }) => symbol.modules)) + 2 * quietModules.matrix
  const side = largest * module * dot
  const perRow = Math.max(1, Math.floor((sheet.width + gap) / (side + gap)))
  heading(sheet, sheet.words.sealedForCounter, side + 20)
  for (let i = 0; i < sealed.length; i += perRow) {
    sheet.ensure(side + 20)
    for (const [column, { code, symbol }] of sealed.slice(i, i + perRow).entries()) {
      const x = sheet.left + column * (side + gap)
      paintText(sheet, code, { x, y: sheet.y + 11, size: 11, isBold: true })
      const quiet = quietModules.matrix * module * dot
      drawMatrix(sheet.doc, symbol, { x: x + quiet, y: sheet.y + 16 + quiet, module })
    }
    sheet.y += side + 20
  }
}
