import type { ProductStore, StoredProduct } from '../store/products.ts'
import type { CategoryCount } from './category-counts.ts'
import { finder, type Finding } from './finding.ts'
import { fold } from './fold.ts'
import { productIndex, type ProductIndex } from './product-index.ts'
import { recent } from './recent.ts'
import { nearestWords, wordsMeant } from './suggestions.ts'
import { tokensOf } from './tokens.ts'
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

/** Longer queries are cut here. */
const longestQuery = 200
/** Results that are looked at once more, for the whole name and for stock. */
const mostRanked = 256
/** Customers ask for the same things: so many answers are kept until the catalogue changes. Chosen for some 5 MB. */
const mostKept = 300
const bonus = { sameName: 0.3, holdsQuery: 0.12, soldOut: 0.9 }

/**
 * Search over names, categories, codes and descriptions. What changed in the store since the last search is read first,
 * by the products' change numbers; stock is looked at only for what is shown, so that a sale costs nothing here.
 */
export function productSearch(products: ProductStore, { answersKept = mostKept } = {}): ProductSearch {
  const index = productIndex()
  const find = finder(index)
  const kept = recent<Ranking>(answersKept)
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
    kept.clear()
  }
  catchUp()

  const rankingFor = (query: string, category: string | undefined, count: number): Ranking => {
    const key = JSON.stringify([query, category])
    const known = count <= mostRanked ? kept.find(key) : undefined
    if (known) return known
    const ranking = rankingOf(index, find(query), { query, category, count })
    if (count <= mostRanked) kept.put(key, ranking)
    return ranking
  }

  return {
    categories() {
      catchUp()
      return categories
    },
    search(query, { limit, offset, category }) {
      catchUp()
      const cut = query.slice(0, longestQuery).trim()
      const { ranked, total, searchedFor, didYouMean, facets } = rankingFor(cut, category, offset + limit)
      const isSoldOut = products.soldOut(ranked.map(({ id }) => id))
      const ids = soldOutLast(ranked, isSoldOut).map(({ id }) => id)
      return { products: products.byIds(ids.slice(offset, offset + limit)), total, searchedFor, didYouMean, facets }
    },
  }
}

/** What does not change until the catalogue does: everything but stock. */
interface Ranking extends Pick<SearchResult, 'total' | 'searchedFor' | 'didYouMean' | 'facets'> {
  /** Best first. */
  readonly ranked: readonly Ranked[]
}

interface Ranked {
  readonly id: number
  readonly place: number
  readonly name: string
  readonly score: number
}

interface Asked {
  readonly query: string
  readonly category: string | undefined
  /** Results wanted from the beginning. */
  readonly count: number
}

function rankingOf(index: ProductIndex, { matches, meanings }: Finding, asked: Asked): Ranking {
  const { query, category, count } = asked
  const wanted = category === undefined ? matches : matches.filter(({ place }) => index.entry(place)?.category === category) // prettier-ignore
  const folded = fold(query)
  const ranked = topOf(wanted, count <= mostRanked ? mostRanked : wanted.length).map(({ place, score }) => {
    const { foldedName: name = '', id = 0 } = index.entry(place) ?? {}
    const more = name === folded ? bonus.sameName : name.includes(folded) ? bonus.holdsQuery : 0
    return { id, place, name, score: score + more }
  })
  ranked.sort(bestFirst)
  const facets = index.countCategories(matches.map(({ place }) => place))
  return {
    ranked,
    total: wanted.length,
    searchedFor: wordsMeant(index, meanings, ranked[0]?.place),
    didYouMean: matches.length > 0 ? [] : nearestWords(index, tokensOf(query)),
    facets: [...facets].sort((a, b) => b.products - a.products || byName(a, b)),
  }
}

/** What cannot be bought now comes after its like. */
function soldOutLast(ranked: readonly Ranked[], isSoldOut: ReadonlySet<number>): readonly Ranked[] {
  if (isSoldOut.size === 0) return ranked
  return ranked
    .map((one) => (isSoldOut.has(one.id) ? { ...one, score: one.score * bonus.soldOut } : one))
    .sort(bestFirst)
}

const bestFirst = (a: Ranked, b: Ranked): number =>
  b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.place - b.place)

const byName = (a: CategoryCount, b: CategoryCount): number => (a.category < b.category ? -1 : 1)
