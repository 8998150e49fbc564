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
