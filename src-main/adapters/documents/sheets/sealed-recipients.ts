import type { SelectionInformation, SelectionTour } from '../../../domain/selection.ts'
import { dot, drawMatrix, qrCode, quietModules, type MatrixSymbol } from '../pdf/barcode.ts'
import { paintLines, paintText } from '../pdf/open-paper.ts'
import { heading, type Sheet } from './sheet.ts'

/** As on labels: 4 dots of 203 dpi, about 0.5 mm. */
const module = 4
const gap = 14
/** Bytes that the largest QR code of level M holds (ISO/IEC 18004:2015, table 7). */
const mostSigns = 2331

interface SealedRecipient {
  readonly code: string
  readonly symbol: MatrixSymbol | undefined
}

/**
 * With `sealing = selection`: each order's recipient under the shop's counter key, as QR codes to scan at packing.
 * What no code can hold is named, so that the packer opens it from the wave instead.
 */
export function paintSealedRecipients(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const codes = new Set(tour.stops.map((stop) => stop.orderCode))
  const sealed = selection.orders.flatMap(({ code, recipient }): SealedRecipient[] => {
    if (recipient === undefined || !codes.has(code)) return []
    return [{ code, symbol: recipient.length <= mostSigns ? qrCode(recipient) : undefined }]
  })
  if (sealed.length === 0) return
  const largest = Math.max(40, ...sealed.map(({ symbol }) => symbol?.modules ?? 0)) + 2 * quietModules.matrix
  const side = largest * module * dot
  const perRow = Math.max(1, Math.floor((sheet.width + gap) / (side + gap)))
  heading(sheet, sheet.words.sealedForCounter, side + 20)
  for (let i = 0; i < sealed.length; i += perRow) {
    sheet.ensure(side + 20)
    for (const [column, one] of sealed.slice(i, i + perRow).entries()) {
      paintSealed(sheet, one, { x: sheet.left + column * (side + gap), width: side })
    }
    sheet.y += side + 20
  }
}

function paintSealed(sheet: Sheet, { code, symbol }: SealedRecipient, at: { x: number; width: number }): void {
  paintText(sheet, code, { x: at.x, y: sheet.y + 11, size: 11, isBold: true })
  const quiet = quietModules.matrix * module * dot
  if (symbol) return drawMatrix(sheet.doc, symbol, { x: at.x + quiet, y: sheet.y + 16 + quiet, module })
  paintLines(sheet, sheet.text.wrapped(sheet.words.sealedTooLong, at.width, { size: 9 }), { ...at, y: sheet.y + 20 })
}
