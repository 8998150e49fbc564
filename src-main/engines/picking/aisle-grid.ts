import type { AisleFloor } from './types.ts'
import { aislesLeftToRight, missingPassages } from './walk-graph.ts'

/**
 * The part of a floor of aisles that a tour can need: its columns (aisles from left to right) and rows (cross
 * aisles upwards). Without missing passages nothing outside the range of the required places is ever worth
 * walking, because pulling such a walk back to the edge of the range makes no part of it longer.
 */
export interface AisleGrid {
  readonly columns: number
  readonly rows: number
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** By column * rows + row: the passage to the next column; to the next row. */
  readonly hasRight: readonly boolean[]
  readonly hasUp: readonly boolean[]
}

/** A required place on the grid: on crossing (column, row), or between it and the next row. */
export interface GridPlace {
  readonly column: number
  readonly row: number
  /** Way up from the row; 0 = on the crossing itself. */
  readonly offset: number
}

/** A place of the floor, aisle and y. */
export interface AislePlace {
  readonly aisle: number
  readonly y: number
}

export interface GridWithPlaces {
  readonly grid: AisleGrid
  /** The places handed in, in the same order. */
  readonly places: readonly GridPlace[]
}

/** The grid that holds all `places` (at least one). Cost linear in floor and places. */
export function gridOf(floor: AisleFloor, places: readonly AislePlace[]): GridWithPlaces {
  const order = aislesLeftToRight(floor)
  const rank: number[] = []
  order.forEach((aisle, column) => (rank[aisle] = column))
  const located = places.map(({ aisle, y }) => {
    const row = rowBelow(floor.crossY, y)
    return { column: rank[aisle] ?? 0, row, offset: y - (floor.crossY[row] ?? 0) }
  })
  const isWhole = (floor.missing?.length ?? 0) === 0
  const range = isWhole
    ? rangeOf(located)
    : { left: 0, right: floor.aisleX.length - 1, low: 0, high: floor.crossY.length - 1 }
  return {
    grid: cut(floor, order, range),
    places: located.map(({ column, row, offset }) => ({ column: column - range.left, row: row - range.low, offset })),
  }
}

interface Range {
  readonly left: number
  readonly right: number
  readonly low: number
  readonly high: number
}

function rangeOf(places: readonly GridPlace[]): Range {
  let [left, right, low, high] = [Infinity, 0, Infinity, 0]
  for (const { column, row, offset } of places) {
    left = Math.min(left, column)
    right = Math.max(right, column)
    low = Math.min(low, row)
    high = Math.max(high, offset > 0 ? row + 1 : row)
  }
  return { left, right, low, high }
}

/** The last cross aisle at or below y. */
function rowBelow(crossY: readonly number[], y: number): number {
  let row = 0
  while (row + 1 < crossY.length && (crossY[row + 1] ?? Infinity) <= y) row++
  return row
}

function cut(floor: AisleFloor, order: readonly number[], range: Range): AisleGrid {
  const missing = missingPassages(floor)
  const columns = range.right - range.left + 1
  const rows = range.high - range.low + 1
  const hasRight: boolean[] = []
  const hasUp: boolean[] = []
  for (let column = 0; column < columns; column++) {
    const aisle = order[range.left + column] ?? 0
    for (let row = 0; row < rows; row++) {
      const cross = range.low + row
      hasRight.push(column + 1 < columns && !missing.cross.has(cross * floor.aisleX.length + aisle))
      hasUp.push(row + 1 < rows && !missing.aisle.has(aisle * floor.crossY.length + cross))
    }
  }
  return {
    columns,
    rows,
    x: order.slice(range.left, range.right + 1).map((aisle) => floor.aisleX[aisle] ?? 0),
    y: floor.crossY.slice(range.low, range.high + 1),
    hasRight,
    hasUp,
  }
}
