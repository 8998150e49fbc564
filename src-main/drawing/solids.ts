import type { Point } from './drawing.ts'

/** A point in the parcel, millimetres: x = length, y = width, z = up. */
export type Point3 = readonly [number, number, number]

/** An axis-parallel solid from `low` to `high`; `piece` says which piece (from 0) it is or was cut from. */
export interface Solid {
  readonly piece: number
  readonly low: Point3
  readonly high: Point3
}

const cos30 = Math.sqrt(3) / 2

/** Isometric view from the corner where x, y and z are greatest: x runs right and down, y left and down, z up. */
export const project = ([x, y, z]: Point3): Point => [(x - y) * cos30, (x + y) / 2 - z]

/**
 * Solids that do not overlap, in an order in which each may be painted over those before it. Where some cover each
 * other in a ring, one of them is cut in two along a side of another until the ring is broken (as Newell, Newell and
 * Sancha 1972 do for polygons); cut parts keep their `piece`. Ties: lower piece first. Cost: O(n^2).
 */
export function inPaintingOrder(solids: readonly Solid[]): readonly Solid[] {
  const waiting = [...solids]
  const painted: Solid[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((one) => !waiting.some((other) => other !== one && mustComeBefore(other, one)))
    if (next >= 0) painted.push(...waiting.splice(next, 1))
    else if (!cutOne(waiting)) painted.push(...waiting.splice(deepest(waiting), 1))
  }
  return painted
}

/** True when `behind` must be painted before `front`: it lies behind some plane between them and their pictures meet. */
function mustComeBefore(behind: Solid, front: Solid): boolean {
  if (!picturesMeet(behind, front)) return false
  return [0, 1, 2].some((axis) => at(behind.high, axis) <= at(front.low, axis))
}

/** Isometric pictures of two solids meet exactly when they meet along the three directions of its hexagon. */
function picturesMeet(a: Solid, b: Solid): boolean {
  return [
    [0, 1],
    [0, 2],
    [1, 2],
  ].every(([u = 0, v = 0]) => meets(a, b, { u, v }))
}

function meets(a: Solid, b: Solid, axes: { u: number; v: number }): boolean {
  const { u, v } = axes
  return (
    at(a.low, u) - at(a.high, v) < at(b.high, u) - at(b.low, v) &&
    at(b.low, u) - at(b.high, v) < at(a.high, u) - at(a.low, v)
  )
}

/**
 * Cuts the first waiting solid that another one's side passes through; there is one in every ring of solids that do
 * not overlap in space. False for overlapping ones (a plan that `verify` refuses): then any order is as wrong.
 */
function cutOne(waiting: Solid[]): boolean {
  for (const [index, one] of waiting.entries()) {
    for (const other of waiting) {
      if (other === one || !mustComeBefore(other, one)) continue
      const parts = cutBy(one, other)
      if (!parts) continue
      waiting.splice(index, 1, ...parts)
      return true
    }
  }
  return false
}

function deepest(waiting: readonly Solid[]): number {
  const depths = waiting.map((solid) => solid.low[0] + solid.low[1] + solid.low[2])
  return depths.indexOf(Math.min(...depths))
}

function cutBy(one: Solid, other: Solid): readonly [Solid, Solid] | undefined {
  for (const axis of [0, 1, 2]) {
    for (const side of [at(other.low, axis), at(other.high, axis)]) {
      if (side <= at(one.low, axis) || side >= at(one.high, axis)) continue
      return [
        { ...one, high: withAxis(one.high, axis, side) },
        { ...one, low: withAxis(one.low, axis, side) },
      ]
    }
  }
  return undefined
}

const at = (point: Point3, axis: number): number => point[axis] ?? 0

function withAxis(point: Point3, axis: number, value: number): Point3 {
  const [x, y, z] = point
  return [axis === 0 ? value : x, axis === 1 ? value : y, axis === 2 ? value : z]
}
