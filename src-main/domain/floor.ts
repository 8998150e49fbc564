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
