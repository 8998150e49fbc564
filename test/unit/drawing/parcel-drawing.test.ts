import { describe, expect, test } from 'vitest'
import { drawPackingStages, drawParcel, type ParcelPicture } from '../../../src-main/drawing/index.ts'
import { outsideViewBox, textsOf } from './inside-viewbox.ts'

const box = { width: 250, height: 180 }
const inner = [400, 300, 250] as const
/** A grid of 4 x 3 x 2 pieces that fills the carton: the ones in the lower back cannot be seen. */
const grid: ParcelPicture['placements'] = Array.from({ length: 24 }, (_, i) => ({
  atMm: [(i % 4) * 100, (Math.floor(i / 4) % 3) * 100, Math.floor(i / 12) * 100],
  sizeMm: [100, 100, 100],
}))
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1))

describe('the picture of a parcel', () => {
  test('numbers every piece in packing order once, also the hidden ones', () => {
    const drawing = drawParcel({ innerMm: inner, placements: grid, title: 'parcel' }, box)
    const texts = textsOf(drawing).filter((text) => Number(text) <= 24)
    expect(texts.toSorted()).toEqual(numbers(24).toSorted())
    expect(outsideViewBox(drawing)).toEqual([])
  })

  test('leads from the number of a hidden piece to its place', () => {
    const drawing = drawParcel({ innerMm: inner, placements: grid, title: 'parcel' }, box)
    const dotted = drawing.shapes.filter((shape) => shape.kind === 'line' && shape.stroke.dash?.[0] === 1)
    expect(dotted.length).toBeGreaterThanOrEqual(6)
    const seen = drawParcel({ innerMm: inner, placements: grid.slice(0, 1), title: 'parcel' }, box)
    expect(seen.shapes.some((shape) => shape.kind === 'line' && shape.stroke.dash?.[0] === 1)).toBe(false)
  })

  test('tells the sides of the carton in millimetres', () => {
    expect(textsOf(drawParcel({ innerMm: inner, placements: [], title: 'parcel' }, box))).toEqual(['400', '300', '250'])
  })

  test('draws only the first pieces, the last of them marked by a thicker line', () => {
    const drawing = drawParcel({ innerMm: inner, placements: grid, upTo: 3, marksLast: true, title: 'step 3' }, box)
    expect(textsOf(drawing).filter((text) => Number(text) <= 24)).toEqual(['1', '2', '3'])
    const thick = drawing.shapes.filter((shape) => shape.kind === 'line' && shape.stroke.width === 2)
    expect(thick).toHaveLength(12)
  })

  test('draws a product in its own box without a carton', () => {
    const drawing = drawParcel(
      { innerMm: null, placements: [{ atMm: [0, 0, 0], sizeMm: [500, 60, 20] }], title: 'own' },
      box,
    )
    expect(textsOf(drawing)).toEqual(['500', '60', '20', '1'])
    expect(outsideViewBox(drawing)).toEqual([])
  })

  test.each([
    [2000, 20, 20],
    [20, 20, 2000],
    [1, 1, 1],
  ] as const)('stays inside its viewBox for a piece of %i x %i x %i mm', (...size) => {
    const drawing = drawParcel({ innerMm: size, placements: [{ atMm: [0, 0, 0], sizeMm: size }], title: 'odd' }, box)
    expect(outsideViewBox(drawing)).toEqual([])
    expect(drawing.height).toBeLessThanOrEqual(box.height + 0.01)
  })
})

describe('packing stages', () => {
  const wide = { width: 300, height: 130 }

  test('show every number once more than hidden, without a dotted line', () => {
    const drawing = drawPackingStages({ innerMm: inner, placements: grid, title: 'stages' }, wide)
    const texts = new Set(textsOf(drawing))
    expect(numbers(24).filter((number) => !texts.has(number))).toEqual([])
    expect(drawing.shapes.some((shape) => shape.kind === 'line' && shape.stroke.dash?.[0] === 1)).toBe(false)
    expect(outsideViewBox(drawing)).toEqual([])
    expect(drawing.height).toBeLessThanOrEqual(wide.height + 0.01)
  })

  test('say which pieces each adds', () => {
    const texts = textsOf(drawPackingStages({ innerMm: inner, placements: grid, title: 'stages' }, wide))
    const ranges = texts.filter((text) => text.includes('-'))
    expect(ranges.length).toBeGreaterThanOrEqual(2)
    expect(ranges[0]).toMatch(/^1-/)
    expect(ranges.at(-1)).toMatch(/-24$/)
  })

  test('are one plain picture when nothing is hidden', () => {
    const picture = { innerMm: inner, placements: grid.slice(0, 2), title: 'one' }
    expect(drawPackingStages(picture, wide)).toEqual(drawParcel(picture, wide))
  })
})
