import { correctionOf } from './reed-solomon.ts'

/** Squares of a QR code, row by row; true is dark. No quiet zone: whoever draws it leaves four squares free. */
export type QrSquares = readonly (readonly boolean[])[]

/** Correction bytes per block, and blocks, of versions 1 to 40 at level M (ISO/IEC 18004, table 9). */
const correctionBytes = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
]
const blockCounts = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
]

/**
 * A text as a QR code: bytes of UTF-8, level M, the smallest version that holds it, the mask with the least penalty
 * (ISO/IEC 18004:2015). Undefined for a text of more than 2,331 bytes.
 */
export function qrCode(text: string): QrSquares | undefined {
  const bytes = new TextEncoder().encode(text)
  const version = Array.from({ length: 40 }, (_, i) => i + 1).find(
    (candidate) => bytes.length <= dataBytes(candidate) - (candidate < 10 ? 2 : 3),
  )
  if (version === undefined) return undefined
  const bits = withCorrection(version, packed(version, bytes))
  const drawn = Array.from({ length: 8 }, (_, mask) => withMask(version, bits, mask))
  const [best] = drawn.map((squares) => ({ squares, cost: penalty(squares) })).sort((a, b) => a.cost - b.cost)
  return best?.squares
}

const sizeOf = (version: number): number => 17 + 4 * version
const blocksOf = (version: number): number => blockCounts[version - 1] ?? 1
const correctionOfVersion = (version: number): number => correctionBytes[version - 1] ?? 10

/** All whole bytes that fit beside the fixed patterns. */
function wholeBytes(version: number): number {
  const align = version === 1 ? 0 : Math.floor(version / 7) + 2
  const fixed = align === 0 ? 0 : (25 * align - 10) * align - 55
  return Math.floor(((16 * version + 128) * version + 64 - fixed - (version >= 7 ? 36 : 0)) / 8)
}
const dataBytes = (version: number): number => wholeBytes(version) - blocksOf(version) * correctionOfVersion(version)

/** Mode, length, bytes, end, and the two fillers in turn. */
function packed(version: number, bytes: Uint8Array): Uint8Array {
  const bits: number[] = []
  const put = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >>> i) & 1)
  }
  put(4, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) put(byte, 8)
  const room = dataBytes(version)
  put(0, Math.min(4, room * 8 - bits.length))
  while (bits.length % 8 !== 0) bits.push(0)
  const data = new Uint8Array(room)
  for (let i = 0; i < bits.length; i++) data[i >> 3] = ((data[i >> 3] ?? 0) << 1) | (bits[i] ?? 0)
  for (let i = bits.length / 8, filler = 0xec; i < room; i++, filler ^= 0xec ^ 0x11) data[i] = filler
  return data
}

/** Data in blocks, each with its correction, woven: first bytes of all blocks, second bytes, and so on. */
function withCorrection(version: number, data: Uint8Array): Uint8Array {
  const [count, extra] = [blocksOf(version), correctionOfVersion(version)]
  const short = Math.floor(data.length / count)
  const shortOnes = count - (data.length % count)
  const blocks = Array.from({ length: count }, (_, i) => {
    const from = i * short + Math.max(0, i - shortOnes)
    return data.subarray(from, from + short + (i < shortOnes ? 0 : 1))
  })
  const corrections = blocks.map((block) => correctionOf(block, extra))
  const woven: number[] = []
  for (let i = 0; i <= short; i++) for (const block of blocks) if (i < block.length) woven.push(block[i] ?? 0)
  for (let i = 0; i < extra; i++) for (const correction of corrections) woven.push(correction[i] ?? 0)
  return Uint8Array.from(woven)
}

const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

type Grid = (boolean | undefined)[][]

function withMask(version: number, bytes: Uint8Array, mask: number): QrSquares {
  const grid = fixedPatterns(version)
  drawFormat(grid, mask)
  if (version >= 7) drawVersion(grid, version)
  const size = grid.length
  let bit = 0
  // Two columns at a time from the right, up and down in turn, past the column of the timing pattern.
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        const row = grid[y]
        if (row === undefined || row[x] !== undefined) continue
        const isSet = (((bytes[bit >> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1
        row[x] = isSet !== (masks[mask]?.(x, y) === 0)
        bit++
      }
    }
  }
  return grid.map((row) => row.map((square) => square === true))
}

function fixedPatterns(version: number): Grid {
  const size = sizeOf(version)
  const grid: Grid = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined))
  const put = (x: number, y: number, isDark: boolean): void => {
    const row = grid[y]
    if (row && x >= 0 && x < size) row[x] = isDark
  }
  for (let i = 0; i < size; i++) {
    put(6, i, i % 2 === 0)
    put(i, 6, i % 2 === 0)
  }
  const places = alignmentPlaces(version)
  const last = places.length - 1
  for (const [i, y] of places.entries())
    for (const [j, x] of places.entries())
      if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)))
        around(2, (dx, dy) => put(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1))
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    // prettier-ignore
    around(4, (dx, dy) => {
      const far = Math.max(Math.abs(dx), Math.abs(dy))
      put(x + dx, y + dy, far !== 2 && far !== 4)
    })
  return grid
}

function around(reach: number, visit: (dx: number, dy: number) => void): void {
  for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) visit(dx, dy)
}

function alignmentPlaces(version: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((4 * version + 4) / (2 * count - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => sizeOf(version) - 7 - (count - 2 - i) * step)]
}

/** Level M (00) and the mask, with ten bits of BCH, twice; and the one square that is always dark. */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  const put = (x: number, y: number, isDark: boolean): void => {
    const row = grid[y]
    if (row) row[x] = isDark
  }
  for (let i = 0; i < 15; i++) {
    const isDark = ((bits >>> i) & 1) === 1
    // Beside the upper left pattern, past the timing pattern; then beside the other two.
    if (i < 8) put(8, i < 6 ? i : i + 1, isDark)
    else put(i === 8 ? 7 : 14 - i, 8, isDark)
    if (i < 8) put(size - 1 - i, 8, isDark)
    else put(8, size - 15 + i, isDark)
  }
  put(8, size - 8, true)
}

function drawVersion(grid: Grid, version: number): void {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let i = 0; i < 18; i++) {
    const [a, b] = [grid.length - 11 + (i % 3), Math.floor(i / 3)]
    const isDark = ((bits >>> i) & 1) === 1
    const [row, column] = [grid[b], grid[a]]
    if (row) row[a] = isDark
    if (column) column[b] = isDark
  }
}

/** What makes a code hard to read: long runs, blocks of four, and too much of one shade (rules 1, 2 and 4). */
function penalty(squares: QrSquares): number {
  const size = squares.length
  const at = (x: number, y: number): boolean => squares[y]?.[x] === true
  let [cost, dark] = [0, 0]
  for (let a = 0; a < size; a++) {
    for (const line of [(b: number) => at(b, a), (b: number) => at(a, b)]) {
      let run = 1
      for (let b = 1; b <= size; b++) {
        if (b < size && line(b) === line(b - 1)) run++
        else {
          if (run >= 5) cost += run - 2
          run = 1
        }
      }
    }
    for (let b = 0; b < size; b++) {
      if (at(b, a)) dark++
      const isBlock = a > 0 && b > 0 && at(b, a) === at(b - 1, a) && at(b, a) === at(b, a - 1)
      if (isBlock && at(b, a) === at(b - 1, a - 1)) cost += 3
    }
  }
  return cost + 10 * Math.floor(Math.abs((20 * dark) / (size * size) - 10))
}
