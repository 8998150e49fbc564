import { join } from 'node:path'
import { planRoutes, verifyRoutes } from '../../../src-main/engines/delivery/index.ts'
import { judged, printSets, type Measurement } from '../picking/expected-values.ts'
import { cvrp, solomon, tsplib, type Referenced } from './sets.ts'

/**
 * Quality of delivery plans on the shared sets, with fixed search steps and seed 1, so that every machine gets the
 * same numbers. A plan that leaves a stop out counts as broken: every instance can be served whole.
 */
function measured({ set, problem, reference, iterations }: Referenced): Measurement {
  const result = planRoutes(problem, { iterations, now: () => performance.now() })
  const isBoundWrong = result.lowerBound > reference + 1e-6
  return {
    set,
    id: problem.id,
    value: result.distance,
    reference,
    isProven: result.optimal,
    faults: verifyRoutes(problem, result).length + result.unserved.length + (isBoundWrong ? 1 : 0),
    ms: result.ms,
  }
}

const problems = [
  ...tsplib(10_000),
  ...cvrp('A', 10_000),
  ...cvrp('X', 150_000),
  ...solomon(25, 10_000),
  ...solomon(50, 10_000),
  ...solomon(100, 100_000),
]
const measurements = problems.map(measured)
printSets(measurements)
process.exitCode = judged(measurements, join(import.meta.dirname, 'expected.csv'))
