import type { WalkGraph } from './walk-graph.ts'

/** Shortest ways from one node: `length[v]` (Infinity = no way) and `before[v]`, the node before v (-1 = none). */
export interface ShortestPaths {
  readonly length: Float64Array
  readonly before: Int32Array
}

/**
 * Dijkstra 1959 with a binary heap of (length, node); among equal lengths the lower node number leaves first, so
 * that the same floor gives the same way. Cost O(arcs log nodes).
 */
export function shortestPathsFrom(graph: WalkGraph, source: number): ShortestPaths {
  const length = new Float64Array(graph.nodeCount).fill(Infinity)
  const before = new Int32Array(graph.nodeCount).fill(-1)
  const heap = new NodeHeap(length)
  length[source] = 0
  heap.push(source, 0)
  for (let v = heap.pop(); v !== -1; v = heap.pop()) {
    const reached = length[v] ?? Infinity
    const last = graph.firstArc[v + 1] ?? 0
    for (let arc = graph.firstArc[v] ?? 0; arc < last; arc++) {
      const to = graph.arcTo[arc] ?? 0
      const through = reached + (graph.arcLength[arc] ?? Infinity)
      if (through < (length[to] ?? Infinity)) {
        length[to] = through
        before[to] = v
        heap.push(to, through)
      }
    }
  }
  return { length, before }
}

/** The nodes walked from the source of `paths` to `target`, both included; empty when there is no way. */
export function pathTo(paths: ShortestPaths, target: number): readonly number[] {
  if (paths.length[target] === Infinity) return []
  const nodes: number[] = []
  for (let v = target; v !== -1; v = paths.before[v] ?? -1) nodes.push(v)
  return nodes.reverse()
}

/** A binary heap that may hold a node twice; the stale copy is thrown away when it comes up. */
class NodeHeap {
  readonly #nodes: number[] = []
  readonly #keys: number[] = []
  readonly #length: Float64Array

  constructor(length: Float64Array) {
    this.#length = length
  }

  #isBefore(a: number, b: number): boolean {
    const byKey = (this.#keys[a] ?? 0) - (this.#keys[b] ?? 0)
    return byKey < 0 || (byKey === 0 && (this.#nodes[a] ?? 0) < (this.#nodes[b] ?? 0))
  }

  #swap(a: number, b: number): void {
    const node = this.#nodes[a] ?? 0
    const key = this.#keys[a] ?? 0
    this.#nodes[a] = this.#nodes[b] ?? 0
    this.#keys[a] = this.#keys[b] ?? 0
    this.#nodes[b] = node
    this.#keys[b] = key
  }

  push(node: number, key: number): void {
    let at = this.#nodes.push(node) - 1
    this.#keys.push(key)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) break
      this.#swap(at, parent)
      at = parent
    }
  }

  /** The nearest node whose length still holds, or -1. */
  pop(): number {
    while (this.#nodes.length > 0) {
      const node = this.#nodes[0] ?? -1
      const key = this.#keys[0] ?? 0
      this.#swap(0, this.#nodes.length - 1)
      this.#nodes.pop()
      this.#keys.pop()
      this.#sink()
      if (key === this.#length[node]) return node
    }
    return -1
  }

  #sink(): void {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      let least = at
      if (left < this.#nodes.length && this.#isBefore(left, least)) least = left
      if (left + 1 < this.#nodes.length && this.#isBefore(left + 1, least)) least = left + 1
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }
}
