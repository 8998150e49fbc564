import type { AisleVisits } from './aisle-visits.ts'
import { Sweep } from './frontier-dp.ts'
import { leaving, stepOf, stretch, type Leaving, type Stretch } from './frontier-states.ts'

/** The rectangle of the floor that a walk can need. */
export interface Range {
  readonly left: number
  readonly right: number
  readonly low: number
  readonly high: number
}

/**
 * Without missing passages nothing outside the range of the required places is ever worth walking, because pulling
 * such a walk back to the edge of the range makes no part of it longer.
 */
export function rangeOf({ frame, left, right, low, high }: AisleVisits): Range {
  return frame.isWhole
    ? { left, right, low, high }
    : { left: 0, right: frame.columns - 1, low: 0, high: frame.rows - 1 }
}

/** Points of the frontier that a sweep along the shorter side needs. */
export const widthOf = ({ left, right, low, high }: Range): number => Math.min(right - left, high - low) + 1

/**
 * Lays the visits out as steps of a sweep along the shorter side of their range: column after column with a frontier
 * of rows, or row after row with a frontier of columns. A start or end inside a block becomes a point of its own for
 * the time the sweep needs it, so it may lie anywhere; a walk that comes back treats its start as any other place.
 * Cost linear in range and nodes.
 *
 * Points are numbered: a crossing by its cell, node n by cells + n. Piece s, where `from[s]` is not -1, is the floor
 * walked by step s, with the required nodes `node[s]` and those that follow it, `inner[s]` in all, strictly inside.
 */
export class AisleSweep {
  readonly sweep = new Sweep()
  readonly from: number[] = []
  readonly to: number[] = []
  readonly node: number[] = []
  readonly inner: number[] = []
  #visits: AisleVisits | undefined
  #isOpen = false
  /** Whether walking a block up and down again, just to get there and back, can be worth it. */
  #needsTwice = true

  layOut(visits: AisleVisits, range: Range): void {
    this.#visits = visits
    this.#isOpen = visits.start !== visits.end
    // Dunn et al. 2025: on a whole floor another aisle does it; they take a walk that comes back.
    this.#needsTwice = this.#isOpen || !visits.frame.isWhole || range.left === range.right
    this.sweep.clear(widthOf(range))
    if (range.high - range.low <= range.right - range.left) this.#byColumns(visits, range)
    else this.#byRows(visits, range)
  }

  #byColumns(visits: AisleVisits, { left, right, low, high }: Range): void {
    const { rows } = visits.frame
    for (let column = left; column <= right; column++) {
      for (let row = low; row < high; row++) this.#climb(visits, column * rows + row, { at: row - low, isUp: false })
      for (let row = low; row <= high; row++) {
        const cell = column * rows + row
        if (column < right) this.#cross(visits, cell, { at: row - low, isRight: true })
        else this.#leave(visits, cell)
      }
    }
  }

  #byRows(visits: AisleVisits, { left, right, low, high }: Range): void {
    const { rows } = visits.frame
    for (let row = low; row <= high; row++) {
      for (let column = left; column < right; column++) {
        this.#cross(visits, column * rows + row, { at: column - left, isRight: false })
      }
      for (let column = left; column <= right; column++) {
        const cell = column * rows + row
        if (row < high) this.#climb(visits, cell, { at: column - left, isUp: true })
        else this.#leave(visits, cell)
      }
    }
  }

  /** The passage to the right neighbour; swept right, the neighbour takes the crossing's seat. */
  #cross({ frame, head, offset }: AisleVisits, cell: number, { at, isRight }: { at: number; isRight: boolean }): void {
    const asked = isRight ? this.#leavingOf(head[cell] ?? -1, offset) : leaving.not
    const column = Math.floor(cell / frame.rows)
    const step = { at, isSuccessorNew: isRight, asked }
    this.#piece(cell, cell + frame.rows, { node: -1, inner: 0 })
    this.#offer(stretch.none, step, 0)
    if (frame.hasRight[cell] === 1) {
      const length = (frame.x[column + 1] ?? 0) - (frame.x[column] ?? 0)
      this.#offer(stretch.once, step, length)
      this.#offer(stretch.twice, step, 2 * length)
    }
    this.sweep.endStep()
  }

  /** A crossing's demand on leaving the frontier: `node` is the first node of its cell. */
  #leavingOf(node: number, offset: Float64Array): Leaving {
    if (node === -1 || offset[node] !== 0) return leaving.even
    return this.#isTerminal(node) ? leaving.odd : leaving.evenTouched
  }

  #isTerminal(node: number): boolean {
    return this.#isOpen && (node === this.#visits?.start || node === this.#visits?.end)
  }

  /**
   * The block above a crossing, in pieces where start or end lie inside it. Swept upwards, every piece's lower
   * point leaves; otherwise only the start or end does, once both pieces beside it are walked.
   */
  #climb(visits: AisleVisits, cell: number, { at, isUp }: { at: number; isUp: boolean }): void {
    const { frame, head, next, offset } = visits
    const row = cell % frame.rows
    const isThere = frame.hasUp[cell] === 1
    const height = (frame.y[row + 1] ?? 0) - (frame.y[row] ?? 0)
    const first = head[cell] ?? -1
    let asked = isUp ? this.#leavingOf(first, offset) : leaving.not
    let node = first !== -1 && offset[first] === 0 ? (next[first] ?? -1) : first
    let from = cell
    let below = 0
    let seat = at
    for (;;) {
      const spread = this.#spread(visits, node)
      const isLast = spread.after === -1
      const top = isLast ? height : (offset[spread.after] ?? 0)
      const to = isLast ? cell + 1 : frame.columns * frame.rows + spread.after
      const isSuccessorNew = isUp || !isLast
      this.#piece(from, to, { node, inner: spread.count })
      this.#offerBlock(seat, { below, top, isThere, isSuccessorNew, asked, spread })
      if (isLast) return
      // A new successor that did not take the seat stands beside it.
      if (isSuccessorNew && asked === leaving.not) seat++
      from = to
      below = top
      asked = leaving.odd
      node = next[spread.after] ?? -1
    }
  }

  /** The required nodes from `node` on, up to a start or end (`after`, -1 = none): how many, where, the widest gap. */
  #spread({ next, offset }: AisleVisits, node: number): Spread {
    let count = 0
    let lowest = 0
    let highest = 0
    let gap = 0
    let at = node
    for (; at !== -1 && !this.#isTerminal(at); at = next[at] ?? -1) {
      const here = offset[at] ?? 0
      if (count === 0) lowest = here
      else if (here - highest > gap) gap = here - highest
      highest = here
      count++
    }
    return { count, lowest, highest, gap, after: at }
  }

  #offerBlock(seat: number, block: Block): void {
    const { below, top, isThere, isSuccessorNew, asked, spread } = block
    const step = { at: seat, isSuccessorNew, asked }
    if (spread.count === 0) this.#offer(stretch.none, step, 0)
    if (isThere) {
      this.#offer(stretch.once, step, top - below)
      if (this.#needsTwice) this.#offer(stretch.twice, step, 2 * (top - below))
      if (spread.count > 0) {
        this.#offer(stretch.fromFirst, step, 2 * (spread.highest - below))
        this.#offer(stretch.fromSecond, step, 2 * (top - spread.lowest))
        if (spread.count > 1) this.#offer(stretch.fromBoth, step, 2 * (top - below - spread.gap))
      }
    }
    this.sweep.endStep()
  }

  #leave({ head, offset }: AisleVisits, cell: number): void {
    const asked = this.#leavingOf(head[cell] ?? -1, offset)
    this.#piece(-1, -1, { node: -1, inner: 0 })
    const step = stepOf({ at: 0, isSuccessorNew: false, stretch: undefined, leaving: asked })
    this.sweep.offer(step, 0, stretch.none)
    this.sweep.endStep()
  }

  #piece(from: number, to: number, { node, inner }: { readonly node: number; readonly inner: number }): void {
    const s = this.sweep.stepCount
    this.from[s] = from
    this.to[s] = to
    this.node[s] = node
    this.inner[s] = inner
  }

  #offer(walked: Stretch, how: Seat, length: number): void {
    const step = stepOf({ at: how.at, isSuccessorNew: how.isSuccessorNew, stretch: walked, leaving: how.asked })
    this.sweep.offer(step, length, walked)
  }
}

/** Where a piece stands in the frontier, and what its lower point is asked when it leaves. */
interface Seat {
  readonly at: number
  readonly isSuccessorNew: boolean
  readonly asked: Leaving
}

interface Spread {
  readonly count: number
  readonly lowest: number
  readonly highest: number
  readonly gap: number
  readonly after: number
}

interface Block {
  readonly below: number
  readonly top: number
  readonly isThere: boolean
  readonly isSuccessorNew: boolean
  readonly asked: Leaving
  readonly spread: Spread
}
