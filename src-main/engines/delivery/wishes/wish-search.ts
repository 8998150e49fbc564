import type { Random } from '../../../kernel/random.ts'
import type { Budget } from '../../../kernel/budget.ts'
import { nearestNeighbours, type Neighbours } from '../neighbours.ts'
import type { Day, DayCosts, Place } from './wish-plan.ts'

export interface WishPlan {
  readonly days: readonly Day[]
  readonly absent: readonly number[]
  /** Priorities of what is left out, summed up: the smaller the better, before any cost. */
  readonly missing: number
  /** Of all days. */
  readonly cost: number
}

interface WishSearch {
  readonly random: Random
  readonly budget: Budget
  /** Told of every better plan. */
  readonly onBetter: (plan: WishPlan) => void
}

/** As in the plain search: shares of the mean cost per stop, and how often a place is overlooked. */
const hottest = 0.5
const coldest = 0.005
const blinkChance = 0.01
const averageRemoved = 8
/** Without a known end the temperature falls and rises again in turns of this length. */
const usualTurns = 4_000

/**
 * Ruin and recreate as in the plain search (Christiaens and Vanden Berghe 2020), but every place is judged by driving
 * the whole day: soft windows, pins, orders of stops, several trips, balance and compactness are all in what a day
 * costs. One ruin = one budget step, of O(stops^2 / vehicles).
 */
export function wishfulPlan(costs: DayCosts, search: WishSearch): WishPlan {
  const { model } = costs
  const plan = new WishState(costs, search.random)
  plan.putBack(Array.from({ length: model.size - 1 }, (_, i) => i + 1))
  let present = plan.taken()
  let best = present
  search.onBetter(best)
  if (model.size < 3) return best
  const neighbours = nearestNeighbours(model)
  const scale = Math.max(1e-9, present.cost / (model.size - 1))
  for (let turn = 0; search.budget.spend(); turn++) {
    const share = search.budget.share ?? (turn % usualTurns) / usualTurns
    const temperature = scale * hottest * (coldest / hottest) ** share
    plan.show(present)
    const removed = plan.ruin(neighbours)
    plan.putBack([...removed, ...present.absent])
    const next = plan.taken()
    if (next.missing > present.missing) continue
    const isWarm = next.cost <= present.cost - temperature * Math.log(1 - search.random.unit())
    if (next.missing === present.missing && !isWarm) continue
    present = next
    if (present.missing === best.missing && present.cost >= best.cost - 1e-7) continue
    best = present
    search.onBetter(best)
  }
  return best
}

class WishState {
  readonly #costs: DayCosts
  readonly #random: Random
  #days: Day[] = []
  #absent: number[] = []

  constructor(costs: DayCosts, random: Random) {
    this.#costs = costs
    this.#random = random
  }

  show({ days, absent }: WishPlan): void {
    this.#days = days.slice()
    this.#absent = absent.slice()
  }

  taken(): WishPlan {
    const days = this.#days.filter(({ nodes }) => nodes.length > 0)
    const { priority } = this.#costs.wishes
    return {
      days,
      absent: this.#absent.slice(),
      missing: this.#absent.reduce((sum, node) => sum + (priority[node] ?? 1), 0),
      cost: days.reduce((sum, day) => sum + day.cost, 0),
    }
  }

  /** Takes a string of stops around a random one out of each of some days that lie near each other. */
  ruin({ width, nodes }: Neighbours): readonly number[] {
    const random = this.#random
    const size = this.#costs.model.size
    const seed = 1 + random.below(size - 1)
    const strings = 1 + random.below(3)
    const ruined = new Set<number>()
    const removed: number[] = []
    for (let i = -1; i < width && ruined.size < strings; i++) {
      const node = i === -1 ? seed : (nodes[seed * width + i] ?? 0)
      const index = node === 0 ? -1 : this.#days.findIndex((day) => day.nodes.includes(node))
      const day = this.#days[index]
      if (!day || ruined.has(index)) continue
      ruined.add(index)
      const length = 1 + random.below(Math.min(day.nodes.length, 2 * averageRemoved))
      const first = Math.max(0, day.nodes.indexOf(node) - random.below(length))
      const cut = day.nodes.slice(first, first + length)
      const rest = this.#costs.dayOf(day.kind, [...day.nodes.slice(0, first), ...day.nodes.slice(first + length)])
      // Where ways are not a metric a day can break by leaving stops out: then all of it goes.
      const isWhole = rest.cost < Infinity
      this.#days[index] = isWhole ? rest : this.#costs.dayOf(day.kind, [])
      removed.push(...(isWhole ? cut : day.nodes).filter((stop) => stop !== 0))
    }
    return removed
  }

  /** Puts each node at its cheapest place, the important ones first every other time; what fits nowhere is absent. */
  putBack(nodes: readonly number[]): void {
    const random = this.#random
    const { priority } = this.#costs.wishes
    const drawn = nodes.map((node) => ({ node, key: random.unit() }))
    const isByPriority = random.below(2) === 0
    drawn.sort((a, b) => (isByPriority ? (priority[b.node] ?? 1) - (priority[a.node] ?? 1) : 0) || a.key - b.key)
    this.#absent = []
    for (const { node } of drawn) {
      const place = this.#bestPlace(node)
      if (!place) this.#absent.push(node)
      else this.#put(place)
    }
  }

  #put({ day: index, kind, at, extra }: Place): void {
    const nodes = this.#days[index]?.nodes ?? []
    this.#days[index] = this.#costs.dayOf(kind, nodes.toSpliced(at, 0, ...extra))
  }

  #bestPlace(node: number): Place | undefined {
    const isBlind = (): boolean => this.#random.unit() < blinkChance
    let best: Place | undefined
    const weigh = (day: Day, index: number): void => {
      const found = this.#costs.bestPlace(day, node, { limit: best?.cost ?? Infinity, isBlind })
      if (found) best = { ...found, day: index, kind: day.kind }
    }
    const driving = this.#days.filter(({ nodes }) => nodes.length > 0)
    this.#days = driving
    driving.forEach(weigh)
    this.#costs.model.kinds.forEach(({ count }, kind) => {
      const used = driving.filter((day) => day.kind === kind).length
      if (used < count) weigh(this.#costs.dayOf(kind, []), driving.length)
    })
    return best
  }
}
