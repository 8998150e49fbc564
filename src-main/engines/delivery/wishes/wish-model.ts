import type { Model } from '../model.ts'
import type { DeliverProblem } from '../types.ts'

/** What the plain search does not know; everything by node or by kind of the model it belongs to. */
export interface Wishes {
  /** 0 = pinned first, 1 = anywhere, 2 = pinned last. */
  readonly rank: Uint8Array
  readonly softOpens: Float64Array
  readonly softCloses: Float64Array
  readonly pricePerS: Float64Array
  readonly priority: Float64Array
  /** Nodes that come behind this one when they travel with the same vehicle. */
  readonly behind: readonly (readonly number[])[]
  readonly trips: readonly number[]
  readonly reload: readonly number[]
  readonly balance: number
  readonly compactness: number
}

/** True when the problem asks for anything that only the search with wishes can do. */
export function hasWishes({ stops, vehicles, sequences, balance, compactness }: DeliverProblem): boolean {
  return (
    (sequences ?? []).some((list) => list.length > 1) ||
    (balance ?? 0) > 0 ||
    (compactness ?? 0) > 0 ||
    vehicles.some(({ trips }) => (trips ?? 1) > 1) ||
    stops.some(({ softWindow, pinned, priority }) => softWindow !== undefined || pinned || (priority ?? 1) !== 1)
  )
}

export function wishesOf(problem: DeliverProblem, model: Model): Wishes {
  const { scale, size } = model
  const stopAt = (node: number): DeliverProblem['stops'][number] | undefined =>
    problem.stops[model.stops[node - 1] ?? -1]
  const byNode = (value: (stop: DeliverProblem['stops'][number]) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, node) => {
      const stop = stopAt(node)
      return stop ? value(stop) : 0
    })
  const ranks = { first: 0, last: 2 } as const
  return {
    rank: Uint8Array.from(byNode(({ pinned }) => (pinned ? ranks[pinned] : 1))),
    softOpens: byNode(({ softWindow }) => (softWindow?.[0] ?? -Infinity) * scale),
    softCloses: byNode(({ softWindow }) => (softWindow?.[1] ?? Infinity) * scale),
    pricePerS: byNode(({ pricePerS }) => pricePerS ?? 1),
    priority: byNode(({ priority }) => priority ?? 1),
    behind: behindOf(problem, model),
    trips: problem.vehicles.map(({ trips }) => trips ?? 1),
    reload: problem.vehicles.map(({ reloadS }) => (reloadS ?? 0) * scale),
    balance: problem.balance ?? 0,
    compactness: problem.compactness ?? 0,
  }
}

function behindOf(problem: DeliverProblem, model: Model): readonly (readonly number[])[] {
  const nodeOf = new Map(model.stops.map((index, i) => [problem.stops[index]?.id ?? '', i + 1]))
  const behind: number[][] = Array.from({ length: model.size }, () => [])
  for (const list of problem.sequences ?? []) {
    const nodes = list.flatMap((id) => nodeOf.get(id) ?? [])
    nodes.forEach((node, i) => behind[node]?.push(...nodes.slice(i + 1)))
  }
  return behind
}
