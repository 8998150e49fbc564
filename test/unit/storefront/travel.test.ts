import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { packagingRules } from '../../../src-protocol/index.ts'
import { readCatalogueFile } from '../../../src-storefront/catalogue-file.ts'
import { planTravel, type BasketLine } from '../../../src-storefront/shop/travel.ts'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { productStore } from '../../../src-storefront/store/products.ts'

const folder = new URL('../../fixtures/storefront/', import.meta.url)
const products = productStore(openDatabase(':memory:', 0))
products.replaceCatalogue(readCatalogueFile(new URL('catalogue.csv', folder).pathname, 'EUR'), 0)
const rules = packagingRules.parse(JSON.parse(readFileSync(new URL('packaging-rules.json', folder), 'utf8')))
const inForce = { rules, productBySku: new Map() }
const all = products.changesAfter(0, 1000)

const basket = (quantities: Readonly<Record<string, number>>): readonly BasketLine[] =>
  all.flatMap((product) => {
    const quantity = quantities[product.sku]
    return quantity === undefined ? [] : [{ product, quantity }]
  })

const anyBasket = fc
  .uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 6, selector: ({ sku }) => sku })
  .chain((chosen) =>
    fc.tuple(...chosen.map((product) => fc.integer({ min: 1, max: 4 }).map((quantity) => ({ product, quantity })))),
  )

describe('how it travels', () => {
  test('each piece is in one parcel or named as unplaced, once, and every parcel keeps its limit', () => {
    fc.assert(
      fc.property(anyBasket, (lines) => {
        const travel = planTravel(inForce, lines)
        const count = new Map<string, number>()
        for (const { sku, quantity } of [...travel.packages.flatMap(({ contents }) => contents), ...travel.unplaced]) {
          count.set(sku, (count.get(sku) ?? 0) + quantity)
        }
        expect([...count].sort()).toEqual(lines.map(({ product, quantity }) => [product.sku, quantity]).sort())
        for (const parcel of travel.packages) expect(parcel.grossG).toBeLessThanOrEqual(parcel.allowableG)
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  test('the same content gives the same plan, in whatever order it came', () => {
    fc.assert(
      fc.property(anyBasket, (lines) => {
        expect(planTravel(inForce, [...lines].reverse())).toEqual(planTravel(inForce, lines))
      }),
      { seed: 7, numRuns: 30 },
    )
  })

  test('products of one parcel say so; those that keep apart say why', () => {
    const together = planTravel(inForce, basket({ 'TEA-01': 2, 'HAM-300': 1 }))
    expect(together.packages.map(({ why }) => why.code)).toEqual(['together'])
    expect(together.summary).toBe('Travels in one parcel.')
    const apart = planTravel(inForce, basket({ 'TEA-01': 1, 'BLEACH-1': 1 }))
    expect(apart.packages.map(({ why }) => why.code)).toEqual(['keep-apart', 'keep-apart'])
    expect(apart.packages[0]?.why.text).toMatch(
      /^Kept apart: (food and chemicals|chemicals and food) never share a parcel\.$/,
    )
    const heavy = planTravel(inForce, basket({ 'RICE-05': 6 }))
    expect(heavy.packages.map(({ why }) => why.code)).toEqual(['no-room', 'no-room'])
    const alone = planTravel(inForce, basket({ 'PAINT-25': 1, 'HAM-300': 1 }))
    expect(alone.packages.map(({ why, travelsAlone }) => [why.code, travelsAlone]).sort()).toEqual([
      ['alone', true],
      ['together', false],
    ])
  })

  test('what fits in no carton or has no measures is named with the reason, and the rest is planned', () => {
    const [tea] = basket({ 'TEA-01': 1 })
    if (tea === undefined) throw new Error('fixture')
    const long = { product: { ...tea.product, sku: 'LONG', sizeMm: [2000, 10, 10] as const }, quantity: 1 }
    const unknown = { product: { ...tea.product, sku: 'UNKNOWN', weightG: undefined }, quantity: 2 }
    const travel = planTravel(inForce, [tea, long, unknown])
    expect(travel.unplaced.map(({ sku, quantity, reason }) => [sku, quantity, reason.code])).toEqual([
      ['LONG', 1, 'too-long'],
      ['UNKNOWN', 2, 'no-measures'],
    ])
    expect(travel.packages).toHaveLength(1)
  })

  test('nothing is claimed before rules are published, or about an empty basket', () => {
    expect(planTravel(undefined, basket({ 'TEA-01': 1 }))).toMatchObject({ isKnown: false, packages: [] })
    expect(planTravel(inForce, [])).toMatchObject({ isKnown: false, packages: [] })
  })
})
