import type { Drawing, Ink, Point, Shape, Stroke } from '../../../drawing/index.ts'
import { assertNever } from '../../../kernel/errors.ts'
import type { Paper } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { newBitmap, stamp, type Bitmap } from './bitmap.ts'
import { fillContours, type Contour } from './fill-contours.ts'
import { textBitmap } from './text-bitmap.ts'

/** A label printer knows black and white alone. */
const isBlack = (ink: Ink): boolean => ink === 'ink' || ink === 'accent' || ink === 'muted' || ink === 'dark'

/** A drawing so many dots high, black on white. */
export function drawingBitmap(tools: { shelf: FontShelf; paper: Paper }, drawing: Drawing, height: number): Bitmap {
  const scale = height / drawing.height
  const bitmap = newBitmap(Math.ceil(drawing.width * scale), Math.ceil(height))
  for (const shape of drawing.shapes) drawShape({ ...tools, bitmap, scale }, shape)
  return bitmap
}

interface Canvas {
  readonly shelf: FontShelf
  readonly paper: Paper
  readonly bitmap: Bitmap
  readonly scale: number
}

function drawShape(canvas: Canvas, shape: Shape): void {
  switch (shape.kind) {
    case 'line':
      return stroke(canvas, [shape.from, shape.to], shape.stroke)
    case 'polyline':
      return stroke(canvas, shape.points, shape.stroke)
    case 'polygon': {
      if (shape.fill) fill(canvas, [shape.points], shape.fill)
      const [first] = shape.points
      if (shape.stroke && first) stroke(canvas, [...shape.points, first], shape.stroke)
      return
    }
    case 'circle': {
      const ring = circle(shape.centre, shape.radius)
      if (shape.fill) fill(canvas, [ring], shape.fill)
      const [first] = ring
      if (shape.stroke && first) stroke(canvas, [...ring, first], shape.stroke)
      return
    }
    case 'text':
      return write(canvas, shape)
    default:
      return assertNever(shape)
  }
}

const contourOf = (points: readonly Point[], scale: number): Contour =>
  points.flatMap(([x, y]) => [x * scale, y * scale])

function fill({ bitmap, scale }: Canvas, outlines: readonly (readonly Point[])[], ink: Ink): void {
  fillContours(bitmap, outlines.map((points) => contourOf(points, scale)), isBlack(ink)) // prettier-ignore
}

/** Each straight piece as a rectangle of its own, with a round joint wherever two of them meet. */
function stroke(canvas: Canvas, points: readonly Point[], { ink, width }: Stroke): void {
  for (const [i, to] of points.entries()) {
    const from = points[i - 1]
    if (from) fill(canvas, [bar(from, to, width)], ink)
    const isJoint = i > 0 && i < points.length - 1
    if (isJoint) fill(canvas, [circle(to, width / 2)], ink)
  }
}

function bar([x0, y0]: Point, [x1, y1]: Point, width: number): readonly Point[] {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1
  const [dx, dy] = [(-(y1 - y0) / length) * (width / 2), ((x1 - x0) / length) * (width / 2)]
  return [
    [x0 + dx, y0 + dy],
    [x1 + dx, y1 + dy],
    [x1 - dx, y1 - dy],
    [x0 - dx, y0 - dy],
  ]
}

const circle = ([x, y]: Point, radius: number): readonly Point[] =>
  Array.from({ length: 24 }, (_, i) => {
    const angle = (i * Math.PI) / 12
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const
  })

function write({ shelf, paper, bitmap, scale }: Canvas, text: Shape & { kind: 'text' }): void {
  const line = paper.text.line(text.text, { size: text.size, isBold: text.bold === true })
  const drawn = textBitmap(shelf, line, text.size * scale)
  if (!drawn) return
  const share = { start: 0, middle: 0.5, end: 1 }[text.anchor]
  const left = Math.round((text.at[0] - line.width * share) * scale) + drawn.left
  const top = Math.round(text.at[1] * scale) + drawn.top
  stamp(bitmap, drawn.bitmap, { left, top, isBlack: isBlack(text.ink) })
}
