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

/** What the kinds of a scene take of one carton, kind by kind; reckoned once per scene and carton. */
export interface Shares {
  /** `solid[mix][kind]`: smallest share of the rounded volume over the kind's shapes; Infinity when no shape fits. */
  readonly solid: readonly (readonly number[])[]
  /** `pairs[a][b]`: one piece of each can lie in the carton together, without regard to support. */
  readonly pairs: readonly (readonly boolean[])[]
}

export function sharesOf(scene: Scene, box: Box): Shares {
  const fitting = scene.kinds.map((kind) => shapesThatFit(kind, box))
  const solid = mixes.map(() => scene.kinds.map(() => Infinity))
  for (const [at, kind] of scene.kinds.entries()) {
    if (kind.shapes.length === 0) for (const ofKind of solid) ofKind[at] = 0
    for (const shape of fitting[at] ?? []) lowerTo(solid, at, { shape, box })
  }
  const least = fitting.map((shapes, at) => leastSides(shapes, scene.kinds[at]?.shapes.length === 0))
  return { solid, pairs: least.map((a) => least.map((b) => canLieBeside(a, b, box))) }
}

/** The least extent of each axis over the shapes: two pieces choose theirs freely. Without sides 0, without a way in Infinity. */
function leastSides(shapes: Shapes, isUnsized: boolean): Shapes[number] {
  if (isUnsized) return { dx: 0, dy: 0, dz: 0 }
  const least = (side: (shape: Shapes[number]) => number): number => Math.min(...shapes.map(side))
  return { dx: least(({ dx }) => dx), dy: least(({ dy }) => dy), dz: least(({ dz }) => dz) }
}

type Shapes = Kind['shapes']

export function shapesThatFit(kind: Kind, box: Box): Shapes {
  return kind.shapes.filter((shape) => shape.dx <= box.x && shape.dy <= box.y && shape.dz <= box.z)
}

/** Lowers a kind's share in every mix to what it is in this shape. */
function lowerTo(
  solid: readonly number[][],
  kind: number,
  { shape, box }: { readonly shape: Shapes[number]; readonly box: Box },
): void {
  const alongX = scales.map((scale) => scaled(shape.dx, box.x, scale))
  const alongY = scales.map((scale) => scaled(shape.dy, box.y, scale))
  const alongZ = scales.map((scale) => scaled(shape.dz, box.z, scale))
  for (const [at, [x, y, z]] of mixes.entries()) {
    const share = (alongX[x] ?? 0) * (alongY[y] ?? 0) * (alongZ[z] ?? 0)
    const ofKind = solid[at]
    if (ofKind && share < (ofKind[kind] ?? Infinity)) ofKind[kind] = share
  }
}

function canLieBeside(one: Shapes[number], other: Shapes[number], box: Box): boolean {
  return one.dx + other.dx <= box.x || one.dy + other.dy <= box.y || one.dz + other.dz <= box.z
}
