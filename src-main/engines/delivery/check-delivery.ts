import { isUsable } from './distances.ts'
import type { DeliverProblem, Stop, Window } from './types.ts'

/** The path of a field below the problem, and what was expected there. */
export interface DeliveryIssue {
  readonly path: string
  readonly expected: string
}

/**
 * The first thing that makes a problem impossible to read one way only: a missing or wrong-sized matrix, a depot
 * without a place, vectors of different lengths, amounts below 0 or too large to add up, the same stop id twice, a window that ends before it
 * begins, lists of stops that contradict one another.
 */
export function checkDelivery(problem: DeliverProblem): DeliveryIssue | undefined {
  return (
    matrixIssue(problem) ?? depotIssue(problem) ?? vehicleIssue(problem) ?? stopIssue(problem) ?? wishIssue(problem)
  )
}

/** Beyond this sums are no longer exact; the way round the earth in millimetres is a twentieth of it. */
const mostAmount = 1e12
const isAmount = (value: number | undefined): boolean => value === undefined || (value >= 0 && value <= mostAmount)
const amountExpected = `a number from 0 to ${mostAmount}`

function matrixIssue({ metric, matrix, times, stops }: DeliverProblem): DeliveryIssue | undefined {
  if (metric === 'matrix') {
    return tableIssue('matrix', matrix, stops.length + 1) ?? (times && tableIssue('times', times, stops.length + 1))
  }
  const path = matrix ? 'matrix' : times ? 'times' : undefined
  return path === undefined ? undefined : { path, expected: 'only with metric "matrix"' }
}

function tableIssue(path: string, table: DeliverProblem['matrix'], size: number): DeliveryIssue | undefined {
  if (table?.length !== size) return { path, expected: `${size} rows, the depot's first` }
  const row = table.findIndex((entries) => entries.length !== size)
  if (row !== -1) return { path: `${path}[${row}]`, expected: `${size} entries` }
  for (const [from, entries] of table.entries()) {
    const to = entries.findIndex((way) => way !== null && !isAmount(way))
    if (to !== -1) return { path: `${path}[${from}][${to}]`, expected: amountExpected }
  }
  return undefined
}

function depotIssue({ metric, depot, speedKmh, times }: DeliverProblem): DeliveryIssue | undefined {
  if (times && speedKmh !== undefined) return { path: 'speedKmh', expected: 'none beside "times"' }
  if (!isUsable(metric, depot.at)) return { path: 'depot.at', expected: 'a position' }
  if (speedKmh !== undefined && !(speedKmh > 0)) return { path: 'speedKmh', expected: 'more than 0' }
  return windowIssue('depot.window', depot.window)
}

function windowIssue(path: string, window: Window | undefined): DeliveryIssue | undefined {
  if (!window || (window[0] <= window[1] && window[0] >= 0)) return undefined
  return { path, expected: 'a window that ends after it begins' }
}

function dimensionsOf(problem: DeliverProblem): number | undefined {
  return problem.vehicles.find(({ capacity }) => capacity !== undefined)?.capacity?.length
}

function vehicleIssue(problem: DeliverProblem): DeliveryIssue | undefined {
  const dimensions = dimensionsOf(problem)
  const seen = new Set<string>()
  for (const [i, { id, count, capacity, trips, reloadS }] of problem.vehicles.entries()) {
    if (seen.has(id)) return { path: `vehicles[${i}].id`, expected: 'an id that no other vehicle has' }
    seen.add(id)
    if (capacity && capacity.length !== dimensions) {
      return { path: `vehicles[${i}].capacity`, expected: `${dimensions} numbers` }
    }
    const wrong = capacity?.findIndex((limit) => !isAmount(limit)) ?? -1
    if (wrong !== -1) return { path: `vehicles[${i}].capacity[${wrong}]`, expected: amountExpected }
    if (!isAmount(count)) return { path: `vehicles[${i}].count`, expected: amountExpected }
    if (!isAmount(reloadS)) return { path: `vehicles[${i}].reloadS`, expected: amountExpected }
    if (trips !== undefined && !(trips >= 1)) return { path: `vehicles[${i}].trips`, expected: '1 or more' }
  }
  return undefined
}

function stopIssue(problem: DeliverProblem): DeliveryIssue | undefined {
  const dimensions = dimensionsOf(problem)
  const seen = new Set<string>()
  for (const [i, stop] of problem.stops.entries()) {
    const { id, demand, window } = stop
    if (seen.has(id)) return { path: `stops[${i}].id`, expected: 'an id that no other stop has' }
    seen.add(id)
    if (demand && dimensions !== undefined && demand.length !== dimensions) {
      return { path: `stops[${i}].demand`, expected: `${dimensions} numbers, as the vehicles' capacity` }
    }
    const issue = windowIssue(`stops[${i}].window`, window) ?? numberIssue(`stops[${i}]`, stop)
    if (issue) return issue
  }
  return undefined
}

function numberIssue(
  path: string,
  { demand, serviceS, softWindow, pricePerS, priority }: Stop,
): DeliveryIssue | undefined {
  const wrong = demand?.findIndex((amount) => !isAmount(amount)) ?? -1
  if (wrong !== -1) return { path: `${path}.demand[${wrong}]`, expected: amountExpected }
  for (const [field, value] of Object.entries({ serviceS, pricePerS, priority })) {
    if (!isAmount(value)) return { path: `${path}.${field}`, expected: amountExpected }
  }
  return windowIssue(`${path}.softWindow`, softWindow)
}

/** Lists of stops that exist, once each, and that do not contradict one another; weights of 0 or more. */
function wishIssue({ stops, sequences, balance, compactness }: DeliverProblem): DeliveryIssue | undefined {
  for (const [field, value] of Object.entries({ balance, compactness })) {
    if (!isAmount(value)) return { path: field, expected: amountExpected }
  }
  const behind = new Map<string, string[]>(stops.map(({ id }) => [id, []]))
  for (const [i, list] of (sequences ?? []).entries()) {
    for (const [k, id] of list.entries()) {
      if (!behind.has(id)) return { path: `sequences[${i}][${k}]`, expected: 'the id of a stop' }
      if (list.indexOf(id) !== k) return { path: `sequences[${i}][${k}]`, expected: 'each stop once in a list' }
      const next = list[k + 1]
      if (next !== undefined) behind.get(id)?.push(next)
    }
  }
  return isCircular(behind) ? { path: 'sequences', expected: 'lists that do not contradict one another' } : undefined
}

/** True when following the lists leads back: stops with nothing before them are taken away until none is (Kahn 1962). */
function isCircular(behind: ReadonlyMap<string, readonly string[]>): boolean {
  const before = new Map<string, number>()
  for (const next of [...behind.values()].flat()) before.set(next, (before.get(next) ?? 0) + 1)
  const free = [...behind.keys()].filter((id) => !before.has(id))
  let taken = 0
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    taken++
    for (const next of behind.get(id) ?? []) {
      const left = (before.get(next) ?? 0) - 1
      before.set(next, left)
      if (left === 0) free.push(next)
    }
  }
  return taken < behind.size
}
