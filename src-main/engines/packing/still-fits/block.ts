import type { Kind } from '../model/kind.ts'
import type { Shape } from '../model/shapes.ts'
import { loadsHold, sharedArea } from '../one-carton/physics.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { ParcelRoom, RoomSpace } from './room.ts'
import { carriedPlaces } from './carried-places.ts'

/** Equal pieces side by side and on top of one another, from their lowest corner: x fastest, then y, then z. */
export interface Block {
  readonly shape: Shape
  readonly x: number
  readonly y: number
  readonly z: number
  readonly across: number
  readonly deep: number
  readonly count: number
}

/**
 * A block of such pieces that finds a place, `allowed` at most; undefined when not even one does. The largest in spaces
 * where they stand anywhere and load nothing that bears little; where there is none, the first place that holds one
 * piece, and others on it. Ties: the larger space, then the first shape. Cost: spaces x shapes; more in the second case.
 */
export function blockFor(room: ParcelRoom, kind: Kind, allowed: number): Block | undefined {
  return openBlock(room, kind, allowed) ?? columnFor(room, kind, allowed)
}

function openBlock(room: ParcelRoom, kind: Kind, allowed: number): Block | undefined {
  const isLimited = kind.maxLoadG < Infinity
  let best: { readonly space: RoomSpace; readonly shape: Shape } | undefined
  let most = 0
  for (const space of room.carried) {
    // No later space is larger, and a space holds no more pieces than its volume does.
    if (most >= allowed || space.volumeMm3 < (most + 1) * kind.solidMm3) break
    if (space.bearsLimited || (isLimited && space.isCapped)) continue
    for (const shape of kind.shapes) {
      const count = countIn(space, shape, kind)
      if (count <= most) continue
      best = { space, shape }
      most = count
    }
  }
  return best && blockIn(best.space, best.shape, Math.min(allowed, most))
}

function countIn({ x1, x2, y1, y2, z1, z2 }: RoomSpace, shape: Shape, kind: Kind): number {
  if (x2 - x1 < shape.dx || y2 - y1 < shape.dy || z2 - z1 < shape.dz) return 0
  return Math.floor((x2 - x1) / shape.dx) * Math.floor((y2 - y1) / shape.dy) * highest(z2 - z1, shape, kind)
}

/** So many that one may stand on the other: by the height, and by what the lowest of them carries. */
function highest(height: number, { dz }: Shape, { maxLoadG, weightG }: Kind): number {
  const fitting = Math.floor(height / dz)
  if (maxLoadG === Infinity) return fitting
  if (maxLoadG === 0) return 1
  return weightG === 0 ? fitting : Math.min(fitting, 1 + Math.floor(maxLoadG / weightG))
}

function blockIn({ x1, x2, y1, y2, z1 }: RoomSpace, shape: Shape, count: number): Block {
  const across = Math.floor((x2 - x1) / shape.dx)
  return { shape, x: x1, y: y1, z: z1, across, deep: Math.floor((y2 - y1) / shape.dy), count }
}

function columnFor(room: ParcelRoom, kind: Kind, allowed: number): Block | undefined {
  const isLimited = kind.maxLoadG < Infinity
  const reckoned = { left: mostReckoned }
  for (const spaces of [room.gapped, room.carried])
    for (const space of spaces) {
      if (space.volumeMm3 < kind.solidMm3) break
      const asksLoads = space.bearsLimited || (isLimited && space.isCapped)
      if (space.isCarried && !asksLoads) continue
      for (const shape of kind.shapes) {
        const { x1, x2, y1, y2, z1, z2 } = space
        if (x2 - x1 < shape.dx || y2 - y1 < shape.dy || z2 - z1 < shape.dz) continue
        const count = Math.min(allowed, highest(z2 - z1, shape, kind))
        const column = columnIn(room, space, { kind, shape, count, reckoned: asksLoads ? reckoned : undefined })
        if (column) return column
      }
    }
  return undefined
}

/** Where loads bind, so many places are reckoned through for a product; nearly all that fit do at the first or second. */
const mostReckoned = 6

interface Column {
  readonly kind: Kind
  readonly shape: Shape
  readonly count: number
  /** What may still be spent on loads; absent where they do not bind. */
  readonly reckoned: { left: number } | undefined
}

/** One piece where it is carried well, and others on it. */
function columnIn(room: ParcelRoom, space: RoomSpace, { kind, shape, count, reckoned }: Column): Block | undefined {
  for (const { x, y } of carriedPlaces(space, shape, space.isCarried ? 0 : room.rules.minSupport)) {
    const column: Block = { shape, x, y, z: space.z1, across: 1, deep: 1, count }
    if (!reckoned) return column
    if (reckoned.left === 0) return undefined
    if (!mayBear(space, { kind, x, y, z: space.z1, ...shape })) continue
    for (const tried of count > 1 ? [column, { ...column, count: 1 }] : [column])
      if (loadsHold([...room.inside, ...piecesOf(tried, kind)])) return tried
    reckoned.left--
  }
  return undefined
}

/** False where what the piece touches could not bear it together, whatever lies there already. */
function mayBear({ tops }: RoomSpace, piece: Placed): boolean {
  let bears = piece.z === 0 ? Infinity : 0
  for (const top of tops) {
    if (sharedArea(piece, top) === 0) continue
    if (top.kind.maxLoadG === 0) return false
    bears += top.kind.maxLoadG
  }
  // On a floor that carries without tops (support switched off) there is nothing to press on.
  return bears === 0 || bears + 1e-6 >= piece.kind.weightG
}

/** The block's pieces, from the bottom up. */
export function piecesOf({ shape, x, y, z, across, deep, count }: Block, kind: Kind): readonly Placed[] {
  return Array.from({ length: count }, (_, at): Placed => {
    const column = at % (across * deep)
    return {
      kind,
      x: x + (column % across) * shape.dx,
      y: y + Math.floor(column / across) * shape.dy,
      z: z + Math.floor(at / (across * deep)) * shape.dz,
      ...shape,
    }
  })
}
