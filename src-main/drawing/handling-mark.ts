import type { Drawing, Point, Shape } from './drawing.ts'

/** The marks that can be drawn; the same words as the domain's HandlingMark. */
export type MarkName = 'adult' | 'fragile' | 'this-way-up' | 'chilled' | 'frozen' | 'dangerous' | 'heavy'

const side = 24
const ink = 'ink' as const // literal: one of the ink roles
const line = (width: number) => ({ ink, width })
const stroked = (points: readonly Point[], width = 1.8): Shape => ({ kind: 'polyline', points, stroke: line(width) })
const filled = (points: readonly Point[]): Shape => ({ kind: 'polygon', points, fill: ink })

/** A pictogram 24 units square in the manner of ISO 780, black on white, always printed beside its word. */
export function drawHandlingMark(mark: MarkName): Drawing {
  return { width: side, height: side, title: mark, shapes: pictograms[mark]() }
}

const pictograms: { readonly [mark in MarkName]: () => readonly Shape[] } = {
  // A card with a face on it: look at who takes it.
  adult: () => [
    {
      kind: 'polygon',
      points: [
        [1.5, 4.5],
        [22.5, 4.5],
        [22.5, 19.5],
        [1.5, 19.5],
      ],
      stroke: line(1.8),
    },
    { kind: 'circle', centre: [7.8, 9.6], radius: 2.4, fill: ink },
    filled([
      [3.8, 16.6],
      [5, 13.2],
      [10.6, 13.2],
      [11.8, 16.6],
    ]),
    ...[8.6, 12, 15.4].map((y): Shape => ({ kind: 'line', from: [14, y], to: [19.8, y], stroke: line(1.6) })),
  ],
  fragile: () => [
    filled([
      [6, 2],
      [18, 2],
      [17, 9],
      [13.2, 13],
      [13.2, 19.5],
      [18, 21],
      [18, 22.5],
      [6, 22.5],
      [6, 21],
      [10.8, 19.5],
      [10.8, 13],
      [7, 9],
    ]),
    {
      kind: 'polyline',
      points: [
        [12.5, 2],
        [10.5, 5],
        [13.2, 7],
        [11.6, 10],
      ],
      stroke: { ink: 'paper', width: 1.2 },
    },
  ],
  'this-way-up': () => [
    ...[7, 17].map((x) =>
      filled([
        [x, 2],
        [x + 5, 8.5],
        [x + 1.7, 8.5],
        [x + 1.7, 18],
        [x - 1.7, 18],
        [x - 1.7, 8.5],
        [x - 5, 8.5],
      ]),
    ),
    stroked(
      [
        [2, 21.5],
        [22, 21.5],
      ],
      2,
    ),
  ],
  chilled: () => [
    {
      kind: 'polyline',
      points: [
        [9.5, 14.5],
        [9.5, 4],
        [11, 2.2],
        [13, 2.2],
        [14.5, 4],
        [14.5, 14.5],
      ],
      stroke: line(1.6),
    },
    { kind: 'circle', centre: [12, 18], radius: 4.3, fill: ink },
    { kind: 'line', from: [12, 8], to: [12, 18], stroke: line(2) },
    ...[4.5, 7.5, 10.5].map((y): Shape => ({ kind: 'line', from: [16.5, y], to: [20, y], stroke: line(1.2) })),
  ],
  frozen: () => [0, 60, 120, 180, 240, 300].flatMap((angle) => snowArm((angle * Math.PI) / 180)),
  dangerous: () => [
    {
      kind: 'polygon',
      points: [
        [12, 1.5],
        [22.5, 12],
        [12, 22.5],
        [1.5, 12],
      ],
      stroke: line(2),
    },
    filled([
      [10.4, 6],
      [13.6, 6],
      [12.9, 13.8],
      [11.1, 13.8],
    ]),
    { kind: 'circle', centre: [12, 16.7], radius: 1.5, fill: ink },
  ],
  heavy: () => [
    filled([
      [6.5, 8.5],
      [17.5, 8.5],
      [22, 22],
      [2, 22],
    ]),
    { kind: 'circle', centre: [12, 5.2], radius: 3, stroke: line(2) },
    { kind: 'text', at: [12, 18.6], text: 'kg', size: 9, anchor: 'middle', ink: 'paper', bold: true },
  ],
}

function snowArm(angle: number): readonly Shape[] {
  const at = (distance: number, turn = 0): Point => [
    12 + distance * Math.cos(angle + turn),
    12 + distance * Math.sin(angle + turn),
  ]
  return [stroked([[12, 12], at(10.5)]), stroked([at(10, 0.38), at(6.5), at(10, -0.38)], 1.4)]
}
