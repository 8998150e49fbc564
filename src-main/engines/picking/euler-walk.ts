import type { Edge } from './aisle-sweep.ts'
import { largestGap } from './aisle-sweep.ts'
import { stretch } from './frontier-states.ts'

/** The walked pieces of one edge as pairs of neighbouring points, a pair walked twice standing there twice. */
export function piecesOf(edge: Edge, walked: number): readonly (readonly [from: number, to: number])[] {
  const chain = [edge.from, ...edge.inner, edge.to]
  const pairs: (readonly [number, number])[] = []
  const add = (first: number, last: number, times: number): void => {
    for (let i = first; i < last; i++) {
      for (let t = 0; t < times; t++) pairs.push([chain[i] ?? -1, chain[i + 1] ?? -1])
    }
  }
  const end = chain.length - 1
  if (walked === stretch.once) add(0, end, 1)
  if (walked === stretch.twice) add(0, end, 2)
  if (walked === stretch.fromFirst) add(0, end - 1, 2)
  if (walked === stretch.fromSecond) add(1, end, 2)
  if (walked === stretch.fromBoth) {
    const gap = largestGap(edge.offsets).after + 1
    add(0, gap, 2)
    add(gap + 1, end, 2)
  }
  return pairs
}

/**
 * Walks every pair once, beginning at `start`: Hierholzer 1873. The pairs must hang together and have even degree
 * everywhere, or odd degree exactly at the start and one other point, where the walk then ends. Cost linear.
 */
export function eulerWalk(pairs: readonly (readonly [number, number])[], start: number): readonly number[] {
  const waysByPoint = new Map<number, { readonly to: number; readonly pair: number }[]>()
  const addWay = (from: number, to: number, pair: number): void => {
    const ways = waysByPoint.get(from)
    if (ways) ways.push({ to, pair })
    else waysByPoint.set(from, [{ to, pair }])
  }
  pairs.forEach(([from, to], pair) => {
    addWay(from, to, pair)
    addWay(to, from, pair)
  })
  const isWalked = new Uint8Array(pairs.length)
  const stack = [start]
  const backwards: number[] = []
  for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
    const ways = waysByPoint.get(top) ?? []
    let way = ways.pop()
    while (way && isWalked[way.pair] === 1) way = ways.pop()
    if (way) {
      isWalked[way.pair] = 1
      stack.push(way.to)
    } else {
      backwards.push(top)
      stack.pop()
    }
  }
  return backwards.reverse()
}
