import type { PackingItem } from '../../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../../src-main/kernel/units.ts'

/** A piece where it lies; its number is its turn in the packing sequence. */
export interface Solid {
  readonly item: PackingItem
  readonly from: Size
  readonly to: Size
}

/** The ground cut into cells at every side of every piece: within a cell nothing begins or ends. */
export interface Grid {
  readonly cells: number
  readonly areaOf: Float64Array
  /** Cells under a piece, by its number. */
  readonly under: readonly Int32Array[]
}

export function gridOf(solids: readonly Solid[]): Grid {
  const xs = cuts(solids, 0)
  const ys = cuts(solids, 1)
  const columns = Math.max(0, xs.length - 1)
  const rows = Math.max(0, ys.length - 1)
  const areaOf = new Float64Array(columns * rows)
  for (let x = 0; x < columns; x++)
    for (let y = 0; y < rows; y++)
      areaOf[x * rows + y] = ((xs[x + 1] ?? 0) - (xs[x] ?? 0)) * ((ys[y + 1] ?? 0) - (ys[y] ?? 0))
  const xAt = placesOf(xs)
  const yAt = placesOf(ys)
  const under = solids.map(({ from, to }) => {
    const found: number[] = []
    for (let x = xAt.get(from[0]) ?? 0; x < (xAt.get(to[0]) ?? 0); x++)
      for (let y = yAt.get(from[1]) ?? 0; y < (yAt.get(to[1]) ?? 0); y++) found.push(x * rows + y)
    return Int32Array.from(found)
  })
  return { cells: columns * rows, areaOf, under }
}

export const cuts = (solids: readonly Solid[], axis: 0 | 1 | 2): readonly number[] =>
  [...new Set(solids.flatMap(({ from, to }) => [from[axis], to[axis]]))].sort((a, b) => a - b)

const placesOf = (values: readonly number[]): ReadonlyMap<number, number> =>
  new Map(values.map((value, at) => [value, at]))

/** mm2 on which a piece rests on others, by their numbers. */
export type Contacts = ReadonlyMap<number, number>

/** For each piece what it rests on, found cell by cell at the height of its base. */
export function contactsOf(solids: readonly Solid[], grid: Grid): readonly Contacts[] {
  const contacts = solids.map(() => new Map<number, number>())
  const topOf = new Int32Array(grid.cells)
  for (const height of new Set(solids.map(({ from }) => from[2]))) {
    if (height <= 0) continue
    topOf.fill(-1)
    for (const [number, { to }] of solids.entries())
      if (to[2] === height) for (const cell of grid.under[number] ?? []) topOf[cell] = number
    for (const [number, { from }] of solids.entries()) {
      if (from[2] !== height) continue
      const resting = contacts[number]
      for (const cell of grid.under[number] ?? []) {
        const below = topOf[cell] ?? -1
        if (below >= 0 && below !== number) resting?.set(below, (resting.get(below) ?? 0) + (grid.areaOf[cell] ?? 0))
      }
    }
  }
  return contacts
}
