import type { PackingOrder, PackingProblem } from '../problem.ts'
import type { PackedOrder, PackingResult } from '../result.ts'
import { checkProof, checkRefusals, checkSets } from './claims.ts'
import { checkParcel } from './parcel.ts'
import { piecesByParcel } from './pieces.ts'
import type { PackingRule, PackingViolation, Report } from './violation.ts'

/**
 * Everything that is wrong with a result, in the order of its orders and parcels; empty = sound. Written
 * apart from the planner: it shares the types of problem and result with it and nothing else. Cost: per
 * parcel the square of its pieces.
 */
export function verifyPacking(problem: PackingProblem, result: PackingResult): readonly PackingViolation[] {
  const violations: PackingViolation[] = []
  const reportFor =
    (orderId: string, parcel?: number): Report =>
    (rule: PackingRule, facts = {}) =>
      violations.push({ rule, orderId, ...(parcel === undefined ? {} : { parcel }), facts })
  const left = checkStock(problem, result, reportFor(''))
  checkOrders(problem, result, reportFor(''))
  const orderById = new Map(problem.orders.map((order) => [order.id, order]))
  for (const packed of result.orders) {
    const order = orderById.get(packed.id)
    if (order) checkOrder({ problem, order, left }, packed, (parcel) => reportFor(packed.id, parcel))
  }
  checkGrandTotals(result, reportFor(''))
  return violations
}

function checkOrder(
  { problem, order, left }: { problem: PackingProblem; order: PackingOrder; left: ReadonlyMap<string, number> },
  packed: PackedOrder,
  reportFor: (parcel?: number) => Report,
): void {
  const { cartons, rules } = problem
  const report = reportFor()
  const parcels = piecesByParcel(order, packed, report)
  for (const [at, parcel] of packed.parcels.entries()) {
    const carton = parcel.carton === null ? null : cartons.find(({ code }) => code === parcel.carton)
    if (carton === undefined) reportFor(at)('carton', { carton: parcel.carton })
    else checkParcel(parcel, parcels[at] ?? [], { rules, carton, report: reportFor(at) })
  }
  const maxParcels = rules.carrier?.maxParcels ?? Infinity
  if (packed.parcels.length > maxParcels) report('carrier', { parcels: packed.parcels.length, maxParcels })
  checkSets(packed, parcels, report)
  checkRefusals({ problem, order, left }, packed, report)
  checkProof(problem, { packed, parcels }, report)
}

/** One answer per order, in the problem's order. */
function checkOrders(problem: PackingProblem, result: PackingResult, report: Report): void {
  const asked = problem.orders.map(({ id }) => id)
  const answered = result.orders.map(({ id }) => id)
  if (asked.join('\n') !== answered.join('\n')) report('orders', { asked: asked.length, answered: answered.length })
}

/** Cartons left after the whole problem; a negative number is a violation. */
function checkStock(problem: PackingProblem, result: PackingResult, report: Report): ReadonlyMap<string, number> {
  const used = new Map<string, number>()
  for (const { carton } of result.orders.flatMap((order) => order.parcels))
    if (carton !== null) used.set(carton, (used.get(carton) ?? 0) + 1)
  const left = new Map(
    problem.cartons.map(({ code, available = Infinity }) => [code, available - (used.get(code) ?? 0)] as const),
  )
  for (const [carton, count] of left) if (count < 0) report('available', { carton, missing: -count })
  return left
}

function checkGrandTotals({ orders, totals }: PackingResult, report: Report): void {
  const parcels = orders.flatMap((order) => order.parcels)
  const right = {
    parcels: parcels.length,
    outerCm3: parcels.reduce((sum, parcel) => sum + parcel.outerCm3, 0),
    billableG: parcels.reduce((sum, parcel) => sum + parcel.billableG, 0),
    unpacked: orders.flatMap((order) => order.unpacked).reduce((sum, entry) => sum + entry.quantity, 0),
  }
  for (const [name, value] of Object.entries(right)) {
    const said = totals[name as keyof typeof right] // `right` names fields of the totals only
    if (said !== value) report('totals', { name, said, value })
  }
}
