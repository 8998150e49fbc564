import { describe, expect, test } from 'vitest'
import { faultsOfFloor } from '../../../src-main/domain/floor-faults.ts'
import type { Floor, Place } from '../../../src-main/domain/floor.ts'
import { makeFloor, makeLocation } from '../../fixtures/builders.ts'

const faults = (floor: Partial<Floor>, places: Readonly<Record<string, Place>>) =>
  faultsOfFloor(
    makeFloor(floor),
    Object.entries(places).map(([code, place]) => makeLocation({ code, place })),
  ).map(({ of, code, reason }) => `${of} ${code} ${reason}`)

describe('what cannot be reached on a floor', () => {
  test('is named with its reason, and nothing else is', () => {
    const missing = [{ aisle: 0, afterCross: 0 }, { cross: 0, afterAisle: 1 }, { cross: 1, afterAisle: 1 }] // prettier-ignore
    const places = { IN: [1, 100], GONE: [9, 100], FAR: [0, 99_999], SHUT: [0, 50], CUT: [2, 50] } as const
    expect(faults({ missing }, places)).toEqual([
      'location GONE off-floor',
      'location FAR off-floor',
      'location SHUT closed',
      'location CUT cut-off',
    ])
  })

  test('begins with start and end, which leave the other places alone', () => {
    expect(faults({ depot: [7, 0], packingTable: [1, -5] }, { IN: [1, 100] })).toEqual(['start  off-floor', 'end  off-floor']) // prettier-ignore
    expect(faults({ depot: [7, 0] }, { IN: [1, 100] })).toEqual(['start  off-floor'])
  })

  test('names a code that is there twice', () => {
    const twice = [makeLocation({ code: 'A' }), makeLocation({ code: 'A', place: [1, 10] })]
    expect(faultsOfFloor(makeFloor(), twice)).toMatchObject([{ code: 'A', reason: 'twice', place: [1, 10] }])
  })
})
