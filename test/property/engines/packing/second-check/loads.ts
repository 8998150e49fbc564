import type { Contacts, Solid } from './grid.ts'

/** A weight in grams as an exact fraction. */
interface Share {
  readonly over: bigint
  readonly by: bigint
}

function reduced(over: bigint, by: bigint): Share {
  let [a, b] = [over, by]
  while (b > 0n) [a, b] = [b, a % b]
  return a > 1n ? { over: over / a, by: by / a } : { over, by }
}

const plus = (a: Share, b: Share): Share => reduced(a.over * b.by + b.over * a.by, a.by * b.by)

/** A millionth of a gram is no load: what the planner adds up in floating point may be off by as much. */
const millionths = 1_000_000n

/** What every piece carries, exactly: from the top down, by share of contact area. Answers those that carry too much. */
export function overloaded(solids: readonly Solid[], contacts: readonly Contacts[]): readonly number[] {
  if (solids.every(({ item }) => limitOf(item.handling) === undefined)) return []
  const carried: Share[] = solids.map(() => ({ over: 0n, by: 1n }))
  const fromTop = solids.map((_solid, number) => number).sort((a, b) => baseOf(solids, b) - baseOf(solids, a))
  for (const upper of fromTop) {
    const below = [...(contacts[upper] ?? [])]
    const area = below.reduce((sum, [, mm2]) => sum + mm2, 0)
    const own = { over: BigInt(solids[upper]?.item.weightG ?? 0), by: 1n }
    const handsDown = plus(own, carried[upper] ?? own)
    for (const [lower, mm2] of below) {
      const share = reduced(handsDown.over * BigInt(mm2), handsDown.by * BigInt(area))
      carried[lower] = plus(carried[lower] ?? own, share)
    }
  }
  const isUnder = new Set(contacts.flatMap((resting) => [...resting.keys()]))
  return solids.flatMap(({ item }, number) => {
    const limit = limitOf(item.handling)
    const load = carried[number]
    if (limit === undefined || !load) return []
    const isTooMuch = load.over * millionths > (BigInt(limit) * millionths + 1n) * load.by
    return isTooMuch || (limit === 0 && isUnder.has(number)) ? [number] : []
  })
}

const baseOf = (solids: readonly Solid[], number: number): number => solids[number]?.from[2] ?? 0

const limitOf = (handling: Solid['item']['handling']): number | undefined => (handling.fragile ? 0 : handling.maxLoadG)
