import encodeQR from 'qr'
import type { MatrixSymbol } from './barcode.ts'

/** Bytes that a QR code of version 1 to 40 holds at level M in byte mode (ISO/IEC 18004:2024, table 7). */
const bytesOfVersion = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]

/** How much fits into a version from 1 to 40. */
export const qrBytes = (version: number): number => bytesOfVersion[version - 1] ?? 0

/** The package draws a white border of at least one module; whoever places the symbol keeps the quiet zone. */
const border = 1

/**
 * QR code model 2 of level M, byte mode, the smallest version that holds the text. Equal text gives equal modules.
 * Throws RangeError for more than 2,331 bytes. Cost: about 1 ms for the longest block of a label.
 */
export function qrCode(text: string): MatrixSymbol {
  if (new TextEncoder().encode(text).length > qrBytes(40)) throw new RangeError('no QR code of level M holds that much')
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border })
  const cells = rows.slice(border, -border).flatMap((row) => row.slice(border, -border).map(Number))
  return { modules: rows.length - 2 * border, cells }
}
