const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const valueByCode: ReadonlyMap<number, number> = new Map([...alphabet].map((sign, at) => [sign.charCodeAt(0), at]))

/** Base64 of RFC 4648, section 4, with padding. Cost: linear. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += alphabet[bits >> 18] ?? ''
    text += alphabet[(bits >> 12) & 63] ?? ''
    text += left > 1 ? (alphabet[(bits >> 6) & 63] ?? '') : '='
    text += left > 2 ? (alphabet[bits & 63] ?? '') : '='
  }
  return text
}

/** What `toBase64` wrote. Undefined for a text that is none, blanks and line ends included. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const signs = text.length - padding
  let bits = 0
  let written = 0
  for (let at = 0; at < signs; at++) {
    const value = valueByCode.get(text.charCodeAt(at))
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    const held = (at % 4) * 2
    if (held > 0) bytes[written++] = (bits >> (6 - held)) & 0xff
  }
  return bytes
}

/** A text of ASCII signs as bytes, one each: pure code knows no encoders. */
export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0x7f)

export function asciiText(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}
