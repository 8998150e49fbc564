import type { Bitmap } from './bitmap.ts'

/**
 * A bitmap as the ZPL command `^GFA` in the compressed hex that every such printer reads: a letter before a figure says
 * how often it comes (G to Y once to 19 times, g to z 20 to 400 times), a colon repeats the row before.
 */
export function graphicField({ height, bytesPerRow, bytes }: Bitmap): string {
  const rows: string[] = []
  let before = ''
  for (let y = 0; y < height; y++) {
    const row = hexOf(bytes.subarray(y * bytesPerRow, (y + 1) * bytesPerRow))
    rows.push(row === before ? ':' : compressed(row))
    before = row
  }
  const total = bytesPerRow * height
  return `^GFA,${total},${total},${bytesPerRow},${rows.join('')}`
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')

const compressed = (row: string): string =>
  row.replace(/(.)\1{2,}/g, (run: string, figure: string) => counts(run.length) + figure)

function counts(length: number): string {
  let text = ''
  for (let left = length; left > 0;) {
    const scores = Math.min(20, Math.floor(left / 20))
    if (scores > 0) text += String.fromCharCode(0x66 + scores)
    else text += String.fromCharCode(0x46 + left)
    left -= scores > 0 ? scores * 20 : left
  }
  return text
}
