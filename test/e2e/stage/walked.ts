/** The floor of a selection document. */
export interface WalkedFloor {
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly missing: readonly object[]
  readonly depot: Place
  readonly packingTable: Place
}
export type Place = readonly [aisle: number, y: number]
type Point = readonly [x: number, y: number]

/** Millimetres along a line of points whose steps are all along an aisle or a cross aisle; NaN when one is not. */
export function lengthOfPath(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => {
    const before = points[index] ?? point
    const [dx, dy] = [Math.abs(point[0] - before[0]), Math.abs(point[1] - before[1])]
    return dx > 0 && dy > 0 ? Number.NaN : sum + dx + dy
  }, 0)
}

/** True when the line passes the place. */
export const passes = (floor: WalkedFloor, points: readonly Point[], [aisle, y]: Place): boolean =>
  points.some((point, index) => {
    const next = points[index + 1] ?? point
    const x = floor.aisleX[aisle]
    return point[0] === x && next[0] === x && Math.min(point[1], next[1]) <= y && y <= Math.max(point[1], next[1])
  })

/** Shortest way between two places of a floor without gaps, millimetres: along the aisle, or over one cross aisle. */
export function distance(floor: WalkedFloor, from: Place, to: Place): number {
  const [dx, dy] = [Math.abs((floor.aisleX[from[0]] ?? 0) - (floor.aisleX[to[0]] ?? 0)), Math.abs(from[1] - to[1])]
  if (dx === 0) return dy
  return dx + Math.min(...floor.crossY.map((cross) => Math.abs(from[1] - cross) + Math.abs(to[1] - cross)))
}

/** Millimetres from place to place. */
export const lengthOfStops = (floor: WalkedFloor, places: readonly Place[]): number =>
  places.slice(1).reduce((sum, place, index) => sum + distance(floor, places[index] ?? place, place), 0)
