/** Product in GF(256) with the polynomial of QR codes, x^8 + x^4 + x^3 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((b >>> i) & 1) * a
  }
  return product
}

/** The remainder that, put after `data`, lets a reader mend half as many bytes as there are in it (Reed and Solomon, 1960). */
export function correctionOf(data: Uint8Array, length: number): Uint8Array {
  const divisor = divisorOf(length)
  const rest = new Uint8Array(length)
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0)
    rest.copyWithin(0, 1)
    rest[length - 1] = 0
    for (let i = 0; i < length; i++) rest[i] = (rest[i] ?? 0) ^ times(divisor[i] ?? 0, factor)
  }
  return rest
}

/** (x - 1)(x - 2)(x - 4)... without its first member, which is 1. */
function divisorOf(length: number): Uint8Array {
  const divisor = new Uint8Array(length)
  divisor[length - 1] = 1
  let root = 1
  for (let i = 0; i < length; i++) {
    for (let j = 0; j < length; j++) divisor[j] = times(divisor[j] ?? 0, root) ^ (divisor[j + 1] ?? 0)
    root = times(root, 2)
  }
  return divisor
}
