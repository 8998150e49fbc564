import type { Random } from '../../kernel/random.ts'
import type { Model } from './model.ts'
import type { PlanState } from './plan-state.ts'
import type { Route } from './route.ts'

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
 * Puts every absent node back at its cheapest allowed position, in an order drawn anew each time: greedy insertion
 * with blinks of Christiaens and Vanden Berghe 2020. What fits nowhere stays absent.
 */
export function recreate(state: PlanState, limit: RecreateLimits, random: Random): void {
  const former = state.absent.slice()
  const tried = drawn(former, limit.mostTried, random)
  const waiting = [...tried, ...state.removed]
  sortForInsertion(state.model, waiting, random)
  const absent = former
  for (const node of waiting) {
    const best = bestPosition(state, node, random)
    const opened = openingCost(state, node, limit)
    const isOpening = opened.kind !== -1 && (state.model.fewestFirst ? best.slot === -1 : opened.cost < best.cost)
    if (isOpening) state.insert(node, state.open(opened.kind), 0)
    else if (best.slot !== -1) state.insert(node, best.slot, best.position)
    else absent.push(node)
  }
  state.absent = absent
}

/** Takes up to `most` of the nodes out of the list, at random where there are more. */
function drawn(nodes: number[], most: number, random: Random): readonly number[] {
  if (nodes.length <= most) return nodes.splice(0)
  const taken: number[] = []
  while (taken.length < most) {
    const at = random.below(nodes.length)
    taken.push(nodes[at] ?? 0)
    nodes[at] = nodes[nodes.length - 1] ?? 0
    nodes.pop()
  }
  return taken
}

/** Random, most demand, farthest, nearest; with windows also shortest, earliest opening, earliest closing first. */
function sortForInsertion(model: Model, nodes: number[], random: Random): void {
  const draw = random.below(model.hasWindows ? 17 : 11)
  for (let i = nodes.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = nodes[i] ?? 0
    nodes[i] = nodes[j] ?? 0
    nodes[j] = kept
  }
  if (draw < 4) return
  const key = sortKey(model, draw)
  nodes.sort((a, b) => key(a) - key(b))
}

function sortKey(model: Model, draw: number): (node: number) => number {
  const { dimensions, demand, distance, opens, closes } = model
  const last = 1e15
  if (draw < 8) return (node) => -(demand[node * dimensions] ?? 0)
  if (draw < 10) return (node) => -(distance[node] ?? 0)
  if (draw < 11) return (node) => distance[node] ?? 0
  if (draw < 13) return (node) => Math.min(last, (closes[node] ?? last) - (opens[node] ?? 0))
  if (draw < 15) return (node) => opens[node] ?? 0
  return (node) => Math.min(last, closes[node] ?? last)
}

interface Position {
  slot: number
  position: number
  cost: number
}

function bestPosition(state: PlanState, node: number, random: Random): Position {
  const best: Position = { slot: -1, position: 0, cost: state.model.noWay / 2 }
  for (let slot = 0; slot < state.routes.length; slot++) {
    const route = state.routes[slot]
    if (!route || route.nodes.length === 0 || !fits(state.model, route, node)) continue
    const found = state.model.hasWindows
      ? bestTimely(state.model, { route, node, random }, best.cost)
      : bestInRoute(state.model, { route, node, random }, best.cost)
    if (found.position === -1) continue
    best.slot = slot
    best.position = found.position
    best.cost = found.cost
  }
  return best
}

function fits(model: Model, route: Route, node: number): boolean {
  const { dimensions, demand, kinds } = model
  const capacity = kinds[route.kind]?.capacity ?? []
  for (let k = 0; k < dimensions; k++) {
    if ((route.load[k] ?? 0) + (demand[node * dimensions + k] ?? 0) > (capacity[k] ?? Infinity)) return false
  }
  return true
}

interface Insertion {
  readonly route: Route
  readonly node: number
  readonly random: Random
}

/** The cheapest position that costs less than `limit`; position -1 = none. */
function bestInRoute(
  model: Model,
  { route, node, random }: Insertion,
  limit: number,
): { position: number; cost: number } {
  const { size, distance } = model
  const { nodes } = route
  const returns = model.kinds[route.kind]?.returns !== false
  let cost = limit
  let position = -1
  let before = 0
  const row = node * size
  for (let i = 0; i <= nodes.length; i++) {
    const isLast = i === nodes.length
    const after = isLast ? 0 : (nodes[i] ?? 0)
    let extra = distance[before * size + node] ?? 0
    if (!isLast || returns) extra += (distance[row + after] ?? 0) - (distance[before * size + after] ?? 0)
    before = after
    if (extra >= cost || random.next() < blinkBelow) continue
    cost = extra
    position = i
  }
  return { position, cost }
}

/** As `bestInRoute`, keeping every window: looks only at the node and its successor's latest start. */
function bestTimely(
  model: Model,
  { route, node, random }: Insertion,
  limit: number,
): { position: number; cost: number } {
  const { size, distance, time, service, opens, closes } = model
  const { nodes, starts, latest } = route
  const returns = model.kinds[route.kind]?.returns !== false
  const nodeOpens = opens[node] ?? 0
  const nodeCloses = closes[node] ?? Infinity
  const nodeService = service[node] ?? 0
  let cost = limit
  let position = -1
  let before = 0
  let ready = opens[0] ?? 0
  for (let i = 0; i <= nodes.length && ready <= nodeCloses; i++) {
    const isLast = i === nodes.length
    const after = isLast ? 0 : (nodes[i] ?? 0)
    const arrival = ready + (time[before * size + node] ?? 0)
    let extra = distance[before * size + node] ?? 0
    if (!isLast || returns) extra += (distance[node * size + after] ?? 0) - (distance[before * size + after] ?? 0)
    before = after
    ready = isLast ? Infinity : (starts[i] ?? 0) + (service[after] ?? 0)
    if (extra >= cost || arrival > nodeCloses) continue
    const leaves = Math.max(arrival, nodeOpens) + nodeService
    const deadline = isLast ? (returns ? (closes[0] ?? Infinity) : Infinity) : (latest[i] ?? Infinity)
    if (leaves + (isLast && !returns ? 0 : (time[node * size + after] ?? 0)) > deadline) continue
    if (random.next() < blinkBelow) continue
    cost = extra
    position = i
  }
  return { position, cost }
}

/** The cheapest vehicle still standing that can take the node alone; the larger one among equals. */
function openingCost(
  state: PlanState,
  node: number,
  limit: RecreateLimits,
): { readonly kind: number; readonly cost: number } {
  const { model } = state
  let best = { kind: -1, cost: model.noWay / 2, room: -1 }
  if (state.usedRoutes >= limit.mostRoutes) return best
  model.kinds.forEach((kind, k) => {
    if ((state.usedByKind[k] ?? 0) >= kind.count || !canServeAlone(model, k, node)) return
    const cost = (model.distance[node] ?? 0) + (kind.returns ? (model.distance[node * model.size] ?? 0) : 0)
    const room = kind.capacity[0] ?? Infinity
    if (cost < best.cost || (cost === best.cost && room > best.room)) best = { kind: k, cost, room }
  })
  return best
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
