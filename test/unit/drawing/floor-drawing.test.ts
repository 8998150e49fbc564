import { describe, expect, test } from 'vitest'
import { drawFloor, type FloorPicture } from '../../../src-main/drawing/index.ts'
import { inRanges } from '../../../src-main/drawing/stop-labels.ts'
import { outsideViewBox, textsOf } from './inside-viewbox.ts'

const box = { width: 500, height: 240 }
const empty: FloorPicture = {
  aisleX: [0, 4000, 8000],
  crossY: [0, 10_000, 20_000],
  depot: [0, 0],
  packingTable: [2, 0],
  path: [],
  stops: [],
  words: { title: 'Floor', start: 'Start', end: 'Table' },
}
const tour: FloorPicture = {
  ...empty,
  path: [
    [0, 0],
    [0, 20_000],
    [4000, 20_000],
    [4000, 15_000],
    [4000, 20_000],
    [8000, 20_000],
    [8000, 0],
  ],
  stops: [
    { seq: 1, place: [0, 5000] },
    { seq: 2, place: [0, 5000] },
    { seq: 3, place: [1, 15_000] },
    { seq: 4, place: [2, 3000] },
  ],
}
const arrows = (picture: FloorPicture): number =>
  drawFloor(picture, box).shapes.filter((shape) => shape.kind === 'polygon' && shape.fill === 'accent').length

describe('the map of a tour', () => {
  test('numbers every stop, stops at one place together', () => {
    expect(textsOf(drawFloor(tour, box))).toEqual(['Start', 'Table', '1-2', '3', '4'])
  })

  test('shows the walk as one line with arrows, and a way walked there and back as two', () => {
    const lines = drawFloor(tour, box).shapes.flatMap((shape) => (shape.kind === 'polyline' ? [shape.points] : []))
    expect(lines).toHaveLength(1)
    const [points = []] = lines
    const turn = points.findIndex(
      ([, y], i) => y === points[i + 1]?.[1] && Math.abs((points[i + 1]?.[0] ?? 0) - (points[i]?.[0] ?? 0)) < 5,
    )
    expect(turn).toBeGreaterThan(0)
    expect(arrows(tour)).toBeGreaterThanOrEqual(5)
    expect(arrows(empty)).toBe(0)
  })

  test('has one word for start and end at the same place', () => {
    expect(textsOf(drawFloor({ ...empty, packingTable: [0, 0] }, box))).toEqual(['Start / Table'])
  })

  test('bars closed passages of both kinds', () => {
    const bars = (picture: FloorPicture): number =>
      drawFloor(picture, box).shapes.filter((shape) => shape.kind === 'line').length
    const missing = [
      { cross: 1, afterAisle: 0 },
      { aisle: 2, afterCross: 1 },
    ]
    expect(bars({ ...empty, missing }) - bars(empty)).toBe(2)
  })

  test('names the aisles it is told', () => {
    expect(textsOf(drawFloor({ ...empty, aisleNames: ['A-01', undefined, 'A-03'] }, box))).toEqual([
      'A-01',
      'A-03',
      'Start',
      'Table',
    ])
  })

  test.each([
    ['one aisle', { ...empty, aisleX: [0], packingTable: [0, 0] as const }],
    [
      'a flat floor of 30 aisles',
      { ...empty, aisleX: Array.from({ length: 30 }, (_, i) => i * 3000), crossY: [0, 4000] },
    ],
    ['a deep floor', { ...empty, crossY: [0, 20_000, 40_000, 60_000, 80_000] }],
    ['the tour', tour],
  ])('%s stays inside its viewBox and its box', (_, picture) => {
    const drawing = drawFloor(picture, box)
    expect(outsideViewBox(drawing)).toEqual([])
    expect(drawing.height).toBeLessThanOrEqual(box.height + 0.01)
  })

  test('labels of 200 stops do not cover each other', () => {
    const stops = Array.from({ length: 200 }, (_, i) => ({ seq: i + 1, place: [i % 3, 100 + i * 97] as const }))
    const labels = drawFloor({ ...tour, stops }, box).shapes.flatMap((shape) =>
      shape.kind === 'text' && shape.anchor === 'start' ? [shape] : [],
    )
    for (const [i, one] of labels.entries()) {
      const near = labels
        .slice(i + 1)
        .filter((other) => other.at[0] === one.at[0] && Math.abs(other.at[1] - one.at[1]) < 7)
      expect(near).toEqual([])
    }
    const named = labels.flatMap(({ text }) => text.split(', ').flatMap(unfolded))
    expect(named.toSorted((a, b) => a - b)).toEqual(stops.map((stop) => stop.seq))
  })
})

function unfolded(run: string): readonly number[] {
  const [from = 0, to = from] = run.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

test('numbers are joined to ranges', () => {
  expect(inRanges([5, 3, 4, 9, 9])).toBe('3-5, 9')
  expect(inRanges([])).toBe('')
})
