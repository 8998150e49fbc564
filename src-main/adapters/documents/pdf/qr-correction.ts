/** Powers of 2 and their logarithms in GF(256) over x^8 + x^4 + x^3 + x^2 + 1, the field of QR codes. */
const power = new Uint8Array(510)
const logarithm = new Uint8Array(256)
for (let i = 0, value = 1; i < 255; i++) {
  power[i] = value
  power[i + 255] = value
  logarithm[value] = i
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0)
}

const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (power[(logarithm[a] ?? 0) + (logarithm[b] ?? 0)] ?? 0)

const generators = new Map<number, Uint8Array>()

/** Coefficients of (x - 1)(x - 2)(x - 4)... below the leading one, highest first. */
function generator(degree: number): Uint8Array {
  const known = generators.get(degree)
  if (known) return known
  let made = new Uint8Array([1])
  for (let i = 0; i < degree; i++) {
    const next = new Uint8Array(made.length + 1)
    made.forEach((coefficient, at) => {
      next[at] = (next[at] ?? 0) ^ coefficient
      next[at + 1] = (next[at + 1] ?? 0) ^ times(coefficient, power[i] ?? 0)
    })
    made = next
  }
  generators.set(degree, made.subarray(1))
  return made.subarray(1)
}

/** The Reed-Solomon codewords of a block: what is left of it, times x^count, after division by the generator. */
export function blockCorrection(data: Uint8Array, count: number): Uint8Array {
  const divisor = generator(count)
  const rest = new Uint8Array(count)
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0)
    rest.copyWithin(0, 1)
    rest[count - 1] = 0
    if (factor === 0) continue
    for (let i = 0; i < count; i++) rest[i] = (rest[i] ?? 0) ^ times(divisor[i] ?? 0, factor)
  }
  return rest
}
