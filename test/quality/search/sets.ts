import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCatalogueFile } from '../../../src-storefront/catalogue-file.ts'
import { productSearch, type ProductSearch } from '../../../src-storefront/search/search.ts'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { productStore } from '../../../src-storefront/store/products.ts'

/** A query as a customer types it, and the products they mean. */
export interface WantedQuery {
  /** Line of the file, counted from 1 after the header: odd ones are for tuning, even ones are held out. */
  readonly row: number
  readonly query: string
  readonly wanted: ReadonlySet<string>
  readonly kind: string
}

/** The first results that count. */
export const shownFirst = 3

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The sample shop in a database of its own, with its search. */
export function sampleShop(): { readonly search: ProductSearch; readonly categoryOf: ReadonlyMap<string, string> } {
  const catalogue = readCatalogueFile(`${root}resources/sample-shop/catalogue.csv`, 'EUR')
  const products = productStore(openDatabase(':memory:', 0))
  products.replaceCatalogue(catalogue, 0)
  return {
    search: productSearch(products),
    categoryOf: new Map(catalogue.map(({ sku, category }) => [sku, category])),
  }
}

/** Reads `test/quality/search.csv`: `wanted` is a list of SKUs parted by |, or `category:` and its name. */
export function wantedQueries(categoryOf: ReadonlyMap<string, string>): readonly WantedQuery[] {
  const records = parse(readFileSync(`${root}test/quality/search.csv`, 'utf8'), { columns: true }) as Record<string, string>[] // prettier-ignore
  return records.map(({ query = '', wanted = '', kind = '' }, index) => {
    const category = /^category:(.+)$/.exec(wanted)?.[1]
    const skus = category ? [...categoryOf].flatMap(([sku, own]) => (own === category ? [sku] : [])) : wanted.split('|')
    const unknown = skus.find((sku) => !categoryOf.has(sku))
    if (skus.length === 0 || unknown !== undefined)
      throw new Error(`search.csv, ${query}: no product ${unknown ?? wanted}`)
    return { row: index + 1, query, wanted: new Set(skus), kind }
  })
}

/** Wanted products among the first results, and how many could be there. */
export function hitsOf(
  search: ProductSearch,
  { query, wanted }: WantedQuery,
): { found: number; possible: number; first: readonly string[] } {
  // prettier-ignore
  const first = search.search(query, { limit: shownFirst, offset: 0 }).products.map(({ sku }) => sku)
  return {
    found: first.filter((sku) => wanted.has(sku)).length,
    possible: Math.min(shownFirst, wanted.size),
    first,
  }
}

/** The sum over some of the queries. */
export interface Share {
  readonly rows: 'tuning' | 'held out'
  readonly found: number
  readonly possible: number
}

/** Products found among those wanted: over the odd rows, that the search was tuned on, and over the even ones. */
export function sharesOf(search: ProductSearch, queries: readonly WantedQuery[]): readonly Share[] {
  return (['tuning', 'held out'] as const).map((rows) => {
    const hits = queries.filter(({ row }) => (row % 2 === 1) === (rows === 'tuning')).map((query) => hitsOf(search, query)) // prettier-ignore
    return {
      rows,
      found: hits.reduce((sum, hit) => sum + hit.found, 0),
      possible: hits.reduce((sum, hit) => sum + hit.possible, 0),
    }
  })
}

/** At least this share of the wanted products must be among the first. */
export const leastShare = 0.95

export const expectedFile = `${root}test/quality/search/expected.csv`

/** What was found when the file was written; it may only grow. */
export function expectedShares(): ReadonlyMap<string, number> {
  const records = parse(readFileSync(expectedFile, 'utf8'), { columns: true }) as Record<string, string>[] // prettier-ignore
  return new Map(records.map(({ rows = '', found = '' }) => [rows, Number(found)]))
}
