import { beginningOf, longestCompared, wholeOf, withComparison } from './edit-distance.ts'

export interface NearWord {
  readonly term: number
  /** Mistakes to the whole word. */
  readonly whole: number
  /** Mistakes to its best beginning; never more than `whole`. */
  readonly beginning: number
}

/**
 * Every term of the catalogue, numbered from 0 in the order of its first appearance. Terms are only added: a term that
 * no product has any more costs a few bytes. Prefixes and parts are found by one search through the joined terms,
 * misspellings by comparing letter sets first and letters only where the sets are near.
 */
export interface Vocabulary {
  readonly size: number
  find(text: string): number | undefined
  /** The number of a term, new if it is not known. */
  take(text: string, shown: string): number
  text(term: number): string
  /** As somebody wrote it: with accents, lower case. */
  shown(term: number): string
  /** Terms that hold the part, in the order of their numbers. */
  containing(part: string): readonly number[]
  beginningWith(part: string): readonly number[]
  /** Terms within `limit` mistakes, or whose beginning is. No order. */
  near(word: string, limit: number, alsoBeginnings: boolean): readonly NearWord[]
}

/** Between two joined terms; no term holds it. */
const separator = '\n'

/** A set of letters in 32 bits: letters a to z each their own, all others share six. */
export function letterSet(text: string): number {
  let set = 0
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i) - 97
    set |= 1 << (letter >= 0 && letter < 26 ? letter : 26 + (text.charCodeAt(i) % 6))
  }
  return set
}

/** Bits set (Warren, "Hacker's Delight", 2002). */
function count(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Terms that are looked through together. */
interface Shelf {
  /** All of them, each between separators, and where each begins in it. */
  joined: string
  readonly starts: number[]
  readonly numbers: number[]
  readonly letterSets: number[]
}

const newShelf = (): Shelf => ({ joined: separator, starts: [], numbers: [], letterSets: [] })
const hasDigit = (text: string): boolean => /\d/.test(text)

export function vocabulary(): Vocabulary {
  const terms: string[] = []
  const shownTexts: string[] = []
  const numbers = new Map<string, number>()
  // Codes are as many as products: apart from the words, so that looking through these stays short.
  const words = newShelf()
  const codes = newShelf()
  const shelfOf = (text: string): Shelf => (hasDigit(text) ? codes : words)

  return {
    get size() {
      return terms.length
    },
    find: (text) => numbers.get(text),
    take(text, shown) {
      const known = numbers.get(text)
      if (known !== undefined) return known
      const term = terms.length
      numbers.set(text, term)
      terms.push(text)
      shownTexts.push(shown === text ? text : shown)
      const shelf = shelfOf(text)
      shelf.starts.push(shelf.joined.length)
      shelf.numbers.push(term)
      shelf.letterSets.push(letterSet(text))
      shelf.joined += text + separator
      return term
    },
    text: (term) => terms[term] ?? '',
    shown: (term) => shownTexts[term] ?? '',
    containing: (part) => holding(shelfOf(part), part),
    beginningWith: (part) => holding(shelfOf(part), separator + part),
    near: (word, limit, alsoBeginnings) => nearOn(shelfOf(word), terms, { word, limit, alsoBeginnings }),
  }
}

function holding({ joined, starts, numbers }: Shelf, part: string): readonly number[] {
  const found: number[] = []
  for (let at = joined.indexOf(part); at !== -1;) {
    const place = lastAtOrBefore(starts, at + part.length - 1)
    found.push(numbers[place] ?? 0)
    at = joined.indexOf(part, (starts[place + 1] ?? joined.length) - separator.length)
  }
  return found
}

function lastAtOrBefore(starts: readonly number[], position: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}

interface Nearby {
  readonly word: string
  readonly limit: number
  readonly alsoBeginnings: boolean
}

function nearOn({ numbers, letterSets }: Shelf, terms: readonly string[], nearby: Nearby): readonly NearWord[] {
  const { word, limit, alsoBeginnings } = nearby
  const found: NearWord[] = []
  if (word.length > longestCompared) return found
  const own = letterSet(word)
  const shortest = word.length - limit
  const longest = alsoBeginnings ? Infinity : word.length + limit
  return withComparison(word, (nearnessOf) => {
    for (let at = 0; at < letterSets.length; at++) {
      const letters = letterSets[at] ?? 0
      // A mistake takes at most one letter away and adds at most one.
      if (count(own & ~letters) > limit || (!alsoBeginnings && count(letters & ~own) > limit)) continue
      const term = numbers[at] ?? 0
      const other = terms[term] ?? ''
      if (other.length < shortest || other.length > longest) continue
      const packed = nearnessOf(other)
      const whole = wholeOf(packed)
      const beginning = beginningOf(packed)
      if (whole <= limit || (alsoBeginnings && beginning <= limit)) found.push({ term, whole, beginning })
    }
    return found
  })
}
