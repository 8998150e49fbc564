import { describe, expect, test } from 'vitest'
import {
  planRoutes,
  verifyRoutes,
  type DeliverProblem,
  type DeliverResult,
  type DeliveryRoute,
} from '../../../../src-main/engines/delivery/index.ts'

const problem: DeliverProblem = {
  id: 'd',
  metric: 'euclidean-rounded',
  depot: { at: [0, 0], window: [0, 100] },
  vehicles: [{ id: 'van', count: 2, capacity: [2] }],
  stops: [
    { id: 'a', at: [0, 10], demand: [1], window: [0, 15] },
    { id: 'b', at: [0, 20], demand: [1] },
    { id: 'c', at: [0, -10], demand: [2], serviceS: 3 },
  ],
}
const good = planRoutes(problem)
const [ab, c] = good.routes
const codes = (wrong: Partial<DeliverResult>): readonly string[] =>
  verifyRoutes(problem, { ...good, ...wrong }).map(({ code }) => code)
const changed = (wrong: Partial<DeliveryRoute>): Partial<DeliverResult> => ({ routes: [{ ...ab!, ...wrong }, c!] })

describe('verifyRoutes', () => {
  test('finds no fault in a good plan', () => {
    expect(ab).toEqual({ vehicle: 'van', stops: ['a', 'b'], distance: 40, arrivals: [10, 20, 40] })
    expect(codes({})).toEqual([])
  })

  test.each<[string, Partial<DeliverResult>, string]>([
    ['a stop left out', changed({ stops: ['a'], distance: 20, arrivals: [10, 20] }), 'stop-not-once'],
    ['a stop served twice', { unserved: [{ id: 'a', reason: 'unreachable', facts: {} }] }, 'stop-not-once'],
    ['a stop that does not exist', { unserved: [{ id: 'z', reason: 'unreachable', facts: {} }] }, 'no-such-stop'],
    ['a vehicle that does not exist', changed({ vehicle: 'ship' }), 'no-such-vehicle'],
    ['too many vehicles', { routes: [ab!, c!, { ...c!, stops: [] }] }, 'too-many-vehicles'],
    ['too much on board', { routes: [{ ...ab!, stops: ['a', 'b', 'c'] }] }, 'over-capacity'],
    ['a distance that is not driven', changed({ distance: 41 }), 'wrong-route-distance'],
    ['a sum that is none', { distance: 1, lowerBound: 0, optimal: false }, 'wrong-distance'],
    ['an arrival that cannot be', changed({ arrivals: [9, 19, 39] }), 'wrong-arrival'],
    ['too few arrivals', changed({ arrivals: [10, 20] }), 'wrong-arrivals'],
    ['a window missed', changed({ stops: ['b', 'a'], arrivals: [20, 30, 40] }), 'window-missed'],
    ['a bound above the distance', { lowerBound: 1000 }, 'bound-above-distance'],
    ['a proof without a bound', { optimal: true, lowerBound: 1 }, 'optimal-without-proof'],
    ['another problem', { id: 'x' }, 'wrong-id'],
  ])('finds %s', (_, wrong, code) => expect(codes(wrong)).toContain(code))
})
