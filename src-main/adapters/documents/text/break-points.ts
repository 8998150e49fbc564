/** Scripts written without spaces between words. */
const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Extended_Pictographic}]/u
/** Signs that never begin a line: closing brackets, stops, the long-vowel mark and small kana. */
const isClosing = /^[\p{Pe}\p{Pf}、。，．！？；：・ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.!?;:%]/u
/** A word and the spaces after it, or spaces; spaces that keep words together belong to the word. */
const wordWithSpace = /[ \t]+|[^ \t]+[ \t]*/gu
/** Signs that never end one. */
const isOpening = /[\p{Ps}\p{Pi}]$/u

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(locale: string, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  const key = `${granularity} ${locale}`
  const known = segmenters.get(key)
  if (known) return known
  const made = new Intl.Segmenter(locale, { granularity })
  segmenters.set(key, made)
  return made
}

/**
 * Cuts text into pieces that stay on one line; a line may end after each. Breaks after spaces, after hyphens and
 * slashes inside words, and between words of scripts that write none (by the system's dictionary). Joined, the pieces
 * are the text again.
 */
export function unbrokenPieces(text: string, locale: string): readonly string[] {
  const pieces: string[] = []
  for (const word of text.match(wordWithSpace) ?? []) {
    const parts = isUnspaced.test(word)
      ? wordsWithin(word, locale)
      : word.split(/(?<=[\p{L}\p{N}][-/–—_|]|[\u200b\u2069])(?=[\p{L}\p{N}\u2066])/u)
    for (const part of parts) {
      const last = pieces.at(-1)
      const joins =
        last !== undefined && !/\s$/u.test(last) && (isClosing.test(part) || isOpening.test(last) || /^\s/u.test(part))
      if (joins) pieces[pieces.length - 1] = last + part
      else pieces.push(part)
    }
  }
  return pieces
}

function wordsWithin(word: string, locale: string): readonly string[] {
  return Array.from(segmenter(locale, 'word').segment(word), (part) => part.segment)
}

/** No sign among these joins another; control signs would. */
const isAscii = /^[\x20-\x7e]*$/

/** What a reader takes for single letters, with their marks; never cut through. */
export function letters(text: string): readonly string[] {
  if (isAscii.test(text)) return text.split('')
  return Array.from(segmenter('en', 'grapheme').segment(text), (part) => part.segment)
}
