import { describe, expect, test } from 'vitest'
import { planRoutes, verifyRoutes, type DeliverProblem } from '../../../../src-main/engines/delivery/index.ts'

/** Five stops on a line, a kilometre apart. */
const line: DeliverProblem = {
  id: 'd',
  metric: 'euclidean',
  depot: { at: [0, 0] },
  vehicles: [{ id: 'van' }],
  stops: ['a', 'b', 'c', 'd', 'e'].map((id, i) => ({ id, at: [i + 1, 0] as const })),
}
const withStops = (changes: Readonly<Record<string, object>>): DeliverProblem => ({
  ...line,
  stops: line.stops.map((stop) => ({ ...stop, ...changes[stop.id] })),
})

function planned(problem: DeliverProblem): ReturnType<typeof planRoutes> {
  const result = planRoutes(problem)
  expect(verifyRoutes(problem, result)).toEqual([])
  return result
}

describe('A plan with wishes', () => {
  test('serves pinned stops first and last, at the least distance that leaves', () => {
    const result = planned(withStops({ d: { pinned: 'first' }, b: { pinned: 'last' } }))
    const stops = result.routes[0]?.stops ?? []
    expect([stops[0], stops.at(-1)]).toEqual(['d', 'b'])
    expect(result.distance).toBe(4 + 1 + 4 + 1 + 2)
    expect(result.optimal).toBe(false)
  })

  test('is called optimal only when the wishes cost nothing', () => {
    expect(planned(withStops({ e: { pinned: 'last' } }))).toMatchObject({ distance: 10, optimal: true })
  })

  test('keeps stops in the order of a list when they travel together', () => {
    const stops = planned({ ...line, sequences: [['e', 'a', 'c']] }).routes[0]?.stops ?? []
    expect(stops.filter((id) => 'ace'.includes(id))).toEqual(['e', 'a', 'c'])
  })

  test('leaves the least important stop out where not all can be served', () => {
    const problem = withStops({ a: { demand: [1] }, e: { demand: [1], priority: 3 }, b: { demand: [1] } })
    const result = planned({ ...problem, vehicles: [{ id: 'van', capacity: [1] }] })
    expect(result.unserved.map(({ id, reason }) => [id, reason])).toEqual([
      ['a', 'no-vehicle-left'],
      ['b', 'no-vehicle-left'],
    ])
  })

  test('sends one vehicle out again when it is full, and counts the time to load', () => {
    const stops = line.stops.slice(0, 4).map((stop) => ({ ...stop, demand: [1] }))
    const vehicles = [{ id: 'van', capacity: [2], trips: 2, reloadS: 7 }]
    const result = planned({ ...line, stops, vehicles })
    expect(result).toMatchObject({ distance: 4 + 8, unserved: [], routes: [{ vehicle: 'van', reloadsAfter: [1] }] })
    expect(result.routes[0]?.arrivals.at(-1)).toBe(12 + 7)
    expect(planned({ ...line, stops, vehicles: [{ ...vehicles[0]!, trips: 1 }] }).unserved).toHaveLength(2)
  })

  test('is late at a soft window only where that costs less than the detour', () => {
    const lateAt = (pricePerS: number) =>
      planned(withStops({ e: { softWindow: [6, 100] as const, pricePerS } })).routes[0]
    expect(lateAt(0.1)?.price ?? 0).toBeLessThanOrEqual(0.1)
    // Too early at the far end by one: going on to it from the way back costs two more.
    expect(planned(withStops({ a: { softWindow: [0, 1], pricePerS: 9 } })).routes[0]?.price).toBeUndefined()
    expect(planned(withStops({ a: { softWindow: [0, 0], pricePerS: 2 } })).routes[0]).toMatchObject({ price: 2 })
  })

  test('shares the way out evenly when asked', () => {
    const vehicles = [{ id: 'van', count: 2 }]
    expect(planned({ ...line, vehicles }).routes).toHaveLength(1)
    const even = planned({
      ...line,
      vehicles,
      stops: line.stops.map((stop, i) => ({ ...stop, at: [i < 3 ? i + 1 : -i, 0] as const })),
      balance: 5,
    })
    expect(even.routes).toHaveLength(2)
  })

  test('keeps the stops of a vehicle together when asked', () => {
    const at: readonly (readonly [number, number])[] = [[10, 1], [10, -1], [-10, 1], [-10, -1], [10, 0]] // prettier-ignore
    const stops = line.stops.map((stop, i) => ({ ...stop, at: at[i] ?? [0, 0] }))
    const result = planned({ ...line, stops, vehicles: [{ id: 'van', count: 2 }], compactness: 2 })
    expect(result.routes.map(({ stops: own }) => own.toSorted().join(''))).toEqual(
      expect.arrayContaining(['abe', 'cd']),
    )
  })

  test('is told of while it gets better, the first plan at once', () => {
    const stops = Array.from({ length: 40 }, (_, i) => ({
      id: `s${i}`,
      at: [(i * 37) % 41, (i * 53) % 43] as const,
      demand: [1],
    }))
    const problem: DeliverProblem = { ...line, stops, vehicles: [{ id: 'van', count: 9, capacity: [5] }] }
    const told: number[] = []
    const result = planRoutes(problem, { iterations: 30_000, onPlan: (plan) => void told.push(plan.distance) })
    expect(told.length).toBeGreaterThan(1)
    expect(told.toSorted((a, b) => b - a)).toEqual(told)
    expect(result.distance).toBeLessThanOrEqual(told.at(-1) ?? 0)
  })

  test.each<[Partial<DeliverProblem>, string]>([
    [{ sequences: [['a', 'z']] }, 'sequences[0][1]'],
    [{ sequences: [['a', 'a']] }, 'sequences[0][1]'],
    [{ sequences: [['a', 'b'], ['b', 'c'], ['c', 'a']] }, 'sequences'], // prettier-ignore
    [{ balance: -1 }, 'balance'],
    [{ vehicles: [{ id: 'v', trips: 0 }] }, 'vehicles[0].trips'],
    [{ stops: [{ id: 'a', at: [0, 1], softWindow: [3, 2] }] }, 'stops[0].softWindow'],
    [{ stops: [{ id: 'a', at: [0, 1], demand: [1e300] }] }, 'stops[0].demand[0]'],
    [{ metric: 'matrix', matrix: [[0, 1e300], [1, 0]], stops: [{ id: 'a' }] }, 'matrix[0][1]'], // prettier-ignore
  ])('is refused when it cannot be read one way only (%#)', (changes, path) => {
    const refused = (() => {
      try {
        return planRoutes({ ...line, ...changes })
      } catch (error) {
        return error
      }
    })()
    expect(refused).toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path } })
  })
})
