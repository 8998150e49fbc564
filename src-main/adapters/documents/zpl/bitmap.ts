import type { LinearSymbol, MatrixSymbol } from '../pdf/barcode.ts'

/** Black and white dots, row by row, eight to a byte from the left, 1 = black. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly bytesPerRow: number
  readonly bytes: Uint8Array
}

/** All white. */
export function newBitmap(width: number, height: number): Bitmap {
  const bytesPerRow = Math.ceil(width / 8)
  return { width, height, bytesPerRow, bytes: new Uint8Array(bytesPerRow * height) }
}

/** Colours dots of one row, from `from` up to and without `to`; what lies outside is left out. */
export function colour(bitmap: Bitmap, y: number, run: { from: number; to: number; isBlack: boolean }): void {
  if (y < 0 || y >= bitmap.height) return
  const end = Math.min(bitmap.width, run.to)
  for (let x = Math.max(0, run.from); x < end; x++) {
    const at = y * bitmap.bytesPerRow + (x >> 3)
    const bit = 0x80 >> (x & 7)
    bitmap.bytes[at] = run.isBlack ? (bitmap.bytes[at] ?? 0) | bit : (bitmap.bytes[at] ?? 0) & ~bit
  }
}

/** A square code with modules of so many dots, without quiet zone. */
export function matrixBitmap({ modules, cells }: MatrixSymbol, module: number): Bitmap {
  const bitmap = newBitmap(modules * module, modules * module)
  for (let y = 0; y < bitmap.height; y++) {
    const row = Math.floor(y / module) * modules
    for (let column = 0; column < modules; column++) {
      if (cells[row + column] === 1)
        colour(bitmap, y, { from: column * module, to: (column + 1) * module, isBlack: true })
    }
  }
  return bitmap
}

/** Bars with modules of so many dots. */
export function linearBitmap({ widths, modules }: LinearSymbol, module: number, height: number): Bitmap {
  const bitmap = newBitmap(modules * module, height)
  for (let y = 0; y < height; y++) {
    let from = 0
    for (const [i, width] of widths.entries()) {
      const to = from + width * module
      if (i % 2 === 0) colour(bitmap, y, { from, to, isBlack: true })
      from = to
    }
  }
  return bitmap
}

/** Colours every dot that is black in `stamp`, laid with its corner at `left, top`. */
export function stamp(bitmap: Bitmap, ink: Bitmap, at: { left: number; top: number; isBlack: boolean }): void {
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const byte = ink.bytes[y * ink.bytesPerRow + (x >> 3)] ?? 0
      if (byte & (0x80 >> (x & 7)))
        colour(bitmap, at.top + y, { from: at.left + x, to: at.left + x + 1, isBlack: at.isBlack })
    }
  }
}
