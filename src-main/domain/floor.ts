/** A point to stand at: the aisle's index and the y coordinate along it, millimetres. */
export type Place = readonly [aisle: number, y: number]

/** Where stock lies, `zone-aisle-bay-shelf-bin`, and where a person stands to reach it. */
export interface Location {
  readonly code: string
  readonly place: Place
  readonly side: 'L' | 'R'
  readonly shelf: number
}

/**
 * A passage that does not exist: the piece of cross aisle `cross` right of aisle `afterAisle`, or the piece
 * of aisle `aisle` above cross aisle `afterCross`. The same shape as in the planning format.
 */
export type MissingPassage =
  { readonly cross: number; readonly afterAisle: number } | { readonly aisle: number; readonly afterCross: number }

/** The walkable map: aisles are lines x = aisleX[j], cross aisles lines y = crossY[c] (ascending), millimetres. */
export interface Floor {
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly missing: readonly MissingPassage[]
  readonly depot: Place
  readonly packingTable: Place
}

/** True when the place lies on one of the floor's aisles, between its first and last cross aisle. */
export function isOnFloor(floor: Floor, place: Place): boolean {
  const [aisle, y] = place
  const first = floor.crossY[0] ?? 0
  const last = floor.crossY.at(-1) ?? 0
  return Number.isInteger(aisle) && aisle >= 0 && aisle < floor.aisleX.length && y >= first && y <= last
}

/**
 * Names the connected part of the floor that a place on it lies in: equal numbers, a way from one to the other. Where
 * passages are missing a floor may fall into several parts. Cost: linear in the crossings.
 */
export function partsOfFloor(floor: Floor): (place: Place) => number {
  const rows = floor.crossY.length
  const parent = Array.from({ length: floor.aisleX.length * rows }, (_, node) => node)
  const rootOf = (node: number): number => {
    let root = node
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root
    return root
  }
  const join = (a: number, b: number): void => void (parent[rootOf(a)] = rootOf(b))
  const isMissing = (aisle: number, afterCross: number): boolean =>
    floor.missing.some((gap) => 'aisle' in gap && gap.aisle === aisle && gap.afterCross === afterCross)
  for (const aisle of floor.aisleX.keys()) {
    for (const cross of floor.crossY.keys()) {
      const node = aisle * rows + cross
      const isGap = floor.missing.some((gap) => 'cross' in gap && gap.cross === cross && gap.afterAisle === aisle)
      if (aisle + 1 < floor.aisleX.length && !isGap) join(node, node + rows)
      if (cross + 1 < rows && !isMissing(aisle, cross)) join(node, node + 1)
    }
  }
  return ([aisle, y]) => {
    const at = floor.crossY.indexOf(y)
    if (at >= 0) return rootOf(aisle * rows + at)
    const below = floor.crossY.findLastIndex((cross) => cross < y)
    return isMissing(aisle, below) ? -1 : rootOf(aisle * rows + below)
  }
}
