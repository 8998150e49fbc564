import { describe, expect, test } from 'vitest'
import {
  planOrder,
  planPacking,
  verifyPacking,
  type PackingHandling,
  type PackingItem,
  type PackingProblem,
  type PackingResult,
} from '../../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { AppError } from '../../../../src-main/kernel/errors.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import { carton, item, problem } from '../../../unit/engines/packing/problems.ts'
import { secondCheck } from './second-check/index.ts'

function soundPlan(given: PackingProblem, iterations?: number): PackingResult {
  const result = planPacking(given, iterations === undefined ? {} : { budget: () => budgetOf({ iterations }) })
  expect(verifyPacking(given, result)).toEqual([])
  expect(secondCheck(given, result)).toEqual([])
  return result
}

const box = carton('B', [100, 100, 100])
const piece = item('a', [10, 10, 10])

describe('what is no length, weight or number', () => {
  const refusalOf = (given: PackingProblem): unknown => {
    try {
      planPacking(given)
    } catch (error) {
      return error instanceof AppError && error.code === 'ERR_INPUT_INVALID' ? error.details['path'] : error
    }
    return 'planned'
  }
  const withItem = (more: Partial<PackingItem>): PackingProblem =>
    problem([box], [piece, { ...piece, sku: 'b', ...more }])
  const withHandling = (more: Partial<PackingHandling>): PackingProblem =>
    withItem({ handling: { ...piece.handling, ...more } })

  test.each([
    ['a side of zero', withItem({ sizeMm: [10, 0, 10] }), 'orders[0].items[1].sizeMm[1]'],
    ['a negative side', withItem({ sizeMm: [10, 10, -5] }), 'orders[0].items[1].sizeMm[2]'],
    ['half a millimetre', withItem({ sizeMm: [10.5, 10, 10] }), 'orders[0].items[1].sizeMm[0]'],
    ['no number', withItem({ sizeMm: [Number.NaN, 10, 10] }), 'orders[0].items[1].sizeMm[0]'],
    ['a piece of a hundred metres', withItem({ sizeMm: [100_000, 10, 10] }), 'orders[0].items[1].sizeMm[0]'],
    ['an endless side', withItem({ sizeMm: [Infinity, 10, 10] }), 'orders[0].items[1].sizeMm[0]'],
    ['no piece', withItem({ quantity: 0 }), 'orders[0].items[1].quantity'],
    ['minus one piece', withItem({ quantity: -1 }), 'orders[0].items[1].quantity'],
    ['half a piece', withItem({ quantity: 0.5 }), 'orders[0].items[1].quantity'],
    ['a billion pieces', withItem({ quantity: 1e9 }), 'orders[0].items[1].quantity'],
    ['a negative weight', withItem({ weightG: -1 }), 'orders[0].items[1].weightG'],
    ['a weight that adds up to no exact number', withItem({ weightG: 1e15 }), 'orders[0].items[1].weightG'],
    ['neither sides nor volume', withItem({ sizeMm: null }), 'orders[0].items[1].volumeCm3'],
    ['a negative load', withHandling({ maxLoadG: -1 }), 'orders[0].items[1].handling.maxLoadG'],
    ['nothing that may stand', withHandling({ orientation: [] }), 'orders[0].items[1].handling.orientation'],
    ['folded to nothing', withHandling({ foldedMm: [[1, 0, 1]] }), 'orders[0].items[1].handling.foldedMm[0][1]'],
    ['a carton without inside', problem([carton('B', [0, 1, 1])], [piece]), 'cartons[0].innerMm[0]'],
    ['minus two cartons', problem([{ ...box, available: -2 }], [piece]), 'cartons[0].available'],
    ['two cartons of one name', problem([box, box], [piece]), 'cartons[1]'],
    ['support of 110 %', problem([box], [piece], { minSupport: 1.1 }), 'rules.minSupport'],
    ['a divisor of zero', problem([box], [piece], { dimDivisorCm3PerKg: 0 }), 'rules.dimDivisorCm3PerKg'],
    ['a negative limit', problem([box], [piece], { carrier: { maxGrossG: -1 } }), 'rules.carrier.maxGrossG'],
    ['a negative price', problem([box], [piece], { tariff: [{ priceMinor: -1 }] }), 'rules.tariff[0].priceMinor'],
  ])('%s is refused with its place', (_title, given, path) => {
    expect(refusalOf(given)).toBe(path)
  })

  test('two orders of one name are refused, and a single order says its own place', () => {
    const given = problem([box], [piece])
    expect(refusalOf({ ...given, orders: [...given.orders, ...given.orders] })).toBe('orders[1]')
    const order = { id: 'o', items: [{ ...piece, weightG: 0.5 }] }
    expect(() => planOrder(given, order)).toThrowError(
      expect.objectContaining({ details: expect.objectContaining({ path: 'items[0].weightG' }) }),
    )
  })
})

describe('orders that cannot be packed', () => {
  const reasons = (given: PackingProblem): readonly string[] =>
    soundPlan(given).orders.flatMap(({ unpacked }) => unpacked.map(({ reason }) => reason))

  test('cartons that nothing enters, by sides, by padding, by weight, by coolant', () => {
    expect(reasons(problem([], [piece]))).toEqual(['no-carton-left'])
    expect(reasons(problem([carton('B', [9, 9, 9])], [piece]))).toEqual(['too-long'])
    expect(reasons(problem([{ ...box, paddingMm: 500 }], [piece]))).toEqual(['too-long'])
    expect(reasons(problem([{ ...box, tareG: 20_000 }], [piece]))).toEqual(['too-heavy'])
    expect(reasons(problem([{ ...box, maxGrossG: 0 }], [piece]))).toEqual(['too-heavy'])
    expect(reasons(problem([{ ...box, coolantMm3: 2_000_000 }], [piece]))).toEqual(['too-much-volume'])
    expect(reasons(problem([{ ...box, available: 0 }], [piece]))).toEqual(['no-carton-left'])
  })

  test('rules that contradict each other end in a reason, or are said where they were broken', () => {
    const handled = (sku: string, handling: Partial<PackingHandling>): PackingItem =>
      item(sku, [10, 10, 10], { handling })
    expect(reasons(problem([box], [handled('a', { ownBox: true, temperature: 'frozen' })]))).toEqual([
      'contradictory-rules',
    ])
    expect(reasons(problem([box], [piece], { carrier: { maxParcels: 0 } }))).toEqual(['too-many-parcels'])
    expect(reasons(problem([box], [piece], { carrier: { maxLengthMm: 0 } }))).toEqual(['too-long'])
    const set = { keepTogether: 'set' }
    const torn = soundPlan(
      problem([box], [handled('a', { ...set, class: 'x' }), handled('b', { ...set, class: 'y' })], {
        keepApart: [['x', 'y']],
      }),
    )
    expect(torn.orders[0]?.parcels.map(({ why }) => why.code)).toEqual(['set-split', 'set-split'])
    const lonely = soundPlan(problem([box], [handled('a', { ...set, alone: true }), handled('b', set)]))
    expect(lonely.orders[0]?.parcels.map(({ why }) => why.code)).toEqual(['set-split', 'set-split'])
  })

  test('a carton that is called like something every object has', () => {
    for (const code of ['constructor', 'toString', 'valueOf'])
      expect(reasons(problem([{ ...box, code }], [piece]))).toEqual([])
  })
})

describe('absurd numbers of pieces', () => {
  const cartons = [carton('S', [200, 150, 100]), carton('M', [350, 250, 150]), carton('L', [500, 400, 300])]
  const strong = cartons.map((each) => ({ ...each, maxGrossG: 30_000 }))

  test('10,000 of one item are planned, whole, and as few parcels as the volume asks for', () => {
    const given = problem(strong, [item('a', [23, 31, 17], { quantity: 10_000, weightG: 20 })])
    const { totals, orders } = soundPlan(given, 1_000)
    expect(totals).toMatchObject({ parcels: 7, unpacked: 0 })
    expect(orders[0]?.proof.fewestParcels).toBe(true)
  })

  test('a million of one item that no carton takes are one refusal', () => {
    const given = problem(strong, [item('a', [600, 600, 600], { quantity: 1_000_000 })])
    const [order] = planPacking(given).orders
    expect(order?.unpacked).toMatchObject([{ sku: 'a', quantity: 1_000_000, reason: 'too-long' }])
  })

  test('5,000 different items are planned', () => {
    const random = seededRandom(5)
    const side = (): number => 30 + random.below(150)
    const items = Array.from({ length: 5_000 }, (_, at) => item(`s-${at}`, [side(), side(), side()], { weightG: 9 }))
    expect(soundPlan(problem(strong, items), 1_000).totals.unpacked).toBe(0)
  })
})
