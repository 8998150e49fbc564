import type { Size } from '../../../kernel/units.ts'
import type { Orientation, PackingItem, VerticalAxis } from '../problem.ts'

/** One way in which a piece may lie: its extent along x, y and z. */
export interface Shape {
  readonly dx: number
  readonly dy: number
  readonly dz: number
}

const axes: readonly VerticalAxis[] = ['l', 'w', 'h']

/** Which of a size's own sides (0 length, 1 width, 2 height) may stand vertical. */
function verticalSides(orientation: Orientation, size: Size): readonly number[] {
  if (orientation === 'any') return [0, 1, 2]
  if (orientation === 'upright' || orientation === 'fixed') return [2]
  if (orientation === 'flat') return [0, 1, 2].filter((side) => size[side] === Math.min(...size))
  return axes.flatMap((axis, side) => (orientation.includes(axis) ? [side] : []))
}

/**
 * Every different shape that a piece's sizes (its own and the folded ones) and its orientation rule
 * allow, in a fixed order: own size first, then folded; within a size the vertical side l, w, h.
 * Empty only for a piece without sides.
 */
export function shapesOf(item: PackingItem): readonly Shape[] {
  if (item.sizeMm === null) return []
  const { orientation, foldedMm } = item.handling
  const shapes: Shape[] = []
  const add = (dx: number, dy: number, dz: number): void => {
    if (!shapes.some((known) => known.dx === dx && known.dy === dy && known.dz === dz)) shapes.push({ dx, dy, dz })
  }
  for (const size of [item.sizeMm, ...foldedMm]) {
    const [l, w, h] = size
    if (orientation === 'fixed') {
      add(l, w, h)
      continue
    }
    for (const side of verticalSides(orientation, size)) {
      const [a, b, up] = side === 2 ? [l, w, h] : side === 1 ? [l, h, w] : [w, h, l]
      add(a, b, up)
      add(b, a, up)
    }
  }
  return shapes
}
