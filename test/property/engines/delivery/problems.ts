import fc from 'fast-check'
import type { DeliverProblem, DeliverStop, DeliverVehicle } from '../../../../src-main/engines/delivery/index.ts'

const coordinate = fc.integer({ min: -50, max: 50 })
const window = fc
  .tuple(fc.nat(300), fc.integer({ min: 0, max: 200 }))
  .map(([from, length]): [number, number] => [from, from + length])

/** What every stop of one problem may have. */
interface Features {
  readonly hasDemand: boolean
  readonly hasWindows: boolean
}

function stopsWith({ hasDemand, hasWindows }: Features, most: number): fc.Arbitrary<DeliverStop[]> {
  const stop = fc.record({
    at: fc.tuple(coordinate, coordinate),
    demand: fc.tuple(fc.nat(6), fc.nat(6)),
    serviceS: fc.nat(10),
    window: fc.option(window, { nil: undefined }),
  })
  return fc.array(stop, { maxLength: most }).map((stops) =>
    stops.map(({ at, demand, serviceS, window: open }, i) => ({
      id: `s${i}`,
      at,
      serviceS,
      ...(hasDemand ? { demand } : {}),
      ...(hasWindows ? { window: open } : {}),
    })),
  )
}

const vehicles = (hasDemand: boolean): fc.Arbitrary<DeliverVehicle[]> =>
  fc
    .array(
      fc.record({
        count: fc.integer({ min: 1, max: 3 }),
        capacity: fc.tuple(fc.integer({ min: 4, max: 14 }), fc.integer({ min: 4, max: 14 })),
        returns: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    )
    .map((kinds) =>
      kinds.map(({ count, capacity, returns }, i) => ({
        id: `v${i}`,
        count,
        returns,
        ...(hasDemand ? { capacity } : {}),
      })),
    )

/** Small problems of every kind: one to six vehicles, with and without demand, windows, way back, speed. */
export function deliverProblems(mostStops: number): fc.Arbitrary<DeliverProblem> {
  return fc.record({ hasDemand: fc.boolean(), hasWindows: fc.boolean() }).chain((features) =>
    fc
      .record({
        metric: fc.constantFrom('euclidean', 'euclidean-rounded', 'euclidean-1', 'haversine'),
        speedKmh: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        depot: fc.record({ at: fc.tuple(coordinate, coordinate), window: fc.option(window, { nil: undefined }) }),
        vehicles: vehicles(features.hasDemand),
        stops: stopsWith(features, mostStops),
        objective: fc.constantFrom('distance', 'vehicles-then-distance'),
      })
      .map((problem): DeliverProblem => ({ id: 'd', ...problem })),
  )
}

/** The same with a table of ways, which differ there and back and now and then do not exist. */
export function matrixProblems(mostStops: number): fc.Arbitrary<DeliverProblem> {
  return deliverProblems(mostStops).chain((problem) => {
    const size = problem.stops.length + 1
    const way = fc.option(fc.nat(100), { nil: null, freq: 12 })
    const row = fc.array(way, { minLength: size, maxLength: size })
    const table = fc.array(row, { minLength: size, maxLength: size })
    return fc
      .record({ matrix: table, times: fc.option(table, { nil: undefined, freq: 1 }) })
      .map(({ matrix, times }): DeliverProblem => ({
        ...problem,
        metric: 'matrix',
        matrix,
        times,
        speedKmh: undefined,
      }))
  })
}

const stopWishes = fc.record({
  softWindow: fc.option(window, { nil: undefined }),
  pricePerS: fc.option(fc.nat(5), { nil: undefined }),
  pinned: fc.option(fc.constantFrom('first' as const, 'last' as const), { nil: undefined, freq: 3 }),
  priority: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
})
const vehicleWishes = fc.record({ trips: fc.integer({ min: 1, max: 3 }), reloadS: fc.nat(20) })

/** Problems of either kind with soft windows, pins, priorities, orders of stops, several trips, balance, compactness. */
export function wishfulProblems(mostStops: number): fc.Arbitrary<DeliverProblem> {
  return fc.oneof(deliverProblems(mostStops), matrixProblems(mostStops)).chain((problem) =>
    fc
      .record({
        stops: fc.array(stopWishes, { minLength: problem.stops.length, maxLength: problem.stops.length }),
        vehicles: fc.array(vehicleWishes, { minLength: 2, maxLength: 2 }),
        ordered: fc.subarray(problem.stops.map(({ id }) => id)),
        balance: fc.constantFrom(0, 0, 0.5, 3),
        compactness: fc.constantFrom(0, 0, 0.5),
      })
      .map(({ stops, vehicles: kinds, ordered, balance, compactness }): DeliverProblem => ({
        ...problem,
        stops: problem.stops.map((stop, i) => ({ ...stop, ...stops[i] })),
        vehicles: problem.vehicles.map((vehicle, i) => ({ ...vehicle, ...kinds[i] })),
        sequences: [ordered.slice(0, 4)],
        balance,
        compactness,
      })),
  )
}
