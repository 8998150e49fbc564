import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Scene } from '../model/scene.ts'

/**
 * Dual feasible functions, after Martello and Toth (1990) and Fekete and Schepers (2004): lengths are
 * rounded so that whatever fits side by side still does, while pieces just over 1/2, 1/3 or 1/4 of the
 * carton count for a whole 1, 1/2 or 1/3 of it. Scale 0 leaves a length as it is; scale k sets it to
 * floor((k + 1) x / X) / k of X unless (k + 1) x / X is whole.
 */
export function scaled(length: number, whole: number, scale: number): number {
  if (scale === 0) return length / whole
  const parts = ((scale + 1) * length) / whole
  return Number.isInteger(parts) ? length / whole : Math.floor(parts) / scale
}

const scales = [0, 1, 2, 3] as const

/** Every mix of scales along x, y and z; the first one is plain volume. */
export const mixes: readonly (readonly [number, number, number])[] = scales.flatMap((x) =>
  scales.flatMap((y) => scales.map((z): readonly [number, number, number] => [x, y, z])),
)

/** How much larger than plain volume a mix can make a share at most: scale k gains (k + 1) / k, scale 1 on each axis most. */
export const largestGain = 8

type Shapes = Kind['shapes']

/**
 * What the kinds of a scene take of one carton, kind by kind. Most questions end at the plain volume, so
 * the mixes of a kind are reckoned when they are first asked for, and then kept.
 */
export interface Shares {
  /** Share of the carton's volume; 0 without sides, Infinity when no shape fits. */
  readonly volume: readonly number[]
  /** By mix: smallest share of the rounded volume over the kind's shapes; 0 without sides, Infinity when none fits. */
  ofKind(kind: number): Float64Array
  /** One piece of each can lie in the carton together, without regard to support. */
  canPair(a: number, b: number): boolean
}

export function sharesOf(scene: Scene, box: Box): Shares {
  const rows: (Float64Array | undefined)[] = []
  const sides: (Shapes[number] | undefined)[] = []
  const sidesOf = (kind: number): Shapes[number] => (sides[kind] ??= leastSides(scene.kinds[kind], box))
  return {
    volume: scene.kinds.map((kind) => volumeShare(kind, box)),
    ofKind: (kind) => (rows[kind] ??= sharesByMix(scene.kinds[kind]?.shapes ?? [], box)),
    canPair(a, b) {
      const one = sidesOf(a)
      const other = sidesOf(b)
      return one.dx + other.dx <= box.x || one.dy + other.dy <= box.y || one.dz + other.dz <= box.z
    },
  }
}

const fits = (shape: Shapes[number], box: Box): boolean => shape.dx <= box.x && shape.dy <= box.y && shape.dz <= box.z

export function shapesThatFit(kind: Kind, box: Box): Shapes {
  return kind.shapes.filter((shape) => fits(shape, box))
}

function volumeShare({ shapes }: Kind, box: Box): number {
  if (shapes.length === 0) return 0
  let least = Infinity
  for (const shape of shapes) {
    if (fits(shape, box)) least = Math.min(least, (shape.dx / box.x) * (shape.dy / box.y) * (shape.dz / box.z))
  }
  return least
}

function sharesByMix(shapes: Shapes, box: Box): Float64Array {
  const least = new Float64Array(mixes.length).fill(shapes.length === 0 ? 0 : Infinity)
  for (const shape of shapes) if (fits(shape, box)) lowerTo(least, shape, box)
  return least
}

/** Lowers the share in every mix to what it is in this shape. */
function lowerTo(least: Float64Array, shape: Shapes[number], box: Box): void {
  let mix = 0
  for (const x of scales) {
    const alongX = scaled(shape.dx, box.x, x)
    for (const y of scales) {
      const area = alongX * scaled(shape.dy, box.y, y)
      for (const z of scales) {
        const share = area * scaled(shape.dz, box.z, z)
        if (share < (least[mix] ?? 0)) least[mix] = share
        mix++
      }
    }
  }
}

/** The least extent of each axis over the shapes: two pieces choose theirs freely. Without sides 0, without a way in Infinity. */
function leastSides(kind: Kind | undefined, box: Box): Shapes[number] {
  const isUnsized = kind === undefined || kind.shapes.length === 0
  const least = isUnsized ? { dx: 0, dy: 0, dz: 0 } : { dx: Infinity, dy: Infinity, dz: Infinity }
  for (const shape of kind?.shapes ?? []) {
    if (!fits(shape, box)) continue
    least.dx = Math.min(least.dx, shape.dx)
    least.dy = Math.min(least.dy, shape.dy)
    least.dz = Math.min(least.dz, shape.dz)
  }
  return least
}
