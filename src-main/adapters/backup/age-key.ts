import { identityToRecipient } from 'age-encryption'

const signs = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const prefix = 'age-secret-key-'

/** 32 bytes of an X25519 private key as age writes an identity: Bech32 (BIP 173) of `AGE-SECRET-KEY-`, upper case. */
export function ageIdentity(key: Uint8Array): string {
  const bits = Array.from(key, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const fives = (bits.match(/.{1,5}/g) ?? []).map((five) => parseInt(five.padEnd(5, '0'), 2))
  const expanded = [...prefix].map((sign) => sign.charCodeAt(0))
  const checked = [...expanded.map((code) => code >> 5), 0, ...expanded.map((code) => code & 31), ...fives]
  const rest = checksum([...checked, 0, 0, 0, 0, 0, 0]) ^ 1
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (rest >>> shift) & 31)
  return `${prefix}1${[...fives, ...check].map((five) => signs[five]).join('')}`.toUpperCase()
}

export const ageRecipient = (key: Uint8Array): Promise<string> => identityToRecipient(ageIdentity(key))

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const mixed = ((sum & 0x1ffffff) << 5) ^ value
    return generators.reduce((mask, generator, bit) => ((sum >>> (25 + bit)) & 1 ? mask ^ generator : mask), mixed)
  }, 1)
}
