import type { AisleGrid, GridPlace } from './aisle-grid.ts'
import type { Choice } from './frontier-dp.ts'
import { leaving, stepOf, stretch, type Leaving, type Stretch } from './frontier-states.ts'

/**
 * A stretch of floor between two points of the sweep, with the required places strictly inside it. Points are
 * numbered: crossing (column, row) is column * rows + row, place i is columns * rows + i.
 */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly inner: readonly number[]
  /** Way from `from` to each inner place, rising. */
  readonly offsets: readonly number[]
  readonly length: number
}

/** A sweep with the edge that each step walks; a step without one only lets a point leave the frontier. */
export interface AisleSweep {
  readonly width: number
  readonly steps: (readonly Choice[])[]
  readonly edges: (Edge | undefined)[]
}

/** The places to visit, each once; `start` and `end` are indices of them. */
export interface RequiredPlaces {
  readonly places: readonly GridPlace[]
  readonly start: number
  readonly end: number
}

/** A required place inside a block, as the sweep meets it. */
interface Inner {
  readonly offset: number
  readonly point: number
  readonly isTerminal: boolean
}

/**
 * Lays the grid out as steps along its shorter side: column after column with a frontier of rows, or row after row
 * with a frontier of columns. A start or end inside a block becomes a point of its own for the time the sweep needs
 * it, so it may lie anywhere. Cost linear in grid and places (sorted per block).
 */
export function aisleSweep(grid: AisleGrid, required: RequiredPlaces): AisleSweep {
  const layout = new Layout(grid, required)
  if (grid.rows <= grid.columns) layout.byColumns()
  else layout.byRows()
  return layout.sweep
}

class Layout {
  readonly sweep: AisleSweep
  readonly #grid: AisleGrid
  readonly #leaving: Leaving[]
  readonly #innerByBlock: (Inner[] | undefined)[]
  readonly #terminalLeaving: Leaving

  constructor(grid: AisleGrid, required: RequiredPlaces) {
    this.#grid = grid
    this.sweep = { width: Math.min(grid.rows, grid.columns), steps: [], edges: [] }
    const crossings = grid.rows * grid.columns
    this.#leaving = new Array<Leaving>(crossings).fill(leaving.even)
    this.#innerByBlock = new Array<Inner[] | undefined>(crossings).fill(undefined)
    this.#terminalLeaving = required.start === required.end ? leaving.evenTouched : leaving.odd
    required.places.forEach((place, i) => {
      const isTerminal = i === required.start || i === required.end
      const crossing = place.column * grid.rows + place.row
      if (place.offset > 0) this.#addInner(crossing, { offset: place.offset, point: crossings + i, isTerminal })
      else this.#leaving[crossing] = isTerminal ? this.#terminalLeaving : leaving.evenTouched
    })
    for (const inner of this.#innerByBlock) inner?.sort((a, b) => a.offset - b.offset)
  }

  #addInner(crossing: number, inner: Inner): void {
    const known = this.#innerByBlock[crossing]
    if (known) known.push(inner)
    else this.#innerByBlock[crossing] = [inner]
  }

  byColumns(): void {
    const { columns, rows } = this.#grid
    for (let column = 0; column < columns; column++) {
      let at = 0
      for (let row = 0; row + 1 < rows; row++) {
        this.#climb(column, row, { at, isSweptUpwards: false })
        at++
      }
      for (let row = 0; row < rows; row++) {
        if (column + 1 < columns) this.#cross(column, row, { at: row, isSweptRight: true })
        else this.#leave(column * rows + row)
      }
    }
  }

  byRows(): void {
    const { columns, rows } = this.#grid
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column + 1 < columns; column++) this.#cross(column, row, { at: column, isSweptRight: false })
      for (let column = 0; column < columns; column++) {
        if (row + 1 < rows) this.#climb(column, row, { at: column, isSweptUpwards: true })
        else this.#leave(column * rows + row)
      }
    }
  }

  /** The passage from a crossing to its right neighbour; swept right, the neighbour takes the crossing's seat. */
  #cross(column: number, row: number, { at, isSweptRight }: { at: number; isSweptRight: boolean }): void {
    const { rows, x, hasRight } = this.#grid
    const from = column * rows + row
    const length = (x[column + 1] ?? 0) - (x[column] ?? 0)
    this.#walk(
      { from, to: from + rows, inner: [], offsets: [], length },
      {
        at,
        isSuccessorNew: isSweptRight,
        leaving: isSweptRight ? this.#leavingOf(from) : leaving.not,
        isThere: hasRight[from] === true,
      },
    )
  }

  /**
   * The block above a crossing, in pieces where start or end lie inside it. Swept upwards, every piece's lower
   * point leaves; otherwise only the start or end does, once both pieces beside it are walked.
   */
  #climb(column: number, row: number, { at, isSweptUpwards }: { at: number; isSweptUpwards: boolean }): void {
    const { rows, y, hasUp } = this.#grid
    const crossing = column * rows + row
    const isThere = hasUp[crossing] === true
    const inner = this.#innerByBlock[crossing] ?? []
    let seat = at
    let low = { point: crossing, offset: 0 }
    let picks: Inner[] = []
    const piece = (high: { point: number; offset: number }, isLast: boolean): void => {
      const edge = {
        from: low.point,
        to: high.point,
        inner: picks.map(({ point }) => point),
        offsets: picks.map(({ offset }) => offset - low.offset),
        length: high.offset - low.offset,
      }
      const isInside = low.point !== crossing
      const isSuccessorNew = isSweptUpwards || !isLast
      const asked = isSweptUpwards || isInside ? this.#leavingOf(low.point) : leaving.not
      this.#walk(edge, { at: seat, isSuccessorNew, leaving: asked, isThere })
      // A new successor that did not take the seat stands beside it.
      if (isSuccessorNew && asked === leaving.not) seat++
      low = high
      picks = []
    }
    for (const place of inner) {
      if (place.isTerminal) piece(place, false)
      else picks.push(place)
    }
    piece({ point: crossing + 1, offset: (y[row + 1] ?? 0) - (y[row] ?? 0) }, true)
  }

  #leavingOf(point: number): Leaving {
    return this.#leaving[point] ?? this.#terminalLeaving
  }

  #leave(crossing: number): void {
    const step = stepOf({ at: 0, isSuccessorNew: false, stretch: undefined, leaving: this.#leavingOf(crossing) })
    this.sweep.steps.push([{ step, length: 0, stretch: stretch.none }])
    this.sweep.edges.push(undefined)
  }

  #walk(
    edge: Edge,
    how: {
      readonly at: number
      readonly isSuccessorNew: boolean
      readonly leaving: Leaving
      readonly isThere: boolean
    },
  ): void {
    const choices: Choice[] = []
    const offer = (walked: Stretch, length: number): void => {
      const step = stepOf({ at: how.at, isSuccessorNew: how.isSuccessorNew, stretch: walked, leaving: how.leaving })
      choices.push({ step, length, stretch: walked })
    }
    const last = edge.offsets[edge.offsets.length - 1]
    if (last === undefined) offer(stretch.none, 0)
    if (how.isThere) {
      offer(stretch.once, edge.length)
      offer(stretch.twice, 2 * edge.length)
      if (last !== undefined) {
        offer(stretch.fromFirst, 2 * last)
        offer(stretch.fromSecond, 2 * (edge.length - (edge.offsets[0] ?? 0)))
        if (edge.offsets.length > 1) offer(stretch.fromBoth, 2 * (edge.length - largestGap(edge.offsets).length))
      }
    }
    this.sweep.steps.push(choices)
    this.sweep.edges.push(edge)
  }
}

/** The widest gap between neighbouring places: it lies after index `after`. Ties: the first. */
export function largestGap(offsets: readonly number[]): { readonly after: number; readonly length: number } {
  let best = { after: 0, length: -1 }
  for (let i = 0; i + 1 < offsets.length; i++) {
    const length = (offsets[i + 1] ?? 0) - (offsets[i] ?? 0)
    if (length > best.length) best = { after: i, length }
  }
  return best
}
