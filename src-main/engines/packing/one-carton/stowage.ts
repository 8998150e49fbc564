import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'

/** A piece at its place: the corner nearest the origin and the extent along each axis. */
export interface Placed {
  kind: Kind
  x: number
  y: number
  z: number
  dx: number
  dy: number
  dz: number
}

/** A free cuboid, from corner 1 up to corner 2. */
export interface Space {
  readonly x1: number
  readonly y1: number
  readonly z1: number
  readonly x2: number
  readonly y2: number
  readonly z2: number
}

/** A carton being filled: what lies in it, and every maximal empty space that is left. */
export interface Stowage {
  readonly box: Box
  readonly minSupport: number
  readonly hasLoads: boolean
  /** Spaces thinner than this hold no piece and are dropped. */
  readonly shortestMm: number
  readonly placed: Placed[]
  spaces: Space[]
}

export function openStowage(
  box: Box,
  scene: {
    readonly rules: { readonly minSupport: number }
    readonly hasLoads: boolean
    readonly kinds: readonly Kind[]
  },
): Stowage {
  return {
    box,
    minSupport: scene.rules.minSupport,
    hasLoads: scene.hasLoads,
    shortestMm: scene.kinds.reduce((least, kind) => Math.min(least, kind.shortestMm), Infinity),
    placed: [],
    spaces: [{ x1: 0, y1: 0, z1: 0, x2: box.x, y2: box.y, z2: box.z }],
  }
}

/**
 * Puts a piece in and cuts it out of every space it meets (the difference process of Lai and Chan
 * 1997): each such space leaves up to six smaller ones; those inside another are dropped. Cost: the
 * number of spaces times the number of new ones.
 */
export function put(stowage: Stowage, piece: Placed): void {
  stowage.placed.push(piece)
  const kept: Space[] = []
  const cut: Space[] = []
  for (const space of stowage.spaces) {
    if (meets(space, piece)) slice(space, piece, { least: stowage.shortestMm, into: cut })
    else kept.push(space)
  }
  const keptBefore = kept.length
  for (const [index, space] of cut.entries()) {
    if (!isInsideAnother(space, kept, keptBefore) && !isInsideOneOf(space, cut, index)) kept.push(space)
  }
  stowage.spaces = kept
}

function meets(space: Space, piece: Placed): boolean {
  return (
    piece.x < space.x2 &&
    piece.x + piece.dx > space.x1 &&
    piece.y < space.y2 &&
    piece.y + piece.dy > space.y1 &&
    piece.z < space.z2 &&
    piece.z + piece.dz > space.z1
  )
}

function slice(space: Space, piece: Placed, how: { readonly least: number; readonly into: Space[] }): void {
  const { x1, y1, z1, x2, y2, z2 } = space
  const { least, into } = how
  if (piece.x - x1 >= least) into.push({ x1, y1, z1, x2: piece.x, y2, z2 })
  if (x2 - piece.x - piece.dx >= least) into.push({ x1: piece.x + piece.dx, y1, z1, x2, y2, z2 })
  if (piece.y - y1 >= least) into.push({ x1, y1, z1, x2, y2: piece.y, z2 })
  if (y2 - piece.y - piece.dy >= least) into.push({ x1, y1: piece.y + piece.dy, z1, x2, y2, z2 })
  if (piece.z - z1 >= least) into.push({ x1, y1, z1, x2, y2, z2: piece.z })
  if (z2 - piece.z - piece.dz >= least) into.push({ x1, y1, z1: piece.z + piece.dz, x2, y2, z2 })
}

function isInside(inner: Space, outer: Space): boolean {
  return (
    inner.x1 >= outer.x1 &&
    inner.x2 <= outer.x2 &&
    inner.y1 >= outer.y1 &&
    inner.y2 <= outer.y2 &&
    inner.z1 >= outer.z1 &&
    inner.z2 <= outer.z2
  )
}

function isInsideAnother(space: Space, others: readonly Space[], upTo: number): boolean {
  for (let i = 0; i < upTo; i++) {
    const other = others[i]
    if (other && isInside(space, other)) return true
  }
  return false
}

/** Of equal spaces the first one stays. */
function isInsideOneOf(space: Space, cut: readonly Space[], own: number): boolean {
  for (let i = 0; i < cut.length; i++) {
    const other = cut[i]
    if (i !== own && other && isInside(space, other) && (i < own || !isInside(other, space))) return true
  }
  return false
}
