import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCarton } from '../../fixtures/builders.ts'
import { offeredCartons } from '../../../src-main/domain/offered-cartons.ts'
import {
  costOf,
  exchanged,
  withOneLess,
  withOneMore,
  type ParcelNeed,
} from '../../../src-main/domain/choose-cartons.ts'

const need = (costs: readonly (number | undefined)[], times = 1): ParcelNeed => ({ times, costs, otherwise: 1_000 })

describe('choosing cartons', () => {
  // Letters in 0, shoes in 1, everything in 2.
  const needs = [need([10, 30, 80], 5), need([undefined, 30, 80], 3), need([undefined, undefined, 80])]

  test('each parcel goes into the cheapest chosen carton that holds it, or has to be split', () => {
    expect(costOf(needs, [2])).toBe(9 * 80)
    expect(costOf(needs, [0, 2])).toBe(50 + 4 * 80)
    expect(costOf(needs, [0])).toBe(50 + 4 * 1_000)
  })

  test('one more is the one that saves most, one less the one that is missed least', () => {
    expect(withOneMore(needs, [], 3)).toEqual([2])
    expect(withOneMore(needs, [2], 3)).toEqual([1, 2])
    expect(withOneLess(needs, [0, 1, 2])).toEqual([1, 2])
    expect(withOneMore(needs, [0, 1, 2], 3)).toBeUndefined()
  })

  test('exchanging never makes a set dearer or larger, and finds the best single carton', () => {
    const costs = fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined })
    const someNeeds = fc.array(
      fc
        .record({ times: fc.integer({ min: 1, max: 9 }), costs: fc.array(costs, { minLength: 6, maxLength: 6 }) })
        .map((one): ParcelNeed => ({ ...one, otherwise: 900 })),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(someNeeds, fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1 }), (given, set) => {
        const better = exchanged(given, set, 6)
        expect(better).toHaveLength(set.length)
        expect(new Set(better).size).toBe(set.length)
        expect(costOf(given, better)).toBeLessThanOrEqual(costOf(given, set))
        const singles = [0, 1, 2, 3, 4, 5].map((place) => costOf(given, [place]))
        expect(costOf(given, exchanged(given, [0], 6))).toBe(Math.min(...singles))
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

describe('cartons that dealers offer', () => {
  test('are priced and weighed like those the shop owns, and never one it has already', () => {
    const owned = [
      makeCarton({ code: 'A', innerMm: [300, 200, 100], outerMm: [306, 206, 112], costMinor: 60, tareG: 150 }),
    ]
    const offered = offeredCartons(owned, [[100, 120, 80]])
    expect(offered.some(({ code }) => code === '300x200x100')).toBe(false)
    expect(offered[0]).toMatchObject({ code: '120x100x80', innerMm: [120, 100, 80], outerMm: [126, 106, 92] })
    const large = offered.find(({ code }) => code === '600x400x400')
    const small = offered.find(({ code }) => code === '160x110x80')
    expect(large?.costMinor).toBeGreaterThan(60)
    expect(small?.costMinor).toBeLessThan(60)
    expect(offered.every(({ costMinor, tareG }) => Number.isInteger(costMinor) && Number.isInteger(tareG))).toBe(true)
  })
})
