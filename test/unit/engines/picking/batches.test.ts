import { describe, expect, test } from 'vitest'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { planBatches, verifyBatches, type BatchProblem } from '../../../../src-main/engines/picking/index.ts'

const problem: BatchProblem = {
  id: 'b',
  floor: { kind: 'aisles', aisleX: [0, 20, 40, 60], crossY: [0, 100] },
  start: [0, 0],
  end: [0, 0],
  capacity: 4,
  orders: [
    [
      [0, 90],
      [0, 10],
    ],
    [[3, 95]],
    [
      [0, 90],
      [0, 80],
    ],
    [
      [3, 60],
      [3, 10],
    ],
  ],
}

describe('planBatches', () => {
  test('answers a plan that holds when its time is over at once, for few orders and for many', () => {
    let now = 0
    const clock = { iterations: Infinity, limitMs: 1, now: () => (now += 5) }
    for (const copies of [1, 6]) {
      const orders = Array.from({ length: copies }, () => problem.orders).flat()
      const hurried = { ...problem, orders }
      const result = planBatches(hurried, { budget: budgetOf(clock) })
      expect(verifyBatches(hurried, result)).toEqual([])
      expect(result.batches.length).toBeLessThan(orders.length)
      expect(result.optimal).toBe(false)
    }
  })

  test('puts orders of the same aisle on the same cart and proves it for few orders', () => {
    const result = planBatches(problem)
    expect(result.batches.map(({ orders }) => orders)).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(result).toMatchObject({ id: 'b', length: 180 + 2 * (60 + 95), optimal: true, ms: 0 })
    expect(result.unbatched).toBeUndefined()
    expect(result.batches[0]?.tour).toHaveLength(4)
  })

  test('names an order that no cart can carry, and takes the others', () => {
    const result = planBatches({ ...problem, capacity: 1 })
    expect(result.batches.map(({ orders }) => orders)).toEqual([[1]])
    expect(result.unbatched?.map(({ order, reason }) => [order, reason])).toEqual([
      [0, 'over-capacity'],
      [2, 'over-capacity'],
      [3, 'over-capacity'],
    ])
  })

  test('names an order that lies behind missing passages', () => {
    const missing = [
      { cross: 0, afterAisle: 2 },
      { cross: 1, afterAisle: 2 },
    ]
    const floor = { kind: 'aisles', aisleX: [0, 20, 40, 60], crossY: [0, 100], missing } as const
    const result = planBatches({ ...problem, floor })
    expect(result.unbatched?.map(({ order, reason }) => [order, reason])).toEqual([
      [1, 'unreachable'],
      [3, 'unreachable'],
    ])
    expect(verifyBatches({ ...problem, floor }, result)).toEqual([])
  })

  test('needs no cart for no orders', () => {
    expect(planBatches({ ...problem, orders: [] })).toMatchObject({ batches: [], length: 0, optimal: true })
  })

  test('plans on graphs with one-way lanes', () => {
    const graph: BatchProblem = {
      id: 'g',
      floor: {
        kind: 'graph',
        nodes: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        edges: [
          [0, 1, 5, 1],
          [1, 2, 5, 1],
          [2, 3, 5, 1],
          [3, 0, 5, 1],
        ],
      },
      start: 0,
      end: 0,
      capacity: 2,
      orders: [[1], [3], [2], [1]],
    }
    const result = planBatches(graph)
    expect(result.length).toBe(40)
    expect(verifyBatches(graph, result)).toEqual([])
  })
})
