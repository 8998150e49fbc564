/** A point to stand at: the aisle's index and the y coordinate along it, millimetres. */
export type Place = readonly [aisle: number, y: number]

/** Where stock lies, `zone-aisle-bay-shelf-bin`, and where a person stands to reach it. */
export interface Location {
  readonly code: string
  readonly place: Place
  readonly side: 'L' | 'R'
  readonly shelf: number
}

/** The walkable map: aisles are lines x = aisleX[j], cross aisles lines y = crossY[c] (ascending), millimetres. */
export interface Floor {
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  /** Passages that do not exist, as in the planning format. */
  readonly missing: readonly (readonly [number, number])[]
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
