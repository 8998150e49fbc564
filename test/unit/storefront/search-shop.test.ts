import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CatalogueProduct } from '../../../src-storefront/catalogue-file.ts'
import { productSearch, type ProductSearch } from '../../../src-storefront/search/search.ts'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { productStore } from '../../../src-storefront/store/products.ts'

const product = (sku: string, name: string, more: Partial<CatalogueProduct> = {}): CatalogueProduct => ({
  sku,
  gtin: undefined,
  name,
  description: '',
  category: 'Haushalt',
  priceMinor: 100,
  taxRate: '19',
  sizeMm: undefined,
  weightG: 100,
  volumeCm3: undefined,
  handling: {},
  stock: 5,
  ...more,
})

function shopOf(catalogue: readonly CatalogueProduct[]) {
  const products = productStore(openDatabase(':memory:', 0))
  products.replaceCatalogue(catalogue, 0)
  return { products, search: productSearch(products) }
}

const skus = (search: ProductSearch, query: string, category?: string): readonly string[] =>
  search.search(query, { limit: 10, offset: 0, category }).products.map(({ sku }) => sku)

const german = [
  product('FILTER', 'Kaffeefilter Größe 4'),
  product('MASCHINE', 'Maschine für Kaffee'),
  product('TASSE', 'Kaffeetasse aus Glas'),
  product('DOSE', 'Vorratsdose, 500 g'),
  product('MESSER', 'Käsemesser'),
  product('GLAESER', 'Weingläser, sechs Stück', { category: 'Glas' }),
  product('MUETZE', 'Strickmütze', { category: 'Kleidung' }),
  product('TEE', 'Grüner Tee', { gtin: '4006381333931', category: 'Tee' }),
]

describe('a German shop', () => {
  const { search } = shopOf(german)

  test.each([
    ['kaffee filter', 'FILTER'],
    ['filter kaffee', 'FILTER'],
    ['kafee filter', 'FILTER'],
    ['kaffeemaschine', 'MASCHINE'],
    ['kaffemaschine', 'MASCHINE'],
    ['kaffeemaschinen', 'MASCHINE'],
    ['tasse', 'TASSE'],
    ['tassen', 'TASSE'],
    ['glastasse', 'TASSE'],
    ['kaese messer', 'MESSER'],
    ['messer für käse', 'MESSER'],
    ['weinglas', 'GLAESER'],
    ['wein gläser', 'GLAESER'],
    ['weinglaeser', 'GLAESER'],
    ['6 weingläser', 'GLAESER'],
    ['muetze', 'MUETZE'],
    ['mütze', 'MUETZE'],
    ['mutze', 'MUETZE'],
    ['groesse 4', 'FILTER'],
    ['grösse 4', 'FILTER'],
    ['dose 500g', 'DOSE'],
    ['dose 0,5 kg', 'DOSE'],
    ['coffee machine', 'MASCHINE'],
    ['cheese knife', 'MESSER'],
    ['wine glass', 'GLAESER'],
    ['緑茶', 'TEE'],
    ['4006381333931', 'TEE'],
    ['04006381333931', 'TEE'],
    ['4006 3813 33931', 'TEE'],
    ['kaffeevollautomat', 'MASCHINE'],
  ])('%j leads to %s', (query, sku) => {
    expect(skus(search, query)[0]).toBe(sku)
  })
})

describe('a Japanese shop', () => {
  const { search } = shopOf([
    product('BOTTLE', 'ステンレス製水筒 500ml'),
    product('TEA', '京都の煎茶 100g'),
    product('KNIFE', '三徳包丁'),
    product('TOWEL', '今治タオル 白'),
    product('BEANS', 'コーヒー豆'),
  ])

  test.each([
    ['水筒', 'BOTTLE'],
    ['水筒ステンレス', 'BOTTLE'],
    ['ｽﾃﾝﾚｽ水筒', 'BOTTLE'],
    ['すてんれす', 'BOTTLE'],
    ['京都煎茶', 'TEA'],
    ['煎茶100グラム', 'TEA'],
    ['庖丁', 'KNIFE'],
    ['ﾀｵﾙ', 'TOWEL'],
    ['towel', 'TOWEL'],
    ['Kaffeebohnen', 'BEANS'],
    ['豆コーヒー', 'BEANS'],
  ])('%j leads to %s', (query, sku) => {
    expect(skus(search, query)[0]).toBe(sku)
  })
})

describe('what changes in the shop', () => {
  test('is found by the next search: new, renamed and gone products', () => {
    const { products, search } = shopOf(german)
    expect(skus(search, 'toaster')).toEqual([])
    products.replaceCatalogue([...german.slice(1), product('TOAST', 'Toaster'), product('FILTER', 'Teesieb')], 1)
    expect(skus(search, 'toaster')).toEqual(['TOAST'])
    expect(skus(search, 'teesieb')).toEqual(['FILTER'])
    expect(skus(search, 'größe')).toEqual([])
    products.replaceCatalogue(german.slice(1), 2)
    expect(skus(search, 'toaster')).toEqual([])
    expect(skus(search, 'TOAST')).toEqual([])
    expect(search.categories().map(({ category, products: count }) => `${category} ${count}`)).toEqual([
      'Glas 1',
      'Haushalt 4',
      'Kleidung 1',
      'Tee 1',
    ])
  })

  test('leaves the same search as a shop opened afresh, whatever the order of changes', () => {
    const names = ['Rote Tasse', 'Blaue Tasse', 'Roter Teller', 'Teller', 'Tassenregal', 'Brett']
    const catalogue = fc.uniqueArray(fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D'), name: fc.constantFrom(...names) }), { selector: ({ sku }) => sku }) // prettier-ignore
    fc.assert(
      fc.property(fc.array(catalogue, { minLength: 1, maxLength: 5 }), (steps) => {
        const { products, search } = shopOf([])
        steps.forEach((step, at) => {
          products.replaceCatalogue(step.map(({ sku, name }) => product(sku, name)), at + 1) // prettier-ignore
          search.search('tasse', { limit: 1, offset: 0 })
        })
        const fresh = productSearch(products)
        for (const query of ['tasse', 'rot', 'tasen', 'teller rot', 'brett']) {
          expect([...skus(search, query)].sort()).toEqual([...skus(fresh, query)].sort())
        }
      }),
      { seed: 21, numRuns: 25 },
    )
  })

  test('a price alone changes nothing that is looked for, and is shown', () => {
    const { products, search } = shopOf(german)
    products.replaceCatalogue(
      german.map((one) => ({ ...one, priceMinor: 999 })),
      1,
    )
    expect(search.search('mütze', { limit: 1, offset: 0 }).products[0]?.priceMinor).toBe(999)
  })

  test('what is sold out comes after its like', () => {
    const { products, search } = shopOf([product('A', 'Rote Tasse'), product('B', 'Rote Tasse')])
    products.setLevel('A', 0)
    expect(skus(search, 'rote tasse')).toEqual(['B', 'A'])
    products.setLevel('A', 1)
    products.setLevel('B', 0)
    expect(skus(search, 'rote tasse')).toEqual(['A', 'B'])
  })
})

describe('answers', () => {
  const many = Array.from({ length: 60 }, (_, at) => product(`P-${at}`, `Teller Nummer ${at}`, { category: at % 3 ? 'A' : 'B' })) // prettier-ignore
  const { search } = shopOf([...german, ...many])

  test('come in pages that hold every product once', () => {
    const pages = [0, 24, 48].flatMap((offset) => search.search('teller', { limit: 24, offset }).products)
    expect(new Set(pages.map(({ sku }) => sku)).size).toBe(60)
    expect(search.search('teller', { limit: 24, offset: 0 }).total).toBe(60)
    expect(search.search('teller', { limit: 24, offset: 600 }).products).toEqual([])
  })

  test('can be narrowed to a category, and say how many lie in which', () => {
    const narrowed = search.search('teller', { limit: 100, offset: 0, category: 'B' })
    expect(narrowed.total).toBe(20)
    expect(new Set(narrowed.products.map(({ category }) => category))).toEqual(new Set(['B']))
    expect(narrowed.facets).toEqual([
      { category: 'A', products: 40 },
      { category: 'B', products: 20 },
    ])
  })

  test('say what was searched for instead of a misspelt word, with its accents', () => {
    expect(search.search('strickmutza', { limit: 1, offset: 0 }).searchedFor).toBe('strickmütze')
    expect(search.search('strickmütze', { limit: 1, offset: 0 }).searchedFor).toBeUndefined()
  })

  test('offer the nearest words where nothing is found', () => {
    const answer = search.search('stxxk', { limit: 5, offset: 0 })
    expect(answer).toMatchObject({ total: 0, products: [], didYouMean: ['stück'] })
    expect(search.search('xqzw', { limit: 5, offset: 0 })).toMatchObject({ total: 0, didYouMean: [] })
  })
})

describe('queries meant to hurt', () => {
  const { search } = shopOf(german)
  const hostile = [
    '',
    ' ',
    '"',
    "'; DROP TABLE product; --",
    'a" OR "b',
    'NEAR(tee kaffee)',
    'name:tee* AND NOT kaffee^2',
    '%_%',
    '(((((',
    '\\',
    '.*(a+)+$',
    '\u0000\u0001\u001b[31mtee',
    '👩‍👩‍👧‍👦☕️🫖',
    '\ud800',
    'tee\udc00kaffee',
    '\u202etee',
    'ﷺ'.repeat(200),
    'e\u0301'.repeat(5000),
    'a'.repeat(10_000),
    'kaffee '.repeat(2000),
    '水'.repeat(10_000),
    '1'.repeat(10_000),
    '1x'.repeat(5000),
    'kaffeekaffeekaffeekaffeekaffeekaffeekaffeekaffee',
    '__proto__ constructor toString',
  ]

  test.each(hostile.map((query) => [query.slice(0, 40), query]))('%j is only words', (_, query) => {
    const answer = search.search(query, { limit: 5, offset: 0 })
    expect(answer.total).toBeLessThanOrEqual(german.length)
    expect(() => JSON.stringify(answer)).not.toThrow()
  })

  test('any text at all is answered, and the shop stays whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
        expect(search.search(query, { limit: 5, offset: 0 }).products.length).toBeLessThanOrEqual(5)
      }),
      { seed: 31, numRuns: 300 },
    )
    expect(skus(search, 'tee')[0]).toBe('TEE')
  })
})
