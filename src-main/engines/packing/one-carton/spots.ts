import type { Kind } from '../model/kind.ts'
import type { Shape } from '../model/shapes.ts'
import { isSupported, loadsHold, sharedArea } from './physics.ts'
import type { Placed, Space, Stowage } from './stowage.ts'

/** How good a spot is: the smaller, the better. Sides below 100,000 mm keep the three parts of a score apart. */
export type SpotRule = (piece: Placed, space: Space, stowage: Stowage) => number

const major = 1e10
const minor = 1e5

/** Lowest, then hindmost, then leftmost. */
export const lowest: SpotRule = (piece) => piece.z * major + piece.y * minor + piece.x
/** Keeps the surface low: lowest top first. */
export const lowestTop: SpotRule = (piece) => (piece.z + piece.dz) * major + piece.y * minor + piece.x
/** Builds walls across the carton's length. */
export const nearestWall: SpotRule = (piece) => (piece.x + piece.dx) * major + (piece.z + piece.dz) * minor + piece.y
/** Builds walls across the carton's width. */
export const nearestSide: SpotRule = (piece) => (piece.y + piece.dy) * major + (piece.z + piece.dz) * minor + piece.x
/** Leaves the narrowest gap in the space it goes into, then the next narrowest. */
export const snuggest: SpotRule = (piece, space) => {
  const a = space.x2 - space.x1 - piece.dx
  const b = space.y2 - space.y1 - piece.dy
  const c = space.z2 - space.z1 - piece.dz
  const least = Math.min(a, b, c)
  const most = Math.max(a, b, c)
  return least * major + (a + b + c - least - most) * minor + most
}
/** Touches walls and other pieces with the largest share of its surface. */
export const mostContact: SpotRule = (piece, _space, stowage) => {
  const surface = 2 * (piece.dx * piece.dy + piece.dy * piece.dz + piece.dx * piece.dz)
  return -contactOf(piece, stowage) / surface + piece.z * 1e-6
}

function contactOf(piece: Placed, stowage: Stowage): number {
  const { box, placed } = stowage
  const { x, y, z, dx, dy, dz } = piece
  let contact = 0
  if (x === 0) contact += dy * dz
  if (x + dx === box.x) contact += dy * dz
  if (y === 0) contact += dx * dz
  if (y + dy === box.y) contact += dx * dz
  if (z === 0) contact += dx * dy
  if (z + dz === box.z) contact += dx * dy
  for (const other of placed) {
    if (other.z + other.dz === z || z + dz === other.z) contact += sharedArea(piece, other)
    else {
      const height = Math.min(z + dz, other.z + other.dz) - Math.max(z, other.z)
      if (height <= 0) continue
      if (other.x + other.dx === x || x + dx === other.x)
        contact += height * Math.max(0, Math.min(y + dy, other.y + other.dy) - Math.max(y, other.y))
      else if (other.y + other.dy === y || y + dy === other.y)
        contact += height * Math.max(0, Math.min(x + dx, other.x + other.dx) - Math.max(x, other.x))
    }
  }
  return contact
}

/**
 * The best spot for one piece of a kind: corners of the free spaces, and above the floor also the
 * corners of the tops that reach into a space, because a piece wants to rest on them. Ties go to the
 * first space and shape. Cost: spaces x shapes x (1 + tops).
 */
export function bestSpot(stowage: Stowage, kind: Kind, rule: SpotRule): Placed | undefined {
  const search = {
    stowage,
    rule,
    trial: { kind, x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0 },
    score: Infinity,
    best: undefined,
  }
  for (const space of stowage.spaces) {
    for (const shape of kind.shapes) {
      if (space.x2 - space.x1 < shape.dx || space.y2 - space.y1 < shape.dy || space.z2 - space.z1 < shape.dz) continue
      trySpace(search, space, shape)
    }
  }
  return search.best
}

interface Search {
  readonly stowage: Stowage
  readonly rule: SpotRule
  readonly trial: Placed
  score: number
  best: Placed | undefined
}

function trySpace(search: Search, space: Space, shape: Shape): void {
  const { trial, stowage } = search
  trial.z = space.z1
  trial.dx = shape.dx
  trial.dy = shape.dy
  trial.dz = shape.dz
  tryAt(search, space, [space.x1, space.y1])
  if (space.z1 === 0 || stowage.minSupport === 0) return
  for (const under of stowage.placed) {
    if (under.z + under.dz !== space.z1) continue
    const x = Math.max(space.x1, under.x)
    const y = Math.max(space.y1, under.y)
    const rightX = Math.min(space.x2, under.x + under.dx) - shape.dx
    const farY = Math.min(space.y2, under.y + under.dy) - shape.dy
    const canLeft = x + shape.dx <= space.x2
    const canNear = y + shape.dy <= space.y2
    if (canLeft && canNear) tryAt(search, space, [x, y])
    if (rightX >= space.x1 && canNear) tryAt(search, space, [rightX, y])
    if (canLeft && farY >= space.y1) tryAt(search, space, [x, farY])
    if (rightX >= space.x1 && farY >= space.y1) tryAt(search, space, [rightX, farY])
  }
}

function tryAt(search: Search, space: Space, corner: readonly [number, number]): void {
  const { trial, stowage } = search
  trial.x = corner[0]
  trial.y = corner[1]
  const score = search.rule(trial, space, stowage)
  if (score >= search.score || !isSupported(trial, stowage.placed, stowage.minSupport)) return
  if (stowage.hasLoads && !loadsHold([...stowage.placed, trial])) return
  search.score = score
  search.best = { ...trial }
}
