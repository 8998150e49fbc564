import type { Random } from '../../kernel/random.ts'
import type { Neighbours } from './neighbours.ts'
import type { PlanState } from './plan-state.ts'

/** Stops removed per step on average (the paper has 10), and the longest string. */
const averageRemoved = 10
const longestString = 10
const splitChance = 0.5
const deeperSplitChance = 0.01

/**
 * Takes strings of neighbouring stops out of routes that lie near each other: adjacent string removal of Christiaens
 * and Vanden Berghe 2020, split strings included.
 */
export function ruin(state: PlanState, { width, nodes }: Neighbours, random: Random): void {
  const size = state.model.size
  const served = size - 1 - state.absentCount
  const used = Math.max(1, state.usedRoutes)
  const longest = Math.min(longestString, served / used)
  const most = (4 * averageRemoved) / (1 + longest) - 1
  let strings = Math.floor(random.unit() * most + 1)
  const seed = 1 + random.below(size - 1)
  for (let i = -1; i < width && strings > 0; i++) {
    const node = i === -1 ? seed : (nodes[seed * width + i] ?? 0)
    const slot = node === 0 ? -1 : (state.slotOf[node] ?? -1)
    if (slot === -1 || state.ruined.includes(slot)) continue
    const length = Math.floor(random.unit() * Math.min(state.count[slot] ?? 0, longest) + 1)
    cutStringAround(state, { node, slot, length }, random)
    strings--
  }
}

/** Cuts a string that holds the node; every other time a short stretch inside it is spared. */
function cutStringAround(
  state: PlanState,
  { node, slot, length }: { readonly node: number; readonly slot: number; readonly length: number },
  random: Random,
): void {
  const { next, before } = state
  const count = state.count[slot] ?? 0
  let spared = 0
  if (length > 1 && length < count && random.unit() < splitChance) {
    spared = 1
    while (length + spared < count && random.unit() < deeperSplitChance) spared++
  }
  const span = length + spared
  let ahead = 0
  for (let at = before[node] ?? 0; at !== 0 && ahead < span - 1; at = before[at] ?? 0) ahead++
  let behind = 0
  for (let at = next[node] ?? 0; at !== 0 && behind < span - 1; at = next[at] ?? 0) behind++
  const fewest = span - 1 - behind
  let first = node
  for (let steps = fewest + random.below(ahead - fewest + 1); steps > 0; steps--) first = before[first] ?? 0
  const cutFirst = spared === 0 ? span : 1 + random.below(length - 1)
  const firstEnd = walked(state, first, cutFirst - 1)
  if (spared === 0) return state.cut(first, firstEnd)
  const second = walked(state, firstEnd, spared + 1)
  const secondEnd = walked(state, second, length - cutFirst - 1)
  state.cut(first, firstEnd)
  state.cut(second, secondEnd)
}

function walked({ next }: PlanState, from: number, steps: number): number {
  let node = from
  for (let i = 0; i < steps; i++) node = next[node] ?? 0
  return node
}
