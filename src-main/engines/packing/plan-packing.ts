import type { Budget } from '../../kernel/budget.ts'
import { AppError } from '../../kernel/errors.ts'
import { requirePlannable } from './check-input.ts'
import { groundOf } from './model/ground.ts'
import { planOrderOn } from './plan-order.ts'
import type { PackingOrder, PackingProblem } from './problem.ts'
import { basketsOf } from './repeated-baskets.ts'
import type { PackedOrder, PackingResult } from './result.ts'

export interface PackingOptions {
  /** Default 1. */
  readonly seed?: number | undefined
  /** The budget of an order, by its place in the problem; without it the engine's own number of steps. */
  readonly budget?: ((orderIndex: number) => Budget) | undefined
  /** A monotonic clock in milliseconds for the `ms` fields; without it they are 0. */
  readonly now?: (() => number) | undefined
  /** Asked before every order; true ends the call with ERR_CANCELLED. */
  readonly isCancelled?: (() => boolean) | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Plans the orders one after the other; cartons of limited number are counted over the whole problem, so
 * an earlier order is served first. Every order starts from the same seed: without limited cartons its
 * plan does not depend on the others, wherever it runs, and a basket that was planned before is not planned
 * again. Errors: ERR_INPUT_INVALID (`path`, `expected`)
 * before anything is planned, ERR_CANCELLED.
 */
export function planPacking(problem: PackingProblem, options: PackingOptions = {}): PackingResult {
  const { seed, budget, now, isCancelled, onProgress } = options
  const startMs = now?.() ?? 0
  requirePlannable(problem)
  const stock: Record<string, number> = {}
  for (const { code, available } of problem.cartons) if (available !== undefined) stock[code] = available
  const ground = groundOf(problem)
  // Where stock runs down or budgets differ, the same basket need not get the same plan.
  const baskets = budget === undefined && Object.keys(stock).length === 0 ? basketsOf() : undefined
  const planned = (order: PackingOrder, index: number): PackedOrder => {
    const orderStartMs = now?.() ?? 0
    const repeated = baskets?.find(order)
    if (repeated) return { ...repeated, ms: now ? now() - orderStartMs : 0 }
    const plan = planOrderOn(ground, order, { seed, budget: budget?.(index), stock, now })
    baskets?.keep(order, plan)
    return plan
  }
  const orders: PackedOrder[] = []
  for (const [index, order] of problem.orders.entries()) {
    if (isCancelled?.() === true) throw new AppError('ERR_CANCELLED')
    const packed = planned(order, index)
    for (const { carton } of packed.parcels) {
      const left = carton === null ? undefined : stock[carton]
      if (carton !== null && left !== undefined) stock[carton] = left - 1
    }
    orders.push(packed)
    onProgress?.(orders.length, problem.orders.length)
  }
  return { orders, totals: totalsOf(orders, now ? now() - startMs : 0) }
}

/** Adds plans up, whoever made them; `ms` is handed in because orders may have been planned side by side. */
export function totalsOf(orders: readonly PackedOrder[], ms: number): PackingResult['totals'] {
  const parcels = orders.flatMap((order) => order.parcels)
  return {
    parcels: parcels.length,
    outerCm3: parcels.reduce((sum, parcel) => sum + parcel.outerCm3, 0),
    billableG: parcels.reduce((sum, parcel) => sum + parcel.billableG, 0),
    unpacked: orders.flatMap((order) => order.unpacked).reduce((sum, item) => sum + item.quantity, 0),
    ms,
  }
}
