import type { Meaning } from './meaning.ts'
import { placeOf, type ProductIndex } from './product-index.ts'
import type { Candidate } from './reading.ts'
import type { Token } from './tokens.ts'
import { forgiven } from './word-candidates.ts'

/** Words offered where nothing was found. */
const mostOffered = 3
/** Mistakes beyond which a word is another word. */
const mostMistakes = 3

/** The query with its misspelt words as the best result has them; undefined if none was. */
export function wordsMeant(
  index: ProductIndex,
  meanings: readonly Meaning[],
  place: number | undefined,
): string | undefined {
  if (place === undefined) return undefined
  let isCorrected = false
  const words = meanings.map(({ token, candidates }) => {
    const best = bestOf(index, candidates, place)
    if (!best?.isGuess) return token.shown
    isCorrected = true
    return index.vocabulary.shown(best.term)
  })
  // A pair that was read as one word stands there twice.
  return isCorrected ? words.filter((word, at) => word !== words[at - 1]).join(' ') : undefined
}

function bestOf(index: ProductIndex, candidates: readonly Candidate[], place: number): Candidate | undefined {
  let best: Candidate | undefined
  for (const candidate of candidates) {
    if (candidate.quality <= (best?.quality ?? 0)) continue
    if (index.postings(candidate.term).some((posting) => placeOf(posting) === place)) best = candidate
  }
  return best
}

/** The words of the catalogue nearest to the longest word of a query, best first; with more mistakes than a search forgives. */
export function nearestWords(index: ProductIndex, tokens: readonly Token[]): readonly string[] {
  const { vocabulary } = index
  const words = tokens.filter(({ kind, text }) => kind === 'word' && text.length > mostMistakes)
  const word = words.reduce((longest, { text }) => (text.length > longest.length ? text : longest), '')
  const limit = Math.min(mostMistakes, forgiven(word) + 1, Math.floor(word.length / 2))
  if (limit === 0) return []
  const near = vocabulary
    .near(word, limit, false)
    .filter(({ term }) => index.postings(term).length > 0 && !/\d/.test(vocabulary.text(term)))
  const starts = (term: number): number => (vocabulary.text(term)[0] === word[0] ? 0 : 1)
  const sorted = [...near].sort((a, b) => a.whole - b.whole || starts(a.term) - starts(b.term) || a.term - b.term)
  return [...new Set(sorted.map(({ term }) => vocabulary.shown(term)))].slice(0, mostOffered)
}
