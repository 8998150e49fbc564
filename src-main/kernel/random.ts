/** A seeded stream of numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** A whole number from 0 up to and excluding 2^32. */
  next(): number
  /** A whole number from 0 up to and excluding `limit` (1 to 2^32). */
  below(limit: number): number
  /** A number from 0 up to and excluding 1, with 32 random bits. */
  unit(): number
}

/**
 * sfc32 by Chris Doty-Humphrey (PractRand, 2010), seeded with splitmix32. Fast in V8 because
 * all of its state stays in 32-bit integers. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  const mix = (): number => {
    state = (state + 0x9e3779b9) | 0
    let t = state ^ (state >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return t ^ (t >>> 15)
  }
  let a = mix()
  let b = mix()
  let c = mix()
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return { next, below: (limit) => Math.floor((next() / 4294967296) * limit), unit: () => next() / 4294967296 }
}
