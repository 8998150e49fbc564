import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lengthOfOrder,
  planBatches,
  planTour,
  planTourInRanks,
  planTourWithChoices,
  sShapeOrder,
  verifyBatches,
  verifyTour,
  type TourPlace,
  type TourProblem,
} from '../../../../src-main/engines/picking/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { bestOrder } from './brute-force.ts'
import { aisleFloors, aisleProblems, placesOn } from './floors.ts'

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]]
  return items.flatMap((first) =>
    permutations(items.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  )
}

/** Least length of all orders of the picks that keep the ranks. */
function bestRanked({ floor, start, end, picks }: TourProblem, ranks: readonly number[]): number {
  const rankOf = (i: number): number => ranks[i] ?? 0
  const kept = permutations(picks.map((_, i) => i)).filter((order) =>
    order.every((i, at) => at === 0 || rankOf(order[at - 1] ?? 0) <= rankOf(i)),
  )
  const lengths = kept.map((order) => {
    const places = order.map((i) => picks[i] ?? start)
    return lengthOfOrder(floor, places, { start, end })
  })
  return Math.min(...lengths)
}

const whole = aisleFloors.map(({ kind, aisleX, crossY }) => ({ kind, aisleX, crossY }))

describe('A planned tour with wishes', () => {
  test('keeps the ranks on the shortest way that any order in ranks has, and says what they cost', () => {
    fc.assert(
      fc.property(aisleProblems(5), fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }), (drawn, ranks) => {
        const problem = { ...drawn, floor: { ...drawn.floor, missing: [] } }
        const result = planTourInRanks({ ...problem, ranks })
        expect(verifyTour(problem, result)).toEqual([])
        expect(result.isRanked).toBe(true)
        expect(result.optimal).toBe(true)
        expect(result.length).toBe(bestRanked(problem, ranks))
        expect(result.price).toBe(result.length - planTour(problem).length)
        expect(result.order.map((i) => ranks[i])).toEqual(
          result.order.map((i) => ranks[i] ?? 0).toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 150, seed: 20281 },
    )
  })

  test('takes each product where the whole walk is shortest', () => {
    const problems = whole.chain((floor) => {
      const place = placesOn(floor)
      const choices = fc.array(fc.array(place, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
      return fc.record({ id: fc.constant('c'), floor: fc.constant(floor), start: place, end: place, choices })
    })
    fc.assert(
      fc.property(problems, (problem) => {
        const result = planTourWithChoices(problem)
        const ways = problem.choices.reduce<readonly (readonly TourPlace[])[]>(
          (sofar, places) => sofar.flatMap((way) => places.map((place) => [...way, place])),
          [[]],
        )
        const best = Math.min(...ways.map((picks) => bestOrder({ ...problem, picks }).length))
        expect({ length: result.length, optimal: result.optimal }).toEqual({ length: best, optimal: true })
        const picks = problem.choices.map((places, i) => places[result.chosen[i] ?? 0] ?? problem.start)
        expect(verifyTour({ ...problem, picks }, result)).toEqual([])
      }),
      { numRuns: 100, seed: 20282 },
    )
  })

  test('is never longer than the familiar order, which holds every pick once', () => {
    fc.assert(
      fc.property(aisleProblems(30), (drawn) => {
        const problem = { ...drawn, floor: { ...drawn.floor, missing: [] } }
        const familiar = sShapeOrder(problem)
        expect(familiar.order.toSorted((a, b) => a - b)).toEqual(problem.picks.map((_, i) => i))
        expect(planTour(problem).length).toBeLessThanOrEqual(familiar.length)
      }),
      { numRuns: 200, seed: 20283 },
    )
  })
})

test('Batches keep totes, weight, volume, zones and times, and name what no cart can take', () => {
  const problems = whole.chain((floor) => {
    const place = placesOn(floor)
    const amount = fc.option(fc.nat(6), { nil: undefined })
    const demand = fc.record({
      totes: amount,
      weight: amount,
      volume: amount,
      zone: fc.option(fc.nat(1), { nil: undefined }),
      due: amount,
    })
    return fc.array(fc.tuple(fc.array(place, { maxLength: 4 }), demand), { maxLength: 18 }).chain((orders) =>
      fc.record({
        id: fc.constant('l'),
        floor: fc.constant(floor),
        start: place,
        end: place,
        capacity: fc.integer({ min: 2, max: 12 }),
        cart: fc.record({ totes: amount, weight: amount, volume: amount }),
        pace: fc.option(fc.constant({ unitsPerMinute: 40, minutesPerPick: 0.5, pickers: 2 }), { nil: undefined }),
        orders: fc.constant(orders.map(([places]) => places)),
        demands: fc.constant(orders.map(([, wanted]) => wanted)),
      }),
    )
  })
  fc.assert(
    fc.property(problems, (problem) => {
      expect(verifyBatches(problem, planBatches(problem, { budget: budgetOf({ iterations: 3000 }) }))).toEqual([])
    }),
    { numRuns: 40, seed: 20284 },
  )
})
