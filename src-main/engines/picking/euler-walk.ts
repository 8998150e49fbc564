import type { Edge } from './aisle-sweep.ts'
import { largestGap } from './aisle-sweep.ts'
import { stretch } from './frontier-states.ts'

/** Adds the walked pieces of one edge to `pairs`, flat: from, to, from, to ...; what is walked twice stands there twice. */
export function addPieces(pairs: number[], edge: Edge, walked: number): void {
  const last = edge.inner.length + 1
  const point = (i: number): number => (i === 0 ? edge.from : i === last ? edge.to : (edge.inner[i - 1] ?? -1))
  const add = (first: number, end: number, times: number): void => {
    for (let i = first; i < end; i++) for (let t = 0; t < times; t++) pairs.push(point(i), point(i + 1))
  }
  if (walked === stretch.once) add(0, last, 1)
  if (walked === stretch.twice) add(0, last, 2)
  if (walked === stretch.fromFirst) add(0, last - 1, 2)
  if (walked === stretch.fromSecond) add(1, last, 2)
  if (walked === stretch.fromBoth) {
    const gap = largestGap(edge.offsets).after + 1
    add(0, gap, 2)
    add(gap + 1, last, 2)
  }
}

/**
 * Walks every pair once, beginning at `start`: Hierholzer 1873. The pairs must hang together and have even degree
 * everywhere, or odd degree exactly at the start and one other point, where the walk then ends. Points are numbered
 * below `pointCount`. Cost linear.
 */
export function eulerWalk(pairs: readonly number[], pointCount: number, start: number): readonly number[] {
  // Entry h of `pairs` is a way from point pairs[h] to point pairs[h ^ 1]; ways of a point hang in a list.
  const firstWay = new Int32Array(pointCount).fill(-1)
  const nextWay = new Int32Array(pairs.length)
  for (let h = 0; h < pairs.length; h++) {
    const point = pairs[h] ?? 0
    nextWay[h] = firstWay[point] ?? -1
    firstWay[point] = h
  }
  const isWalked = new Uint8Array(pairs.length >> 1)
  const stack = [start]
  const backwards: number[] = []
  while (stack.length > 0) {
    const top = stack[stack.length - 1] ?? 0
    let way = firstWay[top] ?? -1
    while (way !== -1 && isWalked[way >> 1] === 1) way = nextWay[way] ?? -1
    if (way === -1) {
      firstWay[top] = -1
      backwards.push(top)
      stack.pop()
    } else {
      isWalked[way >> 1] = 1
      firstWay[top] = nextWay[way] ?? -1
      stack.push(pairs[way ^ 1] ?? 0)
    }
  }
  return backwards.reverse()
}
