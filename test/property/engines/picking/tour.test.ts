import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthOfOrder, planTour, verifyTour, walk } from '../../../../src-main/engines/picking/index.ts'
import { bestOrder } from './brute-force.ts'
import { aisleProblems, asGraph, graphProblems } from './floors.ts'

describe('A planned tour', () => {
  test('on aisles is as short as Held-Karp finds on the same floor as a graph', () => {
    fc.assert(
      fc.property(aisleProblems(9), (problem) => {
        const swept = planTour(problem)
        const other = planTour(asGraph(problem))
        expect(swept.method).not.toBe('held-karp')
        expect(swept.length).toBe(other.length)
        expect(swept.unreachable).toEqual(other.unreachable)
        expect(swept.optimal).toBe(true)
        expect(verifyTour(problem, swept)).toEqual([])
      }),
      { numRuns: 400, seed: 20261 },
    )
  })

  test('on aisles is as short as the best of all orders', () => {
    fc.assert(
      fc.property(aisleProblems(5), (problem) => {
        const { length, order } = planTour(problem)
        expect({ picks: order.length, length }).toEqual(bestOrder(problem))
      }),
      { numRuns: 200, seed: 20262 },
    )
  })

  test('on graphs with one-way lanes visits as many picks as any order can, on the shortest way', () => {
    fc.assert(
      fc.property(graphProblems(5), (problem) => {
        const result = planTour(problem)
        expect(verifyTour(problem, result)).toEqual([])
        // Picks of one place count once each in both.
        const best = bestOrder(problem)
        if (new Set(problem.picks).size === problem.picks.length) {
          expect({ picks: result.order.length, length: result.length }).toEqual(best)
        }
      }),
      { numRuns: 400, seed: 20263 },
    )
  })

  test('with many picks holds, keeps its bound, and is walked as it says', () => {
    fc.assert(
      fc.property(aisleProblems(60), (problem) => {
        const result = planTour(problem)
        expect(verifyTour(problem, result)).toEqual([])
        const places = result.order.map((pick) => problem.picks[pick] ?? problem.start)
        const end = result.unreachable.includes(-1) ? undefined : problem.end
        expect(lengthOfOrder(problem.floor, places, { start: problem.start, end })).toBe(result.length)
        const walked = walk(problem.floor, [problem.start, ...places, ...(end === undefined ? [] : [end])])
        expect(walked.length).toBe(result.length)
      }),
      { numRuns: 200, seed: 20264 },
    )
  })

  test('on graphs too large for an exact answer holds and keeps its bound', () => {
    fc.assert(
      fc.property(aisleProblems(30), (problem) => {
        const graph = asGraph(problem)
        const result = planTour(graph)
        expect(verifyTour(graph, result)).toEqual([])
        const exact = planTour(problem)
        expect(result.lowerBound).toBeLessThanOrEqual(exact.length)
        expect(result.length).toBeGreaterThanOrEqual(exact.length)
      }),
      { numRuns: 25, seed: 20265 },
    )
  })

  test('is the same for the same seed', () => {
    fc.assert(
      fc.property(aisleProblems(30), fc.nat(5), (problem, seed) => {
        const graph = asGraph(problem)
        expect(JSON.stringify(planTour(graph, { seed }))).toBe(JSON.stringify(planTour(graph, { seed })))
        expect(JSON.stringify(planTour(problem, { seed }))).toBe(JSON.stringify(planTour(problem, { seed })))
      }),
      { numRuns: 10, seed: 20266 },
    )
  })
})
