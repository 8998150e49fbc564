import { quality, shortestPart, type Collector, type Reading } from './reading.ts'
import { stem } from './stem.ts'
import type { Token } from './tokens.ts'

const shortestInside = 4
/** Two words shorter than this together are joined by letters alone, not by their stem. */
const shortestJoined = 6
/** Guesses kept for a word: the next ones are far from it. */
const mostGuesses = 40

/** Mistakes forgiven in a word: none in short ones, where every other word is near. */
export const forgiven = (word: string): number => {
  if (/\d/.test(word)) return word.length < 8 ? 0 : 1
  return word.length < 4 ? 0 : word.length < 6 ? 1 : 2
}
/** Two mistakes in a word shorter than this are forgiven only after the right first letter. */
const longEnough = 8

/** The word itself, its other spellings and its relatives. */
export function addExact(found: Collector, token: Token, { index }: Reading): void {
  const { vocabulary } = index
  found.put(vocabulary.find(token.text), 1)
  for (const spelling of token.also) found.put(vocabulary.find(spelling), quality.spelling)
  for (const part of token.parts) found.put(vocabulary.find(part), 0.5)
  if (token.kind === 'word') for (const term of index.withStem(stem(token.text))) found.put(term, quality.stem)
}

/** "tooth brush" is toothbrush: a word with the one before or after it. */
export function addJoined(
  found: Collector,
  place: { tokens: readonly Token[]; position: number },
  reading: Reading,
): void {
  const { tokens, position } = place
  const here = tokens[position]?.text ?? ''
  for (const [left, right] of [
    [tokens[position - 1]?.text, here],
    [here, tokens[position + 1]?.text],
  ]) {
    if (left === undefined || right === undefined) continue
    const joined = left + right
    found.put(reading.index.vocabulary.find(joined), quality.joined)
    if (joined.length < shortestJoined) continue
    for (const term of reading.index.withStem(stem(joined))) found.put(term, quality.joined * quality.stem)
    if (reading.effort !== 'written') addGuesses(found, joined, { isLast: false, reading, trust: 1 })
  }
}

/** Words of which it is the beginning (it may be unfinished), the end or, if long enough, any part; true if a beginning. */
export function addParts(
  found: Collector,
  word: string,
  { isLast, reading }: { isLast: boolean; reading: Reading },
): boolean {
  const { vocabulary } = reading.index
  const ofBeginning = isLast ? quality.beginning : quality.beginningInside
  if (word.length < shortestPart) {
    if (!isLast) return false
    const beginnings = vocabulary.beginningWith(word)
    for (const term of beginnings) {
      found.put(term, ofBeginning + (quality.share * word.length) / vocabulary.text(term).length)
    }
    return beginnings.length > 0
  }
  let isBeginning = false
  for (const term of vocabulary.containing(word)) {
    const text = vocabulary.text(term)
    const share = (quality.share * word.length) / text.length
    if (text.startsWith(word)) {
      isBeginning = true
      found.put(term, ofBeginning + share)
    } else if (text.endsWith(word)) found.put(term, quality.end + share)
    else if (word.length >= shortestInside) found.put(term, quality.inside + share)
  }
  return isBeginning
}

interface Guessing {
  readonly isLast: boolean
  readonly reading: Reading
  /** From 0 to 1: less for what is a word as it stands. */
  readonly trust: number
}

/** Words that it may be with mistakes. */
export function addGuesses(found: Collector, word: string, { isLast, reading, trust }: Guessing): void {
  const limit = forgiven(word)
  if (limit === 0) return
  const { vocabulary } = reading.index
  const guesses = vocabulary.near(word, limit, isLast).map(({ term, whole, beginning }) => {
    const isSameStart = startsAlike(vocabulary.text(term), word)
    const mostWhole = isSameStart || word.length >= longEnough ? limit : 1
    const likely = (mistakes: number): number => quality.guess * (1 - (quality.mistake * mistakes) / word.length)
    const finished = whole <= mostWhole ? likely(whole) : 0
    const unfinished = isLast && isSameStart && beginning <= limit ? likely(beginning) - quality.unfinished : 0
    return { term, quality: Math.max(finished, unfinished) - (isSameStart ? 0 : quality.otherFirstLetter) }
  })
  guesses.sort((a, b) => b.quality - a.quality || a.term - b.term)
  for (const guess of guesses.slice(0, mostGuesses)) found.put(guess.term, guess.quality * trust, true)
}

/** The same first letter, or the first two swapped. */
const startsAlike = (a: string, b: string): boolean => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])
