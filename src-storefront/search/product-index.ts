import { categoryCounts, type CategoryCount } from './category-counts.ts'
import { fold } from './fold.ts'
import { termsOf, type SearchText } from './product-terms.ts'
import { stem } from './stem.ts'
import { vocabulary, type Vocabulary } from './vocabulary.ts'

/** A product as the search keeps it. */
export interface Entry extends SearchText {
  /** The row's number in the store. */
  readonly id: number
  readonly foldedName: string
}

/**
 * The inverted index, in memory: for each term the places of the products that hold it. A product has a place (a small
 * number) as long as it is in; places are used again. Adding and removing one costs about as much as its terms are
 * common, well under a millisecond in a shop of 50,000 products.
 */
export interface ProductIndex {
  readonly vocabulary: Vocabulary
  /** Places given so far; arrays by place need this length. */
  readonly places: number
  /** Products in it. */
  readonly count: number
  put(product: SearchText & { readonly id: number }): void
  remove(id: number): void
  entry(place: number): Entry | undefined
  placeOfCode(code: string): number | undefined
  /** By term: place * 256 + impact, in no order. */
  postings(term: number): readonly number[]
  /** Terms with the same stem, the word itself included. */
  withStem(stem: string): readonly number[]
  /** Products by category, of all places or of some; categories without any are left out, no order. */
  countCategories(places?: Iterable<number>): readonly CategoryCount[]
}

const impactBits = 8
export const placeOf = (posting: number): number => posting >> impactBits
export const impactOf = (posting: number): number => posting & 255

/** A code without signs and case; a GTIN without leading zeros. */
export function codeKey(code: string): string {
  const signs = fold(code).replaceAll(/[^\p{L}\p{N}]/gu, '')
  return /^\d{8,14}$/.test(signs) ? signs.replace(/^0+/, '') : signs
}

export function productIndex(): ProductIndex {
  const words = vocabulary()
  const postings: number[][] = []
  const termsByStem = new Map<string, number[]>()
  const entries: (Entry | undefined)[] = []
  const placeById = new Map<number, number>()
  const placeByCode = new Map<string, number>()
  const freePlaces: number[] = []
  const categories = categoryCounts()

  const takeTerm = (text: string, shown: string): number => {
    const known = words.find(text)
    if (known !== undefined) return known
    const term = words.take(text, shown)
    postings.push([])
    const key = stem(text)
    const relatives = termsByStem.get(key)
    if (relatives) relatives.push(term)
    else termsByStem.set(key, [term])
    return term
  }

  const remove = (id: number): void => {
    const place = placeById.get(id)
    const entry = place === undefined ? undefined : entries[place]
    if (place === undefined || entry === undefined) return
    for (const text of termsOf(entry).keys()) {
      const list = postings[words.find(text) ?? -1]
      const at = list?.findIndex((posting) => placeOf(posting) === place) ?? -1
      const last = at === -1 ? undefined : list?.pop()
      if (list && last !== undefined && at < list.length) list[at] = last
    }
    for (const code of codesOf(entry)) if (placeByCode.get(code) === place) placeByCode.delete(code)
    entries[place] = undefined
    placeById.delete(id)
    freePlaces.push(place)
  }

  return {
    vocabulary: words,
    get places() {
      return entries.length
    },
    get count() {
      return placeById.size
    },
    put({ id, sku, gtin, name, description, category }) {
      const known = entries[placeById.get(id) ?? -1]
      const text: SearchText = { sku, gtin, name, description, category }
      if (known && isSame(known, text)) return
      remove(id)
      const place = freePlaces.pop() ?? entries.length
      const entry = { ...text, id, foldedName: fold(name) }
      entries[place] = entry
      placeById.set(id, place)
      for (const code of codesOf(entry)) placeByCode.set(code, place)
      categories.put(place, category)
      for (const [term, { shown, impact }] of termsOf(entry)) {
        postings[takeTerm(term, shown)]?.push((place << impactBits) | impact)
      }
    },
    remove,
    entry: (place) => entries[place],
    placeOfCode: (code) => placeByCode.get(codeKey(code)),
    postings: (term) => postings[term] ?? [],
    withStem: (key) => termsByStem.get(key) ?? [],
    countCategories: (places = placeById.values()) => categories.count(places),
  }
}

const codesOf = ({ sku, gtin }: SearchText): readonly string[] =>
  gtin === undefined ? [codeKey(sku)] : [codeKey(sku), codeKey(gtin)]

const isSame = (a: SearchText, b: SearchText): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  a.category === b.category &&
  a.gtin === b.gtin &&
  a.sku === b.sku
