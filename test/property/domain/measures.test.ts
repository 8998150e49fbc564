import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Handling, MeasureLayer, MeasureOrigin, Product } from '../../../src-main/domain/catalogue.ts'
import { originsOf, usualHandling, withMeasures } from '../../../src-main/domain/measures.ts'
import { mergeStorefrontProduct } from '../../../src-main/application/merge-product.ts'
import { makeHandling, makeProduct } from '../../fixtures/builders.ts'

const seeded = { seed: 20_261_122, numRuns: 500 }
const origins = ['staff', 'storefront', 'estimated'] as const

const side = fc.integer({ min: 1, max: 2_000 })
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })
const handling: fc.Arbitrary<Handling> = fc
  .record({ fragile: fc.boolean(), alone: fc.boolean(), maxLoadG: maybe(fc.integer({ min: 0, max: 9_000 })) })
  .map((given) => makeHandling(given))
const layer: fc.Arbitrary<MeasureLayer> = fc.record({
  space: maybe(fc.record({ sizeMm: maybe(fc.tuple(side, side, side)), volumeCm3: maybe(side) })),
  weightG: maybe(side),
  handling: maybe(handling),
})

interface Deed {
  readonly origin: MeasureOrigin
  readonly layer: MeasureLayer | undefined
}
const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({ origin: fc.constantFrom(...origins), layer: maybe(layer) }),
  { maxLength: 20 },
)

const bare = makeProduct({ layers: {}, sizeMm: undefined, weightG: undefined })

/** A storefront's word comes as a pull, anybody else's as it is. */
function done(product: Product, { origin, layer: said }: Deed): Product {
  if (origin !== 'storefront') return withMeasures(product, origin, said)
  const measures = { ...said?.space, weightG: said?.weightG, handling: said?.handling }
  const price = { minor: product.priceMinor, currency: product.currency }
  return mergeStorefrontProduct(product, { ...product, id: product.sku, price, measures, changedAt: 1 })
}

/** The rule, written apart: the last word of each origin, and of each measure the strongest that has one. */
function expected(all: readonly Deed[]) {
  const last = origins.map((origin) => all.findLast((deed) => deed.origin === origin)?.layer)
  const spaces = last.map((said) => said?.space).filter((space) => space?.sizeMm ?? space?.volumeCm3)
  return {
    sizeMm: spaces[0]?.sizeMm,
    volumeCm3: spaces[0]?.volumeCm3,
    weightG: last.map((said) => said?.weightG).find((weight) => weight !== undefined),
    handling: last.map((said) => said?.handling).find((one) => one !== undefined) ?? usualHandling,
  }
}

test('after any pulls, edits and clears each measure is the strongest of the last words', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const product = all.reduce(done, bare)
      const { sizeMm, volumeCm3, weightG, handling: inForce } = product
      expect({ sizeMm, volumeCm3, weightG, handling: inForce }).toEqual(expected(all))
    }),
    seeded,
  )
})

test('the origin that is named is the one whose word is in force', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const product = all.reduce(done, bare)
      const { space, weight, handling: by } = originsOf(product)
      expect(weight && product.layers[weight]?.weightG).toEqual(product.weightG)
      expect(by ? product.layers[by]?.handling : usualHandling).toEqual(product.handling)
      expect(space && product.layers[space]?.space?.sizeMm).toEqual(product.sizeMm)
    }),
    seeded,
  )
})

test('only the last word of each origin counts, in whatever order the origins spoke', () => {
  fc.assert(
    fc.property(deeds, (all) => {
      const last = origins.flatMap((origin) => all.findLast((deed) => deed.origin === origin) ?? [])
      expect(last.reduce(done, bare)).toEqual(all.reduce(done, bare))
    }),
    seeded,
  )
})

test('a confirmation outlives every word that leaves size and weight as they are, and no other', () => {
  fc.assert(
    fc.property(deeds, layer, fc.constantFrom(...origins), (all, said, origin) => {
      const before = { ...all.reduce(done, bare), measuresConfirmed: true }
      const after = withMeasures(before, origin, said)
      const measures = ({ sizeMm, volumeCm3, weightG }: Product): unknown => ({ sizeMm, volumeCm3, weightG })
      const isSame = JSON.stringify(measures(before)) === JSON.stringify(measures(after))
      expect(after.measuresConfirmed === true).toBe(isSame)
    }),
    seeded,
  )
})
