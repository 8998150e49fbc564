import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Counts } from '../model/scene.ts'
import type { Shape } from '../model/shapes.ts'
import type { Answer, Workshop } from './fill.ts'
import { isSupported, loadsHold } from './physics.ts'
import type { Placed } from './stowage.ts'

/** "a ends before b begins" along axis 0 to 2. */
interface Before {
  readonly axis: 0 | 1 | 2
  readonly a: number
  readonly b: number
}

interface Search {
  readonly shop: Workshop
  readonly box: Box
  /** Pieces in the order in which they enter, largest first. */
  readonly pieces: readonly Kind[]
  readonly placed: Placed[]
  readonly shapeAt: number[]
  readonly before: Before[]
  nodesLeft: number
  /** A placing without overlap was met that broke support or loads: then nothing is proven. */
  sawUnsound: boolean
}

/**
 * Branch and bound over relative positions, in the spirit of Fekete, Schepers and van der Veen (2007)
 * and Martello, Pisinger, Vigo, den Boef and Korst (2007), made lazy: pieces enter one by one in each of
 * their shapes; all lie as near the origin as the relations chosen so far allow; two that overlap are the
 * conflict to branch on (six ways to part them; for the first pair one along each axis, because a carton is its own
 * mirror image, but both ways up where support or loads tell up from down); a piece past the wall ends the branch. Each placing has some relation for every pair and
 * its pieces never lie nearer the origin than ours, so an exhausted search proves that none exists.
 * Support and loads are tested at the leaves only: a proof holds without them too.
 */
export function searchExactly(
  shop: Workshop,
  { box, counts }: { readonly box: Box; readonly counts: Counts },
  nodes: number,
): Answer {
  const pieces = shop.scene.kinds
    .flatMap((kind) => (kind.shapes.length === 0 ? [] : Array.from({ length: counts[kind.index] ?? 0 }, () => kind)))
    .sort((a, b) => b.solidMm3 - a.solidMm3 || a.index - b.index)
  const search: Search = {
    shop,
    box,
    pieces,
    placed: pieces.map((kind) => ({ kind, x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0 })),
    shapeAt: pieces.map(() => 0),
    before: [],
    nodesLeft: nodes,
    sawUnsound: false,
  }
  if (enter(search, 0)) return { is: 'packed', placed: search.placed.map((piece) => ({ ...piece })) }
  return search.nodesLeft >= 0 && !search.sawUnsound && !shop.budget.isSpent ? { is: 'refused' } : { is: 'unknown' }
}

/** Lets piece number `next` in, in each shape. True when a whole sound placing was found. */
function enter(search: Search, next: number): boolean {
  const kind = search.pieces[next]
  if (kind === undefined) return isSound(search)
  const twin = next > 0 && search.pieces[next - 1] === kind ? (search.shapeAt[next - 1] ?? 0) : 0
  for (let at = twin; at < kind.shapes.length; at++) {
    const shape = kind.shapes[at]
    if (!shape || shape.dx > search.box.x || shape.dy > search.box.y || shape.dz > search.box.z) continue
    search.shapeAt[next] = at
    take(search.placed[next], shape)
    if (resolve(search, next + 1)) return true
    if (search.nodesLeft < 0) return false
  }
  return false
}

function take(piece: Placed | undefined, shape: Shape): void {
  if (piece) Object.assign(piece, shape)
}

/** Parts the first overlapping pair among the first `count` pieces in every way; without one, the next piece enters. */
function resolve(search: Search, count: number): boolean {
  search.nodesLeft--
  if (search.nodesLeft < 0 || !search.shop.budget.spend()) return false
  if (!settle(search, count)) return false
  const conflict = firstOverlap(search.placed, count)
  if (conflict === undefined) return enter(search, count)
  const [a, b] = conflict
  const isFirst = search.before.length === 0
  for (const axis of [2, 0, 1] as const) {
    for (const relation of isFirst && (axis !== 2 || isUpsideDownAlike(search))
      ? [{ axis, a, b }]
      : [
          { axis, a, b },
          { axis, a: b, b: a },
        ]) {
      search.before.push(relation)
      const isDone = resolve(search, count)
      search.before.pop()
      if (isDone) return true
      if (search.nodesLeft < 0) return false
    }
  }
  return false
}

const isUpsideDownAlike = ({ shop: { scene } }: Search): boolean => scene.rules.minSupport === 0 && !scene.hasLoads

/** Moves the first `count` pieces as near the origin as the relations allow; false when one passes a wall. */
function settle(search: Search, count: number): boolean {
  const { placed, before, box } = search
  for (let i = 0; i < count; i++) {
    const piece = placed[i]
    if (piece) piece.x = piece.y = piece.z = 0
  }
  for (let round = 0; round <= count; round++) {
    let hasMoved = false
    for (const { axis, a, b } of before) {
      const first = placed[a]
      const second = placed[b]
      if (!first || !second) continue
      if (axis === 0 && first.x + first.dx > second.x) {
        second.x = first.x + first.dx
        if (second.x + second.dx > box.x) return false
        hasMoved = true
      } else if (axis === 1 && first.y + first.dy > second.y) {
        second.y = first.y + first.dy
        if (second.y + second.dy > box.y) return false
        hasMoved = true
      } else if (axis === 2 && first.z + first.dz > second.z) {
        second.z = first.z + first.dz
        if (second.z + second.dz > box.z) return false
        hasMoved = true
      }
    }
    if (!hasMoved) return true
  }
  return false
}

function firstOverlap(placed: readonly Placed[], count: number): readonly [number, number] | undefined {
  for (let j = 1; j < count; j++) {
    const b = placed[j]
    for (let i = 0; i < j; i++) {
      const a = placed[i]
      if (a && b && overlap(a, b)) return [i, j]
    }
  }
  return undefined
}

function overlap(a: Placed, b: Placed): boolean {
  return (
    a.x < b.x + b.dx && b.x < a.x + a.dx && a.y < b.y + b.dy && b.y < a.y + a.dy && a.z < b.z + b.dz && b.z < a.z + a.dz
  )
}

function isSound(search: Search): boolean {
  const { scene } = search.shop
  const { minSupport } = scene.rules
  const isGood =
    search.placed.every((piece) => isSupported(piece, search.placed, minSupport)) &&
    (!scene.hasLoads || loadsHold(search.placed))
  if (!isGood) search.sawUnsound = true
  return isGood
}
