import type { Random } from '../../kernel/random.ts'
import type { Model } from './model.ts'
import type { PlanState } from './plan-state.ts'

/** A position is overlooked this often, which lets the search leave its habits: the value of the paper. */
const blinkChance = 0.01
const blinkBelow = Math.floor(blinkChance * 4294967296)

/**
 * `mostRoutes` that may have stops (Infinity = as many as there are vehicles), and how many of the stops that were
 * absent before are tried at all: with hundreds waiting for a vehicle there is no sense in trying each every time.
 */
export interface RecreateLimits {
  readonly mostRoutes: number
  readonly mostTried: number
}

/**
 * Puts nodes back at their cheapest allowed positions, in an order drawn anew each time: greedy insertion with blinks
 * of Christiaens and Vanden Berghe 2020. What fits nowhere is absent. One object per search: it keeps its room.
 */
export class Recreation {
  readonly #state: PlanState
  readonly #random: Random
  readonly #limits: RecreateLimits
  readonly #waiting: number[] = []
  readonly #keys: Float64Array
  #slot = -1
  #right = 0
  #cost = 0

  constructor(state: PlanState, limits: RecreateLimits, random: Random) {
    this.#state = state
    this.#limits = limits
    this.#random = random
    this.#keys = new Float64Array(state.model.size)
  }

  /** Tries what was removed since `begin`, and some of those that nobody served. */
  run(mostRoutes = this.#limits.mostRoutes): void {
    const state = this.#state
    const waiting = this.#waiting
    waiting.length = 0
    const tried = Math.min(state.absentCount, this.#limits.mostTried)
    for (let i = 0; i < tried; i++) {
      waiting.push(state.takeAbsent(tried < state.absentCount ? this.#random.below(state.absentCount) : 0))
    }
    for (const node of state.removed) waiting.push(node)
    this.#sort()
    for (const node of waiting) this.#place(node, mostRoutes)
  }

  #place(node: number, mostRoutes: number): void {
    const state = this.#state
    const { model } = state
    this.#findBest(node)
    const isOnlyIfNeeded = model.fewestFirst && this.#slot !== -1
    if (!isOnlyIfNeeded && state.usedRoutes < mostRoutes) {
      const kind = this.#cheapestOpening(node, this.#cost)
      if (kind !== -1) return state.insert(node, state.freeSlot(kind), 0)
    }
    if (this.#slot === -1) state.addAbsent(node)
    else state.insert(node, this.#slot, this.#right)
  }

  /** Random, most demand, farthest, nearest; with windows also shortest, earliest opening, earliest closing first. */
  #sort(): void {
    const nodes = this.#waiting
    const random = this.#random
    const draw = random.below(this.#state.model.hasWindows ? 17 : 11)
    for (let i = nodes.length - 1; i > 0; i--) {
      const j = random.below(i + 1)
      const kept = nodes[i] ?? 0
      nodes[i] = nodes[j] ?? 0
      nodes[j] = kept
    }
    if (draw < 4) return
    const keys = this.#keys
    for (const node of nodes) keys[node] = sortKey(this.#state.model, draw, node)
    if (nodes.length > 60) {
      nodes.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
      return
    }
    for (let i = 1; i < nodes.length; i++) {
      const node = nodes[i] ?? 0
      const key = keys[node] ?? 0
      let j = i - 1
      for (; j >= 0 && (keys[nodes[j] ?? 0] ?? 0) > key; j--) nodes[j + 1] = nodes[j] ?? 0
      nodes[j + 1] = node
    }
  }

  #findBest(node: number): void {
    const state = this.#state
    const { model, used } = state
    this.#slot = -1
    this.#cost = model.noWay / 2
    for (let i = 0; i < state.usedRoutes; i++) {
      const slot = used[i] ?? 0
      if (!this.#fits(slot, node)) continue
      if (model.hasWindows) this.#scanTimely(slot, node)
      else this.#scan(slot, node)
    }
  }

  #fits(slot: number, node: number): boolean {
    const { model, load, kindOf } = this.#state
    const { dimensions, demand, capacities } = model
    const kind = kindOf[slot] ?? 0
    for (let k = 0; k < dimensions; k++) {
      const amount = (load[slot * dimensions + k] ?? 0) + (demand[node * dimensions + k] ?? 0)
      if (amount > (capacities[kind * dimensions + k] ?? 0)) return false
    }
    return true
  }

  /** Keeps the cheapest position of the route if it beats what was found before. */
  #scan(slot: number, node: number): void {
    const { model, next, leg, first, home } = this.#state
    const { size, distance, toward } = model
    const row = node * size
    let inward = toward[row] ?? 0
    for (let right = first[slot] ?? 0; right !== 0; right = next[right] ?? 0) {
      const extra = inward + (distance[row + right] ?? 0) - (leg[right] ?? 0)
      if (extra < this.#cost && this.#random.next() >= blinkBelow) {
        this.#cost = extra
        this.#slot = slot
        this.#right = right
      }
      inward = toward[row + right] ?? 0
    }
    const onward = this.#state.returns[slot] === 1 ? (distance[row] ?? 0) - (home[slot] ?? 0) : 0
    if (inward + onward >= this.#cost || this.#random.next() < blinkBelow) return
    this.#cost = inward + onward
    this.#slot = slot
    this.#right = 0
  }

  /** As `#scan`, keeping every window: looks only at the node and its successor's latest start. */
  #scanTimely(slot: number, node: number): void {
    const { model, next, leg, ready, latest, first, home } = this.#state
    const { size, distance, toward, time, timeToward, service, opens, closes } = model
    const row = node * size
    const nodeOpens = opens[node] ?? 0
    const nodeCloses = closes[node] ?? Infinity
    const nodeService = service[node] ?? 0
    let left = 0
    for (let right = first[slot] ?? 0; right !== 0; right = next[right] ?? 0) {
      const ready0 = ready[left] ?? 0
      if (ready0 > nodeCloses) return
      const extra = (toward[row + left] ?? 0) + (distance[row + right] ?? 0) - (leg[right] ?? 0)
      if (extra < this.#cost) {
        const arrival = ready0 + (timeToward[row + left] ?? 0)
        const leaves = (arrival > nodeOpens ? arrival : nodeOpens) + nodeService
        const isInTime = arrival <= nodeCloses && leaves + (time[row + right] ?? 0) <= (latest[right] ?? 0)
        if (isInTime && this.#random.next() >= blinkBelow) {
          this.#cost = extra
          this.#slot = slot
          this.#right = right
        }
      }
      left = right
    }
    const returns = this.#state.returns[slot] === 1
    const extra = (toward[row + left] ?? 0) + (returns ? (distance[row] ?? 0) - (home[slot] ?? 0) : 0)
    if (extra >= this.#cost) return
    const arrival = (ready[left] ?? 0) + (timeToward[row + left] ?? 0)
    if (arrival > nodeCloses) return
    const leaves = Math.max(arrival, nodeOpens) + nodeService
    if (returns && leaves + (time[row] ?? 0) > (closes[0] ?? Infinity)) return
    if (this.#random.next() < blinkBelow) return
    this.#cost = extra
    this.#slot = slot
    this.#right = 0
  }

  /** The cheapest kind of vehicle still standing that can take the node alone for less; the larger one among equals. */
  #cheapestOpening(node: number, limit: number): number {
    const { model, usedByKind, slotRanges } = this.#state
    const { size, distance, kinds } = model
    let best = -1
    let bestCost = limit
    let bestRoom = -1
    for (let k = 0; k < kinds.length; k++) {
      const range = slotRanges[k]
      const kind = kinds[k]
      if (!range || !kind || (usedByKind[k] ?? 0) >= range.to - range.from) continue
      const cost = (distance[node] ?? 0) + (kind.returns ? (distance[node * size] ?? 0) : 0)
      const room = kind.capacity[0] ?? Infinity
      if (cost > bestCost || (cost === bestCost && (best === -1 || room <= bestRoom))) continue
      if (!canServeAlone(model, k, node)) continue
      best = k
      bestCost = cost
      bestRoom = room
    }
    return best
  }
}

function sortKey(model: Model, draw: number, node: number): number {
  const { dimensions, demand, distance, opens, closes } = model
  const last = 1e15
  if (draw < 8) return -(demand[node * dimensions] ?? 0)
  if (draw < 10) return -(distance[node] ?? 0)
  if (draw < 11) return distance[node] ?? 0
  if (draw < 13) return Math.min(last, (closes[node] ?? last) - (opens[node] ?? 0))
  if (draw < 15) return opens[node] ?? 0
  return Math.min(last, closes[node] ?? last)
}

function canServeAlone(model: Model, kind: number, node: number): boolean {
  const { size, dimensions, demand, kinds, time, opens, closes, service } = model
  const vehicle = kinds[kind]
  if (!vehicle) return false
  for (let k = 0; k < dimensions; k++) {
    if ((demand[node * dimensions + k] ?? 0) > (vehicle.capacity[k] ?? Infinity)) return false
  }
  if (!model.hasWindows) return true
  const start = Math.max(opens[node] ?? 0, (opens[0] ?? 0) + (time[node] ?? Infinity))
  if (start > (closes[node] ?? Infinity)) return false
  return !vehicle.returns || start + (service[node] ?? 0) + (time[node * size] ?? 0) <= (closes[0] ?? Infinity)
}
