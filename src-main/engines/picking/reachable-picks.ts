import type { PlaceDistances } from './place-distances.ts'

/**
 * Of nodes that can each be visited between start and end, the most that one path can visit: with one-way lanes two
 * nodes may exclude each other. Nodes that lead to each other form a group; the groups lie in an order, and the chain
 * of groups with the most nodes is kept (ties: the group with the lowest node). Cost O(n^2).
 */
export function largestChain(distances: PlaceDistances, nodes: readonly number[]): readonly number[] {
  const leads = (a: number, b: number): boolean => (distances.length[a * distances.count + b] ?? Infinity) < Infinity
  const groups: number[][] = []
  for (const node of nodes) {
    const known = groups.find((group) => leads(group[0] ?? 0, node) && leads(node, group[0] ?? 0))
    if (known) known.push(node)
    else groups.push([node])
  }
  if (groups.length < 2) return nodes
  const follows = (a: number, b: number): boolean => leads(groups[a]?.[0] ?? 0, groups[b]?.[0] ?? 0)
  // A group lies behind every group that leads to it, so counting those gives an order in which to look at them.
  const rank = groups.map((_, b) => groups.filter((_other, a) => follows(a, b)).length)
  const inOrder = groups.map((_, g) => g).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || a - b)
  const size: number[] = []
  const before: number[] = []
  for (const g of inOrder) {
    const earlier = inOrder.filter((other) => size[other] !== undefined && follows(other, g))
    const best = earlier.reduce((kept, other) => ((size[other] ?? 0) > (size[kept] ?? 0) ? other : kept), -1)
    before[g] = best
    size[g] = (groups[g]?.length ?? 0) + (size[best] ?? 0)
  }
  const chain: number[] = []
  let at = inOrder.reduce((kept, g) => ((size[g] ?? 0) > (size[kept] ?? 0) ? g : kept), -1)
  for (; at !== -1; at = before[at] ?? -1) chain.push(...(groups[at] ?? []))
  return chain.sort((a, b) => a - b)
}
