import type { AisleSweep } from './aisle-sweep.ts'
import type { AisleVisits } from './aisle-visits.ts'
import { stretch } from './frontier-states.ts'

/**
 * Adds the pieces that step s of a sweep walks to `pairs`, flat: from, to, from, to ...; what is walked twice stands
 * there twice.
 */
export function addPieces(
  pairs: number[],
  { laid, visits }: { readonly laid: AisleSweep; readonly visits: AisleVisits },
  { s, walked }: { readonly s: number; readonly walked: number },
): void {
  if (walked === stretch.none) return
  const cells = visits.head.length
  const points = [laid.from[s] ?? 0]
  let node = laid.node[s] ?? -1
  for (let i = laid.inner[s] ?? 0; i > 0; i--) {
    points.push(cells + node)
    node = visits.next[node] ?? -1
  }
  points.push(laid.to[s] ?? 0)
  const last = points.length - 1
  const add = (first: number, end: number, times: number): void => {
    for (let i = first; i < end; i++) {
      for (let t = 0; t < times; t++) pairs.push(points[i] ?? 0, points[i + 1] ?? 0)
    }
  }
  if (walked === stretch.once) add(0, last, 1)
  if (walked === stretch.twice) add(0, last, 2)
  if (walked === stretch.fromFirst) add(0, last - 1, 2)
  if (walked === stretch.fromSecond) add(1, last, 2)
  if (walked === stretch.fromBoth) {
    const gap = widestGap(points, visits)
    add(0, gap, 2)
    add(gap + 1, last, 2)
  }
}

/** The inner point below the widest gap between neighbouring inner points. Ties: the first. */
function widestGap(points: readonly number[], { head, offset }: AisleVisits): number {
  const at = (i: number): number => offset[(points[i] ?? 0) - head.length] ?? 0
  let widest = 1
  for (let i = 1; i + 2 < points.length; i++) if (at(i + 1) - at(i) > at(widest + 1) - at(widest)) widest = i
  return widest
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
  const stack = new Int32Array((pairs.length >> 1) + 1)
  let top = 0
  stack[0] = start
  const backwards: number[] = []
  while (top >= 0) {
    const point = stack[top] ?? 0
    let way = firstWay[point] ?? -1
    while (way !== -1 && isWalked[way >> 1] === 1) way = nextWay[way] ?? -1
    if (way === -1) {
      firstWay[point] = -1
      backwards.push(point)
      top--
    } else {
      isWalked[way >> 1] = 1
      firstWay[point] = nextWay[way] ?? -1
      stack[++top] = pairs[way ^ 1] ?? 0
    }
  }
  return backwards.reverse()
}
