import { matcher, type Matches } from './matching.ts'
import { meaningsOf, type Meaning } from './meaning.ts'
import type { ProductIndex } from './product-index.ts'
import type { Reading } from './reading.ts'
import { thesaurus } from './thesaurus.ts'
import { tokensOf, type Token } from './tokens.ts'

export interface Finding extends Matches {
  /** How the words were read; empty for a code. */
  readonly meanings: readonly Meaning[]
}

/** What follows so many words would narrow nothing. */
const mostWords = 8
/** A result below this says that some word was misspelt into another word of the catalogue. */
const poorScore = 0.55
/** With fewer results an unfinished word may be a misspelt one. */
const few = 3

/**
 * Finds products for a query: by a code if it is one; else by its words as written, if that finds little as misspelt,
 * and if that finds nothing by parts of words.
 */
export function finder(index: ProductIndex): (query: string) => Finding {
  const match = matcher(index)
  const words = thesaurus()
  const byWords = (tokens: readonly Token[]): Finding => {
    const read = (effort: Reading['effort']): Finding => {
      const meanings = meaningsOf(tokens, { index, thesaurus: words, effort })
      return { ...match(meanings), meanings }
    }
    const written = read('written')
    const isSparse = written.matches.length < few && written.meanings.some(({ isUnfinished }) => isUnfinished)
    if (written.isWhole && written.best >= poorScore && !isSparse) return written
    const misspelt = read('misspelt')
    const better = misspelt.best > written.best || isSparse ? misspelt : written
    return better.matches.length > 0 ? better : read('part')
  }
  return (query) => {
    const code = /\d/.test(query) ? index.placeOfCode(query) : undefined
    if (code !== undefined) return { matches: [{ place: code, score: 1 }], isWhole: true, best: 1, meanings: [] }
    return byWords(tokensOf(query).slice(0, mostWords))
  }
}
