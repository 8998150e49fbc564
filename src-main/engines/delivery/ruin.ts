import type { Random } from '../../kernel/random.ts'
import type { PlanState } from './plan-state.ts'

/** Stops removed per step on average (the paper has 10; 15 served the shared sets better), and the longest string. */
const averageRemoved = 15
const longestString = 10
const splitChance = 0.5
const deeperSplitChance = 0.01

/**
 * Takes strings of neighbouring stops out of routes that lie near each other: adjacent string removal of Christiaens
 * and Vanden Berghe 2020, split strings included. `nearest` holds, for node v, all others from near to far at
 * `v * (size - 1)`.
 */
export function ruin(state: PlanState, nearest: Int32Array, random: Random): void {
  const size = state.model.size
  const served = size - 1 - state.absent.length
  const used = Math.max(1, state.usedRoutes)
  const longest = Math.min(longestString, served / used)
  const most = (4 * averageRemoved) / (1 + longest) - 1
  let strings = Math.floor(random.unit() * most + 1)
  const seed = 1 + random.below(size - 1)
  const isRuined = new Set<number>()
  for (let i = -1; i < size - 1 && strings > 0; i++) {
    const node = i === -1 ? seed : (nearest[seed * (size - 1) + i] ?? 0)
    const slot = node === 0 ? -1 : (state.slotOf[node] ?? -1)
    if (slot === -1 || isRuined.has(slot)) continue
    const nodes = state.routes[slot]?.nodes ?? []
    const length = Math.floor(random.unit() * Math.min(nodes.length, longest) + 1)
    state.remove(slot, stringAround({ position: nodes.indexOf(node), length, count: nodes.length }, random))
    isRuined.add(slot)
    strings--
  }
}

/** Positions of a string that holds `position`; every other time a short stretch inside it is spared. */
function stringAround(
  { position, length, count }: { readonly position: number; readonly length: number; readonly count: number },
  random: Random,
): readonly number[] {
  let spared = 0
  if (length > 1 && length < count && random.unit() < splitChance) {
    spared = 1
    while (length + spared < count && random.unit() < deeperSplitChance) spared++
  }
  const span = length + spared
  const lowest = Math.max(0, position - span + 1)
  const highest = Math.min(position, count - span)
  const first = lowest + random.below(highest - lowest + 1)
  const spareFrom = spared === 0 ? span : 1 + random.below(length - 1)
  const positions: number[] = []
  for (let i = 0; i < span; i++) if (i < spareFrom || i >= spareFrom + spared) positions.push(first + i)
  return positions
}
