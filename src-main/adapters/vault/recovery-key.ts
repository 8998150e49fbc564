/** Crockford's base 32: no I, L, O, U, so that a key copied by hand from paper is read back right. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 160 random bits: as far out of reach as the keys it opens, and still only eight groups of four to type. */
export const recoveryKeyBytes = 20

/** Twenty bytes as eight groups of four signs, `7Q4M-...`. */
export function formatRecoveryKey(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const text = (bits.match(/.{5}/g) ?? []).map((five) => signs[parseInt(five, 2)]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** The bytes a typed recovery key stands for: case, spaces and dashes do not matter, O is 0, I and L are 1. */
export function parseRecoveryKey(text: string): Uint8Array | undefined {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (plain.length !== (recoveryKeyBytes * 8) / 5 || [...plain].some((sign) => !signs.includes(sign))) return undefined
  const bits = [...plain].map((sign) => signs.indexOf(sign).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => parseInt(eight, 2))
}
