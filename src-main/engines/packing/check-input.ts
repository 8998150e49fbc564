import { AppError } from '../../kernel/errors.ts'
import type { Size } from '../../kernel/units.ts'
import type { PackingCarton, PackingItem, PackingOrder, PackingProblem, PackingRules, PackingSetup } from './problem.ts'

/** 100 m: volumes of such a piece are still exact, and a spot's three coordinates still fit one score. */
const longestMm = 99_999
/** What adds up over a million pieces and stays exact. */
const most = 1_000_000_000
const mostPieces = 1_000_000

/** Throws ERR_INPUT_INVALID with `path` and `expected` at the first entry the engine cannot reckon with. Cost: linear. */
export function requirePlannable(problem: PackingProblem): void {
  requireSetup(problem)
  requireDifferent(problem.orders, 'orders', ({ id }) => id)
  for (const [at, order] of problem.orders.entries()) requireOrder(order, `orders[${at}].`)
}

export function requireSetup({ cartons, rules }: PackingSetup): void {
  for (const [at, carton] of cartons.entries()) requireCarton(carton, `cartons[${at}]`)
  requireDifferent(cartons, 'cartons', ({ code }) => code)
  requireRules(rules)
}

export function requireOrder(order: PackingOrder, path = ''): void {
  for (const [at, item] of order.items.entries()) requireItem(item, `${path}items[${at}]`)
}

function requireCarton(carton: PackingCarton, path: string): void {
  requireSize(carton.innerMm, `${path}.innerMm`)
  requireSize(carton.outerMm, `${path}.outerMm`)
  const { tareG, maxGrossG, costMinor, paddingMm, coolantMm3, coolantG, available, maxVolumeCm3 } = carton
  for (const [name, value] of Object.entries({ tareG, maxGrossG, costMinor, paddingMm, coolantG, available }))
    requireWhole(value, { path: `${path}.${name}`, least: 0 })
  requireWhole(coolantMm3, { path: `${path}.coolantMm3`, least: 0, upTo: longestMm ** 3 })
  requireWhole(maxVolumeCm3, { path: `${path}.maxVolumeCm3`, least: 1 })
}

function requireRules({ minSupport, dimDivisorCm3PerKg, carrier, tariff }: PackingRules): void {
  if (!(minSupport >= 0 && minSupport <= 1)) refuse('rules.minSupport', '0, or a share from 0.5 to 1')
  requireWhole(dimDivisorCm3PerKg, { path: 'rules.dimDivisorCm3PerKg', least: 1 })
  for (const [name, value] of Object.entries(carrier ?? {}))
    requireWhole(value, { path: `rules.carrier.${name}`, least: 0 })
  for (const [at, row] of tariff.entries())
    for (const [name, value] of Object.entries(row))
      requireWhole(value, { path: `rules.tariff[${at}].${name}`, least: 0 })
}

function requireItem(item: PackingItem, path: string): void {
  const { sizeMm, volumeCm3, quantity, weightG, handling } = item
  requireWhole(quantity, { path: `${path}.quantity`, least: 1, upTo: mostPieces })
  requireWhole(weightG, { path: `${path}.weightG`, least: 0 })
  requireWhole(volumeCm3, { path: `${path}.volumeCm3`, least: 1 })
  if (sizeMm !== null) requireSize(sizeMm, `${path}.sizeMm`)
  else if (volumeCm3 === undefined) refuse(`${path}.volumeCm3`, 'a volume where sizeMm is null')
  for (const [at, folded] of handling.foldedMm.entries()) requireSize(folded, `${path}.handling.foldedMm[${at}]`)
  requireWhole(handling.maxLoadG, { path: `${path}.handling.maxLoadG`, least: 0 })
  requireWhole(handling.dangerousG, { path: `${path}.handling.dangerousG`, least: 0 })
  if (handling.orientation.length === 0) refuse(`${path}.handling.orientation`, 'at least one side that may stand')
}

function requireSize(size: Size, path: string): void {
  if (size.length !== 3) refuse(path, 'three sides')
  for (const [axis, side] of size.entries()) requireWhole(side, { path: `${path}[${axis}]`, least: 1, upTo: longestMm })
}

/** Nothing to check where nothing is given. */
function requireWhole(
  value: number | undefined,
  { path, least, upTo = most }: { readonly path: string; readonly least: number; readonly upTo?: number },
): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= upTo))
    refuse(path, `a whole number from ${least} to ${upTo}`)
}

function requireDifferent<Entry>(entries: readonly Entry[], path: string, nameOf: (entry: Entry) => string): void {
  const seen = new Set<string>()
  for (const [at, entry] of entries.entries()) {
    if (seen.has(nameOf(entry))) refuse(`${path}[${at}]`, 'a name that no other has')
    seen.add(nameOf(entry))
  }
}

function refuse(path: string, expected: string): never {
  throw new AppError('ERR_INPUT_INVALID', { path, expected })
}
