import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  plainHandling,
  plainRules,
  planPacking,
  verifyPacking,
  type PackingCarton,
  type PackingProblem,
  type PackingRules,
} from '../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'
import { fitsByBruteForce } from './brute-force.ts'

/** Tiny orders without a support rule, few cartons of each kind, and a tariff by weight and longest side. */
const side = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })
const size: fc.Arbitrary<Size> = fc.tuple(side(3), side(3), side(2))
const row = fc.record({
  maxGrossG: fc.integer({ min: 30, max: 200 }),
  maxLengthMm: fc.integer({ min: 2, max: 5 }),
  priceMinor: fc.integer({ min: 10, max: 99 }),
})
const tiny: fc.Arbitrary<PackingProblem> = fc
  .record({
    cartons: fc.array(
      fc.record({
        innerMm: fc.tuple(side(4), side(4), side(3)),
        available: fc.integer({ min: 1, max: 2 }),
        costMinor: fc.integer({ min: 1, max: 60 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    pieces: fc.array(fc.record({ sizeMm: size, weightG: fc.integer({ min: 5, max: 60 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    rows: fc.array(row, { maxLength: 2 }),
    objective: fc.constantFrom('tariff' as const, 'cost' as const),
  })
  .map(({ cartons, pieces, rows, objective }) => ({
    cartons: cartons.map((one, at) => ({ ...plainCarton, ...one, code: `C${at}`, outerMm: one.innerMm })),
    rules: {
      ...plainRules,
      minSupport: 0,
      mode: 'cheapest',
      objective,
      tariff: [...rows, { priceMinor: 150 }],
    } satisfies PackingRules,
    orders: [
      { id: 'o', items: pieces.map((one, at) => ({ ...one, sku: `p-${at}`, quantity: 1, handling: plainHandling })) },
    ],
  }))

const plainCarton = {
  tareG: 10,
  maxGrossG: 150,
  insulated: false,
  paddingMm: 0,
  coolantMm3: 0,
  coolantG: 0,
}

/** What a carton with these pieces costs by the rules, said without the planner's words. */
function priceOf({ rules }: PackingProblem, carton: PackingCarton, netG: number): number {
  if (rules.objective === 'cost') return carton.costMinor
  const grossG = netG + carton.tareG
  const longest = Math.max(...carton.outerMm)
  const fitting = rules.tariff.find(
    ({ maxGrossG = Infinity, maxLengthMm = Infinity }) => grossG <= maxGrossG && longest <= maxLengthMm,
  )
  if (!fitting) throw new Error('the last row takes everything')
  return fitting.priceMinor
}

/** The least price of packing every piece, over every way to deal them to the cartons there are; Infinity for none. */
function leastPrice(problem: PackingProblem): number {
  const pieces = (problem.orders[0]?.items ?? []).map(({ sizeMm, weightG }) => ({
    sizeMm: sizeMm ?? [0, 0, 0],
    weightG,
  }))
  const cartons = problem.cartons.flatMap((carton) => Array.from({ length: carton.available ?? 0 }, () => carton))
  const prices = cartons.map((carton) =>
    Array.from({ length: 2 ** pieces.length }, (_, set) => {
      const inside = pieces.filter((_piece, at) => (set >> at) & 1)
      const netG = inside.reduce((sum, { weightG }) => sum + weightG, 0)
      if (inside.length === 0) return 0
      const isAllowed = netG + carton.tareG <= carton.maxGrossG
      const fits =
        isAllowed &&
        fitsByBruteForce(
          carton.innerMm,
          inside.map(({ sizeMm }) => sizeMm),
        )
      return fits ? priceOf(problem, carton, netG) : Infinity
    }),
  )
  const least = (carton: number, left: number): number => {
    if (left === 0) return 0
    const own = prices[carton]
    if (!own) return Infinity
    let best = Infinity
    for (let set = left; ; set = (set - 1) & left) {
      const price = own[set] ?? Infinity
      if (price < best) best = Math.min(best, price + least(carton + 1, left & ~set))
      if (set === 0) return best
    }
  }
  return least(0, 2 ** pieces.length - 1)
}

describe('the cheapest plan', () => {
  test('by tariff or carton cost, from few cartons of each kind, is as cheap as trying everything says', () => {
    let whole = 0
    let cheapest = 0
    fc.assert(
      fc.property(tiny, (problem) => {
        const result = planPacking(problem)
        expect(verifyPacking(problem, result)).toEqual([])
        const [packed] = result.orders
        if (!packed) throw new Error('one order')
        const least = leastPrice(problem)
        if (packed.unpacked.length > 0) return
        const price = packed.parcels.reduce((sum, { carton: code, netG }) => {
          const carton = problem.cartons.find((one) => one.code === code)
          return sum + (carton ? priceOf(problem, carton, netG) : Infinity)
        }, 0)
        expect(price).toBeGreaterThanOrEqual(least)
        if (packed.proof.best) expect(price).toBe(least)
        whole++
        if (price === least) cheapest++
      }),
      { seed: 21, numRuns: 400 },
    )
    expect(whole).toBeGreaterThan(100)
    // A budget ends the search: nearly always the cheapest, and never said to be where it is not.
    expect(cheapest / whole).toBeGreaterThan(0.98)
  })
})
