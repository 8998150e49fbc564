import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../src-main/kernel/errors.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { planRoutes, verifyRoutes, type DeliverProblem } from '../../../../src-main/engines/delivery/index.ts'

const square: DeliverProblem = {
  id: 'd-1',
  metric: 'euclidean-rounded',
  depot: { at: [0, 0] },
  vehicles: [{ id: 'van' }],
  stops: [
    { id: 'a', at: [0, 10] },
    { id: 'b', at: [10, 0] },
    { id: 'c', at: [10, 10] },
  ],
}

describe('planRoutes', () => {
  test('drives one van round on the shortest way and proves it', () => {
    const result = planRoutes(square)
    expect(result).toMatchObject({ id: 'd-1', distance: 40, lowerBound: 40, optimal: true, unserved: [], ms: 0 })
    expect(result.routes).toHaveLength(1)
    expect(result.routes[0]?.stops[1]).toBe('c')
    expect(result.routes[0]?.arrivals).toEqual([10, 20, 30, 40])
  })

  test('ends at the last stop when the vehicle does not return', () => {
    const result = planRoutes({ ...square, vehicles: [{ id: 'van', returns: false }] })
    expect(result).toMatchObject({ distance: 30, optimal: true })
    expect(result.routes[0]?.arrivals).toEqual([10, 20, 30])
  })

  test('loads no vehicle above any of its capacities', () => {
    const problem: DeliverProblem = {
      ...square,
      vehicles: [{ id: 'van', count: 3, capacity: [2, 100] }],
      stops: square.stops.map((stop) => ({ ...stop, demand: [1, 60] })),
    }
    const result = planRoutes(problem)
    expect(result.routes).toHaveLength(3)
    expect(verifyRoutes(problem, result)).toEqual([])
  })

  test('takes the larger vehicle where only it can carry a stop', () => {
    const result = planRoutes({
      ...square,
      vehicles: [
        { id: 'bike', count: 2, capacity: [2] },
        { id: 'van', capacity: [9] },
      ],
      stops: square.stops.map((stop, i) => ({ ...stop, demand: [i === 2 ? 9 : 1] })),
    })
    expect(result.unserved).toEqual([])
    expect(result.routes.find(({ vehicle }) => vehicle === 'van')?.stops).toEqual(['c'])
  })

  test('comes within the windows, waits where it is early, and counts service', () => {
    const problem: DeliverProblem = {
      ...square,
      stops: [
        { id: 'a', at: [0, 10], window: [50, 60], serviceS: 5 },
        { id: 'b', at: [10, 0], window: [0, 12], serviceS: 5 },
        { id: 'c', at: [10, 10] },
      ],
    }
    const result = planRoutes(problem)
    expect(result.routes[0]).toEqual({
      vehicle: 'van',
      stops: ['b', 'c', 'a'],
      distance: 40,
      arrivals: [10, 25, 50, 65],
    })
    expect(verifyRoutes(problem, result)).toEqual([])
  })

  test('uses as few vehicles as it can when asked, more when that is shorter and not asked', () => {
    // From an open depot in the middle two routes out are shorter than one there and back.
    const problem: DeliverProblem = {
      ...square,
      vehicles: [{ id: 'van', count: 2, returns: false }],
      stops: [
        { id: 'west', at: [-10, 0] },
        { id: 'east', at: [10, 0] },
      ],
    }
    expect(planRoutes(problem)).toMatchObject({ distance: 20, optimal: true })
    const fewest = planRoutes({ ...problem, objective: 'vehicles-then-distance' })
    expect(fewest.routes).toHaveLength(1)
    expect(fewest.distance).toBe(30)
  })

  test('measures great circles in whole metres and drives them at the speed given', () => {
    const result = planRoutes({
      id: 'd',
      metric: 'haversine',
      speedKmh: 30,
      depot: { at: [52.52, 13.4], window: [28800, 64800] },
      vehicles: [{ id: 'van', capacity: [100] }],
      stops: [{ id: 's-1', at: [52.5, 13.42], demand: [3], serviceS: 120, window: [32400, 36000] }],
    })
    expect(result.distance).toBe(2 * 2603)
    expect(result.routes[0]?.arrivals).toEqual([32400, 32400 + 120 + Math.ceil((2603 * 3.6) / 30)])
  })

  test('reckons in tenths, cut, and writes one decimal', () => {
    const result = planRoutes({ ...square, metric: 'euclidean-1', stops: [{ id: 'c', at: [1, 1] }] })
    expect(result).toMatchObject({ distance: 2.8, lowerBound: 2.8, optimal: true })
    expect(result.routes[0]?.arrivals).toEqual([1.4, 2.8])
  })

  test('obeys a matrix that differs there and back', () => {
    const matrix = [
      [0, 1, 9],
      [9, 0, 1],
      [1, 9, 0],
    ]
    const stops = [{ id: 'a' }, { id: 'b' }]
    const result = planRoutes({ ...square, metric: 'matrix', matrix, stops })
    expect(result).toMatchObject({ distance: 3, optimal: true, routes: [{ stops: ['a', 'b'] }] })
  })

  test.each<[string, Partial<DeliverProblem>, unknown]>([
    [
      'a stop too heavy for every vehicle',
      { vehicles: [{ id: 'van', capacity: [5] }], stops: [{ id: 'a', at: [0, 1], demand: [6] }] },
      { id: 'a', reason: 'over-capacity', facts: { dimension: 0, demand: 6, limit: 5 } },
    ],
    [
      'a window that closes too early',
      { stops: [{ id: 'a', at: [0, 10], window: [0, 9] }] },
      { id: 'a', reason: 'window-missed', facts: { earliest: 10, latest: 9 } },
    ],
    [
      'a depot that closes too early',
      { depot: { at: [0, 0], window: [0, 19] }, stops: [{ id: 'a', at: [0, 10] }] },
      { id: 'a', reason: 'window-missed', facts: { back: 20, latest: 19 } },
    ],
    [
      'more than the vehicles carry',
      {
        vehicles: [{ id: 'van', capacity: [2] }],
        stops: [
          { id: 'a', at: [0, 1], demand: [2] },
          { id: 'b', at: [0, 5], demand: [2] },
        ],
      },
      { id: 'b', reason: 'no-vehicle-left', facts: { vehicles: 1 } },
    ],
    [
      'no vehicles',
      { vehicles: [], stops: [{ id: 'a', at: [0, 1] }] },
      { id: 'a', reason: 'no-vehicle-left', facts: { vehicles: 0 } },
    ],
    [
      'a stop without a way',
      {
        metric: 'matrix',
        matrix: [
          [0, null],
          [1, 0],
        ],
        stops: [{ id: 'a' }],
      },
      { id: 'a', reason: 'unreachable', facts: {} },
    ],
    ['a stop without a place', { stops: [{ id: 'a', at: null }] }, { id: 'a', reason: 'bad-place', facts: {} }],
    [
      'a latitude that does not exist',
      { metric: 'haversine', stops: [{ id: 'a', at: [91, 0] }] },
      { id: 'a', reason: 'bad-place', facts: {} },
    ],
  ])('gives the reason for %s', (_, changes, expected) => {
    const problem = { ...square, ...changes }
    const result = planRoutes(problem)
    expect(result.unserved).toEqual([expected])
    expect(verifyRoutes(problem, result)).toEqual([])
  })

  test('plans nothing for no stops', () => {
    expect(planRoutes({ ...square, stops: [] })).toMatchObject({ routes: [], distance: 0, optimal: true })
  })

  test('serves as many stops as it can and says nothing is proven then', () => {
    const stops = Array.from({ length: 9 }, (_, i) => ({ id: `s${i}`, at: [i, i % 2] as const, demand: [1] }))
    const problem: DeliverProblem = { ...square, vehicles: [{ id: 'van', count: 2, capacity: [4] }], stops }
    const result = planRoutes(problem)
    expect(result.unserved).toHaveLength(1)
    expect(result.optimal).toBe(false)
    expect(verifyRoutes(problem, result)).toEqual([])
  })

  test('stops early when cancelled and still answers in full', () => {
    const stops = Array.from({ length: 60 }, (_, i) => ({ id: `s${i}`, at: [(i * 37) % 60, (i * 53) % 60] as const }))
    const problem: DeliverProblem = { ...square, vehicles: [{ id: 'van', count: 3 }], stops }
    const result = planRoutes(problem, { budget: budgetOf({ iterations: 1e9, isCancelled: () => true }) })
    expect(result.unserved).toEqual([])
    expect(verifyRoutes(problem, result)).toEqual([])
  })

  test.each<[Partial<DeliverProblem>, string]>([
    [{ metric: 'matrix' }, 'matrix'],
    [{ metric: 'matrix', matrix: [[0, 1], [0], [0, 1], [0, 1]] }, 'matrix[0]'],
    [{ depot: {} }, 'depot.at'],
    [{ speedKmh: 0 }, 'speedKmh'],
    [{ depot: { at: [0, 0], window: [2, 1] } }, 'depot.window'],
    [
      {
        stops: [
          { id: 'a', at: [0, 0] },
          { id: 'a', at: [0, 0] },
        ],
      },
      'stops[1].id',
    ],
    [{ vehicles: [{ id: 'v', capacity: [1] }], stops: [{ id: 'a', at: [0, 0], demand: [1, 2] }] }, 'stops[0].demand'],
  ])('refuses a problem that cannot be read one way only (%#)', (changes, path) => {
    const failure = (() => {
      try {
        return planRoutes({ ...square, ...changes })
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path } })
  })
})

describe('a small problem', () => {
  const line = { id: 'd', metric: 'matrix', depot: {}, vehicles: [{ id: 'v' }] } as const

  test('with one stop is proven, whatever its vehicles', () => {
    const way = [[0, 3], [3, 0]] // prettier-ignore
    const one = { ...line, vehicles: [{ id: 'v', count: 3 }], matrix: way, stops: [{ id: 'a' }] }
    expect(planRoutes(one)).toMatchObject({ distance: 6, lowerBound: 6, optimal: true })
  })

  test('is served through other stops where there is no straight way back', () => {
    const matrix = [[0, 18, null], [null, 0, 36], [52, null, 0]] // prettier-ignore
    const round = { ...line, vehicles: [{ id: 'v', count: 5 }], matrix, stops: [{ id: 'a' }, { id: 'b' }] }
    expect(planRoutes(round)).toMatchObject({ routes: [{ stops: ['a', 'b'] }], distance: 106, optimal: true })
  })

  test('gives each kind of vehicle what suits it best', () => {
    const vehicles = [
      { id: 'van', capacity: [10] },
      { id: 'bike', count: 5, capacity: [3], returns: false },
    ]
    const stops = [[10, 0], [11, 0], [-5, 0]].map(([x = 0, y = 0], i) => ({ id: `s${i}`, at: [x, y] as const, demand: [3] })) // prettier-ignore
    const mixed = { ...line, metric: 'euclidean', depot: { at: [0, 0] }, vehicles, stops } as const
    expect(planRoutes(mixed)).toMatchObject({ distance: 26, optimal: true, unserved: [] })
    const fewest = planRoutes({ ...mixed, objective: 'vehicles-then-distance' })
    expect(fewest.routes.map(({ vehicle, stops: served }) => [vehicle, served.length])).toEqual([['van', 3]])
  })

  test('a stop that a vehicle could reach is never called unreachable because nobody could return from it', () => {
    const matrix = [[0, 12, 56], [54, 0, null], [null, null, 0]] // prettier-ignore
    const stops = [{ id: 'a' }, { id: 'b' }]
    const oneWay = { ...line, vehicles: [{ id: 'v', returns: false }], matrix, stops }
    expect(planRoutes(oneWay).unserved).toEqual([{ id: 'b', reason: 'no-vehicle-left', facts: { vehicles: 1 } }])
  })

  test('a stop that lies only behind another is not for want of vehicles while some stand', () => {
    const matrix = [[0, null, 1, null], [1, 0, null, null], [1, 9, 0, 9], [1, null, null, 0]] // prettier-ignore
    const stops = ['a', 'b', 'c'].map((id) => ({ id, demand: [id === 'b' ? 0 : 2] }))
    const fork = { ...line, vehicles: [{ id: 'v', count: 3, capacity: [2] }], matrix, stops }
    expect(planRoutes(fork).unserved).toMatchObject([{ reason: 'unreachable' }])
  })
})
