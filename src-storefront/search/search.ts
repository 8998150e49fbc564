import type { ProductHit, ProductStore, StoredProduct } from '../store/products.ts'
import { fold, wordsOf } from './fold.ts'
import { corrections } from './spelling.ts'

export interface SearchResult {
  readonly products: readonly StoredProduct[]
  readonly total: number
  /** The words searched for instead, where a word was misspelt. */
  readonly searchedFor: string | undefined
}

export interface ProductSearch {
  search(query: string, limit: number, offset: number): SearchResult
  /** Reads the words of the catalogue again; call after it changed. */
  refresh(): void
}

/** A query is cut to this many words; more only narrow nothing. */
const mostWords = 8
/** Hits ranked per query: enough for several pages, little enough to rank in a millisecond. */
const mostHits = 400
/** The trigram index holds nothing shorter. */
const shortestIndexed = 3

/**
 * Search over names, categories, codes and descriptions. Each word must occur (as a part of a word
 * is enough); a word that occurs nowhere is replaced by the nearest ones of the catalogue. If no
 * product has them all, products with some of them are shown.
 */
export function productSearch(products: ProductStore): ProductSearch {
  let vocabulary: readonly string[] = []
  let text = ''
  const refresh = (): void => {
    const words = new Set<string>()
    const texts: string[] = []
    for (const product of products.allActive()) {
      const whole = fold(
        `${product.name} ${product.category} ${product.sku} ${product.gtin ?? ''} ${product.description}`,
      )
      texts.push(whole)
      for (const word of wordsOf(fold(`${product.name} ${product.category}`))) words.add(word)
    }
    vocabulary = [...words].sort()
    text = texts.join('\n')
  }
  refresh()

  const variantsOf = (word: string): readonly string[] => {
    if (text.includes(word)) return [word]
    const near = corrections(word, vocabulary)
    return near.length > 0 ? near : [word]
  }

  return {
    refresh,
    search(query, limit, offset) {
      const byCode = products.findByCode(query.trim())
      if (byCode) return { products: [byCode], total: 1, searchedFor: undefined }
      const words = wordsOf(fold(query)).slice(0, mostWords)
      if (words.length === 0) return { products: [], total: 0, searchedFor: undefined }
      const variants = words.map(variantsOf)
      const ranked = ranking(hitsOf(products, variants), variants)
      const isCorrected = variants.some((choice, index) => choice[0] !== words[index])
      return {
        products: ranked.slice(offset, offset + limit),
        total: ranked.length,
        searchedFor: isCorrected ? variants.map((choice) => choice[0] ?? '').join(' ') : undefined,
      }
    },
  }
}

function hitsOf(products: ProductStore, variants: readonly (readonly string[])[]): readonly ProductHit[] {
  const indexed = variants.filter((choice) => choice.every((word) => word.length >= shortestIndexed))
  const short = variants.filter((choice) => !indexed.includes(choice))
  const groups = indexed.map((choice) => `(${choice.map((word) => `"${word}"`).join(' OR ')})`)
  if (groups.length === 0) return scan(products, short)
  const all = products
    .match(groups.join(' AND '), mostHits)
    .filter((hit) => short.every((choice) => holds(hit, choice)))
  return all.length > 0 || groups.length + short.length === 1 ? all : products.match(groups.join(' OR '), mostHits)
}

/** Words of one or two signs (common in Japanese and Chinese) are looked for in the names themselves. */
function scan(products: ProductStore, short: readonly (readonly string[])[]): readonly ProductHit[] {
  return products
    .allActive()
    .filter((product) => short.every((choice) => holds(product, choice)))
    .slice(0, mostHits)
    .map((product) => ({ ...product, rank: 0 }))
}

const holds = (product: StoredProduct, choice: readonly string[]): boolean => {
  const text = fold(`${product.name} ${product.category} ${product.sku}`)
  return choice.some((word) => text.includes(word))
}

/** Whole words of the name first, then beginnings, then parts; what can be bought before what cannot. */
function ranking(hits: readonly ProductHit[], variants: readonly (readonly string[])[]): readonly ProductHit[] {
  const scored = hits.map((hit) => {
    const name = fold(hit.name)
    const words = wordsOf(name)
    const category = fold(hit.category)
    let score = 0
    for (const choice of variants) score += Math.max(0, ...choice.map((word, index) => scoreOf(word, { name, words, category }) - index)) // prettier-ignore
    return { hit, score: score + (hit.sellable > 0 ? 3 : 0) }
  })
  scored.sort((a, b) => b.score - a.score || a.hit.rank - b.hit.rank || (a.hit.name < b.hit.name ? -1 : 1))
  return scored.map(({ hit }) => hit)
}

interface FoldedNames {
  readonly name: string
  readonly words: readonly string[]
  readonly category: string
}

function scoreOf(word: string, names: FoldedNames): number {
  if (names.words.includes(word)) return names.words[0] === word ? 42 : 40
  if (names.words.some((own) => own.startsWith(word))) return 30
  if (names.name.includes(word)) return 20
  return names.category.includes(word) ? 10 : 4
}
