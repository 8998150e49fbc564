/** Line ends, tabs and other controls, and signs that turn or hide what stands beside them. */
const unsafe = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu
/** What a spreadsheet takes for a formula when a cell begins with it, the full-width forms included. */
const formula = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/
/** A number may begin with a sign: it is no formula. */
const number = /^[+-]?\d+(?:[.,]\d+)?$/

/** A text of a customer as one line that no spreadsheet runs. */
export function harmless(text: string): string {
  const line = text.replace(unsafe, ' ').replace(/ {2,}/g, ' ').trim()
  return formula.test(line) && !number.test(line) ? `'${line}` : line
}

/** Quoted where the format needs it (RFC 4180). */
export const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** Signs of Windows-1252 above Latin-1, by their byte. */
const upper: ReadonlyMap<string, number> = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((sign, at) => [sign, 0x80 + at] as const),
)
/** Letters that have no base letter to fall back to. */
const others: ReadonlyMap<string, string> = new Map(
  Object.entries({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ŋ: 'ng', Ŋ: 'NG', ŧ: 't', Ŧ: 'T', '−': '-', '‐': '-', '‑': '-' }),
) // prettier-ignore

const byteOf = (sign: string): number | undefined => {
  const code = sign.codePointAt(0) ?? 0
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : upper.get(sign)
}

/**
 * The text in letters that Windows-1252 has: `Łódź` becomes `Lódz`. Undefined where letters are left that it has nothing
 * like (Greek, Cyrillic, Chinese ...).
 */
export function inWindows1252(text: string): string | undefined {
  let written = ''
  for (const sign of text.normalize('NFC')) {
    if (byteOf(sign) !== undefined) {
      written += sign
      continue
    }
    const base = others.get(sign) ?? sign.normalize('NFKD').replace(/\p{M}/gu, '')
    if (base === '' || [...base].some((one) => byteOf(one) === undefined)) return undefined
    written += base
  }
  return written
}

/** Bytes of a text that `inWindows1252` has let through. */
export const windows1252Bytes = (text: string): Uint8Array => Uint8Array.from([...text], (sign) => byteOf(sign) ?? 0x3f)
