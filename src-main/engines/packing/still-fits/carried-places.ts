import type { Shape } from '../model/shapes.ts'
import { areaSlack } from '../one-carton/physics.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { RoomSpace } from './room.ts'

type Length = 'x' | 'y'

/**
 * Where a shape may stand on a space's floor so that `minSupport` of its base and its centre rest on the tops there; 0
 * asks for nothing. The carried share is a sum of products of piecewise linear functions of x and of y: between the
 * places where an edge or the centre of the piece passes an edge of a top it is bilinear, and greatest at a corner. So
 * if there is any place on whole millimetres, one of those corners is one. From the back left; none twice in a row.
 * Cost: (tops x 8)^2 x tops at worst, mostly far less.
 */
export function* carriedPlaces(
  space: RoomSpace,
  shape: Shape,
  minSupport: number,
): Generator<{ readonly x: number; readonly y: number }> {
  const needed = minSupport * shape.dx * shape.dy * (1 - areaSlack)
  if (minSupport > 0 && space.carriedMm2 < needed) return
  const xs = stands(space, 'x', { length: shape.dx, isAsked: minSupport > 0 })
  const ys = stands(space, 'y', { length: shape.dy, isAsked: minSupport > 0 })
  for (const y of ys) {
    if (minSupport > 0 && bestAt(space.tops, y, shape) < needed) continue
    for (const x of xs) if (minSupport === 0 || isCarried(space.tops, { x, y, shape, needed })) yield { x, y }
  }
}

/** mm2 that could be carried in this row if every top reached under the piece as far as it can. */
function bestAt(tops: readonly Placed[], y: number, { dx, dy }: Shape): number {
  let area = 0
  for (const top of tops) {
    const depth = Math.min(y + dy, top.y + top.dy) - Math.max(y, top.y)
    if (depth > 0) area += depth * Math.min(dx, top.dx)
  }
  return area
}

function isCarried(
  tops: readonly Placed[],
  {
    x,
    y,
    shape: { dx, dy },
    needed,
  }: { readonly x: number; readonly y: number; readonly shape: Shape; needed: number },
): boolean {
  let area = 0
  let isCentred = false
  for (const top of tops) {
    const width = Math.min(x + dx, top.x + top.dx) - Math.max(x, top.x)
    const depth = Math.min(y + dy, top.y + top.dy) - Math.max(y, top.y)
    if (width <= 0 || depth <= 0) continue
    area += width * depth
    const centreX = 2 * x + dx
    const centreY = 2 * y + dy
    isCentred ||=
      2 * top.x <= centreX && centreX <= 2 * (top.x + top.dx) && 2 * top.y <= centreY && centreY <= 2 * (top.y + top.dy)
  }
  return isCentred && area >= needed
}

/** Rising. Where support is asked for, only those with the middle over some top's length. */
function stands(
  { tops, x1, x2, y1, y2 }: RoomSpace,
  axis: Length,
  { length, isAsked }: { readonly length: number; readonly isAsked: boolean },
): readonly number[] {
  const from = axis === 'x' ? x1 : y1
  const to = (axis === 'x' ? x2 : y2) - length
  const found = [from, to]
  const isOver = (at: number): boolean =>
    tops.some((top) => {
      const start = axis === 'x' ? top.x : top.y
      return 2 * start <= 2 * at + length && 2 * at + length <= 2 * (start + (axis === 'x' ? top.dx : top.dy))
    })
  for (const top of tops)
    for (const edge of axis === 'x' ? [top.x, top.x + top.dx] : [top.y, top.y + top.dy])
      for (const at of [edge, edge - length, Math.floor(edge - length / 2), Math.ceil(edge - length / 2)])
        if (at > from && at < to && !found.includes(at)) found.push(at)
  return found.filter((at) => !isAsked || isOver(at)).sort((a, b) => a - b)
}
