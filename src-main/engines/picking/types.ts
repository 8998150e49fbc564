import type { Budget } from '../../kernel/budget.ts'

/**
 * Where something stands on a floor: `[aisle, y]` on a floor of parallel aisles, a node number on a free graph.
 */
export type Place = readonly [aisle: number, y: number] | number

/**
 * A passage that a floor of aisles does not have: either cross aisle `cross` between aisle `afterAisle` and the
 * next aisle to its right, or aisle `aisle` between cross aisle `afterCross` and the next one above it.
 */
export type MissingPassage =
  { readonly cross: number; readonly afterAisle: number } | { readonly aisle: number; readonly afterCross: number }

/** Aisle j is the line x = aisleX[j], cross aisle c the line y = crossY[c] (rising); both ways everywhere. */
export interface AisleFloor {
  readonly kind: 'aisles'
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly missing?: readonly MissingPassage[] | undefined
}

/** `[from, to, length, oneWay]`; oneWay 1 = only from `from` to `to`. */
export type FloorEdge = readonly [from: number, to: number, length: number, oneWay: 0 | 1]

/** A free graph: islands, lanes, one-way lanes. `nodes` are coordinates for drawing only. */
export interface GraphFloor {
  readonly kind: 'graph'
  readonly nodes: readonly (readonly [x: number, y: number])[]
  readonly edges: readonly FloorEdge[]
}

export type Floor = AisleFloor | GraphFloor

/** One walk from `start` past all `picks` to `end`. Picks may repeat a place. */
export interface TourProblem {
  readonly id: string
  readonly floor: Floor
  readonly start: Place
  readonly end: Place
  readonly picks: readonly Place[]
}

export type TourMethod = 'one-block' | 'frontier-dp' | 'held-karp' | 'local-search'

/**
 * `order` holds indices into the problem's picks in walking order, without the unreachable ones. `unreachable`
 * holds indices, rising; -1 stands for an unreachable end, and then the tour ends at its last pick. `lowerBound`
 * is never above the shortest length; `optimal` is true only with a proof, and then both numbers are equal.
 */
export interface TourResult {
  readonly id: string
  readonly order: readonly number[]
  readonly length: number
  readonly lowerBound: number
  readonly optimal: boolean
  readonly method: TourMethod
  readonly unreachable: readonly number[]
  readonly ms: number
}

/** Orders for carts that carry `capacity` picks each; an order is never split. */
export interface BatchProblem {
  readonly id: string
  readonly floor: Floor
  readonly start: Place
  readonly end: Place
  readonly capacity: number
  readonly orders: readonly (readonly Place[])[]
  /** What a cart takes besides; what is not said does not limit. Units are the caller's. */
  readonly cart?: CartLimits | undefined
  /** By order, as many as `orders`. */
  readonly demands?: readonly OrderDemand[] | undefined
  /** How fast pickers are; needed for due times. */
  readonly pace?: Pace | undefined
}

export interface CartLimits {
  readonly totes?: number | undefined
  readonly weight?: number | undefined
  readonly volume?: number | undefined
}

/** What one order takes of a cart. Orders of different zones never share one; `due` is in minutes from now. */
export interface OrderDemand {
  /** 1 when not given. */
  readonly totes?: number | undefined
  readonly weight?: number | undefined
  readonly volume?: number | undefined
  readonly zone?: number | undefined
  readonly due?: number | undefined
}

/** Walking and picking times; `pickers` walk at the same time (1 when not given). */
export interface Pace {
  readonly unitsPerMinute: number
  readonly minutesPerPick: number
  readonly pickers?: number | undefined
}

/** One cart's walk: indices of its orders (rising), every pick of theirs in walking order, metres of the floor. */
export interface Batch {
  readonly orders: readonly number[]
  readonly tour: readonly Place[]
  readonly length: number
  /** Minutes from now, and minutes late of its orders in all: only with a pace. */
  readonly starts?: number | undefined
  readonly ends?: number | undefined
  readonly late?: number | undefined
}

/** An order that no cart can take whole, with the numbers that say why. */
export interface UnbatchedOrder {
  readonly order: number
  readonly reason: 'over-capacity' | 'over-totes' | 'over-weight' | 'over-volume' | 'unreachable'
  readonly facts: {
    readonly picks: number
    readonly capacity?: number | undefined
    readonly unreachable?: number | undefined
    /** What the order takes of the limit, and the limit. */
    readonly load?: number | undefined
    readonly most?: number | undefined
  }
}

/** `unbatched` is there only when an order could not be taken. */
export interface BatchResult {
  readonly id: string
  readonly batches: readonly Batch[]
  readonly length: number
  readonly optimal: boolean
  readonly unbatched?: readonly UnbatchedOrder[] | undefined
  readonly ms: number
}

export interface PlanOptions {
  /** Seed of every random choice; 1 when not given. */
  readonly seed?: number | undefined
  /** Limit of the search where it is not exact; the engine's own iteration budget when not given. */
  readonly budget?: Budget | undefined
  /** A monotonic clock in milliseconds, read for `ms` only; `ms` is 0 without it. */
  readonly now?: (() => number) | undefined
  /** Asked now and then; true ends the search with the best plan so far. */
  readonly isCancelled?: (() => boolean) | undefined
  /** Told now and then how many steps of the search are done, of how many; under a time limit as its share of time. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** What is wrong with a plan, for a person: which rule, where, and the numbers. Empty list = the plan holds. */
export interface Fault {
  readonly code: string
  readonly facts: { readonly [key: string]: number | string | boolean }
}
