import { rowBelow, type AisleFrame } from './aisle-frame.ts'

/**
 * The places that one walk must visit, each once, sorted upwards within each cell of the frame. Kept in typed arrays
 * that are used again for the next walk: batches ask for hundreds of thousands of walks on one floor.
 *
 * Nodes are numbered as they are first added. A cell's nodes hang in a list from `head[cell]` over `next[node]`, by
 * rising `offset[node]`; offset 0 is the crossing itself.
 */
export class AisleVisits {
  readonly frame: AisleFrame
  readonly head: Int32Array
  next = new Int32Array(64)
  offset = new Float64Array(64)
  cellOf = new Int32Array(64)
  count = 0
  /** Nodes where the walk starts and ends; equal = it comes back. */
  start = 0
  end = 0
  /** Columns and rows between which all nodes lie. */
  left = Infinity
  right = -1
  low = Infinity
  high = -1
  readonly #tail: Int32Array

  constructor(frame: AisleFrame) {
    this.frame = frame
    this.head = new Int32Array(frame.columns * frame.rows).fill(-1)
    this.#tail = new Int32Array(frame.columns * frame.rows).fill(-1)
  }

  clear(): void {
    for (let node = 0; node < this.count; node++) {
      const cell = this.cellOf[node] ?? 0
      this.head[cell] = -1
      this.#tail[cell] = -1
    }
    this.count = 0
    this.left = Infinity
    this.right = -1
    this.low = Infinity
    this.high = -1
  }

  /** Adds a place of the floor; returns its node, the same for the same place. */
  add(aisle: number, y: number): number {
    const { frame } = this
    const row = rowBelow(frame, y)
    return this.addAt((frame.columnOfAisle[aisle] ?? 0) * frame.rows + row, y - (frame.y[row] ?? 0))
  }

  /** Adds a place by its cell. Places that come in rising order cost nothing to sort. */
  addAt(cell: number, offset: number): number {
    const last = this.#tail[cell] ?? -1
    if (last === -1) return this.#linked(cell, offset, { after: -1, before: -1 })
    const lastOffset = this.offset[last] ?? 0
    if (offset > lastOffset) return this.#linked(cell, offset, { after: last, before: -1 })
    if (offset === lastOffset) return last
    let after = -1
    let before = this.head[cell] ?? -1
    while ((this.offset[before] ?? Infinity) < offset) {
      after = before
      before = this.next[before] ?? -1
    }
    if (this.offset[before] === offset) return before
    return this.#linked(cell, offset, { after, before })
  }

  #linked(cell: number, offset: number, { after, before }: { after: number; before: number }): number {
    const node = this.count++
    if (node >= this.next.length) this.#grow()
    this.offset[node] = offset
    this.cellOf[node] = cell
    this.next[node] = before
    if (after === -1) this.head[cell] = node
    else this.next[after] = node
    if (before === -1) this.#tail[cell] = node
    const { rows } = this.frame
    const column = Math.floor(cell / rows)
    const row = cell - column * rows
    if (column < this.left) this.left = column
    if (column > this.right) this.right = column
    if (row < this.low) this.low = row
    const top = offset > 0 ? row + 1 : row
    if (top > this.high) this.high = top
    return node
  }

  #grow(): void {
    const size = 2 * this.next.length
    const next = new Int32Array(size)
    next.set(this.next)
    this.next = next
    const offset = new Float64Array(size)
    offset.set(this.offset)
    this.offset = offset
    const cellOf = new Int32Array(size)
    cellOf.set(this.cellOf)
    this.cellOf = cellOf
  }
}
