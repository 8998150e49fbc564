/** Longest word that is compared sign by sign: one bit of a machine word each. */
export const longestCompared = 31

/** Where each sign stands in the word looked for, as bits; by UTF-16 unit. */
const positions = new Int32Array(65_536)

/**
 * Compares one word with many: insertions, deletions, replacements and swaps of neighbours each count one (optimal
 * string alignment). Bit-parallel after Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and Damerau
 * edit distances"; one pass gives the distance to the whole word and to its best beginning. Words longer than
 * `longestCompared` are cut. Cost O(length of the other), no allocation but the answer.
 */
export function withComparison<Result>(word: string, use: (nearnessOf: (other: string) => number) => Result): Result {
  const length = Math.min(word.length, longestCompared)
  for (let i = 0; i < length; i++) positions[word.charCodeAt(i)] = (positions[word.charCodeAt(i)] ?? 0) | (1 << i)
  try {
    return use((other) => packedDistance(length, other))
  } finally {
    for (let i = 0; i < length; i++) positions[word.charCodeAt(i)] = 0
  }
}

/** Distances above this are not told apart. */
const most = 255

export const wholeOf = (packed: number): number => packed & most
export const beginningOf = (packed: number): number => packed >> 8

/** The distance to the whole in the low eight bits, to the best beginning above. */
function packedDistance(length: number, other: string): number {
  const lastBit = 1 << (length - 1)
  let up = -1
  let down = 0
  let diagonal = 0
  let before = 0
  let distance = length
  let least = length
  const end = Math.min(other.length, most - length)
  for (let j = 0; j < end; j++) {
    const match = positions[other.charCodeAt(j)] ?? 0
    diagonal = (((~diagonal & match) << 1) & before) | (((match & up) + up) ^ up) | match | down
    const right = down | ~(diagonal | up)
    const left = diagonal & up
    if (right & lastBit) distance++
    if (left & lastBit) distance--
    if (distance < least) least = distance
    const shifted = (right << 1) | 1
    up = (left << 1) | ~(diagonal | shifted)
    down = shifted & diagonal
    before = match
  }
  return (least << 8) | distance
}

/** Mistakes between two words; see `withComparison`. */
export const editDistance = (a: string, b: string): number =>
  a.length === 0 ? b.length : withComparison(a, (nearnessOf) => wholeOf(nearnessOf(b)))
