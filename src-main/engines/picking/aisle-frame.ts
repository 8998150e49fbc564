import type { AisleFloor } from './types.ts'
import { aislesLeftToRight, missingPassages } from './walk-graph.ts'

/**
 * A floor of aisles as the sweep reads it: columns are aisles from left to right, rows are cross aisles upwards, and
 * cell `column * rows + row` is a crossing together with the block above it. Made once per floor.
 */
export interface AisleFrame {
  readonly columns: number
  readonly rows: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly columnOfAisle: Int32Array
  /** By cell: 1 when the passage to the next column is there; to the next row. */
  readonly hasRight: Uint8Array
  readonly hasUp: Uint8Array
  /** True when no passage is missing. */
  readonly isWhole: boolean
}

/** The frame of a valid floor. Cost linear in the floor, and sorting the aisles. */
export function aisleFrame(floor: AisleFloor): AisleFrame {
  const columns = floor.aisleX.length
  const rows = floor.crossY.length
  const order = aislesLeftToRight(floor)
  const columnOfAisle = new Int32Array(columns)
  const x = new Float64Array(columns)
  order.forEach((aisle, column) => {
    columnOfAisle[aisle] = column
    x[column] = floor.aisleX[aisle] ?? 0
  })
  const isWhole = (floor.missing?.length ?? 0) === 0
  const hasRight = new Uint8Array(columns * rows).fill(1)
  const hasUp = new Uint8Array(columns * rows).fill(1)
  if (!isWhole) {
    const missing = missingPassages(floor)
    order.forEach((aisle, column) => {
      for (let row = 0; row < rows; row++) {
        if (missing.cross.has(row * columns + aisle)) hasRight[column * rows + row] = 0
        if (missing.aisle.has(aisle * rows + row)) hasUp[column * rows + row] = 0
      }
    })
  }
  return { columns, rows, x, y: Float64Array.from(floor.crossY), columnOfAisle, hasRight, hasUp, isWhole }
}

/** The last cross aisle at or below y. */
export function rowBelow({ y: crossY, rows }: AisleFrame, y: number): number {
  let row = 0
  while (row + 1 < rows && (crossY[row + 1] ?? Infinity) <= y) row++
  return row
}
