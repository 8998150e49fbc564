/** UTF-8 of a text; half of a surrogate pair becomes U+FFFD, as in TextEncoder, which pure code does not have. Cost: linear. */
export function utf8Bytes(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.toWellFormed())
  const bytes = new Uint8Array(escaped.length)
  let length = 0
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped[at] === '%'
    bytes[length++] = isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at)
    if (isEscape) at += 2
  }
  return bytes.slice(0, length)
}

/** The text of UTF-8 bytes; undefined when they are none. Cost: linear. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  const escaped: string[] = []
  for (const byte of bytes) escaped.push(`%${byte.toString(16).padStart(2, '0')}`)
  try {
    return decodeURIComponent(escaped.join(''))
  } catch {
    return undefined
  }
}
