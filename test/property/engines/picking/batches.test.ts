import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planBatches, verifyBatches, type BatchProblem } from '../../../../src-main/engines/picking/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { bestBatching } from './brute-force.ts'
import { aisleFloors, placesOn } from './floors.ts'

function batchProblems(mostOrders: number, mostPicks: number): fc.Arbitrary<BatchProblem> {
  return aisleFloors.chain((floor) => {
    const place = placesOn(floor)
    return fc.record({
      id: fc.constant('b'),
      floor: fc.constant({ kind: floor.kind, aisleX: floor.aisleX, crossY: floor.crossY }),
      start: place,
      end: place,
      capacity: fc.integer({ min: 1, max: 2 * mostPicks }),
      orders: fc.array(fc.array(place, { maxLength: mostPicks }), { maxLength: mostOrders }),
    })
  })
}

describe('Planned batches', () => {
  test('of few orders are as short as the best of all ways to share them out', () => {
    fc.assert(
      fc.property(batchProblems(4, 2), (problem) => {
        const result = planBatches(problem)
        expect(verifyBatches(problem, result)).toEqual([])
        if (result.unbatched) return
        expect(result.optimal).toBe(true)
        expect(result.length).toBe(bestBatching(problem))
      }),
      { numRuns: 100, seed: 20271 },
    )
  })

  test('of many orders hold, and name the orders that no cart can carry', () => {
    fc.assert(
      fc.property(batchProblems(20, 6), fc.nat(3), (problem, seed) => {
        const result = planBatches(problem, { seed, budget: budgetOf({ iterations: 5000 }) })
        expect(verifyBatches(problem, result)).toEqual([])
        const tooLarge = problem.orders.flatMap((order, i) => (order.length > problem.capacity ? [i] : []))
        expect((result.unbatched ?? []).map(({ order }) => order)).toEqual(tooLarge)
      }),
      { numRuns: 25, seed: 20272 },
    )
  })
})
