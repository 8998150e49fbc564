import { letters } from './break-points.ts'
import { isPrintable } from './choose-font.ts'
import type { FontShelf } from './fonts.ts'

/** Text that can be printed to its last sign. */
export interface NamedText {
  readonly text: string
  /** What was replaced, as it is printed: `U+1F9FF`. */
  readonly missing: readonly string[]
}

/** Printed without a second look: what Noto Sans and the fonts of the large scripts hold for certain. */
const isOrdinary = /^[\x20-\x7e\u00a0-\u017f\u0391-\u03c9\u0410-\u044f\u3041-\u3096\u30a1-\u30fa]*$/
/** More marks on one letter than any language stacks would paint over the lines above and below. */
const mostMarks = 4
const mark = /\p{Mn}/gu

/**
 * Replaces what no font has, so that a wave is never held up by a customer's sign. A letter that Unicode can write
 * plainly (𝓣, ㍿, a ligature) becomes that; of a letter with an unknown mark the letter stays; any other sign is named
 * by its code point in brackets, `[U+E000]`, left to right wherever it stands.
 */
export function withNamedSigns(shelf: FontShelf, text: string): NamedText {
  if (isOrdinary.test(text)) return { text, missing: [] }
  const missing: string[] = []
  const parts = letters(text).map((letter) => {
    const whole = (letter.match(mark)?.length ?? 0) > mostMarks ? withFewerMarks(letter) : letter
    if (isPrintable(shelf, whole)) return whole
    const plain = whole.normalize('NFKC')
    if (plain !== whole && letters(plain).every((part) => isPrintable(shelf, part))) return plain
    return Array.from(whole, (sign) => {
      if (isPrintable(shelf, sign)) return sign
      const name = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
      missing.push(name)
      return `\u2066[${name}]\u2069`
    }).join('')
  })
  return { text: parts.join(''), missing: [...new Set(missing)] }
}

function withFewerMarks(letter: string): string {
  let seen = 0
  return letter.replace(mark, (sign) => (++seen > mostMarks ? '' : sign))
}
