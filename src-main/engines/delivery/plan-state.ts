import type { Model } from './model.ts'
import { emptyRoute, reckon, type Route } from './route.ts'

/** A plan as it is kept and handed round: routes with stops, nodes nobody serves, total distance. */
export interface PlanSnapshot {
  readonly routes: readonly Route[]
  readonly absent: readonly number[]
  readonly distance: number
}

/** Routes of one kind have the slots from `from` up to and excluding `to`. */
export interface SlotRange {
  readonly from: number
  readonly to: number
}

/**
 * The plan under search, on flat arrays: every stop knows the one before and the one behind it (0 = depot), every
 * vehicle has a slot, and two numbers per stop make the window test constant (Savelsbergh 1992): the earliest time it
 * can be left, and the latest start of service that keeps all behind it in time. All arrays lie in one piece of
 * memory, so `begin` and `takeBack` are one copy each.
 */
export class PlanState {
  readonly model: Model
  readonly slotRanges: readonly SlotRange[]
  readonly kindOf: Int32Array
  readonly returns: Uint8Array
  /** By node. `slotOf` -1 = nobody serves it. */
  readonly next: Int32Array
  readonly before: Int32Array
  readonly slotOf: Int32Array
  /** Distance from the one before; earliest time to leave; latest start of service. */
  readonly leg: Float64Array
  readonly ready: Float64Array
  readonly latest: Float64Array
  /** By slot; `home` is the way back to the depot, `load` by slot and dimension. */
  readonly first: Int32Array
  readonly last: Int32Array
  readonly count: Int32Array
  readonly home: Float64Array
  readonly load: Float64Array
  /** Slots with stops in the first `usedRoutes` places, and each one's place there. */
  readonly used: Int32Array
  readonly #usedAt: Int32Array
  readonly usedByKind: Int32Array
  readonly #absent: Int32Array
  readonly #counters: Int32Array
  readonly #sums: Float64Array
  readonly #memory: Uint8Array
  readonly #former: Uint8Array
  /** Nodes taken out, and slots they were taken from, since `begin`. */
  readonly removed: number[] = []
  readonly ruined: number[] = []

  constructor(model: Model) {
    this.model = model
    const nodes = model.size
    const ranges: SlotRange[] = []
    let slots = 0
    for (const { count } of model.kinds) {
      const from = slots
      slots += Math.min(count, nodes - 1)
      ranges.push({ from, to: slots })
    }
    this.slotRanges = ranges
    this.kindOf = new Int32Array(slots)
    this.returns = new Uint8Array(slots)
    ranges.forEach(({ from, to }, kind) => {
      this.kindOf.fill(kind, from, to)
      this.returns.fill(model.kinds[kind]?.returns === false ? 0 : 1, from, to)
    })
    const floats = 3 * nodes + (1 + model.dimensions) * slots + 1
    const whole = 4 * nodes + 5 * slots + model.kinds.length + 2
    const buffer = new ArrayBuffer(floats * 8 + whole * 4)
    let at = 0
    const floatsOf = (length: number): Float64Array => new Float64Array(buffer, (at += length * 8) - length * 8, length)
    const wholeOf = (length: number): Int32Array => new Int32Array(buffer, (at += length * 4) - length * 4, length)
    this.leg = floatsOf(nodes)
    this.ready = floatsOf(nodes)
    this.latest = floatsOf(nodes)
    this.home = floatsOf(slots)
    this.load = floatsOf(slots * model.dimensions)
    this.#sums = floatsOf(1)
    this.next = wholeOf(nodes)
    this.before = wholeOf(nodes)
    this.slotOf = wholeOf(nodes)
    this.#absent = wholeOf(nodes)
    this.first = wholeOf(slots)
    this.last = wholeOf(slots)
    this.count = wholeOf(slots)
    this.used = wholeOf(slots)
    this.#usedAt = wholeOf(slots)
    this.usedByKind = wholeOf(model.kinds.length)
    this.#counters = wholeOf(2)
    this.#memory = new Uint8Array(buffer)
    this.#former = new Uint8Array(buffer.byteLength)
    this.ready[0] = model.opens[0] ?? 0
    this.slotOf.fill(-1)
    for (let node = 1; node < nodes; node++) this.addAbsent(node)
  }

  get distance(): number {
    return this.#sums[0] ?? 0
  }

  get usedRoutes(): number {
    return this.#counters[0] ?? 0
  }

  get absentCount(): number {
    return this.#counters[1] ?? 0
  }

  absentAt(place: number): number {
    return this.#absent[place] ?? 0
  }

  addAbsent(node: number): void {
    this.#absent[this.absentCount] = node
    this.#counters[1] = this.absentCount + 1
  }

  /** Takes the absent node at a place off the list; the last one moves there. */
  takeAbsent(place: number): number {
    const node = this.#absent[place] ?? 0
    const count = this.absentCount - 1
    this.#absent[place] = this.#absent[count] ?? 0
    this.#counters[1] = count
    return node
  }

  begin(): void {
    this.#former.set(this.#memory)
    this.removed.length = 0
    this.ruined.length = 0
  }

  takeBack(): void {
    this.#memory.set(this.#former)
  }

  /** Takes the run of stops from `from` to `to` out of their slot; they are in `removed` then, not yet absent. */
  cut(from: number, to: number): void {
    const { model, next, before, slotOf, leg, home } = this
    const slot = slotOf[from] ?? 0
    const left = before[from] ?? 0
    const right = next[to] ?? 0
    let gain = right === 0 ? (home[slot] ?? 0) : (leg[right] ?? 0)
    let count = 0
    for (let node = from; ; node = next[node] ?? 0) {
      gain += leg[node] ?? 0
      slotOf[node] = -1
      this.removed.push(node)
      this.#addLoad(slot, node, -1)
      count++
      if (node === to) break
    }
    if (left === 0) this.first[slot] = right
    else next[left] = right
    if (right === 0) this.last[slot] = left
    else before[right] = left
    const stopsLeft = (this.count[slot] ?? 0) - count
    this.count[slot] = stopsLeft
    const isJoined = right !== 0 || (stopsLeft > 0 && this.returns[slot] === 1)
    const joined = isJoined ? (model.distance[left * model.size + right] ?? 0) : 0
    if (right === 0) home[slot] = joined
    else leg[right] = joined
    this.#sums[0] = this.distance - gain + joined
    if (stopsLeft === 0) this.#setFree(slot)
    else if (model.hasWindows) this.#retime(slot, left, right)
    this.ruined.push(slot)
  }

  /** Puts an unserved node in front of `right` (0 = at the end of the route). */
  insert(node: number, slot: number, right: number): void {
    const { model, next, before, leg, home } = this
    const { size, distance } = model
    if ((this.count[slot] ?? 0) === 0) this.#setUsed(slot)
    const left = right === 0 ? (this.last[slot] ?? 0) : (before[right] ?? 0)
    let change = -(right === 0 ? (home[slot] ?? 0) : (leg[right] ?? 0))
    next[node] = right
    before[node] = left
    if (left === 0) this.first[slot] = node
    else next[left] = node
    if (right === 0) this.last[slot] = node
    else before[right] = node
    this.slotOf[node] = slot
    this.count[slot] = (this.count[slot] ?? 0) + 1
    const inward = distance[left * size + node] ?? 0
    leg[node] = inward
    const onward = right !== 0 || this.returns[slot] === 1 ? (distance[node * size + right] ?? 0) : 0
    if (right === 0) home[slot] = onward
    else leg[right] = onward
    change += inward + onward
    this.#sums[0] = this.distance + change
    this.#addLoad(slot, node, 1)
    if (!model.hasWindows) return
    this.#retimeAt(slot, node)
    this.#retime(slot, node, right)
    this.#retimeBackward(slot, left)
  }

  /** An unused slot of the kind, -1 when all drive. */
  freeSlot(kind: number): number {
    const range = this.slotRanges[kind]
    if (!range || (this.usedByKind[kind] ?? 0) >= range.to - range.from) return -1
    for (let slot = range.from; slot < range.to; slot++) if (this.count[slot] === 0) return slot
    return -1
  }

  /**
   * False when a change since `begin` broke a route: where ways there and back are not a metric, leaving a stop out
   * can make a route later, or need a way that does not exist.
   */
  get keepsRules(): boolean {
    const { model, first, ready, latest } = this
    for (const slot of this.ruined) {
      const node = first[slot] ?? 0
      if (node === 0 || (this.count[slot] ?? 0) === 0) continue
      // The latest start of the first stop answers for the whole route.
      if (model.hasWindows && (ready[node] ?? 0) - (model.service[node] ?? 0) > (latest[node] ?? 0)) return false
      if (model.hasNoWay && this.#hasNoWay(slot)) return false
    }
    return true
  }

  snapshot(): PlanSnapshot {
    const routes: Route[] = []
    for (let slot = 0; slot < this.count.length; slot++) {
      if (this.count[slot] === 0) continue
      const route = emptyRoute(this.model, this.kindOf[slot] ?? 0)
      for (let node = this.first[slot] ?? 0; node !== 0; node = this.next[node] ?? 0) route.nodes.push(node)
      reckon(this.model, route)
      routes.push(route)
    }
    const distance = routes.reduce((sum, route) => sum + route.distance, 0)
    return { routes, absent: Array.from(this.#absent.subarray(0, this.absentCount)), distance }
  }

  restore({ routes, absent }: PlanSnapshot): void {
    this.#memory.fill(0)
    this.slotOf.fill(-1)
    this.ready[0] = this.model.opens[0] ?? 0
    for (const route of routes) {
      const slot = this.freeSlot(route.kind)
      for (const node of route.nodes) this.insert(node, slot, 0)
    }
    for (const node of absent) this.addAbsent(node)
    this.begin()
  }

  #hasNoWay(slot: number): boolean {
    const { noWay } = this.model
    if ((this.home[slot] ?? 0) >= noWay) return true
    for (let node = this.first[slot] ?? 0; node !== 0; node = this.next[node] ?? 0) {
      if ((this.leg[node] ?? 0) >= noWay) return true
    }
    return false
  }

  #addLoad(slot: number, node: number, sign: 1 | -1): void {
    const { dimensions, demand } = this.model
    for (let k = 0; k < dimensions; k++) {
      const at = slot * dimensions + k
      this.load[at] = (this.load[at] ?? 0) + sign * (demand[node * dimensions + k] ?? 0)
    }
  }

  #setUsed(slot: number): void {
    const kind = this.kindOf[slot] ?? 0
    this.used[this.usedRoutes] = slot
    this.#usedAt[slot] = this.usedRoutes
    this.#counters[0] = this.usedRoutes + 1
    this.usedByKind[kind] = (this.usedByKind[kind] ?? 0) + 1
  }

  #setFree(slot: number): void {
    const kind = this.kindOf[slot] ?? 0
    const count = this.usedRoutes - 1
    const moved = this.used[count] ?? 0
    const place = this.#usedAt[slot] ?? 0
    this.used[place] = moved
    this.#usedAt[moved] = place
    this.#counters[0] = count
    this.usedByKind[kind] = (this.usedByKind[kind] ?? 0) - 1
  }

  #retimeAt(slot: number, node: number): void {
    this.ready[node] = this.#readyAt(node)
    this.latest[node] = this.#latestAt(slot, node)
  }

  /** Times from `right` on and back from `left`, as far as they change. */
  #retime(slot: number, left: number, right: number): void {
    const { ready, next } = this
    for (let node = right; node !== 0; node = next[node] ?? 0) {
      const time = this.#readyAt(node)
      if (time === ready[node]) break
      ready[node] = time
    }
    this.#retimeBackward(slot, left)
  }

  #retimeBackward(slot: number, left: number): void {
    const { latest, before } = this
    for (let node = left; node !== 0; node = before[node] ?? 0) {
      const time = this.#latestAt(slot, node)
      if (time === latest[node]) break
      latest[node] = time
    }
  }

  #readyAt(node: number): number {
    const { size, time, opens, service } = this.model
    const left = this.before[node] ?? 0
    const arrival = (this.ready[left] ?? 0) + (time[left * size + node] ?? 0)
    const open = opens[node] ?? 0
    return (arrival > open ? arrival : open) + (service[node] ?? 0)
  }

  #latestAt(slot: number, node: number): number {
    const { size, time, opens, closes, service } = this.model
    const right = this.next[node] ?? 0
    let deadline = closes[node] ?? Infinity
    const isLast = right === 0
    if (!isLast || this.returns[slot] === 1) {
      const onward = isLast ? (closes[0] ?? Infinity) : (this.latest[right] ?? 0)
      const reached = onward - (time[node * size + right] ?? 0) - (service[node] ?? 0)
      if (reached < deadline) deadline = reached
    }
    // A stop that opens too late for what lies behind it leaves no good start to anyone before it either.
    return deadline < (opens[node] ?? 0) ? -Infinity : deadline
  }
}
