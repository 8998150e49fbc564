export type TokenKind = 'email' | 'phone' | 'address' | 'word'

/** Latin accents only: what looks alike in other scripts, such as the marks of Japanese, makes another letter. */
const latinAccents = /[\u0300-\u036f]/g

/**
 * What counts as the same: case, width, Latin accents, spacing and punctuation do not; in telephone numbers only
 * digits and a leading plus do, `00` in front being the same as `+`. Normalising twice changes nothing more.
 */
export function normalise(kind: TokenKind, text: string): string {
  const folded = text.normalize('NFKC').toUpperCase().toLowerCase()
  switch (kind) {
    case 'email':
      return folded.trim()
    case 'phone':
      return westernDigits(folded.trim())
        .replace(/(?!^\+)[^\d]/g, '')
        .replace(/^00/, '+')
    case 'address':
    case 'word':
      return folded
        .normalize('NFD')
        .replace(latinAccents, '')
        .normalize('NFC')
        .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
        .trim()
  }
}

/** Arabic-Indic and Persian digits as 0 to 9. */
const westernDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
