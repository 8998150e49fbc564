import { describe, expect, test } from 'vitest'
import { drawDeliveryLine, drawHandlingMark, toSvg, type Drawing } from '../../../src-main/drawing/index.ts'
import { outsideViewBox, textsOf } from './inside-viewbox.ts'

const stops = (count: number): { seq: string; routingCode: string; parcels: number }[] =>
  Array.from({ length: count }, (_, i) => ({ seq: String(i + 1), routingCode: `DE-${i % 7}`, parcels: 1 + (i % 3) }))
const words = { title: 'Route 1', shop: 'Shop' }

describe('the delivery sketch', () => {
  test('names sequence, routing code and number of parcels, and no place', () => {
    expect(textsOf(drawDeliveryLine({ stops: stops(2), words }, { width: 300, height: 100 }))).toEqual([
      'Shop',
      '1',
      'DE-0',
      '2',
      'DE-1',
      '×2',
    ])
  })

  test('turns at the end of each row without a jump', () => {
    const drawing = drawDeliveryLine({ stops: stops(30), words }, { width: 500, height: 200 })
    const [line] = drawing.shapes.flatMap((shape) => (shape.kind === 'polyline' ? [shape.points] : []))
    const steps = (line ?? [])
      .slice(1)
      .map(([x, y], i) => Math.hypot(x - (line?.[i]?.[0] ?? 0), y - (line?.[i]?.[1] ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(45)
    expect(outsideViewBox(drawing)).toEqual([])
  })

  test('ends in an ellipsis where rows run out', () => {
    const drawing = drawDeliveryLine({ stops: stops(200), words }, { width: 500, height: 168 })
    expect(textsOf(drawing).at(-1)).toBe('...')
    expect(drawing.height).toBe(168)
  })

  test('an empty route is the shop alone', () => {
    expect(textsOf(drawDeliveryLine({ stops: [], words }, { width: 300, height: 100 }))).toEqual(['Shop'])
  })
})

test.each(['adult', 'fragile', 'this-way-up', 'chilled', 'frozen', 'dangerous', 'heavy'] as const)(
  'the mark %s is a pictogram in its square',
  (mark) => {
    const drawing = drawHandlingMark(mark)
    expect(drawing.shapes.length).toBeGreaterThan(1)
    expect(outsideViewBox(drawing)).toEqual([])
  },
)

describe('SVG', () => {
  const drawing: Drawing = {
    width: 10,
    height: 20,
    title: 'A & "B"',
    shapes: [
      { kind: 'line', from: [0, 0], to: [1 / 3, 2], stroke: { ink: 'ink', width: 1, dash: [1, 2] } },
      {
        kind: 'polyline',
        points: [
          [0, 0],
          [1, 1],
        ],
        stroke: { ink: 'accent', width: 1 },
      },
      {
        kind: 'polygon',
        points: [
          [0, 0],
          [1, 1],
          [2, 0],
        ],
        fill: 'mid',
      },
      { kind: 'circle', centre: [1, 1], radius: 2 },
      { kind: 'text', at: [1, 2], text: '<1>', size: 8, anchor: 'middle', ink: 'ink', bold: true },
    ],
  }

  test('holds every shape, names itself and escapes texts', () => {
    expect(toSvg(drawing)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" role="img" aria-label="A &amp; &quot;B&quot;">' +
        '<title>A &amp; &quot;B&quot;</title>' +
        '<path d="M0 0L0.33 2" fill="none" stroke="var(--drawing-ink,#111111)" stroke-width="1" stroke-linejoin="round" stroke-dasharray="1 2"/>' +
        '<path d="M0 0L1 1" fill="none" stroke="var(--drawing-accent,#0b5cad)" stroke-width="1" stroke-linejoin="round"/>' +
        '<path d="M0 0L1 1L2 0Z" fill="var(--drawing-mid,#dcdcdc)"/>' +
        '<circle cx="1" cy="1" r="2" fill="none"/>' +
        '<text x="1" y="2" font-size="8" text-anchor="middle" font-weight="700" fill="var(--drawing-ink,#111111)">&lt;1&gt;</text>' +
        '</svg>',
    )
  })

  test('is the same text for the same drawing', () => {
    expect(toSvg(drawing)).toBe(toSvg(structuredClone(drawing)))
  })
})
