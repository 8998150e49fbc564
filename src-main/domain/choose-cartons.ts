/** What went into one parcel, so often, and what it costs in each of the cartons to choose from. */
export interface ParcelNeed {
  readonly times: number
  /** By the candidate's place; undefined = it does not fit. Minor units. */
  readonly costs: readonly (number | undefined)[]
  /** What it costs where no chosen carton holds it: it has to be split. */
  readonly otherwise: number
}

/** Places of candidates, rising. */
export type CartonSet = readonly number[]

/** What all needs cost with these cartons, each in the cheapest that holds it. Cost: needs x set. */
export function costOf(needs: readonly ParcelNeed[], set: CartonSet): number {
  let total = 0
  for (const need of needs) {
    let least = need.otherwise
    for (const place of set) {
      const cost = need.costs[place]
      if (cost !== undefined && cost < least) least = cost
    }
    total += need.times * least
  }
  return total
}

/** The set with the one candidate more that saves most; undefined when all are in it. Ties: lower place. */
export function withOneMore(needs: readonly ParcelNeed[], set: CartonSet, candidates: number): CartonSet | undefined {
  const sets = range(candidates)
    .filter((place) => !set.includes(place))
    .map((place) => sorted([...set, place]))
  return cheapest(needs, sets)
}

/** The set without the one that is missed least; undefined for an empty set. Ties: the lower place goes. */
export function withOneLess(needs: readonly ParcelNeed[], set: CartonSet): CartonSet | undefined {
  return cheapest(
    needs,
    set.map((place) => set.filter((other) => other !== place)),
  )
}

/** Rounds of exchanging at most; each must save, and three are enough on every shop tried. */
const mostExchanges = 12

/**
 * A good set of the same size: exchanges one for another as long as that saves (greedy interchange, Teitz and Bart
 * 1968, for what location theory calls the p-median problem). Cost: set x candidates x `costOf` a round.
 */
export function exchanged(needs: readonly ParcelNeed[], set: CartonSet, candidates: number): CartonSet {
  let best = set
  let bestCost = costOf(needs, set)
  for (let round = 0; round < mostExchanges; round++) {
    const sets = best.flatMap((place) => {
      const rest = best.filter((other) => other !== place)
      return range(candidates)
        .filter((other) => !best.includes(other))
        .map((other) => sorted([...rest, other]))
    })
    const next = cheapest(needs, sets)
    const cost = next ? costOf(needs, next) : Infinity
    if (!next || cost >= bestCost) return best
    best = next
    bestCost = cost
  }
  return best
}

function cheapest(needs: readonly ParcelNeed[], sets: readonly CartonSet[]): CartonSet | undefined {
  let best: CartonSet | undefined
  let bestCost = Infinity
  for (const set of sets) {
    const cost = costOf(needs, set)
    if (cost < bestCost) {
      best = set
      bestCost = cost
    }
  }
  return best
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place)
const sorted = (set: readonly number[]): CartonSet => set.toSorted((a, b) => a - b)
