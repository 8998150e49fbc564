import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Shape } from '../model/shapes.ts'

export type Axis = 0 | 1 | 2

/** Upwards first: pieces are piled more often than they are set side by side. */
export const axes: readonly Axis[] = [2, 0, 1]

/** "a ends before b begins" along an axis. */
export interface Before {
  readonly axis: Axis
  readonly a: number
  readonly b: number
}

type PerAxis<Value> = readonly [Value, Value, Value]

/** Pieces that are being parted from each other: what is decided, and where each can begin under it. */
export interface Tangle {
  readonly walls: PerAxis<number>
  /** The first piece that each piece can stand in for: the same shapes and, where loads count, the same kind. */
  readonly twinOf: Int32Array
  readonly hasTwins: boolean
  /** Extent by axis: of those that have entered as they lie, of the others the least. */
  readonly size: PerAxis<Int32Array>
  readonly leastSize: PerAxis<Int32Array>
  /** Where a piece begins at the earliest and at the latest, by axis. */
  readonly least: PerAxis<Int32Array>
  readonly most: PerAxis<Int32Array>
  readonly before: Before[]
  /** By pair: some relation is among `before`. */
  readonly isParted: Uint8Array
}

export function tangleOf(pieces: readonly Kind[], box: Box, scene: { readonly hasLoads: boolean }): Tangle {
  const walls = [box.x, box.y, box.z] as const
  const twinOf = Int32Array.from(pieces, (kind) => pieces.findIndex((other) => areAlike(other, kind, scene.hasLoads)))
  const leastSize = perAxis((axis) =>
    Int32Array.from(pieces, ({ shapes }) =>
      Math.min(
        ...shapes.filter((shape) => isWithin(shape, walls)).map((shape) => sidesOf(shape)[axis]),
        walls[axis] + 1,
      ),
    ),
  )
  const array = (): Int32Array => new Int32Array(pieces.length)
  return {
    walls,
    twinOf,
    hasTwins: twinOf.some((first, at) => first !== at),
    size: perAxis((axis) => leastSize[axis].slice()),
    leastSize,
    least: perAxis(array),
    most: perAxis(array),
    before: [],
    isParted: new Uint8Array(pieces.length * pieces.length),
  }
}

const perAxis = <Value>(of: (axis: Axis) => Value): PerAxis<Value> => [of(0), of(1), of(2)]

const sidesOf = ({ dx, dy, dz }: Shape): PerAxis<number> => [dx, dy, dz]

const isWithin = ({ dx, dy, dz }: Shape, [x, y, z]: PerAxis<number>): boolean => dx <= x && dy <= y && dz <= z

function areAlike(a: Kind, b: Kind, hasLoads: boolean): boolean {
  if (a === b) return true
  return (
    !hasLoads &&
    a.shapes.length === b.shapes.length &&
    a.shapes.every((shape, at) => {
      const other = b.shapes[at]
      return other !== undefined && shape.dx === other.dx && shape.dy === other.dy && shape.dz === other.dz
    })
  )
}

/** The piece enters in this shape; those after it are taken at their least again. */
export function takeShape({ size, leastSize }: Tangle, piece: number, shape: Shape): void {
  const sides = sidesOf(shape)
  for (const axis of axes) {
    size[axis][piece] = sides[axis]
    for (let later = piece + 1; later < size[axis].length; later++) size[axis][later] = leastSize[axis][later] ?? 0
  }
}

/**
 * True when this piece and others, entered or not, of which no two can lie beside each other along the other
 * two axes, are too much for the third (the cliques of Fekete and Schepers 1997, greedily).
 */
export function isOverstacked({ size, walls }: Tangle, piece: number): boolean {
  return axes.some((axis) => {
    const along = size[axis]
    const stack = [piece]
    let sum = along[piece] ?? 0
    for (let at = 0; at < along.length && sum <= walls[axis]; at++) {
      const isBeside = (member: number): boolean =>
        axes.some((other) => other !== axis && (size[other][at] ?? 0) + (size[other][member] ?? 0) <= walls[other])
      if (at === piece || stack.some(isBeside)) continue
      stack.push(at)
      sum += along[at] ?? 0
    }
    return sum > walls[axis]
  })
}

/** Decides a pair. */
export function relate(tangle: Tangle, relation: Before): void {
  tangle.before.push(relation)
  mark(tangle, relation, 1)
}

/** Takes back all relations but the first `length`. */
export function undoTo(tangle: Tangle, length: number): void {
  while (tangle.before.length > length) {
    const relation = tangle.before.pop()
    if (relation) mark(tangle, relation, 0)
  }
}

function mark({ isParted, twinOf }: Tangle, { a, b }: Before, value: 0 | 1): void {
  isParted[Math.min(a, b) * twinOf.length + Math.max(a, b)] = value
}

/** Of pieces that look alike and lie alike the later one need not be tried below the earlier one. */
export function isNeeded(tangle: Tangle, { axis, a, b }: Before): boolean {
  return axis !== 2 || a < b || !areSame(tangle, a, b)
}

/** Pieces that look alike and lie alike. */
function areSame({ size: [x, y, z], twinOf }: Tangle, a: number, b: number): boolean {
  return twinOf[a] === twinOf[b] && x[a] === x[b] && y[a] === y[b] && z[a] === z[b]
}

/**
 * Draws the conclusions for the first `count` pieces: windows follow from the relations, and a pair with one
 * way left to part it is parted so. `dead`: some pair has none; else the overlapping pair with fewest ways.
 */
export function narrow(tangle: Tangle, count: number): 'dead' | 'none' | readonly [number, number] {
  const { isParted, twinOf } = tangle
  openWindows(tangle, count)
  for (;;) {
    if (!settle(tangle, count)) return 'dead'
    let first = -1
    let second = -1
    let fewest = Infinity
    let hasForced = false
    for (let b = 1; b < count; b++) {
      for (let a = 0; a < b; a++) {
        if (isParted[a * twinOf.length + b] === 1) continue
        const ways = waysToPart(tangle, a, b)
        const number = numberOf[ways] ?? 0
        if (number === 0) return 'dead'
        if (number === 1) {
          relate(tangle, onlyWay(ways, a, b))
          hasForced = true
        } else if (number < fewest && overlap(tangle, a, b)) {
          fewest = number
          first = a
          second = b
        }
      }
    }
    if (!hasForced) return first < 0 ? 'none' : [first, second]
  }
}

/** Of each axis one bit for "a before b" and one for "b before a": `1 << (2 * axis)` and its double. */
type Ways = number

/** How many ways a set of them has. */
const numberOf = Uint8Array.from({ length: 64 }, (_unused, ways) => {
  let number = 0
  for (let rest = ways; rest > 0; rest >>= 1) number += rest & 1
  return number
})

/** The ways that are left to part two pieces, a < b. Asked of every pair at every node: it makes no objects. */
function waysToPart(tangle: Tangle, a: number, b: number): Ways {
  const { least, most, size } = tangle
  let ways = 0
  for (const axis of axes) {
    const from = least[axis]
    const upTo = most[axis]
    const long = size[axis]
    if ((from[a] ?? 0) + (long[a] ?? 0) <= (upTo[b] ?? 0)) ways |= 1 << (2 * axis)
    if ((from[b] ?? 0) + (long[b] ?? 0) <= (upTo[a] ?? 0)) ways |= 2 << (2 * axis)
  }
  return (ways & turnedUp) !== 0 && areSame(tangle, a, b) ? ways & ~turnedUp : ways
}

/** "b below a". */
const turnedUp: Ways = 2 << 4

function onlyWay(ways: Ways, a: number, b: number): Before {
  const axis = ways < 4 ? 0 : ways < 16 ? 1 : 2
  return (ways & 0b010101) === 0 ? { axis, a: b, b: a } : { axis, a, b }
}

function openWindows({ walls, size, least, most }: Tangle, count: number): void {
  for (const axis of axes) {
    for (let at = 0; at < count; at++) {
      least[axis][at] = 0
      most[axis][at] = walls[axis] - (size[axis][at] ?? 0)
    }
  }
}

/** Narrows the windows of the first `count` pieces by the relations; false when one closes. */
function settle({ size, least, most, before }: Tangle, count: number): boolean {
  for (let round = 0; round <= count; round++) {
    let hasMoved = false
    for (let at = 0; at < before.length; at++) {
      const relation = before[at]
      if (relation === undefined) break
      const { axis, a, b } = relation
      const from = least[axis]
      const upTo = most[axis]
      const long = size[axis][a] ?? 0
      const early = (from[a] ?? 0) + long
      const late = (upTo[b] ?? 0) - long
      if (early > (upTo[b] ?? 0) || late < (from[a] ?? 0)) return false
      if (early > (from[b] ?? 0)) {
        from[b] = early
        hasMoved = true
      }
      if (late < (upTo[a] ?? 0)) {
        upTo[a] = late
        hasMoved = true
      }
    }
    if (!hasMoved) return true
  }
  return false
}

function overlap({ least, size }: Tangle, a: number, b: number): boolean {
  for (const axis of axes) {
    const startA = least[axis][a] ?? 0
    const startB = least[axis][b] ?? 0
    if (startA + (size[axis][a] ?? 0) <= startB || startB + (size[axis][b] ?? 0) <= startA) return false
  }
  return true
}
