import type { Size } from '../../../kernel/units.ts'
import type { PackingItem, PackingOrder } from '../problem.ts'
import type { PackedOrder, Placement } from '../result.ts'
import type { Report } from './violation.ts'

/** A placement with the line it belongs to. */
export interface Piece {
  readonly item: PackingItem
  readonly placement: Placement
}

/** True when the size is one in which the piece may lie, by its sizes and its orientation rule. */
export function mayLieAs(item: PackingItem, placed: Size): boolean {
  if (item.sizeMm === null) return false
  const { orientation, foldedMm } = item.handling
  return [item.sizeMm, ...foldedMm].some((own) => {
    if (orientation === 'fixed') return own.every((side, axis) => side === placed[axis])
    const sameSides = [...own].sort((a, b) => a - b).join() === [...placed].sort((a, b) => a - b).join()
    return sameSides && mayStand(item, own, placed[2])
  })
}

function mayStand({ handling: { orientation } }: PackingItem, own: Size, up: number): boolean {
  if (orientation === 'any') return true
  if (orientation === 'flat') return up === Math.min(...own)
  if (orientation === 'upright' || orientation === 'fixed') return up === own[2]
  const sideByAxis = { l: own[0], w: own[1], h: own[2] }
  return orientation.some((axis) => sideByAxis[axis] === up)
}

/** Gives every placement its line and checks that each piece is packed or unpacked exactly once. */
export function piecesByParcel(
  order: PackingOrder,
  packed: PackedOrder,
  report: Report,
): readonly (readonly Piece[])[] {
  const lines = order.items.map((item) => ({ item, left: item.quantity }))
  const parcels = packed.parcels.map((parcel) =>
    parcel.placements.flatMap((placement): readonly Piece[] => {
      const open = lines.filter((line) => line.item.sku === placement.sku && line.left > 0)
      const line = open.find(({ item }) => isPlacedAs(item, placement)) ?? open[0]
      if (!line) {
        report('pieces', { sku: placement.sku, problem: 'packed more often than ordered' })
        return []
      }
      line.left--
      return [{ item: line.item, placement }]
    }),
  )
  for (const sku of new Set([...order.items, ...packed.unpacked].map((entry) => entry.sku))) {
    const left = lines.filter((line) => line.item.sku === sku).reduce((sum, line) => sum + line.left, 0)
    const said = packed.unpacked.filter((entry) => entry.sku === sku).reduce((sum, entry) => sum + entry.quantity, 0)
    if (left !== said) report('pieces', { sku, left, unpacked: said })
  }
  return parcels
}

function isPlacedAs(item: PackingItem, { sizeMm }: Placement): boolean {
  return sizeMm === null ? item.sizeMm === null : mayLieAs(item, sizeMm)
}

/** mm3 that a piece takes of the allowable volume. */
export function pieceMm3(item: PackingItem): number {
  if (item.volumeCm3 !== undefined) return 1000 * item.volumeCm3
  return item.sizeMm === null ? 0 : item.sizeMm[0] * item.sizeMm[1] * item.sizeMm[2]
}
