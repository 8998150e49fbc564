import type { Drawing, Point, Shape } from '../../../src-main/drawing/index.ts'

function pointsOf(shape: Shape): readonly Point[] {
  switch (shape.kind) {
    case 'line':
      return [shape.from, shape.to]
    case 'circle': {
      const [[x, y], r] = [shape.centre, shape.radius]
      return [
        [x - r, y - r],
        [x + r, y + r],
      ]
    }
    case 'text':
      return [shape.at, [shape.at[0], shape.at[1] - shape.size]]
    default:
      return shape.points
  }
}

/** Points of a drawing that lie outside its viewBox or are no numbers. */
export function outsideViewBox(drawing: Drawing): readonly Point[] {
  const isInside = ([x, y]: Point): boolean =>
    x >= -0.01 && y >= -0.01 && x <= drawing.width + 0.01 && y <= drawing.height + 0.01
  return drawing.shapes.flatMap(pointsOf).filter((point) => !isInside(point))
}

/** All texts of a drawing in painting order. */
export const textsOf = (drawing: Drawing): readonly string[] =>
  drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
