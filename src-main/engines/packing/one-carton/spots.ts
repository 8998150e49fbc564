import type { Kind } from '../model/kind.ts'
import type { Shape } from '../model/shapes.ts'
import { blankPiece, copyPiece, type FreeSpace, type Hold } from './hold.ts'
import { holdsCentre, areaSlack, loadsHold, sharedArea } from './physics.ts'
import type { Placed } from './stowage.ts'

/**
 * How good a spot is, the smaller the better: by a weighted sum of the piece's corner and extent (`nearness`),
 * by the gap it leaves in its space, or by how much of its surface it leaves bare. Sides below 100,000 mm keep the
 * three parts of a sum apart.
 */
export type SpotRule = Nearness | { readonly by: 'gap' } | { readonly by: 'contact' }

interface Nearness {
  readonly by: 'nearness'
  /** Weights of x, y, z and of dx, dy, dz. */
  readonly corner: readonly [number, number, number]
  readonly extent: readonly [number, number, number]
}

const major = 1e10
const minor = 1e5

/** Lowest, then hindmost, then leftmost. */
export const lowest: SpotRule = { by: 'nearness', corner: [1, minor, major], extent: [0, 0, 0] }
/** Keeps the surface low: lowest top first. */
export const lowestTop: SpotRule = { by: 'nearness', corner: [1, minor, major], extent: [0, 0, major] }
/** Builds walls across the carton's length. */
export const nearestWall: SpotRule = { by: 'nearness', corner: [major, 1, minor], extent: [major, 0, minor] }
/** Builds walls across the carton's width. */
export const nearestSide: SpotRule = { by: 'nearness', corner: [1, major, minor], extent: [0, major, minor] }
/** Leaves the narrowest gap in the space it goes into, then the next narrowest. */
export const snuggest: SpotRule = { by: 'gap' }
/** Touches walls and other pieces with the largest share of its surface. */
export const mostContact: SpotRule = { by: 'contact' }

/** The search for one spot; written over from search to search. */
export interface SpotSearch {
  readonly hold: Hold
  rule: SpotRule
  readonly trial: Placed
  readonly best: Placed
  score: number
  /** Pieces whose tops are at the height `topsAtMm`: the first `topCount`. */
  readonly tops: Placed[]
  topCount: number
  topsAtMm: number
  /** Those of them that reach under the space at hand, the first `underCount`, and how much of it they carry. */
  readonly under: Placed[]
  underCount: number
  underMm2: number
}

export function spotSearchOf(hold: Hold): SpotSearch {
  const state = { score: Infinity, tops: [], topCount: 0, topsAtMm: -1, under: [], underCount: 0, underMm2: 0 }
  return { hold, rule: lowest, trial: blankPiece(), best: blankPiece(), ...state }
}

/**
 * The best spot for one piece of a kind: corners of the free spaces, and above the floor also the
 * corners of the tops that reach into a space, because a piece wants to rest on them. Ties go to the
 * first space and shape. The answer is written over by the next search. Cost: spaces x shapes x (1 + tops),
 * less what cannot beat the best so far.
 */
export function bestSpot(search: SpotSearch, kind: Kind, rule: SpotRule): Placed | undefined {
  const { hold, trial } = search
  const { spaces, minSupport } = hold
  search.rule = rule
  search.score = Infinity
  search.topsAtMm = -1
  trial.kind = kind
  for (let at = 0; at < hold.spaceCount; at++) {
    const space = spaces[at]
    if (space === undefined) break
    const width = space.x2 - space.x1
    const depth = space.y2 - space.y1
    const height = space.z2 - space.z1
    const isRaised = space.z1 > 0 && minSupport > 0
    search.underMm2 = unknownMm2
    for (const shape of kind.shapes) {
      if (width < shape.dx || depth < shape.dy || height < shape.dz) continue
      placeAt(trial, space, shape)
      if (leastScore(search, space) >= search.score) continue
      if (isRaised) tryRaised(search, space)
      else tryHere(search, space)
    }
  }
  return search.score === Infinity ? undefined : search.best
}

function placeAt(trial: Placed, space: FreeSpace, shape: Shape): void {
  trial.x = space.x1
  trial.y = space.y1
  trial.z = space.z1
  trial.dx = shape.dx
  trial.dy = shape.dy
  trial.dz = shape.dz
}

/** What no spot of the trial's shape in the space can go below; exact at the space's corner unless contact counts. */
function leastScore({ rule, trial }: SpotSearch, space: FreeSpace): number {
  if (rule.by === 'nearness') return nearnessOf(rule, trial)
  return rule.by === 'gap' ? gapOf(trial, space) : -1 + trial.z * lowContact
}

function scoreOf({ rule, trial, hold }: SpotSearch, space: FreeSpace): number {
  if (rule.by === 'nearness') return nearnessOf(rule, trial)
  return rule.by === 'gap' ? gapOf(trial, space) : bareShareOf(trial, hold)
}

function nearnessOf({ corner, extent }: Nearness, { x, y, z, dx, dy, dz }: Placed): number {
  return x * corner[0] + y * corner[1] + z * corner[2] + dx * extent[0] + dy * extent[1] + dz * extent[2]
}

function gapOf({ dx, dy, dz }: Placed, space: FreeSpace): number {
  const a = space.x2 - space.x1 - dx
  const b = space.y2 - space.y1 - dy
  const c = space.z2 - space.z1 - dz
  const least = Math.min(a, b, c)
  const most = Math.max(a, b, c)
  return least * major + (a + b + c - least - most) * minor + most
}

/** Of two spots with equal contact the lower one is better. */
const lowContact = 1e-6

function bareShareOf(piece: Placed, hold: Hold): number {
  const surface = 2 * (piece.dx * piece.dy + piece.dy * piece.dz + piece.dx * piece.dz)
  return -contactOf(piece, hold) / surface + piece.z * lowContact
}

function contactOf(piece: Placed, hold: Hold): number {
  const { x, y, z, dx, dy, dz } = piece
  const { pieces, pieceCount } = hold
  let contact = 0
  if (x === 0) contact += dy * dz
  if (x + dx === hold.x) contact += dy * dz
  if (y === 0) contact += dx * dz
  if (y + dy === hold.y) contact += dx * dz
  if (z === 0) contact += dx * dy
  if (z + dz === hold.z) contact += dx * dy
  for (let at = 0; at < pieceCount; at++) {
    const other = pieces[at]
    if (other === undefined) break
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

const unknownMm2 = -1

/** Spots above the floor: the space's corner, and the corners of each top within the space. */
function tryRaised(search: SpotSearch, space: FreeSpace): void {
  const { trial, tops, hold } = search
  const { dx, dy } = trial
  if (search.underMm2 === unknownMm2) findUnder(search, space)
  // All tops under the space together may be too little, wherever in it the piece stands.
  if (search.underMm2 < hold.minSupport * dx * dy * (1 - areaSlack)) return
  trySupported(search, space)
  for (let at = 0; at < search.topCount; at++) {
    const under = tops[at]
    if (under === undefined) break
    const x = Math.max(space.x1, under.x)
    const y = Math.max(space.y1, under.y)
    const rightX = Math.min(space.x2, under.x + under.dx) - dx
    const farY = Math.min(space.y2, under.y + under.dy) - dy
    const canLeft = x + dx <= space.x2
    const canNear = y + dy <= space.y2
    const canRight = rightX >= space.x1
    const canFar = farY >= space.y1
    trial.y = y
    if (canLeft && canNear) trySupportedAt(search, space, x)
    if (canRight && canNear) trySupportedAt(search, space, rightX)
    trial.y = farY
    if (canLeft && canFar) trySupportedAt(search, space, x)
    if (canRight && canFar) trySupportedAt(search, space, rightX)
  }
}

/** Lists the pieces whose tops are at this height; spaces of one height often follow each other. */
function findTops(search: SpotSearch, heightMm: number): void {
  if (search.topsAtMm === heightMm) return
  const { hold, tops } = search
  search.topsAtMm = heightMm
  search.topCount = 0
  for (let at = 0; at < hold.pieceCount; at++) {
    const piece = hold.pieces[at]
    if (piece !== undefined && piece.z + piece.dz === heightMm) tops[search.topCount++] = piece
  }
}

/** Lists the tops that reach under the space. */
function findUnder(search: SpotSearch, space: FreeSpace): void {
  findTops(search, space.z1)
  const { tops, under } = search
  search.underCount = 0
  search.underMm2 = 0
  for (let at = 0; at < search.topCount; at++) {
    const top = tops[at]
    if (top === undefined) break
    const width = Math.min(space.x2, top.x + top.dx) - Math.max(space.x1, top.x)
    const depth = Math.min(space.y2, top.y + top.dy) - Math.max(space.y1, top.y)
    if (width <= 0 || depth <= 0) continue
    search.underMm2 += width * depth
    under[search.underCount++] = top
  }
}

function trySupportedAt(search: SpotSearch, space: FreeSpace, x: number): void {
  search.trial.x = x
  trySupported(search, space)
}

function trySupported(search: SpotSearch, space: FreeSpace): void {
  // The cheaper question first: contact is with every piece, support from the tops alone.
  if (search.rule.by === 'contact' ? isCarried(search) : scoreOf(search, space) < search.score && isCarried(search))
    tryHere(search, space)
}

/** `isSupported` with the tops at hand. */
function isCarried({ trial, under, underCount, hold }: SpotSearch): boolean {
  const needed = hold.minSupport * trial.dx * trial.dy * (1 - areaSlack)
  let area = 0
  let isCentred = false
  for (let at = 0; at < underCount; at++) {
    const top = under[at]
    if (top === undefined) break
    const shared = sharedArea(trial, top)
    if (shared === 0) continue
    area += shared
    isCentred ||= holdsCentre(top, trial)
    if (isCentred && area >= needed) return true
  }
  return false
}

/** Takes the trial as the best spot if it is better and no piece comes to bear too much. */
function tryHere(search: SpotSearch, space: FreeSpace): void {
  const { trial, hold } = search
  const score = scoreOf(search, space)
  if (score >= search.score) return
  if (hold.hasLoads && !loadsHold([...hold.pieces.slice(0, hold.pieceCount), trial])) return
  search.score = score
  copyPiece(trial, search.best)
}
