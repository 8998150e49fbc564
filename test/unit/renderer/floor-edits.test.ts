import { describe, expect, test } from 'vitest'
import {
  addAisle,
  addCross,
  addLocations,
  moveAisle,
  moveBay,
  moveCross,
  nudge,
  removeAisle,
  removeCross,
  renameStart,
  stretchRow,
  togglePassage,
} from '../../../src-renderer/screens/floor/floor-edits.ts'
import { aisleName, baysOf, partsOf, type Drawing } from '../../../src-renderer/screens/floor/floor-parts.ts'
import { dragged, firstPiece, nextPiece } from '../../../src-renderer/screens/floor/taking-hold.ts'
import { lengthText, typedLength } from '../../../src-renderer/screens/floor/lengths.ts'

const at = (code: string, place: readonly [number, number], more: { side?: 'L' | 'R'; shelf?: number } = {}) => ({
  code,
  place,
  side: more.side ?? ('L' as const),
  shelf: more.shelf ?? 1,
})
const drawing: Drawing = {
  floor: {
    aisleX: [0, 3000, 6000],
    crossY: [0, 10_000],
    missing: [{ cross: 1, afterAisle: 1 }],
    depot: [0, 0],
    packingTable: [2, 0],
  },
  locations: [at('A-1', [0, 2000]), at('B-1-1', [1, 2000]), at('B-1-2', [1, 2000], { shelf: 2 }), at('B-2-1', [1, 6000]), at('C-1', [2, 9000], { side: 'R' })], // prettier-ignore
}
const codes = ({ locations }: Drawing) => locations.map(({ code, place }) => `${code} ${place.join('/')}`)

describe('drawing a floor', () => {
  test('aisles and cross aisles keep apart, and what stands on them goes along', () => {
    expect(moveAisle(drawing, 1, 9999).floor.aisleX).toEqual([0, 5500, 6000])
    expect(moveAisle(drawing, 0, -700).floor.aisleX).toEqual([-700, 3000, 6000])
    const moved = moveCross(drawing, 0, 1000)
    expect(moved.floor).toMatchObject({ crossY: [1000, 10_000], depot: [0, 1000], packingTable: [2, 1000] })
    expect(codes(moved)).toEqual(codes(drawing))
  })

  test('a new aisle makes room, and everything behind it keeps its aisle', () => {
    const wider = addAisle(drawing, 0)
    expect(wider.floor).toMatchObject({ aisleX: [0, 3000, 6000, 9000], packingTable: [3, 0], missing: [{ cross: 1, afterAisle: 2 }] }) // prettier-ignore
    expect(codes(wider)).toEqual(['A-1 0/2000', 'B-1-1 2/2000', 'B-1-2 2/2000', 'B-2-1 2/6000', 'C-1 3/9000'])
    // In a stockroom the back wall goes on behind the new aisle.
    expect(addAisle(drawing, 2).floor).toMatchObject({ aisleX: [0, 3000, 6000, 9000], missing: [{ afterAisle: 1 }, { cross: 1, afterAisle: 2 }] }) // prettier-ignore
  })

  test('an aisle is taken out with its places; the last one stays', () => {
    const less = removeAisle(drawing, 1)
    expect(less.floor).toMatchObject({ aisleX: [0, 6000], missing: [], packingTable: [1, 0] })
    expect(codes(less)).toEqual(['A-1 0/2000', 'C-1 1/9000'])
    const both = togglePassage(drawing, { cross: 1, afterAisle: 0 })
    expect(removeAisle(both, 1).floor.missing).toEqual([{ cross: 1, afterAisle: 0 }])
    expect(removeAisle(removeAisle(less, 1), 0).floor).toMatchObject({ aisleX: [0], depot: [0, 0], packingTable: [0, 0] }) // prettier-ignore
  })

  test('a cross aisle parts a closed piece of aisle in two closed ones, and joins them again', () => {
    const shut = togglePassage(drawing, { aisle: 1, afterCross: 0 })
    const parted = addCross(shut, 0)
    expect(parted.floor.crossY).toEqual([0, 5000, 10_000])
    expect(parted.floor.missing).toEqual([{ cross: 2, afterAisle: 1 }, { aisle: 1, afterCross: 0 }, { aisle: 1, afterCross: 1 }]) // prettier-ignore
    expect(removeCross(parted, 1).floor).toEqual(shut.floor)
    expect(removeCross(drawing, 1)).toBe(drawing)
    expect(togglePassage(shut, { aisle: 1, afterCross: 0 }).floor).toEqual(drawing.floor)
  })

  test('a bay moves with all of its levels, by keys over its aisle into the next one', () => {
    const bay = { kind: 'bay', aisle: 1, side: 'L', y: 2000 } as const // a literal kind
    const first = nudge(drawing, bay, { right: 1, up: 0, step: 100 })
    expect(first.part).toMatchObject({ aisle: 1, side: 'R', y: 2000 })
    const second = nudge(first.drawing, first.part, { right: 1, up: -1, step: 5000 })
    expect(second.part).toEqual({ kind: 'bay', aisle: 2, side: 'L', y: 0 })
    expect(codes(second.drawing)).toEqual(['A-1 0/2000', 'B-1-1 2/0', 'B-1-2 2/0', 'B-2-1 1/6000', 'C-1 2/9000'])
    expect(baysOf(moveBay(drawing, bay, { aisle: 9, side: 'L', y: 99_999 }).locations).map(({ key }) => key)).toContain('bay 2 L 10000') // prettier-ignore
  })

  test('a shelf is stretched between its ends and stays in its block', () => {
    const row = { kind: 'row', aisle: 1, side: 'L', block: 0 } as const // a literal kind
    expect(codes(stretchRow(drawing, row, [1000, 9000]))).toMatchObject(['A-1 0/2000', 'B-1-1 1/1000', 'B-1-2 1/1000', 'B-2-1 1/9000', 'C-1 2/9000']) // prettier-ignore
    expect(codes(stretchRow(drawing, row, [-5, 20_000])).slice(1, 4)).toEqual(['B-1-1 1/0', 'B-1-2 1/0', 'B-2-1 1/9999']) // prettier-ignore
    const up = nudge(drawing, row, { right: 0, up: 1, step: 100_000 })
    expect(codes(up.drawing).slice(1, 4)).toEqual(['B-1-1 1/5999', 'B-1-2 1/5999', 'B-2-1 1/9999'])
  })

  test('codes are renamed by their beginning, and none is drawn twice', () => {
    const aisle = { kind: 'aisle', aisle: 1 } as const // a literal kind
    const renamed = renameStart(drawing, aisle, ['B-', 'X-0'])
    expect(renamed.locations.map(({ code }) => code)).toEqual(['A-1', 'X-01-1', 'X-01-2', 'X-02-1', 'C-1'])
    expect(aisleName(drawing, 1)).toBe('B')
    expect(aisleName(drawing, 0)).toBeUndefined()
    expect(addLocations(drawing, [at('A-1', [2, 5]), at('Z', [2, 5])]).locations).toHaveLength(6)
  })

  test('what is dragged follows the hand to the nearest aisle and side', () => {
    const bay = { kind: 'bay', aisle: 1, side: 'L', y: 2000 } as const // a literal kind
    const moved = dragged(drawing, bay, { x: 5200, y: 4000 })
    expect(moved.part).toEqual({ kind: 'bay', aisle: 2, side: 'L', y: 4000 })
    expect(dragged(drawing, { kind: 'start' }, { x: 5900, y: -50 }).drawing.floor.depot).toEqual([2, 0])
    const row = { kind: 'row', aisle: 1, side: 'L', block: 0 } as const // a literal kind
    const longer = dragged(drawing, row, { x: 0, y: 9000, edge: 'high' }).drawing
    expect(codes(longer).slice(1, 4)).toEqual(['B-1-1 1/2000', 'B-1-2 1/2000', 'B-2-1 1/9000'])
    expect(dragged(drawing, row, { x: 0, y: 9000 }).drawing).toBe(drawing)
  })

  test('pieces of way are stepped through without leaving the floor', () => {
    const first = firstPiece(drawing.floor, { kind: 'cross', cross: 1 })
    expect(first).toEqual({ kind: 'passage', passage: { cross: 1, afterAisle: 0 } })
    const step = (right: number, up: number) => nextPiece(drawing.floor, { cross: 1, afterAisle: 1 }, { right, up })
    expect(step(1, 1)).toMatchObject({ passage: { cross: 1, afterAisle: 1 } })
    expect(step(-1, -1)).toMatchObject({ passage: { cross: 0, afterAisle: 0 } })
    expect(nextPiece(drawing.floor, { aisle: 0, afterCross: 0 }, { right: 9, up: 1 })).toMatchObject({ passage: { aisle: 2, afterCross: 0 } }) // prettier-ignore
  })

  test('every part can be stepped to', () => {
    expect(partsOf(drawing).map(({ kind }) => kind)).toEqual(['start', 'end', 'aisle', 'aisle', 'aisle', 'cross', 'cross', 'row', 'row', 'row']) // prettier-ignore
  })
})

describe('a length', () => {
  test.each([['3', 3000], ['3,25', 3250], ['320 cm', 320 * 10], ['10 ft', 3048], ['−1 m', -1000], ['3 apples', undefined], ['', undefined], ['1.2.3', undefined]] as const)('%j', (text, mm) => {
    expect(typedLength(text, 'metric')).toBe(mm)
  }) // prettier-ignore

  test('is written and read in the units of the person', () => {
    expect(lengthText(3250, { locale: 'en', units: 'metric' })).toBe('3.25 m')
    expect(lengthText(3048, { locale: 'en', units: 'imperial' })).toBe('10 ft')
    expect(typedLength('10', 'imperial')).toBe(3048)
    expect(typedLength(lengthText(1234, { locale: 'de', units: 'metric' }), 'metric')).toBe(1234)
  })
})
