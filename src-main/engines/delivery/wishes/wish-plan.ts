import { distanceBound } from '../bounds.ts'
import type { Model } from '../model.ts'
import type { PlannedRoute } from '../result.ts'
import { Driver, type Driven } from './drive.ts'
import type { Wishes } from './wish-model.ts'

/** One vehicle's day; never changed once others can see it. `pairs`: sum of distances between its stops. */
export interface Day {
  readonly kind: number
  readonly nodes: readonly number[]
  readonly way: number
  readonly price: number
  readonly pairs: number
  readonly cost: number
}

/** Where a node would go, for `cost` more; `extra` are the nodes put in: it, and a reload where it begins a trip. */
export interface Place {
  /** Number of the day, and its vehicle's kind: a day that has no stops yet gets it. */
  readonly day: number
  readonly kind: number
  readonly at: number
  readonly extra: readonly number[]
  readonly cost: number
}

/** The costs of a model with wishes: days, and what putting a node in them costs. */
export class DayCosts {
  readonly model: Model
  readonly wishes: Wishes
  /** What a vehicle's way is set against in `balance`. */
  readonly fair: number
  /** What a further vehicle costs: nothing, or more than any way where fewest vehicles come first. */
  readonly perDay: number
  readonly #hasPrices: boolean
  readonly #driver: Driver
  readonly #driven: Driven = { way: 0, price: 0 }

  constructor(model: Model, wishes: Wishes) {
    this.model = model
    this.wishes = wishes
    const vehicles = model.kinds.reduce((sum, { count }) => sum + Math.min(count, model.size), 0)
    this.fair = Math.max(1, distanceBound(model) / Math.max(1, vehicles))
    this.perDay = model.fewestFirst ? 4 * model.longest * model.size : 0
    this.#hasPrices = wishes.softOpens.subarray(1).some((from) => from > 0)
    this.#driver = new Driver(model, wishes)
  }

  /** The day with these nodes; `cost` Infinity when it breaks a rule. A reload without a trip is left out. */
  dayOf(kind: number, nodes: readonly number[]): Day {
    const kept = nodes.filter((node, i) => node !== 0 || (i > 0 && i < nodes.length - 1 && nodes[i - 1] !== 0))
    if (kept.at(-1) === 0) kept.pop()
    this.#driver.drive(kind, { nodes: kept }, { driven: this.#driven })
    const { way, price } = this.#driven
    let pairs = 0
    if (this.wishes.compactness > 0) for (const node of kept) if (node !== 0) pairs += this.#ways(kept, node) / 2
    return { kind, nodes: kept, way, price, pairs, cost: this.#costOf({ way, price, pairs, nodes: kept }) }
  }

  /** The day as the result shows it. */
  routeOf({ kind, nodes, way, price }: Day): PlannedRoute {
    const starts: number[] = []
    this.#driver.drive(kind, { nodes }, { driven: this.#driven, starts })
    const reloadsAfter: number[] = []
    let stops = 0
    for (const node of nodes) {
      if (node === 0) reloadsAfter.push(stops - 1)
      else stops++
    }
    return { kind, nodes: nodes.filter((node) => node !== 0), distance: way, starts, reloadsAfter, price }
  }

  /** The cheapest allowed place of a node in a day below `limit`; undefined where there is none. `isBlind` skips one. */
  bestPlace(
    day: Day,
    node: number,
    how: { readonly limit: number; isBlind(): boolean },
  ): Omit<Place, 'day' | 'kind'> | undefined {
    const pairs = this.wishes.compactness > 0 ? day.pairs + this.#ways(day.nodes, node) : 0
    const canReload = (this.wishes.trips[day.kind] ?? 1) > 1
    let best: Omit<Place, 'day' | 'kind'> | undefined
    let limit = how.limit
    const nodes = day.nodes
    const one = [node]
    const { size, distance } = this.model
    const returns = this.model.kinds[day.kind]?.returns !== false
    for (let at = 0; at <= nodes.length; at++) {
      const left = nodes[at - 1] ?? 0
      const right = nodes[at] ?? 0
      const isOpenEnd = at === nodes.length && !returns
      const onward = isOpenEnd ? 0 : (distance[node * size + right] ?? 0) - (distance[left * size + right] ?? 0)
      // A detour can only be cheaper than its way where being later saves the price of being early.
      if (!this.#hasPrices && (distance[left * size + node] ?? 0) + onward >= limit) continue
      for (const extra of canReload && nodes.length > 0 ? [one, [node, 0], [0, node]] : [one]) {
        this.#driver.drive(day.kind, { nodes, at, extra }, { driven: this.#driven })
        const { way, price } = this.#driven
        if (way === Infinity) continue
        const stops = nodes.length + 1
        const cost = this.#costOf({ way, price, pairs, nodes: { length: stops } }) - day.cost
        if (cost >= limit || how.isBlind()) continue
        limit = cost
        best = { at, extra, cost }
      }
    }
    return best
  }

  #costOf({
    way,
    price,
    pairs,
    nodes,
  }: {
    way: number
    price: number
    pairs: number
    nodes: { length: number }
  }): number {
    if (nodes.length === 0) return 0
    if (way === Infinity) return Infinity
    const { balance, compactness } = this.wishes
    return way + price + this.perDay + (balance * way * way) / this.fair + (compactness * 2 * pairs) / nodes.length
  }

  #ways(nodes: readonly number[], node: number): number {
    const { size, distance } = this.model
    let sum = 0
    for (const other of nodes) if (other !== 0 && other !== node) sum += distance[node * size + other] ?? 0
    return sum
  }
}
