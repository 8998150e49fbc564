import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRoutes, verifyRoutes, type DeliverProblem } from '../../../../src-main/engines/delivery/index.ts'
import { bestPlan, driver } from './brute-force.ts'
import { deliverProblems, matrixProblems, wishfulProblems } from './problems.ts'

function matrixDriver(problem: DeliverProblem): ReturnType<typeof driver> {
  const lengths = (problem.matrix ?? []).map((row) => row.map((way) => way ?? Infinity))
  const times = problem.times?.map((row) => row.map((way) => way ?? Infinity)) ?? lengths
  return driver(problem, { lengths, times })
}

describe('Planned routes', () => {
  test('hold for problems of every kind', () => {
    fc.assert(
      fc.property(fc.oneof(deliverProblems(25), matrixProblems(12)), fc.nat(5), (problem, seed) => {
        const result = planRoutes(problem, { seed, iterations: 300 })
        expect(verifyRoutes(problem, result)).toEqual([])
      }),
      { numRuns: 400, seed: 20281 },
    )
  })

  test('hold with wishes of every kind', () => {
    fc.assert(
      fc.property(wishfulProblems(14), fc.nat(5), (problem, seed) => {
        const result = planRoutes(problem, { seed, iterations: 40 })
        expect(verifyRoutes(problem, result)).toEqual([])
        expect(planRoutes(problem, { seed, iterations: 40 })).toEqual(result)
      }),
      { numRuns: 300, seed: 20284 },
    )
  })

  test('of few stops are never better than the best of all plans, and nearly always as good', () => {
    let equal = 0
    let all = 0
    fc.assert(
      fc.property(matrixProblems(4), (problem) => {
        const result = planRoutes(problem)
        const best = bestPlan(problem, matrixDriver(problem))
        const served = problem.stops.length - result.unserved.length
        expect(served).toBeLessThanOrEqual(best.served)
        all++
        const isSame =
          served === best.served &&
          result.distance === best.distance &&
          (problem.objective === 'distance' || result.routes.length === best.routes)
        if (isSame) equal++
        if (result.optimal) expect(isSame).toBe(true)
        if (served === best.served && problem.objective === 'distance') {
          expect(result.distance).toBeGreaterThanOrEqual(best.distance)
        }
        if (result.unserved.length === 0 && problem.objective === 'distance') {
          expect(result.lowerBound).toBeLessThanOrEqual(best.distance)
        }
      }),
      { numRuns: 150, seed: 20282 },
    )
    expect(equal).toBeGreaterThanOrEqual(all * 0.97)
  })

  test('are the same for the same seed and steps', () => {
    fc.assert(
      fc.property(deliverProblems(20), fc.nat(5), (problem, seed) => {
        const options = { seed, iterations: 200 }
        expect(JSON.stringify(planRoutes(problem, options))).toBe(JSON.stringify(planRoutes(problem, options)))
      }),
      { numRuns: 40, seed: 20283 },
    )
  })
})
