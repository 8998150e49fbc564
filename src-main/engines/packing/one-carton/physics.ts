import type { Placed } from './stowage.ts'

/** Grams by which floating point may err when a load passes down through many pieces. */
const loadSlackG = 1e-6
export const areaSlack = 1e-9

/** Area in mm2 that two pieces share when seen from above. */
export function sharedArea(a: Placed, b: Placed): number {
  const width = Math.min(a.x + a.dx, b.x + b.dx) - Math.max(a.x, b.x)
  if (width <= 0) return 0
  const depth = Math.min(a.y + a.dy, b.y + b.dy) - Math.max(a.y, b.y)
  return depth <= 0 ? 0 : width * depth
}

/**
 * True when at least `minSupport` of the base rests on the floor or on tops at exactly its height,
 * and the base's centre lies over one of them, its edge included.
 */
export function isSupported(piece: Placed, others: readonly Placed[], minSupport: number): boolean {
  if (piece.z === 0 || minSupport === 0) return true
  let area = 0
  let isCentred = false
  for (const other of others) {
    if (other.z + other.dz !== piece.z) continue
    const shared = sharedArea(piece, other)
    if (shared === 0) continue
    area += shared
    isCentred ||= holdsCentre(other, piece)
  }
  return isCentred && area >= minSupport * piece.dx * piece.dy * (1 - areaSlack)
}

export function holdsCentre(under: Placed, piece: Placed): boolean {
  const centreX = 2 * piece.x + piece.dx
  const centreY = 2 * piece.y + piece.dy
  return (
    2 * under.x <= centreX &&
    centreX <= 2 * (under.x + under.dx) &&
    2 * under.y <= centreY &&
    centreY <= 2 * (under.y + under.dy)
  )
}

/**
 * True when no piece carries more than it may. From the top down each piece hands its weight and what
 * it carries to the pieces under it, by share of contact area; on a piece that takes nothing even a
 * weightless one may not rest. Cost: pieces squared.
 */
export function loadsHold(pieces: readonly Placed[]): boolean {
  const fromTop = [...pieces].sort((a, b) => b.z - a.z)
  const carried = new Map<Placed, number>()
  for (const piece of fromTop) {
    if (piece.z === 0) continue
    const handsDown = piece.kind.weightG + (carried.get(piece) ?? 0)
    const under = pieces.filter((other) => other.z + other.dz === piece.z && sharedArea(piece, other) > 0)
    const contact = under.reduce((sum, other) => sum + sharedArea(piece, other), 0)
    for (const other of under) {
      if (other.kind.maxLoadG === 0) return false
      const load = (carried.get(other) ?? 0) + (handsDown * sharedArea(piece, other)) / contact
      if (load > other.kind.maxLoadG + loadSlackG) return false
      carried.set(other, load)
    }
  }
  return true
}
