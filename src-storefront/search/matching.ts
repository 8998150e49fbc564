import type { Meaning } from './meaning.ts'
import { impactOf, placeOf, type ProductIndex } from './product-index.ts'
import type { Candidate } from './reading.ts'

/** A product found. */
export interface Match {
  readonly place: number
  readonly score: number
}

export interface Matches {
  /** No order. */
  readonly matches: readonly Match[]
  /** True when they hold every word. */
  readonly isWhole: boolean
  readonly best: number
}

/** A number for each place of the index, with the places that have one. */
interface Scores {
  readonly values: Float32Array
  readonly places: number[]
}

const raise = ({ values, places }: Scores, place: number, value: number): void => {
  const before = values[place] ?? 0
  if (before === 0) places.push(place)
  if (before < value) values[place] = value
}

const clear = ({ values, places }: Scores): void => {
  for (const place of places) values[place] = 0
  places.length = 0
}

/** Words that join others: they decide nothing while there is any other. */
const fillers = new Set(
  'a an the of with for and or in on to from by der die das den dem des ein eine einen mit und oder fur fuer von vom zum zur im am'.split(
    ' ',
  ),
)
const fillerWeight = 0.05
const leastWeight = 0.15

export type Matcher = (meanings: readonly Meaning[]) => Matches

/**
 * Scores products by what they hold of each word: how likely the word means the term, times what the term says about
 * the product, times how rare the word is (Robertson and Sparck Jones 1976). Of each word the best counts, not the sum.
 * Cost: the lengths of the posting lists it reads. Keeps its arrays between calls.
 */
export function matcher(index: ProductIndex): Matcher {
  let capacity = -1
  let word: Scores, part: Scores, whole: Scores, held: Scores, sum: Scores, cover: Scores
  const make = (): Scores => ({ values: new Float32Array(capacity), places: [] })
  const grow = (): void => {
    if (index.places <= capacity) return
    capacity = Math.ceil(index.places * 1.25) + 64
    word = make()
    part = make()
    whole = make()
    held = make()
    sum = make()
    cover = make()
  }
  const addAll = (candidates: readonly Candidate[], to: Scores): void => {
    for (const { term, quality } of candidates) {
      const share = quality / 100
      for (const posting of index.postings(term)) raise(to, placeOf(posting), share * impactOf(posting))
    }
  }

  /** Products with all parts, as good as their worst part. */
  const addCompound = (parts: Meaning['pairs'], quality: number): void => {
    parts.forEach((candidates, position) => {
      clear(part)
      addAll(candidates, part)
      if (position === 0) {
        for (const place of part.places) raise(whole, place, (part.values[place] ?? 0) * quality)
      } else {
        for (const place of whole.places) {
          whole.values[place] = Math.min(whole.values[place] ?? 0, (part.values[place] ?? 0) * quality)
        }
      }
    })
    for (const place of whole.places) {
      const value = whole.values[place] ?? 0
      if (value > 0) raise(word, place, value)
    }
    clear(whole)
    clear(part)
  }

  /** Products with enough of the pairs of a run. */
  const addPairs = ({ pairs, leastShare }: Meaning): void => {
    for (const candidates of pairs) {
      clear(part)
      addAll(candidates, part)
      for (const place of part.places) {
        raise(whole, place, (whole.values[place] ?? 0) + (part.values[place] ?? 0) / pairs.length)
        raise(held, place, (held.values[place] ?? 0) + 1)
      }
    }
    for (const place of whole.places) {
      if ((held.values[place] ?? 0) >= leastShare * pairs.length) raise(word, place, whole.values[place] ?? 0)
    }
    clear(whole)
    clear(held)
    clear(part)
  }

  return (meanings) => {
    grow()
    const hasContent = meanings.some(({ token }) => !fillers.has(token.text))
    let weights = 0
    let isKnown = true
    for (const meaning of meanings) {
      addAll(meaning.candidates, word)
      for (const compound of meaning.compounds) addCompound(compound.parts, compound.quality)
      addPairs(meaning)
      const isFiller = hasContent && fillers.has(meaning.token.text)
      const weight = isFiller ? fillerWeight : rarity(word, index.count)
      if (word.places.length > 0) weights += weight
      else if (!isFiller) isKnown = false
      for (const place of word.places) {
        raise(sum, place, (sum.values[place] ?? 0) + weight * (word.values[place] ?? 0))
        raise(cover, place, (cover.values[place] ?? 0) + weight)
      }
      clear(word)
    }
    const found = judged({ sum, cover, weights, isKnown })
    clear(sum)
    clear(cover)
    return found
  }
}

/** From 0 to 1: 1 for a word of a single product. Counts the products that mean it about as well as the best does. */
function rarity({ values, places }: Scores, products: number): number {
  let best = 0
  for (const place of places) best = Math.max(best, values[place] ?? 0)
  let holders = 0
  for (const place of places) if ((values[place] ?? 0) > best / 2) holders++
  return Math.max(leastWeight, Math.log(1 + products / Math.max(1, holders)) / Math.log(1 + products))
}

interface Sums {
  readonly sum: Scores
  readonly cover: Scores
  /** What a product with every known word has in `cover`. */
  readonly weights: number
  /** True when every word is known to some product. */
  readonly isKnown: boolean
}

/** Products with all words, or if there is none, those with the most. */
function judged({ sum, cover, weights, isKnown }: Sums): Matches {
  let widest = 0
  for (const place of cover.places) widest = Math.max(widest, cover.values[place] ?? 0)
  const isWhole = isKnown && widest >= weights * (1 - fillerWeight) - 1e-4
  const least = isWhole ? widest - fillerWeight * 3 : widest * 0.6
  const matches: Match[] = []
  let best = 0
  for (const place of sum.places) {
    const covered = cover.values[place] ?? 0
    if (covered < least - 1e-4) continue
    const share = covered / weights
    const score = ((sum.values[place] ?? 0) / weights) * (0.4 + 0.6 * share)
    if (score > best) best = score
    matches.push({ place, score })
  }
  return { matches, isWhole, best }
}
