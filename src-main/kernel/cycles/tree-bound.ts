/**
 * A lower bound on every closed tour by 1-trees with Lagrangean node prices: Held and Karp 1970 and 1971, prices
 * moved by the rule of Volgenant and Jonker (1982). `matrix[a * count + b]` symmetric (for asymmetric distances hand
 * in the smaller of both ways, which keeps the bound valid). `target` is the length of a known tour. Returns the
 * bound, at most `target`. Cost O(rounds * n^2); by default 200 rounds, fewer beyond a thousand nodes.
 */
export function oneTreeBound(
  problem: { readonly count: number; readonly matrix: Float64Array },
  target: number,
  rounds = roundsFor(problem.count),
): number {
  const { count } = problem
  if (count < 3) return Math.min(target, count === 2 ? 2 * (problem.matrix[1] ?? 0) : 0)
  const price = new Float64Array(count)
  const previous = new Float64Array(count)
  let best = -Infinity
  let step = 0
  for (let round = 0; round < rounds; round++) {
    const { length, degree } = oneTree(problem, price)
    if (round === 0) step = Math.max(1e-9, Math.abs(target - length) / count)
    if (length > best) best = length
    let spread = 0
    for (let v = 0; v < count; v++) spread += ((degree[v] ?? 0) - 2) ** 2
    if (spread === 0 || best >= target) break
    const scale = step * (1 - round / rounds) ** 2
    for (let v = 0; v < count; v++) {
      const pull = (degree[v] ?? 0) - 2
      price[v] = (price[v] ?? 0) + scale * (0.7 * pull + 0.3 * (previous[v] ?? 0))
      previous[v] = pull
    }
  }
  return Math.min(target, best)
}

/** More rounds than this gain little; and together the rounds look at about this many pairs of nodes at most. */
const mostRounds = 200
const mostPairs = 200_000_000

const roundsFor = (count: number): number => Math.min(mostRounds, Math.ceil(mostPairs / (count * count)))

/** The cheapest 1-tree under the prices: a spanning tree (Prim) without node 0, plus its two cheapest edges. */
function oneTree(
  { count, matrix }: { readonly count: number; readonly matrix: Float64Array },
  price: Float64Array,
): { readonly length: number; readonly degree: Int32Array } {
  const degree = new Int32Array(count)
  const nearest = new Float64Array(count).fill(Infinity)
  const link = new Int32Array(count).fill(-1)
  const isIn = new Uint8Array(count)
  let length = 0
  for (let v = 0; v < count; v++) length -= 2 * (price[v] ?? 0)
  let added = 1
  for (let size = 1; size < count; size++) {
    isIn[added] = 1
    let next = -1
    for (let v = 1; v < count; v++) {
      if (isIn[v] === 1) continue
      const through = (matrix[added * count + v] ?? 0) + (price[added] ?? 0) + (price[v] ?? 0)
      if (through < (nearest[v] ?? 0)) {
        nearest[v] = through
        link[v] = added
      }
      if (next === -1 || (nearest[v] ?? 0) < (nearest[next] ?? 0)) next = v
    }
    if (next === -1) break
    length += nearest[next] ?? 0
    degree[next] = (degree[next] ?? 0) + 1
    degree[link[next] ?? 0] = (degree[link[next] ?? 0] ?? 0) + 1
    added = next
  }
  const ways = Array.from({ length: count - 1 }, (_, i) => i + 1)
  const toRoot = (v: number): number => (matrix[v] ?? 0) + (price[0] ?? 0) + (price[v] ?? 0)
  ways.sort((a, b) => toRoot(a) - toRoot(b) || a - b)
  for (const v of ways.slice(0, 2)) {
    length += toRoot(v)
    degree[v] = (degree[v] ?? 0) + 1
    degree[0] = (degree[0] ?? 0) + 1
  }
  return { length, degree }
}
