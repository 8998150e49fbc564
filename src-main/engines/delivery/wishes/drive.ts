import type { Model } from '../model.ts'
import type { Wishes } from './wish-model.ts'

/** A day's way and what it costs beside it; `way` Infinity = a rule is broken. All in the engine's unit. */
export interface Driven {
  way: number
  price: number
}

/** One vehicle's day as a list of nodes; 0 between two stops = back to the depot to load again. */
export class Driver {
  readonly #model: Model
  readonly #wishes: Wishes
  readonly #load: Float64Array
  /** Number of the drive that passed the node last. */
  readonly #passed: Int32Array
  #drive = 0

  constructor(model: Model, wishes: Wishes) {
    this.#model = model
    this.#wishes = wishes
    this.#load = new Float64Array(model.dimensions)
    this.#passed = new Int32Array(model.size)
  }

  /**
   * Drives the day with `extra` nodes put in at place `at` (none: drives it as it is) and writes what it costs to
   * `driven`. `starts`, where given, gets the start of service by place. Cost O(nodes).
   */
  drive(
    kind: number,
    { nodes, at = -1, extra = [] }: { nodes: readonly number[]; at?: number; extra?: readonly number[] },
    { driven, starts }: { readonly driven: Driven; readonly starts?: number[] },
  ): void {
    const { size, distance, time, closes, opens, kinds } = this.#model
    this.#drive++
    this.#load.fill(0)
    driven.way = 0
    driven.price = 0
    let clock = opens[0] ?? 0
    let left = 0
    let rank = 0
    let trips = 1
    const total = nodes.length + extra.length
    for (let i = 0; i < total; i++) {
      const node = (at < 0 || i < at ? nodes[i] : i < at + extra.length ? extra[i - at] : nodes[i - extra.length]) ?? 0
      const way = distance[left * size + node] ?? 0
      driven.way += way
      clock += time[left * size + node] ?? 0
      if (node === 0) {
        const isAllowed = left !== 0 && clock <= (closes[0] ?? Infinity) && trips < (this.#wishes.trips[kind] ?? 1)
        if (!isAllowed) return this.#fail(driven)
        trips++
        clock += this.#wishes.reload[kind] ?? 0
        this.#load.fill(0)
      } else {
        const nodeRank = this.#wishes.rank[node] ?? 1
        if (nodeRank < rank || !this.#isTaken(kind, node)) return this.#fail(driven)
        rank = nodeRank
        clock = Math.max(clock, opens[node] ?? 0)
        if (clock > (closes[node] ?? Infinity)) return this.#fail(driven)
        driven.price += this.#priceAt(node, clock)
        starts?.push(clock)
        clock += this.#model.service[node] ?? 0
      }
      left = node
    }
    if (left === 0 && total > 0) return this.#fail(driven)
    if (kinds[kind]?.returns !== false && total > 0) {
      driven.way += distance[left * size] ?? 0
      clock += time[left * size] ?? 0
      if (clock > (closes[0] ?? Infinity)) return this.#fail(driven)
      starts?.push(clock)
    }
    if (driven.way >= this.#model.noWay) this.#fail(driven)
  }

  #fail(driven: Driven): void {
    driven.way = Infinity
  }

  /** Loads the node; false when it is too much, or when a stop that must come behind it was passed already. */
  #isTaken(kind: number, node: number): boolean {
    const { dimensions, demand, capacities } = this.#model
    for (let k = 0; k < dimensions; k++) {
      const amount = (this.#load[k] ?? 0) + (demand[node * dimensions + k] ?? 0)
      if (amount > (capacities[kind * dimensions + k] ?? Infinity)) return false
      this.#load[k] = amount
    }
    for (const other of this.#wishes.behind[node] ?? []) if (this.#passed[other] === this.#drive) return false
    this.#passed[node] = this.#drive
    return true
  }

  #priceAt(node: number, start: number): number {
    const { softOpens, softCloses, pricePerS } = this.#wishes
    const off = Math.max(0, (softOpens[node] ?? -Infinity) - start, start - (softCloses[node] ?? Infinity))
    return off * (pricePerS[node] ?? 1)
  }
}
