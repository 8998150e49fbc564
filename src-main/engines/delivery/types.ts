import type { Budget } from '../../kernel/budget.ts'

/** `[from, to]`, seconds for real distances; the metric's own unit for plane metrics without a speed. */
export type Window = readonly [from: number, to: number]

/** A point: `[latitude, longitude]` in degrees for haversine, `[x, y]` otherwise. */
export type Position = readonly [number, number]

/**
 * How far two points are apart:
 * - `haversine`: great circle on a sphere of radius 6,371,008.8 m, whole metres, rounded to nearest;
 * - `euclidean`: straight line, not rounded; `euclidean-rounded`: to the nearest whole number;
 * - `euclidean-1`: reckoned in tenths, cut, and written with one decimal;
 * - `matrix`: the problem's `matrix`, row and column 0 = depot, i + 1 = stop i; null = no way. `times`, where given,
 *   has what each way takes; without it time is distance, or distance at the speed.
 */
export type Metric = 'haversine' | 'euclidean' | 'euclidean-rounded' | 'euclidean-1' | 'matrix'

/** Where every vehicle starts, and those that return end. `window`: leave not before, be back not after. */
export interface Depot {
  readonly at?: Position | null | undefined
  readonly window?: Window | undefined
}

/**
 * Up to `count` vehicles of a kind. No `capacity` = no limit; `returns: false` ends at the last stop. `trips`: how
 * often one may set out in all (1); between two trips it is at the depot for `reloadS` and loads again.
 */
export interface Vehicle {
  readonly id: string
  readonly count?: number | undefined
  readonly capacity?: readonly number[] | undefined
  readonly returns?: boolean | undefined
  readonly trips?: number | undefined
  readonly reloadS?: number | undefined
}

/**
 * `window` is when service may start; waiting is free. A stop without `at` is data: `bad-place`.
 * - `softWindow`: service outside costs `pricePerS` for every second too early or too late, in the unit of distance
 *   (1 when not given); nobody waits for it.
 * - `pinned`: before all stops of its vehicle that are not pinned first, or behind all that are not pinned last.
 * - `priority`: where not all can be served it counts as so many stops (1).
 */
export interface Stop {
  readonly id: string
  readonly at?: Position | null | undefined
  readonly demand?: readonly number[] | undefined
  readonly serviceS?: number | undefined
  readonly window?: Window | undefined
  readonly softWindow?: Window | undefined
  readonly pricePerS?: number | undefined
  readonly pinned?: 'first' | 'last' | undefined
  readonly priority?: number | undefined
}

/**
 * Defaults: speed as in README.md, `count` 1, `returns` true, demand 0, service 0, windows without end, objective
 * `distance`. `vehicles-then-distance`: as few routes as can be found, then the shortest.
 * - `sequences`: stops of one list that travel with the same vehicle are served in the list's order.
 * - `balance` (0): share the way out evenly. A route of length L costs `balance` * L^2 / fair more, where fair is the
 *   least distance there is divided by the vehicles.
 * - `compactness` (0): keep each vehicle's stops together. A route costs `compactness` times the sum of its stops' mean
 *   distances from one another more.
 */
export interface DeliverProblem {
  readonly id: string
  readonly metric: Metric
  readonly matrix?: readonly (readonly (number | null)[])[] | undefined
  readonly times?: readonly (readonly (number | null)[])[] | undefined
  readonly speedKmh?: number | undefined
  readonly depot: Depot
  readonly vehicles: readonly Vehicle[]
  readonly stops: readonly Stop[]
  readonly objective?: 'distance' | 'vehicles-then-distance' | undefined
  readonly sequences?: readonly (readonly string[])[] | undefined
  readonly balance?: number | undefined
  readonly compactness?: number | undefined
}

/**
 * A vehicle's day. `arrivals[i]` = start of service at stop i after waiting; one more = back at the depot when the
 * vehicle returns. `reloadsAfter`: numbers of the stops behind which it returns to load again; only there when it does.
 * `price`: what its soft windows cost; only there when something.
 */
export interface DeliveryRoute {
  readonly vehicle: string
  readonly stops: readonly string[]
  readonly distance: number
  readonly arrivals: readonly number[]
  readonly reloadsAfter?: readonly number[] | undefined
  readonly price?: number | undefined
}

export type UnservedReason = 'over-capacity' | 'window-missed' | 'no-vehicle-left' | 'unreachable' | 'bad-place'

export interface UnservedStop {
  readonly id: string
  readonly reason: UnservedReason
  /** The numbers that say why, such as `demand` and `limit`, or `earliest` and `latest`. */
  readonly facts: { readonly [key: string]: number }
}

/**
 * `lowerBound` is never above the least distance that serves what was served; `optimal` only with a proof. For
 * `vehicles-then-distance` both speak of the distance over any number of routes.
 */
export interface DeliverResult {
  readonly id: string
  readonly routes: readonly DeliveryRoute[]
  readonly distance: number
  readonly lowerBound: number
  readonly optimal: boolean
  readonly unserved: readonly UnservedStop[]
  readonly ms: number
}

export interface PlanOptions {
  /** Seed of every random choice; 1 when not given. */
  readonly seed?: number | undefined
  /**
   * Search steps that one cooling takes. With a budget that lasts longer the search heats up again from its best plan,
   * with one that ends sooner it stops early. Without it: the engine's own number; with a budget only, coolings that
   * start short and double, so that it may end at any time.
   */
  readonly iterations?: number | undefined
  /** Limit of the whole search; `iterations` when not given. */
  readonly budget?: Budget | undefined
  /** A monotonic clock in milliseconds, read for `ms` only; `ms` is 0 without it. */
  readonly now?: (() => number) | undefined
  /** Told of the first plan and then, now and then, of a better one; bounds are those known so far (0 = none). */
  readonly onPlan?: ((plan: DeliverResult) => void) | undefined
  /** Asked now and then; true ends the search with the best plan so far. */
  readonly isCancelled?: (() => boolean) | undefined
}

/** What is wrong with a plan: which rule, and the facts. Empty list = the plan holds. */
export interface Fault {
  readonly code: string
  readonly facts: { readonly [key: string]: number | string | boolean }
}
