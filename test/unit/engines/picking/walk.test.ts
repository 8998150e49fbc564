import { describe, expect, test } from 'vitest'
import {
  distanceBetween,
  lengthOfOrder,
  validateFloor,
  walk,
  type TourFloor,
} from '../../../../src-main/engines/picking/index.ts'

const floor: TourFloor = { kind: 'aisles', aisleX: [0, 20, 40], crossY: [0, 100] }

describe('walk', () => {
  test('gives the corners of the line that is walked', () => {
    const { points, legs, length } = walk(floor, [
      [0, 10],
      [1, 30],
      [1, 60],
    ])
    expect(points).toEqual([
      [0, 10],
      [0, 0],
      [20, 0],
      [20, 30],
      [20, 60],
    ])
    expect(legs).toHaveLength(2)
    expect(length).toBe(10 + 20 + 30 + 30)
  })

  test('keeps the point at which a walk turns back', () => {
    expect(
      walk(floor, [
        [0, 0],
        [0, 40],
        [0, 10],
      ]).points,
    ).toEqual([
      [0, 0],
      [0, 40],
      [0, 10],
    ])
  })

  test('leaves a leg without a way empty', () => {
    const missing = [
      { cross: 0, afterAisle: 0 },
      { cross: 1, afterAisle: 0 },
    ]
    const { legs, length } = walk({ ...floor, missing }, [
      [0, 10],
      [1, 30],
      [2, 30],
    ])
    expect(legs[0]).toEqual([])
    expect(legs[1]).toHaveLength(4)
    expect(length).toBe(Infinity)
  })

  test('follows the drawn nodes of a graph', () => {
    const graph: TourFloor = {
      kind: 'graph',
      nodes: [
        [0, 0],
        [3, 4],
        [6, 0],
      ],
      edges: [
        [0, 1, 5, 0],
        [1, 2, 5, 1],
      ],
    }
    expect(walk(graph, [0, 2]).points).toEqual([
      [0, 0],
      [3, 4],
      [6, 0],
    ])
    expect(distanceBetween(graph, 2, 0)).toBe(Infinity)
  })
})

describe('lengthOfOrder', () => {
  test('adds up the ways in the order given, with or without an end', () => {
    expect(
      lengthOfOrder(
        floor,
        [
          [0, 30],
          [2, 10],
        ],
        { start: [0, 0], end: [0, 0] },
      ),
    ).toBe(30 + 30 + 40 + 10 + 10 + 40)
    expect(lengthOfOrder(floor, [[0, 30]], { start: [0, 0] })).toBe(30)
  })
})

describe('validateFloor', () => {
  test('finds nothing in a good floor', () => expect(validateFloor(floor)).toEqual([]))

  test('names every field that is wrong', () => {
    const paths = (broken: TourFloor): readonly string[] => validateFloor(broken).map(({ path }) => path)
    expect(paths({ kind: 'aisles', aisleX: [], crossY: [3, 2] })).toEqual(['floor.aisleX', 'floor.crossY[1]'])
    expect(paths({ ...floor, missing: [{ aisle: 0, afterCross: 1 }] })).toEqual(['floor.missing[0]'])
    expect(paths({ kind: 'graph', nodes: [[0, 0]], edges: [[0, 1, -1, 0]] })).toEqual([
      'floor.edges[0][1]',
      'floor.edges[0][2]',
    ])
  })
})
