import { describe, expect, test } from 'vitest'
import { readCatalogueFile } from '../../../src-storefront/catalogue-file.ts'
import { fold } from '../../../src-storefront/search/fold.ts'
import { productSearch } from '../../../src-storefront/search/search.ts'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { productStore } from '../../../src-storefront/store/products.ts'

const catalogue = new URL('../../fixtures/storefront/catalogue.csv', import.meta.url).pathname

describe('folding', () => {
  test('forgets case, accents and sharp s, and keeps every script', () => {
    expect(fold('Größe CAFÉ')).toBe('grosse cafe')
    expect(fold('ガラス')).toBe(fold('ｶﾞﾗｽ'))
    expect(fold('ガラス')).toBe(fold('がらす'))
    expect(fold('カ')).not.toBe(fold('ガ'))
    expect(fold('春卷')).toBe(fold('春巻'))
    expect(fold('ΠΛΙΓΟΎΡΙ ΜΟΥΣ')).toBe(fold('πλιγούρι μους'))
  })
})

describe('product search', () => {
  const products = productStore(openDatabase(':memory:', 0))
  products.replaceCatalogue(readCatalogueFile(catalogue, 'EUR'), 0)
  const search = productSearch(products)
  const skus = (query: string): readonly string[] =>
    search.search(query, { limit: 10, offset: 0 }).products.map(({ sku }) => sku)

  test.each([
    ['hammer', 'HAM-300'],
    ['HAMMER', 'HAM-300'],
    ['hamer', 'HAM-300'],
    ['claw hamm', 'HAM-300'],
    ['tumblr', 'GLASS-6'],
    ['grosse', 'BLANKET'],
    ['wol blanket', 'BLANKET'],
    ['GLASS-6', 'GLASS-6'],
    ['glass-6', 'GLASS-6'],
    ['2000000000022', 'RICE-05'],
    ['stubborn', 'HAM-300'],
  ])('%j finds %s first', (query, sku) => {
    expect(skus(query)[0]).toBe(sku)
  })

  test('a name counts more than a description, and what is sold out comes after what is there', () => {
    products.setLevel('LAST-1', 0)
    expect(skus('garden').at(-1)).toBe('LAST-1')
    expect(skus('box')[0]).toBeDefined()
  })

  test('signs of query languages are just signs', () => {
    for (const query of ['"', '*', 'a" OR "b', '(tea', 'NEAR(tea)', '%', "'; DROP TABLE product; --", '']) {
      expect(() => skus(query)).not.toThrow()
    }
  })

  test('nothing found is nothing shown', () => {
    expect(search.search('xylophone', { limit: 10, offset: 0 })).toMatchObject({ total: 0, products: [] })
  })
})
