import { describe, expect, test } from 'vitest'
import { planRoutes, whyHere, type DeliverProblem } from '../../../../src-main/engines/delivery/index.ts'

const problem: DeliverProblem = {
  id: 'd',
  metric: 'euclidean',
  speedKmh: 3.6,
  depot: { at: [0, 0] },
  vehicles: [{ id: 'van', count: 2, capacity: [3] }],
  stops: [
    { id: 'a', at: [1, 0], demand: [1] },
    { id: 'b', at: [2, 0], demand: [1] },
    { id: 'c', at: [3, 0], demand: [1] },
    { id: 'd', at: [-2, 0], demand: [3] },
  ],
}

describe('The reason for a place in a plan', () => {
  const result = planRoutes(problem)

  test('is what any other place would cost in distance and time', () => {
    const route = result.routes.findIndex(({ stops }) => stops.includes('c'))
    expect(whyHere(problem, result, 'c')).toMatchObject({
      here: { route, position: result.routes[route]?.stops.indexOf('c') },
      detour: { distance: 2, timeS: 2 },
      elsewhere: { distance: expect.any(Number), timeS: expect.any(Number) },
    })
  })

  test('is never that another place would have been cheaper in a proven plan', () => {
    expect(result.optimal).toBe(true)
    for (const { id } of problem.stops)
      expect(whyHere(problem, result, id)?.elsewhere?.distance ?? 0).toBeGreaterThanOrEqual(0)
  })

  test('names no other place where the rules leave none', () => {
    expect(whyHere(problem, result, 'd')).toMatchObject({ detour: { distance: 4, timeS: 4 } })
    expect(whyHere(problem, result, 'd')?.elsewhere).toBeUndefined()
  })

  test('is nothing for a stop that nobody serves', () => expect(whyHere(problem, result, 'z')).toBeUndefined())
})
