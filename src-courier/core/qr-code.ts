import encodeQR from 'qr'

/** Squares of a QR code, row by row; true is dark. No quiet zone: whoever draws it leaves four squares free. */
export type QrSquares = readonly (readonly boolean[])[]

/** The package draws a white border of at least one square. */
const border = 1
/** Bytes that the largest code holds at level M (ISO/IEC 18004:2024, table 7). */
const mostBytes = 2331

/** A text as a QR code: bytes of UTF-8, level M, the smallest that holds it. Undefined for more than 2,331 bytes. */
export function qrCode(text: string): QrSquares | undefined {
  if (new TextEncoder().encode(text).length > mostBytes) return undefined
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border })
  return rows.slice(border, -border).map((row) => row.slice(border, -border))
}
