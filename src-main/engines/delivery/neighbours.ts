import type { Model } from './model.ts'

/** The nearest others of each node, from near to far: those of node v at `v * width`. */
export interface Neighbours {
  readonly width: number
  readonly nodes: Int32Array
}

/** Nearer ones than these are always enough to find the routes around a stop. */
const mostNeighbours = 300
/** Distances are told apart this finely for the order; the rest of a double holds the node's number. */
const grains = 2 ** 36

/** By the shorter of the ways there and back; ties by number. Cost O(n^2 log n). */
export function nearestNeighbours({ size, distance, longest }: Model): Neighbours {
  const width = Math.min(size - 1, mostNeighbours)
  const nodes = new Int32Array(size * width)
  const keys = new Float64Array(size)
  const grain = grains / longest
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const there = distance[a * size + b] ?? 0
      const back = distance[b * size + a] ?? 0
      const way = Math.min(longest, there < back ? there : back)
      keys[b] = a === b ? Infinity : Math.floor(way * grain) * size + b
    }
    keys.sort()
    for (let i = 0; i < width; i++) nodes[a * width + i] = (keys[i] ?? 0) % size
  }
  return { width, nodes }
}
