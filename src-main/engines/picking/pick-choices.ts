import { AppError } from '../../kernel/errors.ts'
import { planTour } from './tour.ts'
import type { Place, PlanOptions, TourProblem, TourResult } from './types.ts'

/** Picks that may each be taken at one of several places. */
export interface ChoiceProblem extends Omit<TourProblem, 'picks'> {
  /** By pick: its places, at least one; which of them is nearest decides the walk, not the order they stand in. */
  readonly choices: readonly (readonly Place[])[]
}

/** `chosen[i]` is the index of the place taken among those of pick i; the tour's indices are those of `choices`. */
export interface ChoiceResult extends TourResult {
  readonly chosen: readonly number[]
}

/** Up to so many ways to choose every one is walked; the best is then proven. */
const mostWaysTried = 1024
/** Rounds in which each pick looks at all of its places again. */
const mostRounds = 20

/**
 * The shortest walk when products lie in several locations: where each is taken is part of the search. Few ways to
 * choose are all tried. More: each pick in turn takes its best place while the others stay, from the first place of
 * each, until no one change helps; the walk past the picks without a choice is then
 * the lower bound, since passing more places makes no walk shorter. Best-before dates decide which places are handed
 * in. Throws ERR_INPUT_INVALID for a pick without a place, and as `planTour`. Cost: one tour per place and round.
 */
export function planTourWithChoices(problem: ChoiceProblem, options: PlanOptions = {}): ChoiceResult {
  const { choices } = problem
  const none = choices.findIndex((places) => places.length === 0)
  if (none !== -1) throw new AppError('ERR_INPUT_INVALID', { path: `choices[${none}]`, expected: 'at least one place' })
  const tourOf = (chosen: readonly number[]): TourResult =>
    planTour({ ...problem, picks: choices.map((places, i) => places[chosen[i] ?? 0] ?? problem.start) }, options)
  const ways = choices.reduce((product, places) => product * places.length, 1)
  const found = ways <= mostWaysTried ? bestOfAll(choices, tourOf) : descended(choices, tourOf, options)
  const { tour, chosen } = found
  if (ways <= mostWaysTried) {
    // Nothing below the least bound of all ways is possible.
    return {
      ...tour,
      chosen,
      lowerBound: Math.min(tour.length, found.lowerBound),
      optimal: found.lowerBound >= tour.length,
    }
  }
  const fixed = choices.flatMap((places) => (places.length === 1 ? places : []))
  const { lowerBound } = planTour({ ...problem, picks: fixed }, options)
  const isAll = tour.unreachable.length === 0
  return {
    ...tour,
    chosen,
    lowerBound: isAll ? Math.min(lowerBound, tour.length) : 0,
    optimal: isAll && lowerBound >= tour.length,
  }
}

interface Found {
  readonly tour: TourResult
  readonly chosen: readonly number[]
  readonly lowerBound: number
}

type TourOf = (chosen: readonly number[]) => TourResult

/** More picks visited first, then the shorter walk. */
const isBetter = (a: TourResult, b: TourResult): boolean =>
  a.order.length > b.order.length || (a.order.length === b.order.length && a.length < b.length)

function bestOfAll(choices: ChoiceProblem['choices'], tourOf: TourOf): Found {
  const chosen = choices.map(() => 0)
  let best: Found = { tour: tourOf(chosen), chosen: chosen.slice(), lowerBound: 0 }
  let lowerBound = best.tour.lowerBound
  for (;;) {
    let at = 0
    while (at < chosen.length && (chosen[at] ?? 0) + 1 === choices[at]?.length) chosen[at++] = 0
    if (at === chosen.length) return { ...best, lowerBound }
    chosen[at] = (chosen[at] ?? 0) + 1
    const tour = tourOf(chosen)
    if (tour.order.length === best.tour.order.length) lowerBound = Math.min(lowerBound, tour.lowerBound)
    else if (tour.order.length > best.tour.order.length) lowerBound = tour.lowerBound
    if (isBetter(tour, best.tour)) best = { tour, chosen: chosen.slice(), lowerBound }
  }
}

function descended(choices: ChoiceProblem['choices'], tourOf: TourOf, { isCancelled }: PlanOptions): Found {
  const chosen = choices.map(() => 0)
  let tour = tourOf(chosen)
  let isChanged = true
  for (let round = 0; isChanged && round < mostRounds; round++) {
    isChanged = false
    for (const [i, places] of choices.entries()) {
      for (let other = 0; other < places.length; other++) {
        const before = chosen[i] ?? 0
        if (other === before || isCancelled?.() === true) continue
        chosen[i] = other
        const tried = tourOf(chosen)
        if (isBetter(tried, tour)) {
          tour = tried
          isChanged = true
        } else chosen[i] = before
      }
    }
  }
  return { tour, chosen, lowerBound: 0 }
}
