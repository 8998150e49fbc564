import type { Size } from '../../../kernel/units.ts'
import type { PackingCarton } from '../problem.ts'
import { mayLieAs, type Piece } from './pieces.ts'
import type { Report } from './violation.ts'

interface Solid {
  readonly piece: Piece
  readonly from: Size
  readonly to: Size
}

/** Checks where the pieces lie: inside, apart, as they may lie, supported, not overloaded, in a feasible order. */
export function checkPlaces(
  pieces: readonly Piece[],
  { carton, minSupport, report }: { carton: PackingCarton; minSupport: number; report: Report },
): void {
  const solids = pieces.flatMap((piece): readonly Solid[] => {
    const { atMm: at, sizeMm: size } = piece.placement
    if (at === null || size === null) {
      if (piece.item.sizeMm !== null) report('fit', { sku: piece.item.sku, problem: 'has no place' })
      return []
    }
    return [{ piece, from: at, to: [at[0] + size[0], at[1] + size[1], at[2] + size[2]] }]
  })
  for (const solid of solids) {
    checkInside(solid, carton, report)
    const size = solid.piece.placement.sizeMm
    if (size && !mayLieAs(solid.piece.item, size)) report('orientation', { sku: solid.piece.item.sku })
  }
  for (const [at, solid] of solids.entries()) {
    const earlier = solids.slice(0, at)
    for (const other of earlier) {
      const shares = overlapOf(solid, other)
      if (shares.every((length) => length > 0))
        report('overlap', { sku: solid.piece.item.sku, other: other.piece.item.sku })
      const isUnder = shares[0] > 0 && shares[1] > 0 && solid.to[2] <= other.from[2]
      if (isUnder) report('sequence', { sku: solid.piece.item.sku, under: other.piece.item.sku })
    }
    if (minSupport > 0) checkSupport(solid, { earlier, all: solids, minSupport, report })
  }
  checkLoads(solids, report)
}

function checkInside({ piece, from, to }: Solid, carton: PackingCarton, report: Report): void {
  for (const axis of [0, 1, 2] as const) {
    const limit = carton.innerMm[axis] - carton.paddingMm
    const isWhole = Number.isInteger(from[axis])
    if (from[axis] < 0 || to[axis] > limit || !isWhole)
      report('fit', { sku: piece.item.sku, axis, from: from[axis], to: to[axis], limit })
  }
}

/** Lengths shared along x, y and z; negative or 0 = none. */
function overlapOf(a: Solid, b: Solid): Size {
  const along = (axis: 0 | 1 | 2): number => Math.min(a.to[axis], b.to[axis]) - Math.max(a.from[axis], b.from[axis])
  return [along(0), along(1), along(2)]
}

const contactOf = (upper: Solid, lower: Solid): number => {
  const [x, y] = overlapOf(upper, lower)
  return upper.from[2] === lower.to[2] && x > 0 && y > 0 ? x * y : 0
}

function checkSupport(
  solid: Solid,
  {
    earlier,
    all,
    minSupport,
    report,
  }: { earlier: readonly Solid[]; all: readonly Solid[]; minSupport: number; report: Report },
): void {
  if (solid.from[2] === 0) return
  const { sku } = solid.piece.item
  const base = (solid.to[0] - solid.from[0]) * (solid.to[1] - solid.from[1])
  const restsOn = (others: readonly Solid[]): number =>
    others.reduce((sum, other) => sum + contactOf(solid, other), 0) / base
  const share = restsOn(all)
  const slack = 1e-9
  if (share < minSupport - slack) report('support', { sku, share })
  else if (restsOn(earlier) < minSupport - slack) report('sequence', { sku, share: restsOn(earlier) })
  const isOver = (other: Solid, axis: 0 | 1): boolean => {
    const centre = (solid.from[axis] + solid.to[axis]) / 2
    return other.from[axis] <= centre && centre <= other.to[axis]
  }
  const isCentred = all.some((other) => contactOf(solid, other) > 0 && isOver(other, 0) && isOver(other, 1))
  if (!isCentred) report('centre', { sku })
}

/** Weight passes down by share of contact area, through as many pieces as lie below. */
function checkLoads(solids: readonly Solid[], report: Report): void {
  const carried = new Map<Solid, number>(solids.map((solid) => [solid, 0]))
  for (const upper of [...solids].sort((a, b) => b.from[2] - a.from[2])) {
    const under = solids.filter((lower) => contactOf(upper, lower) > 0)
    const area = under.reduce((sum, lower) => sum + contactOf(upper, lower), 0)
    const weight = upper.piece.item.weightG + (carried.get(upper) ?? 0)
    for (const lower of under) {
      carried.set(lower, (carried.get(lower) ?? 0) + (weight * contactOf(upper, lower)) / area)
      const { fragile, maxLoadG } = lower.piece.item.handling
      if (fragile || maxLoadG === 0) report('load', { sku: lower.piece.item.sku, under: upper.piece.item.sku })
    }
  }
  const slackG = 1e-4
  for (const [solid, load] of carried) {
    const { maxLoadG } = solid.piece.item.handling
    if (maxLoadG !== undefined && load > maxLoadG + slackG)
      report('load', { sku: solid.piece.item.sku, load, maxLoadG })
  }
}
