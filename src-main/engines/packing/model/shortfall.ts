import type { Box } from './box.ts'
import type { Kind } from './kind.ts'
import type { Shape } from './shapes.ts'

/** A side of a piece and the side of a box it would lie along; `over` is what sticks out, 0 or less when it fits. */
export interface Shortfall {
  readonly over: number
  readonly value: number
  readonly limit: number
}

/** The side that sticks out most when the shape stands in the box. */
export function shortfallOf(shape: Shape, box: Box): Shortfall {
  const sides = [
    { value: shape.dx, limit: box.x },
    { value: shape.dy, limit: box.y },
    { value: shape.dz, limit: box.z },
  ].map((side) => ({ ...side, over: side.value - side.limit }))
  return sides.reduce((most, side) => (side.over > most.over ? side : most))
}

/** The side that is in the way however the piece stands, in the shape that comes nearest. The piece has shapes. */
export function leastShortfall(kind: Kind, box: Box): Pick<Shortfall, 'value' | 'limit'> {
  const { value, limit } = kind.shapes
    .map((shape) => shortfallOf(shape, box))
    .reduce((least, each) => (each.over < least.over ? each : least))
  return { value, limit }
}
