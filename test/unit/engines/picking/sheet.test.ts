import { describe, expect, test } from 'vitest'
import { minutesOf, turnHints, unreachableLocations } from '../../../../src-main/engines/picking/index.ts'
import type { AisleFloor, GraphFloor } from '../../../../src-main/engines/picking/index.ts'

const floor: AisleFloor = { kind: 'aisles', aisleX: [0, 20, 40, 60], crossY: [0, 50, 100] }
const ends = { start: [0, 0], end: [0, 0] } as const

describe('turnHints', () => {
  test('counts aisles to the side and says whether the place lies up or down', () => {
    const places = [[0, 10], [2, 40], [1, 40], [1, 90], [1, 20]] as const // prettier-ignore
    expect(turnHints(floor, places)).toEqual([
      { side: 'right', aisles: 2, along: 'up' },
      { side: 'left', aisles: 1, along: 'level' },
      { side: 'same-aisle', aisles: 0, along: 'up' },
      { side: 'same-aisle', aisles: 0, along: 'down' },
    ])
  })

  test('counts aisles as they lie on the floor, whatever their numbers', () => {
    const mixed: AisleFloor = { ...floor, aisleX: [40, 0, 60, 20] }
    expect(turnHints(mixed, [[1, 0], [0, 0], [3, 5]])).toEqual([
      { side: 'right', aisles: 2, along: 'level' },
      { side: 'left', aisles: 1, along: 'up' },
    ]) // prettier-ignore
  })

  test('has no hint for fewer than two places, nor for a leg that touches a node', () => {
    expect(turnHints(floor, [])).toEqual([])
    expect(turnHints(floor, [[1, 5]])).toEqual([])
    expect(turnHints(floor, [[1, 5], 7, [1, 6], [1, 8]])).toEqual([
      undefined,
      undefined,
      { side: 'same-aisle', aisles: 0, along: 'up' },
    ])
  })
})

describe('minutesOf', () => {
  test('adds walking and picking', () => {
    expect(minutesOf({ length: 240, picks: 6 }, { unitsPerMinute: 60, minutesPerPick: 0.5 })).toBe(4 + 3)
    expect(minutesOf({ length: 0, picks: 0 }, { unitsPerMinute: 60, minutesPerPick: 0.5 })).toBe(0)
  })

  test('is the time of one walk, however many pickers there are', () => {
    const pace = { unitsPerMinute: 60, minutesPerPick: 0.25 }
    const work = { length: 90, picks: 4 }
    expect(minutesOf(work, { ...pace, pickers: 3 })).toBe(minutesOf(work, pace))
  })
})

describe('unreachableLocations', () => {
  const locations = [
    { name: 'near', place: [0, 30] },
    { name: 'far', place: [3, 70] },
    { name: 'between', place: [1, 50] },
  ] as const

  test('names nothing on a whole floor', () => {
    expect(unreachableLocations(floor, locations, ends)).toEqual([])
    expect(unreachableLocations(floor, [], ends)).toEqual([])
  })

  test('names what missing passages cut off, in the order handed in', () => {
    const missing = floor.crossY.map((_, cross) => ({ cross, afterAisle: 0 }))
    expect(unreachableLocations({ ...floor, missing }, locations, ends)).toEqual(['far', 'between'])
  })

  test('names everything when no walk reaches the end', () => {
    const missing = floor.crossY.map((_, cross) => ({ cross, afterAisle: 2 }))
    const apart = { start: [0, 0], end: [3, 0] } as const
    expect(unreachableLocations({ ...floor, missing }, locations, apart)).toEqual(['near', 'far', 'between'])
  })

  test('names the place that a one-way lane leads to and none leads out of', () => {
    const trap: GraphFloor = {
      kind: 'graph',
      nodes: [[0, 0], [1, 0], [2, 0], [3, 0]], // prettier-ignore
      edges: [
        [0, 1, 5, 0],
        [1, 2, 5, 1],
        [3, 0, 5, 1],
      ],
    }
    const named = [1, 2, 3].map((place) => ({ name: `node ${place}`, place }))
    // Node 3 leads to the others, but nothing leads there.
    expect(unreachableLocations(trap, named, { start: 0, end: 0 })).toEqual(['node 2', 'node 3'])
    expect(unreachableLocations(trap, named, { start: 0, end: 2 })).toEqual(['node 3'])
  })

  test('refuses a place off the floor and says which', () => {
    const off = [...locations, { name: 'roof', place: [9, 0] as const }]
    const refusal = expect.objectContaining({
      code: 'ERR_INPUT_INVALID',
      details: expect.objectContaining({ path: 'locations[3].place' }),
    })
    expect(() => unreachableLocations(floor, off, ends)).toThrow(refusal)
  })
})
