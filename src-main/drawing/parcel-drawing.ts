import type { Box, Drawing, Ink, Point, Shape } from './drawing.ts'
import { centredText, roughTextWidth } from './drawing.ts'
import {
  fittedScene,
  isReadable,
  numberSize,
  sceneHeight,
  spotsOf,
  type ParcelPicture,
  type Scene,
} from './parcel-scene.ts'
import { inPaintingOrder, type Point3, type Solid } from './solids.ts'

const sideSize = 7
/** Room at the right for the numbers of pieces that cannot be seen. */
const calloutWidth = 22

/**
 * The parcel seen from above its front right corner: carton outline, sides in millimetres, every piece outlined and
 * numbered in packing order. A piece hidden behind others has its number at the side with a dotted line to its place,
 * unless it is one of `shownBefore`. The result is as wide as `box` and at most as high.
 */
export function drawParcel(picture: ParcelPicture, box: Box): Drawing {
  const fitted = fittedScene(picture, box)
  const spots = spotsOf(fitted.solids)
  const hidden = spots.flatMap((spot, piece) => (spot && isReadable(spot, fitted) ? [] : [piece]))
  const called = hidden.filter((piece) => !picture.shownBefore?.includes(piece))
  const scene = called.length > 0 ? fittedScene(picture, { ...box, width: box.width - calloutWidth }) : fitted
  const marked = picture.marksLast ? scene.solids.length - 1 : -1
  const shapes = [
    ...(picture.innerMm ? cartonBehind(scene) : []),
    ...inPaintingOrder(scene.solids).flatMap((part) => solidShapes(scene, part, part.piece === marked)),
    ...(picture.innerMm ? cartonInFront(scene) : []),
    ...sideLengths(scene),
    ...spots.flatMap((spot, piece) => (spot && !hidden.includes(piece) ? [numberOn(scene, spot, piece)] : [])),
    ...callouts(scene, { pieces: called, width: box.width }),
  ]
  return { width: box.width, height: sceneHeight(scene), title: picture.title, shapes }
}

/** Floor and the two walls behind the pieces. */
function cartonBehind(scene: Scene): readonly Shape[] {
  const [l, w, h] = scene.inner
  const wall = (fill: Ink, corners: readonly Point3[]): Shape => ({
    kind: 'polygon',
    points: corners.map(scene.toDrawing),
    fill,
    stroke: { ink: 'muted', width: 0.6 },
  })
  return [
    wall('paper', [
      [0, 0, 0],
      [l, 0, 0],
      [l, w, 0],
      [0, w, 0],
    ]),
    wall('paper', [
      [0, 0, 0],
      [l, 0, 0],
      [l, 0, h],
      [0, 0, h],
    ]),
    wall('paper', [
      [0, 0, 0],
      [0, w, 0],
      [0, w, h],
      [0, 0, h],
    ]),
  ]
}

/** The carton's edges between the pieces and the eye, dashed so that the pieces stay readable. */
function cartonInFront(scene: Scene): readonly Shape[] {
  const [l, w, h] = scene.inner
  const edges: readonly (readonly [Point3, Point3])[] = [
    [
      [0, w, 0],
      [l, w, 0],
    ],
    [
      [l, 0, 0],
      [l, w, 0],
    ],
    [
      [l, w, 0],
      [l, w, h],
    ],
    [
      [l, 0, h],
      [l, w, h],
    ],
    [
      [0, w, h],
      [l, w, h],
    ],
  ]
  return edges.map(([from, to]) => ({
    kind: 'line',
    from: scene.toDrawing(from),
    to: scene.toDrawing(to),
    stroke: { ink: 'muted', width: 0.5, dash: [3, 2] },
  }))
}

/** The three faces that can be seen, filled, and those of their edges that are edges of the whole piece. */
function solidShapes(scene: Scene, part: Solid, isMarked: boolean): readonly Shape[] {
  const whole = scene.solids[part.piece] ?? part
  const [x0, y0, z0] = part.low
  const [x1, y1, z1] = part.high
  const face = (fill: Ink, corners: readonly Point3[]): readonly Shape[] => [
    { kind: 'polygon', points: corners.map(scene.toDrawing), fill },
    ...corners.flatMap((from, i): Shape[] => {
      const to = corners[(i + 1) % corners.length] ?? from
      if (!isEdgeOf(whole, from, to)) return []
      const stroke = { ink: 'ink', width: isMarked ? 2 : 0.8 } as const // literal: the stroke's ink is one of the roles
      return [{ kind: 'line', from: scene.toDrawing(from), to: scene.toDrawing(to), stroke }]
    }),
  ]
  return [
    ...face('light', [
      [x0, y0, z1],
      [x1, y0, z1],
      [x1, y1, z1],
      [x0, y1, z1],
    ]),
    ...face('mid', [
      [x0, y1, z0],
      [x1, y1, z0],
      [x1, y1, z1],
      [x0, y1, z1],
    ]),
    ...face('dark', [
      [x1, y0, z0],
      [x1, y1, z0],
      [x1, y1, z1],
      [x1, y0, z1],
    ]),
  ]
}

function isEdgeOf(whole: Solid, from: Point3, to: Point3): boolean {
  const fixed = ([0, 1, 2] as const).filter((axis) => from[axis] === to[axis]) // literal axes of a Point3
  return fixed.every((axis) => from[axis] === whole.low[axis] || from[axis] === whole.high[axis])
}

function numberOn(scene: Scene, spot: { at: Point; room: number }, piece: number): Shape {
  const origin = scene.toDrawing([0, 0, 0])
  const at: Point = [origin[0] + spot.at[0] * scene.scale, origin[1] + spot.at[1] * scene.scale]
  const text = String(piece + 1)
  const size = Math.min(
    numberSize.most,
    Math.max(numberSize.least, (spot.room * scene.scale * 2) / (0.6 + text.length * 0.45)),
  )
  return centredText(at, text, { size, bold: true })
}

function sideLengths(scene: Scene): readonly Shape[] {
  const [l, w, h] = scene.inner
  const label = (middle: Point3, by: Point, millimetres: number): Shape => {
    const [x, y] = scene.toDrawing(middle)
    return centredText([x + by[0], y + by[1]], String(millimetres), { size: sideSize, ink: 'muted' })
  }
  return [
    label([l / 2, w, 0], [-7, 7], l),
    label([l, w / 2, 0], [7, 7], w),
    label([l, 0, h / 2], [5 + roughTextWidth(String(h), sideSize) / 2, 0], h),
  ]
}

function callouts(scene: Scene, hidden: { pieces: readonly number[]; width: number }): readonly Shape[] {
  const step = Math.min(12, (sceneHeight(scene) - 8) / Math.max(1, hidden.pieces.length))
  return hidden.pieces.flatMap((piece, i): Shape[] => {
    const solid = scene.solids[piece]
    if (!solid) return []
    const middle = (axis: 0 | 1 | 2): number => (solid.low[axis] + solid.high[axis]) / 2
    const at: Point = [hidden.width - 8, 8 + i * step]
    const centre = scene.toDrawing([middle(0), middle(1), middle(2)])
    return [
      { kind: 'line', from: [at[0] - 6, at[1]], to: centre, stroke: { ink: 'ink', width: 0.5, dash: [1, 1.5] } },
      { kind: 'circle', centre, radius: 1.2, fill: 'ink' },
      centredText(at, String(piece + 1), { size: Math.min(8, step), bold: true }),
    ]
  })
}
