import type { ProductStore, StoredProduct } from '../store/products.ts'
import type { CategoryCount } from './category-counts.ts'
import { fold } from './fold.ts'
import { matcher, type Match, type Matches } from './matching.ts'
import { meaningsOf, type Meaning } from './meaning.ts'
import { productIndex, type ProductIndex } from './product-index.ts'
import type { Reading } from './reading.ts'
import { nearestWords, wordsMeant } from './suggestions.ts'
import { thesaurus } from './thesaurus.ts'
import { tokensOf, type Token } from './tokens.ts'
import { topOf } from './top.ts'

export interface SearchOptions {
  readonly limit: number
  readonly offset: number
  /** Only products of this category. */
  readonly category?: string | undefined
}

export interface SearchResult {
  readonly products: readonly StoredProduct[]
  readonly total: number
  /** The words searched for instead, where a word was misspelt. */
  readonly searchedFor: string | undefined
  /** Words of the catalogue that are nearest, where nothing was found. */
  readonly didYouMean: readonly string[]
  /** Of everything found in any category, how many lie in which; most first. */
  readonly facets: readonly CategoryCount[]
}

export interface ProductSearch {
  search(query: string, options: SearchOptions): SearchResult
  /** Every category with what is sold in it, by name. */
  categories(): readonly CategoryCount[]
}

/** Longer queries are cut here, and after so many words; what follows would narrow nothing. */
const longestQuery = 200
const mostWords = 8
/** A result below this says that some word was misspelt into another word of the catalogue. */
const poorScore = 0.55
/** With fewer results an unfinished word may be a misspelt one. */
const few = 3
/** Results that are looked at once more, for the whole name and for stock. */
const mostRanked = 256
const bonus = { sameName: 0.3, holdsQuery: 0.12, soldOut: 0.9 }

/**
 * Search over names, categories, codes and descriptions. What changed in the store since the last search is read first,
 * by the products' change numbers; stock is looked at only for what is shown, so that an edit costs nothing here.
 */
export function productSearch(products: ProductStore): ProductSearch {
  const index = productIndex()
  const match = matcher(index)
  const words = thesaurus()
  let seq = 0
  let categories: readonly CategoryCount[] = []
  const catchUp = (): void => {
    if (products.latestChange() === seq) return
    for (const { id, active, seq: changed, ...text } of products.textsAfter(seq)) {
      if (active) index.put({ id, ...text })
      else index.remove(id)
      seq = changed
    }
    categories = [...index.countCategories()].sort(byName)
  }
  catchUp()

  /** As written first; if that finds little, as misspelt; if that finds nothing, by parts of words. */
  const foundFor = (tokens: readonly Token[]): Found => {
    const read = (effort: Reading['effort']): Found => {
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

  const found = (query: string): Found => {
    const code = /\d/.test(query) ? index.placeOfCode(query) : undefined
    if (code !== undefined) return { matches: [{ place: code, score: 1 }], isWhole: true, best: 1, meanings: [] }
    return foundFor(tokensOf(query).slice(0, mostWords))
  }

  return {
    categories() {
      catchUp()
      return categories
    },
    search(query, { limit, offset, category }) {
      catchUp()
      const cut = query.slice(0, longestQuery).trim()
      const { matches, meanings } = found(cut)
      const wanted = category === undefined ? matches : matches.filter(({ place }) => index.entry(place)?.category === category) // prettier-ignore
      const places = ranked(wanted, { query: cut, index, products, count: offset + limit })
      return {
        products: products.byIds(places.slice(offset, offset + limit).map((place) => index.entry(place)?.id ?? 0)),
        total: wanted.length,
        searchedFor: wordsMeant(index, meanings, places[0]),
        didYouMean: matches.length > 0 ? [] : nearestWords(index, tokensOf(cut)),
        facets: [...index.countCategories(matches.map(({ place }) => place))].sort(
          (a, b) => b.products - a.products || byName(a, b),
        ),
      }
    },
  }
}

const byName = (a: CategoryCount, b: CategoryCount): number => (a.category < b.category ? -1 : 1)

interface Ranking {
  readonly query: string
  readonly index: ProductIndex
  readonly products: ProductStore
  /** Places wanted from the beginning. */
  readonly count: number
}

/** Best first: the score, more for the query in the name as it stands, less for what is sold out; then by name. */
function ranked(matches: readonly Match[], { query, index, products, count }: Ranking): readonly number[] {
  const folded = fold(query)
  const first = topOf(matches, count <= mostRanked ? mostRanked : matches.length)
  const isSoldOut = products.soldOut(first.map(({ place }) => index.entry(place)?.id ?? 0))
  const scored = first.map(({ place, score }) => {
    const { foldedName: name = '', id = 0 } = index.entry(place) ?? {}
    const more = name === folded ? bonus.sameName : name.includes(folded) ? bonus.holdsQuery : 0
    return { place, name, score: (score + more) * (isSoldOut.has(id) ? bonus.soldOut : 1) }
  })
  scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.place - b.place))
  return scored.map(({ place }) => place)
}

interface Found extends Matches {
  readonly meanings: readonly Meaning[]
}
