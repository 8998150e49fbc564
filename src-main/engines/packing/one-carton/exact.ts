import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Counts } from '../model/scene.ts'
import type { Answer, Workshop } from './fill.ts'
import { isSupported, loadsHold } from './physics.ts'
import {
  axes,
  isNeeded,
  isOverstacked,
  narrow,
  relate,
  takeShape,
  tangleOf,
  undoTo,
  type Axis,
  type Tangle,
} from './tangle.ts'
import type { Placed } from './stowage.ts'

interface Search {
  readonly shop: Workshop
  readonly tangle: Tangle
  /** Pieces in the order in which they enter, largest first. */
  readonly pieces: readonly Kind[]
  readonly shapeAt: number[]
  nodesLeft: number
  /** A placing without overlap was met that broke support or loads: then nothing is proven. */
  sawUnsound: boolean
  found: readonly Placed[]
}

/**
 * Branch and bound over relative positions, in the spirit of Fekete, Schepers and van der Veen (2007)
 * and Martello, Pisinger, Vigo, den Boef and Korst (2007), made lazy: pieces enter one by one in each of
 * their shapes; all lie as near the origin as the relations chosen so far allow; of the pairs that overlap the one
 * with fewest ways to part it is branched on. Along an axis on which nothing is decided yet one way is enough,
 * because a carton is its own mirror image, but both ways up where support, loads or pieces that look alike tell up
 * from down. Each placing has some relation for every pair and its pieces never lie nearer the origin than
 * ours, so an exhausted search proves that none exists. Support and loads are tested at the leaves only: a
 * proof holds without them too.
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
    tangle: tangleOf(pieces, box, shop.scene),
    pieces,
    shapeAt: pieces.map(() => 0),
    nodesLeft: nodes,
    sawUnsound: false,
    found: [],
  }
  if (enter(search, 0)) return { is: 'packed', placed: search.found }
  return search.nodesLeft >= 0 && !search.sawUnsound && !shop.budget.isSpent ? { is: 'refused' } : { is: 'unknown' }
}

/** Lets piece number `next` in, in each shape. True when a whole sound placing was found. */
function enter(search: Search, next: number): boolean {
  const { tangle, pieces, shapeAt } = search
  const kind = pieces[next]
  if (kind === undefined) return isSound(search)
  const { twinOf, walls } = tangle
  const from = next > 0 && twinOf[next] === twinOf[next - 1] ? (shapeAt[next - 1] ?? 0) : 0
  for (let at = from; at < kind.shapes.length; at++) {
    const shape = kind.shapes[at]
    if (!shape || shape.dx > walls[0] || shape.dy > walls[1] || shape.dz > walls[2]) continue
    shapeAt[next] = at
    takeShape(tangle, next, shape)
    if (!isOverstacked(tangle, next) && resolve(search, next + 1)) return true
    if (search.nodesLeft < 0) return false
  }
  return false
}

/** Parts an overlapping pair among the first `count` pieces in every way; without one, the next piece enters. */
function resolve(search: Search, count: number): boolean {
  search.nodesLeft--
  if (search.nodesLeft < 0 || !search.shop.budget.spend()) return false
  const { tangle } = search
  const mark = tangle.before.length
  const pair = narrow(tangle, count)
  const isDone = pair === 'none' ? enter(search, count) : pair !== 'dead' && partEachWay(search, pair, count)
  if (!isDone) undoTo(tangle, mark)
  return isDone
}

function partEachWay(search: Search, [a, b]: readonly [number, number], count: number): boolean {
  for (const axis of axes) {
    if (part(search, { axis, a, b }, count)) return true
    const isMirrored = isOwnMirror(search, axis)
    if (!isMirrored && part(search, { axis, a: b, b: a }, count)) return true
    if (search.nodesLeft < 0) return false
  }
  return false
}

function part(search: Search, relation: { axis: Axis; a: number; b: number }, count: number): boolean {
  if (!isNeeded(search.tangle, relation)) return false
  relate(search.tangle, relation)
  if (resolve(search, count)) return true
  undoTo(search.tangle, search.tangle.before.length - 1)
  return false
}

/**
 * True when all that is open along the axis is as good the other way round. Where support or loads count, leaves
 * are no mirror images of each other, and many are looked at: only the first pair of all is spared.
 */
function isOwnMirror({ tangle: { before, hasTwins }, shop: { scene } }: Search, axis: Axis): boolean {
  if (scene.rules.minSupport > 0 || scene.hasLoads) return axis !== 2 && before.length === 0
  return (axis !== 2 || !hasTwins) && !before.some((relation) => relation.axis === axis)
}

function isSound(search: Search): boolean {
  const { pieces, tangle, shop } = search
  const { scene } = shop
  const placed = pieces.map((kind, at): Placed => {
    const [x, y, z] = inOrder.map((axis) => tangle.least[axis]?.[at] ?? 0)
    const [dx, dy, dz] = inOrder.map((axis) => tangle.size[axis]?.[at] ?? 0)
    return { kind, x: x ?? 0, y: y ?? 0, z: z ?? 0, dx: dx ?? 0, dy: dy ?? 0, dz: dz ?? 0 }
  })
  const isGood =
    placed.every((piece) => isSupported(piece, placed, scene.rules.minSupport)) &&
    (!scene.hasLoads || loadsHold(placed))
  if (isGood) search.found = placed
  else search.sawUnsound = true
  return isGood
}

const inOrder = [0, 1, 2] as const
