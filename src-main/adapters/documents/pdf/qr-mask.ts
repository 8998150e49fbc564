const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** The modules under each of the eight masks, with its format bits; the one with the fewest penalty points, the first of equals. */
export function bestMasked(cells: Uint8Array, isFixed: Uint8Array, size: number): readonly number[] {
  let best: Uint8Array | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const [index, isFlipped] of masks.entries()) {
    const masked = cells.slice()
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const at = y * size + x
        if (isFixed[at] === 0 && isFlipped(x, y)) masked[at] = (masked[at] ?? 0) ^ 1
      }
    }
    writeFormat(masked, size, index)
    const points = penalty(masked, size)
    if (points >= fewest) continue
    fewest = points
    best = masked
  }
  return Array.from(best ?? cells)
}

/** Level M (00) and the mask with ten bits of a BCH code, twice: around the first finder, and along the other two. */
function writeFormat(cells: Uint8Array, size: number, mask: number): void {
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  for (let i = 0; i < 15; i++) {
    const bit = (bits >>> i) & 1
    const [row, column] = [i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i]
    cells[row * size + 8] = bit
    cells[8 * size + column] = bit
  }
}

/** Points of ISO/IEC 18004, 7.8.3: long runs, 2 x 2 squares, what looks like a finder, and too much of one colour. */
function penalty(cells: Uint8Array, size: number): number {
  let points = 0
  for (let i = 0; i < size; i++) points += linePenalty(cells, i * size, 1, size) + linePenalty(cells, i, size, size)
  let dark = 0
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x
      const one = cells[at]
      dark += one ?? 0
      if (x === 0 || y === 0) continue
      if (one === cells[at - 1] && one === cells[at - size] && one === cells[at - size - 1]) points += 3
    }
  }
  return points + 10 * Math.floor(Math.abs(20 * dark - 10 * size * size) / (size * size))
}

const finderBefore = 0b10111010000
const finderAfter = 0b00001011101

// eslint-disable-next-line max-params -- called 2 x 8 times a row in the hottest loop: an object each time would cost
function linePenalty(cells: Uint8Array, start: number, step: number, size: number): number {
  let points = 0
  let run = 0
  let before = -1
  let window = 0
  for (let i = 0, at = start; i < size; i++, at += step) {
    const one = cells[at] ?? 0
    if (one === before) {
      run++
      points += run === 5 ? 3 : run > 5 ? 1 : 0
    } else {
      run = 1
      before = one
    }
    window = ((window << 1) | one) & 0x7ff
    if (i >= 10 && (window === finderBefore || window === finderAfter)) points += 40
  }
  return points
}
