/** What ISO/IEC 18004:2015 fixes for each version of a QR code at error correction level M (tables 1, 9 and annex E). */

/** Error correction codewords of one block, versions 1 to 40. */
const correctionPerBlock = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
] as const

/** Into how many blocks the codewords are dealt, versions 1 to 40. */
const blockCount = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
] as const

export interface QrLayout {
  readonly version: number
  /** Modules along a side. */
  readonly size: number
  /** Codewords in all, and of them those that hold data. */
  readonly codewords: number
  readonly dataCodewords: number
  readonly blocks: number
  readonly correction: number
  /** Centres of the alignment patterns along each axis. */
  readonly alignment: readonly number[]
}

/** @param version 1 to 40 */
export function qrLayout(version: number): QrLayout {
  const codewords = Math.floor(dataModules(version) / 8)
  const blocks = blockCount[version - 1] ?? 1
  const correction = correctionPerBlock[version - 1] ?? 0
  const dataCodewords = codewords - blocks * correction
  const size = 17 + 4 * version
  return { version, size, codewords, dataCodewords, blocks, correction, alignment: alignmentOf(version, size) }
}

/** Bytes that fit a version in byte mode: 4 bits of mode and 8 or (from version 10 on) 16 bits of length go first. */
export const qrBytes = (version: number): number => qrLayout(version).dataCodewords - (version < 10 ? 2 : 3)

/** Modules left for codewords: the square without finders, separators, timing, alignment, format and version. */
function dataModules(version: number): number {
  const size = 17 + 4 * version
  const perAxis = version === 1 ? 0 : Math.floor(version / 7) + 2
  // Three corners have a finder instead; those on the timing lines share five modules with them.
  const alignment = perAxis === 0 ? 0 : 25 * (perAxis * perAxis - 3) - 5 * 2 * (perAxis - 2)
  const versionFields = version >= 7 ? 36 : 0
  return size * size - 3 * 64 - 2 * (size - 16) - alignment - 31 - versionFields
}

function alignmentOf(version: number, size: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  // Evenly spaced in even steps from the far end; version 32 alone departs from the rule.
  const step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * (count - 1)))
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - step * (count - 2 - i))]
}
