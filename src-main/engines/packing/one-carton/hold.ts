import type { Box } from '../model/box.ts'
import { noKind } from '../model/kind.ts'
import type { Scene } from '../model/scene.ts'
import type { Placed } from './stowage.ts'

/** A free cuboid, from corner 1 up to corner 2. */
export interface FreeSpace {
  x1: number
  y1: number
  z1: number
  x2: number
  y2: number
  z2: number
}

/**
 * The carton that is being filled: what lies in it and every maximal empty space that is left. An order has
 * one hold, which is emptied and filled thousands of times: its spaces and pieces are written over, never made
 * anew, and only the first `spaceCount` and `pieceCount` of them count.
 */
export interface Hold {
  /** Extent of the carton that is being filled. */
  x: number
  y: number
  z: number
  readonly minSupport: number
  readonly hasLoads: boolean
  /** Spaces thinner than this hold no piece and are dropped. */
  readonly shortestMm: number
  readonly spaces: FreeSpace[]
  spaceCount: number
  readonly pieces: Placed[]
  pieceCount: number
  /** What the last piece left of the spaces it met. */
  readonly cut: FreeSpace[]
  cutCount: number
}

export function holdOf(scene: Pick<Scene, 'rules' | 'hasLoads' | 'kinds'>): Hold {
  return {
    x: 0,
    y: 0,
    z: 0,
    minSupport: scene.rules.minSupport,
    hasLoads: scene.hasLoads,
    shortestMm: scene.kinds.reduce((least, kind) => Math.min(least, kind.shortestMm), Infinity),
    spaces: [],
    spaceCount: 0,
    pieces: [],
    pieceCount: 0,
    cut: [],
    cutCount: 0,
  }
}

/** Empties the hold; from now on it is this carton. */
export function open(hold: Hold, box: Box): void {
  hold.pieceCount = 0
  hold.spaceCount = 1
  const whole = spaceAt(hold.spaces, 0)
  whole.x1 = whole.y1 = whole.z1 = 0
  whole.x2 = hold.x = box.x
  whole.y2 = hold.y = box.y
  whole.z2 = hold.z = box.z
}

/** What lies in the hold, as a copy that stays. */
export function contentsOf(hold: Hold): readonly Placed[] {
  return hold.pieces.slice(0, hold.pieceCount).map((piece) => ({ ...piece }))
}

/**
 * Puts a piece in and cuts it out of every space it meets (the difference process of Lai and Chan
 * 1997): each such space leaves up to six smaller ones; those inside another are dropped. Cost: the
 * number of spaces times the number of new ones.
 */
export function putIn(hold: Hold, piece: Placed): void {
  const { spaces, cut } = hold
  copyPiece(piece, (hold.pieces[hold.pieceCount++] ??= blankPiece()))
  hold.cutCount = 0
  let kept = 0
  for (let at = 0; at < hold.spaceCount; at++) {
    const space = spaceAt(spaces, at)
    if (meets(space, piece)) slice(hold, space, piece)
    else {
      if (kept < at) {
        spaces[at] = spaceAt(spaces, kept)
        spaces[kept] = space
      }
      kept++
    }
  }
  hold.spaceCount = kept
  for (let at = 0; at < hold.cutCount; at++) {
    const space = spaceAt(cut, at)
    if (!isInAny(space, spaces, kept) && !isInOtherCut(hold, space, at))
      copySpace(space, spaceAt(spaces, hold.spaceCount++))
  }
}

export function copyPiece(from: Placed, to: Placed): void {
  to.kind = from.kind
  to.x = from.x
  to.y = from.y
  to.z = from.z
  to.dx = from.dx
  to.dy = from.dy
  to.dz = from.dz
}

/** A piece nowhere, to be written over. */
export const blankPiece = (): Placed => ({ kind: noKind, x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0 })

function spaceAt(spaces: FreeSpace[], at: number): FreeSpace {
  return (spaces[at] ??= { x1: 0, y1: 0, z1: 0, x2: 0, y2: 0, z2: 0 })
}

function copySpace(from: FreeSpace, to: FreeSpace): FreeSpace {
  to.x1 = from.x1
  to.y1 = from.y1
  to.z1 = from.z1
  to.x2 = from.x2
  to.y2 = from.y2
  to.z2 = from.z2
  return to
}

function meets(space: FreeSpace, piece: Placed): boolean {
  return (
    piece.x < space.x2 &&
    piece.x + piece.dx > space.x1 &&
    piece.y < space.y2 &&
    piece.y + piece.dy > space.y1 &&
    piece.z < space.z2 &&
    piece.z + piece.dz > space.z1
  )
}

function slice(hold: Hold, space: FreeSpace, piece: Placed): void {
  const least = hold.shortestMm
  if (piece.x - space.x1 >= least) nextCut(hold, space).x2 = piece.x
  if (space.x2 - piece.x - piece.dx >= least) nextCut(hold, space).x1 = piece.x + piece.dx
  if (piece.y - space.y1 >= least) nextCut(hold, space).y2 = piece.y
  if (space.y2 - piece.y - piece.dy >= least) nextCut(hold, space).y1 = piece.y + piece.dy
  if (piece.z - space.z1 >= least) nextCut(hold, space).z2 = piece.z
  if (space.z2 - piece.z - piece.dz >= least) nextCut(hold, space).z1 = piece.z + piece.dz
}

/** One more cut, so far the whole space. */
const nextCut = (hold: Hold, space: FreeSpace): FreeSpace => copySpace(space, spaceAt(hold.cut, hold.cutCount++))

function isInside(inner: FreeSpace, outer: FreeSpace): boolean {
  return (
    inner.x1 >= outer.x1 &&
    inner.x2 <= outer.x2 &&
    inner.y1 >= outer.y1 &&
    inner.y2 <= outer.y2 &&
    inner.z1 >= outer.z1 &&
    inner.z2 <= outer.z2
  )
}

function isInAny(space: FreeSpace, others: FreeSpace[], upTo: number): boolean {
  for (let at = 0; at < upTo; at++) if (isInside(space, spaceAt(others, at))) return true
  return false
}

/** Of equal spaces the first one stays. */
function isInOtherCut({ cut, cutCount }: Hold, space: FreeSpace, own: number): boolean {
  for (let at = 0; at < cutCount; at++) {
    const other = spaceAt(cut, at)
    if (at !== own && isInside(space, other) && (at < own || !isInside(other, space))) return true
  }
  return false
}
