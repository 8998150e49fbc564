import { isUsable } from './distances.ts'
import type { DeliverProblem, Window } from './types.ts'

/** The path of a field below the problem, and what was expected there. */
export interface DeliveryIssue {
  readonly path: string
  readonly expected: string
}

/**
 * The first thing that makes a problem impossible to read one way only: a missing or wrong-sized matrix, a depot
 * without a place, vectors of different lengths, the same stop id twice, a window that ends before it begins.
 */
export function checkDelivery(problem: DeliverProblem): DeliveryIssue | undefined {
  return matrixIssue(problem) ?? depotIssue(problem) ?? vehicleIssue(problem) ?? stopIssue(problem)
}

function matrixIssue({ metric, matrix, stops }: DeliverProblem): DeliveryIssue | undefined {
  if (metric !== 'matrix') return matrix && { path: 'matrix', expected: 'only with metric "matrix"' }
  const size = stops.length + 1
  if (matrix?.length !== size) return { path: 'matrix', expected: `${size} rows, the depot's first` }
  const row = matrix.findIndex((entries) => entries.length !== size)
  return row === -1 ? undefined : { path: `matrix[${row}]`, expected: `${size} entries` }
}

function depotIssue({ metric, depot, speedKmh }: DeliverProblem): DeliveryIssue | undefined {
  if (!isUsable(metric, depot.at)) return { path: 'depot.at', expected: 'a position' }
  if (speedKmh !== undefined && !(speedKmh > 0)) return { path: 'speedKmh', expected: 'more than 0' }
  return windowIssue('depot.window', depot.window)
}

function windowIssue(path: string, window: Window | undefined): DeliveryIssue | undefined {
  if (!window || window[0] <= window[1]) return undefined
  return { path, expected: 'a window that ends after it begins' }
}

function dimensionsOf(problem: DeliverProblem): number | undefined {
  return problem.vehicles.find(({ capacity }) => capacity !== undefined)?.capacity?.length
}

function vehicleIssue(problem: DeliverProblem): DeliveryIssue | undefined {
  const dimensions = dimensionsOf(problem)
  const seen = new Set<string>()
  for (const [i, { id, capacity }] of problem.vehicles.entries()) {
    if (seen.has(id)) return { path: `vehicles[${i}].id`, expected: 'an id that no other vehicle has' }
    seen.add(id)
    if (capacity && capacity.length !== dimensions) {
      return { path: `vehicles[${i}].capacity`, expected: `${dimensions} numbers` }
    }
  }
  return undefined
}

function stopIssue(problem: DeliverProblem): DeliveryIssue | undefined {
  const dimensions = dimensionsOf(problem)
  const seen = new Set<string>()
  for (const [i, { id, demand, window }] of problem.stops.entries()) {
    if (seen.has(id)) return { path: `stops[${i}].id`, expected: 'an id that no other stop has' }
    seen.add(id)
    if (demand && dimensions !== undefined && demand.length !== dimensions) {
      return { path: `stops[${i}].demand`, expected: `${dimensions} numbers, as the vehicles' capacity` }
    }
    const issue = windowIssue(`stops[${i}].window`, window)
    if (issue) return issue
  }
  return undefined
}
