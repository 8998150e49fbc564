import { project, type Point3, type Solid } from './solids.ts'
import type { Point } from './drawing.ts'

/** Where a number can stand on a piece: a point on a visible face, and how much room is around it. */
export interface Spot {
  readonly at: Point
  readonly room: number
}

/** Points per side of a face that are tried; fine enough for pieces of a tenth of a carton's side. */
const grid = 9

/**
 * The middle of the largest patch of a piece that can be seen, in projected millimetres; undefined when nothing of
 * it can be seen. `room` is the distance to the patch's edge. Cost: 3 * 81 points against each other piece.
 */
export function visibleSpot(solid: Solid, others: readonly Solid[]): Spot | undefined {
  let best: Spot | undefined
  for (const axis of [2, 0, 1]) {
    const spot = spotOnFace(solid, { axis, others })
    if (spot && (!best || spot.room > best.room * 1.15)) best = spot
  }
  return best
}

function spotOnFace(solid: Solid, face: { axis: number; others: readonly Solid[] }): Spot | undefined {
  const points: { at: Point; isFree: boolean }[] = []
  for (let i = -1; i <= grid; i++) {
    for (let j = -1; j <= grid; j++) {
      const isEdge = i < 0 || j < 0 || i === grid || j === grid
      const point = pointOnFace(solid, { axis: face.axis, across: (i + 0.5) / grid, up: (j + 0.5) / grid })
      points.push({ at: project(point), isFree: !isEdge && !face.others.some((other) => hides(other, point)) })
    }
  }
  const taken = points.filter((point) => !point.isFree).map((point) => point.at)
  const free = points.filter((point) => point.isFree).map(({ at }) => ({ at, room: distanceToNearest(at, taken) }))
  return mostCentral(free)
}

/** The spot with most room; of many alike, as on a long face, the one nearest to their middle. */
function mostCentral(spots: readonly Spot[]): Spot | undefined {
  const most = Math.max(...spots.map((spot) => spot.room))
  const best = spots.filter((spot) => spot.room > most * 0.98)
  const middle = (axis: 0 | 1): number => best.reduce((sum, spot) => sum + spot.at[axis], 0) / best.length
  const [x, y] = [middle(0), middle(1)]
  const away = best.map((spot) => Math.hypot(spot.at[0] - x, spot.at[1] - y))
  return best[away.indexOf(Math.min(...away))]
}

function pointOnFace(solid: Solid, where: { axis: number; across: number; up: number }): Point3 {
  const [u, v] = where.axis === 0 ? [1, 2] : where.axis === 1 ? [0, 2] : [0, 1]
  const part = (axis: number): number =>
    axis === where.axis ? 1 : axis === u ? where.across : axis === v ? where.up : 0
  const on = (axis: 0 | 1 | 2): number => solid.low[axis] + (solid.high[axis] - solid.low[axis]) * part(axis)
  return [on(0), on(1), on(2)]
}

/** True when the solid stands between the point and the eye, which looks along (-1, -1, -1). */
function hides(solid: Solid, point: Point3): boolean {
  const enters = Math.max(solid.low[0] - point[0], solid.low[1] - point[1], solid.low[2] - point[2])
  const leaves = Math.min(solid.high[0] - point[0], solid.high[1] - point[1], solid.high[2] - point[2])
  return leaves > Math.max(enters, 1e-6)
}

/** Asked a hundred thousand times for a wave's sheets: one root at the end instead of one for every pair. */
function distanceToNearest([x, y]: Point, others: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const [a, b] of others) {
    const squared = (x - a) * (x - a) + (y - b) * (y - b)
    if (squared < least) least = squared
  }
  return Math.sqrt(least)
}
