import type { FileEncoding } from '../../ports/imports.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: FileEncoding
  /** False where two encodings would both make sense of the bytes: then a person should look. */
  readonly isSure: boolean
}

/** Bytes looked at for a decision; a catalogue shows its letters long before. */
const looksAt = 256 * 1024

/**
 * Bytes to text. In this order: what the caller says, a byte order mark, UTF-16 by its zeros, valid UTF-8, and of the
 * old encodings the one whose letters look like a language: Shift-JIS or Windows-1252.
 */
export function decodeText(bytes: Uint8Array, told?: FileEncoding): DecodedText {
  const marked = byteOrderMark(bytes)
  if (told !== undefined) return { text: decodeAs(bytes, told), encoding: told, isSure: true }
  if (marked !== undefined) return { text: decodeAs(bytes, marked), encoding: marked, isSure: true }
  const sample = bytes.subarray(0, looksAt)
  const wide = zeroPattern(sample)
  if (wide !== undefined) return { text: decodeAs(bytes, wide), encoding: wide, isSure: true }
  const text = validUtf8(bytes)
  if (text !== undefined) return { text, encoding: 'utf-8', isSure: true }
  const { encoding, isSure } = oldEncoding(bytes)
  return { text: decodeAs(bytes, encoding), encoding, isSure }
}

const decodeAs = (bytes: Uint8Array, encoding: FileEncoding): string => new TextDecoder(encoding).decode(bytes)

function validUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function byteOrderMark([first, second, third]: Uint8Array): FileEncoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Commas, digits and line ends of UTF-16 have a zero beside them, always on the same side; text of other kinds has none. */
function zeroPattern(bytes: Uint8Array): FileEncoding | undefined {
  let even = 0
  let odd = 0
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  // A twentieth: in a Japanese file most signs have no zero, but its digits and delimiters have.
  const enough = Math.max(2, bytes.length / 40)
  if (odd >= enough && even * 20 < odd) return 'utf-16le'
  return even >= enough && odd * 20 < even ? 'utf-16be' : undefined
}

/**
 * Shift-JIS or Windows-1252, by what the bytes would spell. In Shift-JIS a sign is a lead byte (81-9F, E0-FC) and a
 * trail byte (40-7E, 80-FC); kana (82, 83) and the everyday kanji (88-97) weigh for it, rare kanji (E0-FC), which are
 * Windows-1252's accented small letters, against it. In Windows-1252 an accented letter stands beside plain letters.
 */
function oldEncoding(bytes: Uint8Array): { encoding: FileEncoding; isSure: boolean } {
  const japanese = japaneseScore(bytes)
  const western = westernScore(bytes)
  const encoding = japanese > western ? 'shift_jis' : 'windows-1252'
  const [more, less] = japanese > western ? [japanese, western] : [western, japanese]
  return { encoding, isSure: more >= 4 && less * 3 < more }
}

const isTrail = (byte: number): boolean => (byte >= 0x40 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfc)
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

function japaneseScore(bytes: Uint8Array): number {
  let score = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) continue
    // Half-width katakana stand alone; capital umlauts of Windows-1252 lie there too.
    if (byte >= 0xa1 && byte <= 0xdf) {
      const next = bytes[i + 1] ?? 0
      score += next >= 0xa1 && next <= 0xdf ? 1 : 0
      continue
    }
    const trail = bytes[++i] ?? 0
    if (byte === 0x80 || byte === 0xa0 || byte > 0xfc || !isTrail(trail)) score -= 5
    else if (byte === 0x82 || byte === 0x83) score += 3
    else if (byte >= 0x88 && byte <= 0x97) score += 2
    else if (byte >= 0xe0) score -= isLetter(trail) ? 2 : 0
    else score += 1
  }
  return score
}

function westernScore(bytes: Uint8Array): number {
  let score = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) continue
    // Not given to any sign.
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) score -= 5
    else if (byte >= 0xc0) score += isLetter(bytes[i - 1] ?? 0) || isLetter(bytes[i + 1] ?? 0) ? 2 : 0
    // Euro sign, dashes, quotation marks, degree, squared, cubed, half: seldom, and alone.
    else if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) score += 1
    else score -= 1
  }
  return score
}
