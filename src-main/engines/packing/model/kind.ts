import { volumeMm3 } from '../../../kernel/units.ts'
import { plainHandling, type PackingItem, type PackingRules, type Temperature } from '../problem.ts'
import { shapesOf, type Shape } from './shapes.ts'

/** One line of the order as the planner sees it: `count` equal pieces. */
export interface Kind {
  readonly index: number
  readonly item: PackingItem
  readonly count: number
  readonly weightG: number
  /** What the piece takes of a carton's allowable volume. */
  readonly volumeMm3: number
  /** Empty for a piece without sides. */
  readonly shapes: readonly Shape[]
  /** Smallest solid volume over its shapes, 0 without sides: what the bounds may count on. */
  readonly solidMm3: number
  readonly shortestMm: number
  readonly longestMm: number
  /** Weight it may carry; Infinity for anything, 0 for nothing on top. */
  readonly maxLoadG: number
  readonly temperature: Temperature
  readonly className: string | undefined
  readonly setName: string | undefined
  readonly dangerousG: number
}

export const kindsOf = (items: readonly PackingItem[]): readonly Kind[] => items.map(kindOf)

function kindOf(item: PackingItem, index: number): Kind {
  const shapes = shapesOf(item)
  let solidMm3 = Infinity
  let shortestMm = Infinity
  let longestMm = 0
  for (const { dx, dy, dz } of shapes) {
    solidMm3 = Math.min(solidMm3, dx * dy * dz)
    shortestMm = Math.min(shortestMm, dx, dy, dz)
    longestMm = Math.max(longestMm, dx, dy, dz)
  }
  const { handling } = item
  return {
    index,
    item,
    count: item.quantity,
    weightG: item.weightG,
    volumeMm3: volumeOfPiece(item),
    shapes,
    solidMm3: shapes.length === 0 ? 0 : solidMm3,
    shortestMm,
    longestMm,
    maxLoadG: handling.fragile ? 0 : (handling.maxLoadG ?? Infinity),
    temperature: handling.temperature,
    className: handling.class,
    setName: handling.keepTogether,
    dangerousG: handling.dangerousG,
  }
}

/** mm3: the given volume, else the product of the sides as listed (not as folded). */
export function volumeOfPiece(item: PackingItem): number {
  if (item.volumeCm3 !== undefined) return item.volumeCm3 * 1000
  return item.sizeMm === null ? 0 : volumeMm3(item.sizeMm)
}

/** Stands where no piece is yet. */
export const noKind: Kind = kindOf({ sku: '', quantity: 0, sizeMm: null, weightG: 0, handling: plainHandling }, -1)

/** True when the two kinds may not share a parcel: temperatures never mix, some classes are kept apart. */
export function areApart(a: Kind, b: Kind, rules: PackingRules): boolean {
  if (a.temperature !== b.temperature) return true
  const { className: one } = a
  const { className: other } = b
  if (one === undefined || other === undefined || one === other) return false
  return rules.keepApart.some((group) => group.includes(one) && group.includes(other))
}
