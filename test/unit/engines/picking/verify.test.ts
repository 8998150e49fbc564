import { describe, expect, test } from 'vitest'
import {
  planBatches,
  planTour,
  verifyBatches,
  verifyTour,
  type BatchProblem,
  type BatchResult,
  type TourProblem,
  type TourResult,
} from '../../../../src-main/engines/picking/index.ts'

const floor = { kind: 'aisles', aisleX: [0, 20, 40], crossY: [0, 100] } as const
const tour: TourProblem = {
  id: 't',
  floor,
  start: [0, 0],
  end: [0, 0],
  picks: [
    [1, 90],
    [0, 10],
    [2, 95],
  ],
}
const batch: BatchProblem = {
  id: 'b',
  floor,
  start: [0, 0],
  end: [0, 0],
  capacity: 3,
  orders: [
    [
      [1, 90],
      [0, 10],
    ],
    [[2, 95]],
    [
      [2, 90],
      [1, 80],
    ],
  ],
}

describe('verifyTour', () => {
  const good = planTour(tour)
  const codes = (wrong: Partial<TourResult>): readonly string[] =>
    verifyTour(tour, { ...good, ...wrong }).map(({ code }) => code)

  test('finds no fault in a good tour', () => expect(codes({})).toEqual([]))

  test.each<[string, Partial<TourResult>, string]>([
    ['a pick left out', { order: good.order.slice(1) }, 'pick-not-once'],
    ['a pick visited twice', { order: [...good.order, 0] }, 'pick-not-once'],
    ['a pick that does not exist', { order: [...good.order, 7] }, 'no-such-pick'],
    ['a length that is not walked', { length: good.length - 1, lowerBound: good.length - 1 }, 'wrong-length'],
    ['a bound above the length', { lowerBound: good.length + 1 }, 'bound-above-length'],
    ['a proof without a bound', { lowerBound: good.length - 2 }, 'optimal-without-proof'],
    [
      'a pick said to be unreachable',
      { order: good.order.slice(1), unreachable: good.order.slice(0, 1) },
      'pick-is-reachable',
    ],
    ['an end said to be unreachable', { unreachable: [-1] }, 'end-is-reachable'],
    ['another problem', { id: 'x' }, 'wrong-id'],
  ])('finds %s', (_, wrong, code) => expect(codes(wrong)).toContain(code))
})

describe('verifyBatches', () => {
  const good = planBatches(batch)
  const codes = (wrong: Partial<BatchResult>): readonly string[] =>
    verifyBatches(batch, { ...good, ...wrong }).map(({ code }) => code)
  const [first, ...others] = good.batches

  test('finds no fault in good batches', () => expect(codes({})).toEqual([]))

  test.each<[string, Partial<BatchResult>, string]>([
    ['a batch left out', { batches: others }, 'order-not-once'],
    ['a pick left out', { batches: [{ ...first!, tour: first!.tour.slice(1) }, ...others] }, 'wrong-picks'],
    ['a length that is not walked', { batches: [{ ...first!, length: 1 }, ...others] }, 'wrong-length'],
    ['a sum that is none', { length: 1 }, 'wrong-length'],
    ['a cart above its capacity', { batches: [{ ...first!, orders: [0, 1, 2] }] }, 'over-capacity'],
    [
      'an order that would fit',
      { batches: others, unbatched: [{ order: 0, reason: 'over-capacity', facts: { picks: 2 } }] },
      'order-fits',
    ],
  ])('finds %s', (_, wrong, code) => expect(codes(wrong)).toContain(code))
})
