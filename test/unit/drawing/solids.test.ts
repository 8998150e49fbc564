import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../../../src-main/drawing/drawing.ts'
import { inPaintingOrder, project, type Point3, type Solid } from '../../../src-main/drawing/solids.ts'

const solid = (piece: number, low: Point3, size: Point3): Solid => ({
  piece,
  low,
  high: [low[0] + size[0], low[1] + size[1], low[2] + size[2]],
})

/** Cuts a cube at random and keeps some of the parts: solids that touch but never overlap. */
function cutCube(numbers: readonly number[]): readonly Solid[] {
  let at = 0
  const next = (): number => numbers[at++ % numbers.length] ?? 0
  const parts: { low: Point3; high: Point3 }[] = [{ low: [0, 0, 0], high: [90, 90, 90] }]
  for (let i = 0; i < 11; i++) {
    const part = parts.splice(next() % parts.length, 1)[0]!
    const axis = next() % 3
    const [from, to] = [part.low[axis] ?? 0, part.high[axis] ?? 0]
    const side = from + 1 + (next() % Math.max(1, to - from - 1))
    if (side >= to) parts.push(part)
    else
      parts.push(
        { low: part.low, high: with_(part.high, axis, side) },
        { low: with_(part.low, axis, side), high: part.high },
      )
  }
  return parts.filter(() => next() % 4 > 0).map((part, piece) => ({ piece, ...part }))
}

const with_ = (point: Point3, axis: number, value: number): Point3 => {
  const [x, y, z] = point
  return [axis === 0 ? value : x, axis === 1 ? value : y, axis === 2 ? value : z]
}

/** The piece whose surface the eye meets first at a point of the picture: a ray, no sorting at all. */
function seenAt([u, v]: Point, solids: readonly Solid[]): number | undefined {
  // A point of space that projects to (u, v): x - y = u / cos30, (x + y) / 2 - z = v with y = 0.
  const x = u / (Math.sqrt(3) / 2)
  const base: Point3 = [x, 0, x / 2 - v]
  let best: { piece: number; distance: number } | undefined
  for (const { piece, low, high } of solids) {
    const enters = Math.max(...[0, 1, 2].map((axis) => (low[axis] ?? 0) - (base[axis] ?? 0)))
    const leaves = Math.min(...[0, 1, 2].map((axis) => (high[axis] ?? 0) - (base[axis] ?? 0)))
    if (leaves - enters > 1e-9 && (!best || leaves > best.distance)) best = { piece, distance: leaves }
  }
  return best?.piece
}

/** The piece painted last at a point of the picture. */
function paintedAt(point: Point, order: readonly Solid[]): number | undefined {
  return order.reduce<number | undefined>((seen, one) => seenAt(point, [one]) ?? seen, undefined)
}

function expectPaintedAsSeen(solids: readonly Solid[]): void {
  const order = inPaintingOrder(solids)
  for (let u = -85; u <= 85; u += 3.7) {
    for (let v = -95; v <= 95; v += 4.1) expect(paintedAt([u, v], order)).toBe(seenAt([u, v], solids))
  }
}

describe('painting order', () => {
  test('shows at every point the piece that the eye meets first', () => {
    const numbers = fc.array(fc.nat({ max: 10_000 }), { minLength: 40, maxLength: 60 })
    fc.assert(
      fc.property(numbers, (cuts) => expectPaintedAsSeen(cutCube(cuts))),
      { seed: 7, numRuns: 60 },
    )
  })

  test('cuts one of three beams that cover each other in a ring', () => {
    const ring = [
      solid(0, [0, 0, 40], [60, 20, 20]),
      solid(1, [40, 0, 20], [20, 60, 20]),
      solid(2, [20, 20, 0], [20, 20, 60]),
    ]
    expect(inPaintingOrder(ring)).toHaveLength(4)
    expectPaintedAsSeen(ring)
  })

  test('keeps every piece, whole or in parts of the same volume', () => {
    const volume = ({ low, high }: Solid): number => (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2])
    const solids = cutCube(Array.from({ length: 50 }, (_, i) => (i * 7919) % 10_007))
    const order = inPaintingOrder(solids)
    for (const one of solids) {
      const parts = order.filter((part) => part.piece === one.piece)
      expect(parts.reduce((sum, part) => sum + volume(part), 0)).toBe(volume(one))
    }
  })

  test('ends even for solids that overlap in space, which no plan may hold', () => {
    const overlapping = [
      solid(0, [0, 0, 0], [50, 50, 50]),
      solid(1, [20, 20, 20], [50, 50, 50]),
      solid(2, [0, 40, 10], [60, 60, 9]),
    ]
    expect(new Set(inPaintingOrder(overlapping).map((one) => one.piece))).toEqual(new Set([0, 1, 2]))
  })

  test('up is up, length runs right and down, width left and down', () => {
    expect(project([0, 0, 10])).toEqual([0, -10])
    expect(project([10, 0, 0])[0]).toBeGreaterThan(0)
    expect(project([10, 0, 0])[1]).toBeGreaterThan(0)
    expect(project([0, 10, 0])[0]).toBeLessThan(0)
  })
})
