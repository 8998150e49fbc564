import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../src-main/kernel/errors.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { planTour, verifyTour, type TourProblem } from '../../../../src-main/engines/picking/index.ts'

const oneBlock: TourProblem = {
  id: 't-1',
  floor: { kind: 'aisles', aisleX: [0, 20, 40], crossY: [0, 100] },
  start: [0, 0],
  end: [0, 0],
  picks: [
    [1, 90],
    [0, 10],
    [2, 95],
    [1, 5],
  ],
}

const grid: TourProblem = {
  id: 'g-1',
  floor: {
    kind: 'graph',
    nodes: Array.from({ length: 36 }, (_, i): [number, number] => [i % 6, Math.floor(i / 6)]),
    edges: Array.from({ length: 36 }, (_, i) => i).flatMap((i): [number, number, number, 0][] => [
      ...(i % 6 < 5 ? [[i, i + 1, 10, 0] as [number, number, number, 0]] : []),
      ...(i < 30 ? [[i, i + 6, 10, 0] as [number, number, number, 0]] : []),
    ]),
  },
  start: 0,
  end: 0,
  picks: Array.from({ length: 36 }, (_, i) => i),
}

describe('planTour', () => {
  test('walks through aisles worth crossing and turns round in the others', () => {
    const result = planTour(oneBlock)
    expect(result).toMatchObject({ id: 't-1', method: 'one-block', optimal: true, unreachable: [], ms: 0 })
    // Up the first aisle, over the back and into the third one from there, down the second aisle and home.
    expect(result.length).toBe(290)
    expect(result.lowerBound).toBe(290)
    expect(verifyTour(oneBlock, result)).toEqual([])
  })

  test('keeps picks of one place together in the order of their numbers', () => {
    const result = planTour({
      ...oneBlock,
      picks: [
        [1, 50],
        [0, 10],
        [1, 50],
        [1, 50],
      ],
    })
    expect(result.order.join(' ')).toContain('0 2 3')
  })

  test('has nothing to walk without picks, or with all of them at the start', () => {
    expect(planTour({ ...oneBlock, picks: [] })).toMatchObject({ order: [], length: 0, optimal: true })
    expect(
      planTour({
        ...oneBlock,
        picks: [
          [0, 0],
          [0, 0],
        ],
      }),
    ).toMatchObject({ order: [0, 1], length: 0, optimal: true })
  })

  test('walks straight to the end without picks', () => {
    expect(planTour({ ...oneBlock, picks: [], end: [2, 100] })).toMatchObject({ order: [], length: 140, optimal: true })
  })

  test('may start inside one aisle and end inside another', () => {
    const result = planTour({ ...oneBlock, start: [0, 40], end: [2, 60], picks: [[1, 50]] })
    expect(result).toMatchObject({ order: [0], length: 40 + 20 + 100 + 20 + 40, optimal: true })
  })

  test('solves two blocks as a frontier and says so', () => {
    const result = planTour({ ...oneBlock, floor: { kind: 'aisles', aisleX: [0, 20, 40], crossY: [0, 50, 100] } })
    expect(result).toMatchObject({ method: 'frontier-dp', optimal: true })
  })

  test('goes round a missing passage', () => {
    const floor = { kind: 'aisles', aisleX: [0, 20], crossY: [0, 100], missing: [{ cross: 0, afterAisle: 0 }] } as const
    expect(planTour({ ...oneBlock, floor, picks: [[1, 10]] }).length).toBe(2 * (100 + 20 + 90))
  })

  test('reports picks behind missing passages as unreachable and walks the rest', () => {
    const missing = [
      { cross: 0, afterAisle: 1 },
      { cross: 1, afterAisle: 1 },
    ]
    const problem = { ...oneBlock, floor: { ...oneBlock.floor, missing } as TourProblem['floor'] }
    const result = planTour(problem)
    expect(result.unreachable).toEqual([2])
    expect([...result.order].sort()).toEqual([0, 1, 3])
    expect(verifyTour(problem, result)).toEqual([])
  })

  test('ends at the last pick when the end cannot be reached', () => {
    const missing = [
      { cross: 0, afterAisle: 1 },
      { cross: 1, afterAisle: 1 },
    ]
    const floor = { ...oneBlock.floor, missing } as TourProblem['floor']
    const result = planTour({
      ...oneBlock,
      floor,
      end: [2, 0],
      picks: [
        [1, 10],
        [0, 30],
      ],
    })
    expect(result).toMatchObject({ unreachable: [-1], order: [1, 0], length: 30 + 30 + 20 + 10, optimal: true })
  })

  test('obeys one-way lanes', () => {
    const floor = {
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
    } as const
    const result = planTour({ id: 'g', floor, start: 0, end: 0, picks: [3, 1] })
    expect(result).toMatchObject({ order: [1, 0], length: 20, method: 'held-karp', optimal: true })
  })

  test('searches large graphs with a bound, and proves a tour that meets it', () => {
    const result = planTour(grid)
    expect(result).toMatchObject({ method: 'local-search', length: 360, lowerBound: 360, optimal: true })
    expect(verifyTour(grid, result)).toEqual([])
  })

  test('finds a way through large one-way graphs', () => {
    const { floor } = grid
    if (floor.kind !== 'graph') throw new Error('the grid is a graph')
    const edges = floor.edges.map(([from, to, length], i): [number, number, number, 0 | 1] => [
      from,
      to,
      length,
      i === 7 ? 1 : 0,
    ])
    const problem: TourProblem = { ...grid, floor: { ...floor, edges } }
    const result = planTour(problem)
    expect(result).toMatchObject({ method: 'local-search', unreachable: [] })
    expect(verifyTour(problem, result)).toEqual([])
    expect(result.length).toBeLessThanOrEqual(380)
  })

  test('stops early when cancelled and still answers in full', () => {
    const result = planTour(grid, { budget: budgetOf({ iterations: 1e9, isCancelled: () => true }) })
    expect(verifyTour(grid, result)).toEqual([])
  })

  test('reads the clock it is given for ms only', () => {
    let time = 5
    expect(planTour(oneBlock, { now: () => (time += 2) }).ms).toBe(2)
  })

  test.each([
    [{ ...oneBlock, start: [3, 0] }, 'start'],
    [
      {
        ...oneBlock,
        picks: [
          [0, 0],
          [0, 101],
        ],
      },
      'picks[1]',
    ],
    [{ ...oneBlock, end: 4 }, 'end'],
    [{ ...oneBlock, floor: { kind: 'aisles', aisleX: [0], crossY: [5, 5] } }, 'floor.crossY[1]'],
    [{ ...grid, start: 36 }, 'start'],
  ])('refuses a place off the floor, naming it (%#)', (problem, path) => {
    const failure = (() => {
      try {
        return planTour(problem as TourProblem)
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(AppError)
    expect(failure).toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path } })
  })
})
