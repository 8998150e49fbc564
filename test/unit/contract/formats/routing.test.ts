import { describe, expect, expectTypeOf, test } from 'vitest'
import { batchFileSchema, type BatchFile } from '../../../../src-main/contract/formats/batch.ts'
import { deliverFileSchema, type DeliverFile } from '../../../../src-main/contract/formats/deliver.ts'
import { tourFileSchema, type TourFile } from '../../../../src-main/contract/formats/tour.ts'
import type { DeliverProblem } from '../../../../src-main/engines/delivery/index.ts'
import type { BatchProblem, TourProblem } from '../../../../src-main/engines/picking/index.ts'

const floor = { kind: 'aisles', aisleX: [0, 20], crossY: [0, 100] }
const tour = { id: 't', floor, start: [0, 0], end: [1, 100], picks: [[1, 50]] }
const graph = {
  kind: 'graph',
  nodes: [
    [-0.5, 0],
    [1, 1],
  ],
  edges: [[0, 1, 7, 1]],
}
const batch = { id: 'b', floor, start: [0, 0], end: [0, 0], capacity: 2, orders: [[[1, 50]], []] }
const deliver = {
  id: 'd-1',
  metric: 'haversine',
  speedKmh: 30,
  depot: { at: [52.52, 13.4], window: [28800, 64800] },
  vehicles: [{ id: 'van', count: 1, capacity: [100], returns: true }],
  stops: [{ id: 's-1', at: [52.5, 13.42], demand: [3], serviceS: 120, window: [32400, 36000] }],
  objective: 'distance',
}

type Schema = { safeParse: (input: unknown) => { error?: { issues: { path: PropertyKey[] }[] } | undefined } }
const paths = (schema: Schema, input: unknown): readonly string[] =>
  (schema.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('The tour format', () => {
  const file = (changes: object): unknown => ({ format: 'backroom-tour-1', problems: [{ ...tour, ...changes }] })

  test('parses to what the engine takes', () => {
    expectTypeOf<TourFile['problems'][number]>().toExtend<TourProblem>()
    expect(paths(tourFileSchema, file({}))).toEqual([])
    expect(paths(tourFileSchema, file({ floor: graph, start: 0, end: 1, picks: [] }))).toEqual([])
    expect(paths(tourFileSchema, file({ floor: { ...floor, missing: [{ cross: 0, afterAisle: 0 }] } }))).toEqual([])
  })

  test.each<[string, object, string]>([
    ['an unknown field', { speed: 3 }, 'problems.0'],
    [
      'an aisle that is not there',
      {
        picks: [
          [0, 0],
          [2, 0],
        ],
      },
      'problems.0.picks.1',
    ],
    ['a place beyond the last cross aisle', { end: [0, 101] }, 'problems.0.end.1'],
    ['a node number on aisles', { start: 0 }, 'problems.0.start'],
    ['cross aisles that do not rise', { floor: { ...floor, crossY: [0, 0] } }, 'problems.0.floor.crossY.1'],
    [
      'an edge to nowhere',
      { floor: { ...graph, edges: [[0, 2, 1, 0]] }, start: 0, end: 0, picks: [] },
      'problems.0.floor.edges.0.1',
    ],
    ['a fraction of a unit', { picks: [[0, 0.5]] }, 'problems.0.picks.0'],
  ])('refuses %s and names it', (_, changes, path) => expect(paths(tourFileSchema, file(changes))).toContain(path))

  test('refuses another format', () => {
    expect(paths(tourFileSchema, { format: 'backroom-tour-2', problems: [] })).toEqual(['format'])
  })
})

describe('The batch format', () => {
  const file = (changes: object): unknown => ({ format: 'backroom-batch-1', problems: [{ ...batch, ...changes }] })

  test('parses to what the engine takes', () => {
    expectTypeOf<BatchFile['problems'][number]>().toExtend<BatchProblem>()
    expect(paths(batchFileSchema, file({}))).toEqual([])
  })

  test.each<[string, object, string]>([
    ['no capacity', { capacity: 0 }, 'problems.0.capacity'],
    [
      'a pick off the floor',
      {
        orders: [
          [],
          [
            [0, 0],
            [5, 0],
          ],
        ],
      },
      'problems.0.orders.1.1',
    ],
  ])('refuses %s and names it', (_, changes, path) => expect(paths(batchFileSchema, file(changes))).toContain(path))
})

describe('The deliver format', () => {
  const file = (changes: object): unknown => ({ format: 'backroom-deliver-1', problems: [{ ...deliver, ...changes }] })

  test('parses to what the engine takes', () => {
    expectTypeOf<DeliverFile['problems'][number]>().toExtend<DeliverProblem>()
    expect(paths(deliverFileSchema, file({}))).toEqual([])
    const matrix = [
      [0, 1],
      [null, 0],
    ]
    expect(paths(deliverFileSchema, file({ metric: 'matrix', matrix, depot: {}, stops: [{ id: 's' }] }))).toEqual([])
  })

  test.each<[string, object, string]>([
    ['an unknown metric', { metric: 'roads' }, 'problems.0.metric'],
    ['an unknown field', { stops: [{ id: 's', at: [0, 0], colour: 1 }] }, 'problems.0.stops.0'],
    ['a matrix of the wrong size', { metric: 'matrix', matrix: [[0]] }, 'problems.0.matrix'],
    ['a matrix that is not asked for', { matrix: [[0]] }, 'problems.0.matrix'],
    ['a speed of nothing', { speedKmh: 0 }, 'problems.0.speedKmh'],
    ['a window that ends before it begins', { depot: { at: [0, 0], window: [2, 1] } }, 'problems.0.depot.window'],
    ['a depot without a place', { depot: {} }, 'problems.0.depot.at'],
    [
      'the same stop twice',
      {
        stops: [
          { id: 's', at: [0, 0] },
          { id: 's', at: [0, 0] },
        ],
      },
      'problems.0.stops.1.id',
    ],
    ['a demand of the wrong length', { stops: [{ id: 's', at: [0, 0], demand: [1, 2] }] }, 'problems.0.stops.0.demand'],
    ['a negative demand', { stops: [{ id: 's', at: [0, 0], demand: [-1] }] }, 'problems.0.stops.0.demand.0'],
  ])('refuses %s and names it', (_, changes, path) => expect(paths(deliverFileSchema, file(changes))).toContain(path))
})
