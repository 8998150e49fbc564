import { join } from 'node:path'
import { planBatches, planTour, verifyBatches, verifyTour } from '../../../src-main/engines/picking/index.ts'
import type { BatchProblem, TourProblem } from '../../../src-main/engines/picking/index.ts'
import { judged, printSets, type Measurement } from './expected-values.ts'
import { aisleSets, aisleTours, asGraphTour, batchings, graphTours, type Referenced } from './sets.ts'

/**
 * Quality of picking plans on the shared sets, with the engine's own step budgets and seed 1, so that every machine
 * gets the same numbers. `pick-search` puts the floors with more than 15 picks to the general search as graphs.
 */
function measuredTour(set: string, { problem, reference }: Referenced<TourProblem>): Measurement {
  const result = planTour(problem, { now: () => performance.now() })
  return {
    set,
    id: problem.id,
    value: result.length,
    reference,
    isProven: result.optimal,
    faults: verifyTour(problem, result).length + (result.lowerBound > reference ? 1 : 0),
    ms: result.ms,
  }
}

function measuredBatches({ problem, reference }: Referenced<BatchProblem>): Measurement {
  const result = planBatches(problem, { now: () => performance.now() })
  return {
    set: 'batching',
    id: problem.id,
    value: result.length,
    reference,
    isProven: result.optimal,
    faults: verifyBatches(problem, result).length,
    ms: result.ms,
  }
}

const large = aisleSets
  .flatMap((set) => aisleTours(set))
  .filter(({ problem }) => problem.picks.length > 20 && problem.picks.length <= 100)
const measurements = [
  ...aisleSets.flatMap((set) => aisleTours(set).map((tour) => measuredTour(set, tour))),
  ...graphTours().map((tour) => measuredTour('pick-graph', tour)),
  ...large.map((tour) => measuredTour('pick-search', asGraphTour(tour))),
  ...batchings().map(measuredBatches),
]
printSets(measurements)
process.exitCode = judged(measurements, join(import.meta.dirname, 'expected.csv'))
