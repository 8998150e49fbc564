import type { MatrixSymbol } from './barcode.ts'
import { blockCorrection } from './qr-correction.ts'
import { qrBytes, qrLayout, type QrLayout } from './qr-layout.ts'
import { bestMasked } from './qr-mask.ts'

/**
 * QR code model 2 of error correction level M, byte mode, the smallest version that holds the text, with the mask that
 * the standard's own rules like best (ISO/IEC 18004:2015). Equal text gives equal modules. Throws RangeError for more
 * than 2,331 bytes. Cost: about 3 ms for the longest block of a label.
 */
export function qrCode(text: string): MatrixSymbol {
  const bytes = new TextEncoder().encode(text)
  const layout = smallestFor(bytes.length)
  const field = newField(layout)
  placeCodewords(field, interleaved(dataCodewords(bytes, layout), layout))
  return { modules: layout.size, cells: bestMasked(field.cells, field.isFixed, layout.size) }
}

function smallestFor(length: number): QrLayout {
  for (let version = 1; version <= 40; version++) if (length <= qrBytes(version)) return qrLayout(version)
  throw new RangeError('no QR code of level M holds that much')
}

/** Mode, length, bytes, end, and the standard's padding up to the last codeword. */
function dataCodewords(bytes: Uint8Array, { version, dataCodewords: count }: QrLayout): Uint8Array {
  const out = new Uint8Array(count)
  let at = 0
  const put = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit--, at++) {
      if ((value >>> bit) & 1) out[at >>> 3] = (out[at >>> 3] ?? 0) | (0x80 >>> (at & 7))
    }
  }
  put(0b0100, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) put(byte, 8)
  const end = Math.min(count, Math.ceil((at + 4) / 8))
  for (let i = end; i < count; i++) out[i] = (i - end) % 2 === 0 ? 0xec : 0x11
  return out
}

/** Dealt into blocks, each with its correction; read out one codeword of every block in turn. */
function interleaved(data: Uint8Array, layout: QrLayout): Uint8Array {
  const { blocks, correction, codewords } = layout
  const short = Math.floor(data.length / blocks)
  const firstLong = blocks - (data.length % blocks)
  const parts: Uint8Array[] = []
  for (let i = 0, at = 0; i < blocks; i++) {
    const length = short + (i < firstLong ? 0 : 1)
    parts.push(data.subarray(at, at + length))
    at += length
  }
  const corrections = parts.map((part) => blockCorrection(part, correction))
  const out = new Uint8Array(codewords)
  let at = 0
  for (let i = 0; i <= short; i++) for (const part of parts) if (i < part.length) out[at++] = part[i] ?? 0
  for (let i = 0; i < correction; i++) for (const part of corrections) out[at++] = part[i] ?? 0
  return out
}

interface Field {
  readonly size: number
  /** Row by row, 1 = dark. */
  readonly cells: Uint8Array
  /** 1 = belongs to a pattern: no data, no mask. */
  readonly isFixed: Uint8Array
}

function newField({ version, size, alignment }: QrLayout): Field {
  const field: Field = { size, cells: new Uint8Array(size * size), isFixed: new Uint8Array(size * size) }
  for (let i = 0; i < size; i++) {
    fix(field, [i, 6], i % 2 === 0)
    fix(field, [6, i], i % 2 === 0)
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) squares(field, [x, y], 4) // prettier-ignore
  const last = size - 7
  for (const x of alignment) {
    for (const y of alignment) {
      const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)
      if (!isFinder) squares(field, [x, y], 2)
    }
  }
  // Format bits are written with the mask; their place is taken now.
  for (let i = 0; i < 9; i++) {
    fix(field, [8, i], cellAt(field, 8, i))
    fix(field, [i, 8], cellAt(field, i, 8))
  }
  for (let i = 0; i < 8; i++) {
    fix(field, [8, size - 1 - i], i === 7)
    fix(field, [size - 1 - i, 8], false)
  }
  if (version >= 7) writeVersion(field, version)
  return field
}

const cellAt = ({ cells, size }: Field, x: number, y: number): boolean => cells[y * size + x] === 1

function fix({ cells, isFixed, size }: Field, [x, y]: readonly [number, number], isDark: boolean): void {
  if (x < 0 || y < 0 || x >= size || y >= size) return
  cells[y * size + x] = isDark ? 1 : 0
  isFixed[y * size + x] = 1
}

/** Squares within squares around a centre: a finder with its separator (reach 4) or an alignment pattern (reach 2). */
function squares(field: Field, [cx, cy]: readonly [number, number], reach: 4 | 2): void {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy))
      fix(field, [cx + dx, cy + dy], reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1)
    }
  }
}

/** Six bits of version with twelve of a Golay code, in two places. */
function writeVersion(field: Field, version: number): void {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let i = 0; i < 18; i++) {
    const [far, near] = [field.size - 11 + (i % 3), Math.floor(i / 3)]
    fix(field, [far, near], ((bits >>> i) & 1) === 1)
    fix(field, [near, far], ((bits >>> i) & 1) === 1)
  }
}

/** Two columns at a time from the right, up and down in turn, past the timing column. */
function placeCodewords({ cells, isFixed, size }: Field, codewords: Uint8Array): void {
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const isUpward = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (isFixed[y * size + x] === 1 || bit >= codewords.length * 8) continue
        cells[y * size + x] = ((codewords[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1
        bit++
      }
    }
  }
}
