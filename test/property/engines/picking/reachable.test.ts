import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planTour, unreachableLocations, type TourProblem } from '../../../../src-main/engines/picking/index.ts'
import { aisleProblems, graphProblems } from './floors.ts'

/** What a tour for that one place alone says. */
function unreachableAlone({ floor, start, end, picks }: TourProblem): readonly string[] {
  const isEndLost = planTour({ id: '', floor, start, end, picks: [] }).unreachable.length > 0
  return picks.flatMap((place, i) =>
    isEndLost || planTour({ id: '', floor, start, end, picks: [place] }).unreachable.length > 0 ? [String(i)] : [],
  )
}

test('a location is unreachable just when no tour for it alone passes it, on aisles and on one-way lanes', () => {
  fc.assert(
    fc.property(fc.oneof(aisleProblems(5), graphProblems(5)), (problem) => {
      const locations = problem.picks.map((place, i) => ({ name: String(i), place }))
      expect(unreachableLocations(problem.floor, locations, problem)).toEqual(unreachableAlone(problem))
    }),
    { numRuns: 500, seed: 20267 },
  )
})
