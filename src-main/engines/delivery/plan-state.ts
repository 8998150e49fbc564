import type { Model } from './model.ts'
import { copyOf, emptyRoute, reckon, type Route } from './route.ts'

/** A plan as it is kept and handed round: routes with stops, nodes nobody serves, total distance. */
export interface PlanSnapshot {
  readonly routes: readonly Route[]
  readonly absent: readonly number[]
  readonly distance: number
}

/**
 * The plan under search. Routes sit in slots that keep their number; an empty slot is a route without stops. Changes
 * between `begin` and `keep` or `takeBack` are made on copies, so that taking back costs no more than the change.
 */
export class PlanState {
  readonly model: Model
  routes: Route[] = []
  /** The slot that serves a node, -1 = nobody. */
  readonly slotOf: Int32Array
  /** Nodes nobody serves. */
  absent: number[]
  distance = 0
  readonly usedByKind: Int32Array
  #former = new Map<number, Route>()
  #removed: number[] = []
  #removedFrom: number[] = []
  #formerDistance = 0
  #formerAbsent: number[] = []

  constructor(model: Model) {
    this.model = model
    this.slotOf = new Int32Array(model.size).fill(-1)
    this.absent = Array.from({ length: model.size - 1 }, (_, i) => i + 1)
    this.usedByKind = new Int32Array(model.kinds.length)
  }

  begin(): void {
    this.#former.clear()
    this.#removed = []
    this.#removedFrom = []
    this.#formerDistance = this.distance
    this.#formerAbsent = this.absent
  }

  /** Takes the nodes at the given positions (rising) out of a slot; they become absent. */
  remove(slot: number, positions: readonly number[]): void {
    const route = this.#own(slot)
    for (let i = positions.length - 1; i >= 0; i--) {
      const [node] = route.nodes.splice(positions[i] ?? 0, 1)
      if (node === undefined) continue
      this.slotOf[node] = -1
      this.#removed.push(node)
      this.#removedFrom.push(slot)
    }
    this.#reckoned(slot, route)
    if (route.nodes.length === 0) this.usedByKind[route.kind] = (this.usedByKind[route.kind] ?? 0) - 1
  }

  insert(node: number, slot: number, position: number): void {
    const route = this.#own(slot)
    if (route.nodes.length === 0) this.usedByKind[route.kind] = (this.usedByKind[route.kind] ?? 0) + 1
    route.nodes.splice(position, 0, node)
    this.slotOf[node] = slot
    this.#reckoned(slot, route)
  }

  /** A slot with an empty route of the kind. */
  open(kind: number): number {
    const free = this.routes.findIndex((route) => route.nodes.length === 0)
    const slot = free === -1 ? this.routes.length : free
    const former = this.routes[slot] ?? emptyRoute(this.model, kind)
    if (!this.#former.has(slot)) this.#former.set(slot, former)
    this.routes[slot] = emptyRoute(this.model, kind)
    return slot
  }

  /** Nodes taken out since `begin`, without those that were absent before. */
  get removed(): readonly number[] {
    return this.#removed
  }

  get usedRoutes(): number {
    let used = 0
    for (const count of this.usedByKind) used += count
    return used
  }

  /**
   * False when a change since `begin` broke a route: where ways there and back are not a metric, leaving a stop out
   * can make a route later, or need a way that does not exist.
   */
  get keepsRules(): boolean {
    for (const slot of this.#former.keys()) {
      const route = this.routes[slot]
      if (!route || route.nodes.length === 0) continue
      if (route.distance >= this.model.noWay) return false
      // The latest start of the first stop answers for the whole route.
      if (this.model.hasWindows && (route.starts[0] ?? 0) > (route.latest[0] ?? 0)) return false
    }
    return true
  }

  takeBack(): void {
    for (const [slot, former] of this.#former) {
      const present = this.routes[slot]
      if (present && present.nodes.length > 0) this.#count(present.kind, -1)
      if (former.nodes.length > 0) this.#count(former.kind, 1)
      this.routes[slot] = former
    }
    // Nodes that were absent before and were put in are absent again; removed ones return to their slot.
    for (const node of this.#formerAbsent) this.slotOf[node] = -1
    this.#removed.forEach((node, i) => (this.slotOf[node] = this.#removedFrom[i] ?? -1))
    this.absent = this.#formerAbsent
    this.distance = this.#formerDistance
  }

  snapshot(): PlanSnapshot {
    return {
      routes: this.routes.filter((route) => route.nodes.length > 0),
      absent: this.absent.slice(),
      distance: this.distance,
    }
  }

  restore(snapshot: PlanSnapshot): void {
    this.routes = snapshot.routes.slice()
    this.absent = snapshot.absent.slice()
    this.distance = snapshot.distance
    this.slotOf.fill(-1)
    this.usedByKind.fill(0)
    this.routes.forEach((route, slot) => {
      this.#count(route.kind, 1)
      for (const node of route.nodes) this.slotOf[node] = slot
    })
    this.begin()
  }

  #count(kind: number, by: number): void {
    this.usedByKind[kind] = (this.usedByKind[kind] ?? 0) + by
  }

  #own(slot: number): Route {
    const present = this.routes[slot] ?? emptyRoute(this.model, 0)
    if (this.#former.has(slot)) return present
    this.#former.set(slot, present)
    const copy = copyOf(present)
    this.routes[slot] = copy
    return copy
  }

  #reckoned(slot: number, route: Route): void {
    this.distance -= route.distance
    reckon(this.model, route)
    this.distance += route.distance
    this.routes[slot] = route
  }
}
