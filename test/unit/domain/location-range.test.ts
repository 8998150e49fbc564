import { describe, expect, test } from 'vitest'
import { codesOfRange, placeRange, type LocationRange } from '../../../src-main/domain/location-range.ts'
import { makeFloor } from '../../fixtures/builders.ts'

const refusal = expect.objectContaining({
  code: 'ERR_INPUT_INVALID',
  details: expect.objectContaining({ path: 'codes' }),
})

describe('the codes of a range', () => {
  test.each([
    ['A-01..A-03', [['A-01', 'A-02', 'A-03']]],
    ['A-9..A-11', [['A-9', 'A-10', 'A-11']]],
    [' A-1 ... A-2 ', [['A-1', 'A-2']]],
    ['A-01', [['A-01']]],
    ['A-1..B-2', [['A-1', 'A-2'], ['B-1', 'B-2']]],
    ['R1-1-1..R1-2-2', [['R1-1-1', 'R1-1-2'], ['R1-2-1', 'R1-2-2']]],
    ['a..c', [['a', 'b', 'c']]],
  ])('%s', (text, codes) => {
    expect(codesOfRange(text)).toEqual(codes)
  }) // prettier-ignore

  test.each(['', '..', 'A-05..A-01', 'A-1..AB-1', 'A..3', 'A-1..A-2..A-3', 'A-1..A-99999', 'Z-1..a-1'])(
    'refuses %j in words that name the codes',
    (text) => {
      expect(() => codesOfRange(text)).toThrow(refusal)
    },
  )
})

const floor = makeFloor({ aisleX: [0, 3000, 6000], crossY: [0, 10_000, 20_000] })
const range = (given: Partial<LocationRange>): LocationRange => ({
  codes: 'A-1..A-4',
  aisle: 0,
  fromMm: 1000,
  toMm: 9000,
  sides: 'left',
  levels: 1,
  ...given,
})
const standing = (given: Partial<LocationRange>): readonly string[] =>
  placeRange(floor, range(given)).map(({ code, place, side }) => `${code} ${side} ${place.join('/')}`)

describe('places of a range', () => {
  test('stand evenly along the shelf, each in the middle of its bay', () => {
    expect(standing({})).toEqual(['A-1 L 0/2000', 'A-2 L 0/4000', 'A-3 L 0/6000', 'A-4 L 0/8000'])
    expect(standing({ fromMm: 9000, toMm: 1000, codes: 'A-1..A-2' })).toEqual(['A-1 L 0/7000', 'A-2 L 0/3000'])
  })

  test('face each other in zigzag, and come back down the other side when they go round', () => {
    expect(standing({ sides: 'zigzag' })).toEqual(['A-1 L 0/3000', 'A-2 R 0/3000', 'A-3 L 0/7000', 'A-4 R 0/7000'])
    expect(standing({ sides: 'round' })).toEqual(['A-1 L 0/3000', 'A-2 L 0/7000', 'A-3 R 0/7000', 'A-4 R 0/3000'])
  })

  test('leave the cross aisles between them free', () => {
    const heights = placeRange(floor, range({ codes: 'A-01..A-16', fromMm: 900, toMm: 19_100 })).map(({ place }) => place[1]) // prettier-ignore
    expect(heights).toHaveLength(16)
    expect(heights.filter((y) => Math.abs(y - 10_000) < 900)).toEqual([])
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
  })

  test('have a code for each level, from the floor up', () => {
    const places = placeRange(floor, range({ codes: 'A-1', levels: 3 }))
    expect(places.map(({ code, shelf }) => [code, shelf])).toEqual([['A-1-1', 1], ['A-1-2', 2], ['A-1-3', 3]]) // prettier-ignore
  })

  test('go on in the next aisles, as long as there are any', () => {
    expect(standing({ codes: 'B-1..C-2', aisle: 1 })).toEqual([
      'B-1 L 1/3000',
      'B-2 L 1/7000',
      'C-1 L 2/3000',
      'C-2 L 2/7000',
    ])
    expect(() => standing({ codes: 'B-1..D-2', aisle: 1 })).toThrow(refusal)
    expect(() => standing({ fromMm: 500, toMm: 500 })).toThrow(refusal)
  })
})
