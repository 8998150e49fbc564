import type { BatchProblem, UnbatchedOrder } from './types.ts'
import { minutesOf } from './walking-time.ts'

/** A walk of the plan: its orders and how long it is. */
export interface OrdersWalked {
  readonly orders: readonly number[]
  readonly length: number
}

/** What may share a cart, and what being late costs. */
export interface BatchRules {
  /** True when one cart can take these orders: picks, totes, weight, volume, one zone. Cost linear. */
  fits(orders: readonly number[]): boolean
  /** Minutes after their due times in which the orders of these walks come back, in all; 0 without due times. */
  lateness(walks: readonly OrdersWalked[]): number
  readonly hasDueTimes: boolean
  /** Floor units of walking that a minute of lateness weighs. */
  readonly latePrice: number
}

/** A minute late weighs as much as this many minutes of walking: lateness goes before length, within reason. */
const minutesWalkedPerMinuteLate = 20

/** Rules of a problem. An order of no zone goes with any. */
export function batchRules(problem: BatchProblem): BatchRules {
  const limits = limitsOf(problem)
  const loads = limits.map(({ of }) => Float64Array.from(problem.orders, (_, order) => of(order)))
  const zones = problem.demands?.map(({ zone }) => zone)
  const hasZones = zones?.some((zone) => zone !== undefined) === true
  const hasDueTimes = problem.pace !== undefined && problem.demands?.some(({ due }) => due !== undefined) === true
  return {
    fits: (orders) => {
      if (hasZones && !isOneZone(orders, zones)) return false
      for (let k = 0; k < limits.length; k++) {
        let sum = 0
        for (const order of orders) sum += loads[k]?.[order] ?? 0
        if (sum > (limits[k]?.most ?? Infinity)) return false
      }
      return true
    },
    lateness: (walks) => (hasDueTimes ? timetable(problem, walks).reduce((sum, { late }) => sum + late, 0) : 0),
    hasDueTimes,
    latePrice: minutesWalkedPerMinuteLate * (problem.pace?.unitsPerMinute ?? 0),
  }
}

interface Limit {
  readonly reason: UnbatchedOrder['reason']
  readonly most: number
  readonly of: (order: number) => number
}

function limitsOf({ capacity, cart, demands, orders }: BatchProblem): readonly Limit[] {
  const limits: Limit[] = [
    { reason: 'over-capacity', most: capacity, of: (order) => orders[order]?.length ?? 0 },
    { reason: 'over-totes', most: cart?.totes ?? Infinity, of: (order) => demands?.[order]?.totes ?? 1 },
    { reason: 'over-weight', most: cart?.weight ?? Infinity, of: (order) => demands?.[order]?.weight ?? 0 },
    { reason: 'over-volume', most: cart?.volume ?? Infinity, of: (order) => demands?.[order]?.volume ?? 0 },
  ]
  return limits.filter(({ reason, most }) => reason === 'over-capacity' || most < Infinity)
}

function isOneZone(orders: readonly number[], zones: readonly (number | undefined)[]): boolean {
  let zone: number | undefined
  for (const order of orders) {
    const own = zones[order]
    if (own === undefined) continue
    if (zone !== undefined && own !== zone) return false
    zone = own
  }
  return true
}

/** Why no cart can take an order by itself, with the numbers; undefined when one can. */
export function overload(problem: BatchProblem, order: number): UnbatchedOrder | undefined {
  const picks = problem.orders[order]?.length ?? 0
  for (const { reason, most, of } of limitsOf(problem)) {
    const load = of(order)
    if (load <= most) continue
    const facts = reason === 'over-capacity' ? { picks, capacity: most } : { picks, load, most }
    return { order, reason, facts }
  }
  return undefined
}

/** When a walk starts and is back, in minutes from now, and how late its orders are in all. */
export interface Timed {
  readonly starts: number
  readonly ends: number
  readonly late: number
}

/**
 * Walks in the order of their earliest due time (Jackson 1955), each taken by the picker who is free first; walks
 * without one come last. Minutes as `BatchProblem.pace` reckons them; the result is in the order of `walks`.
 */
export function timetable(problem: BatchProblem, walks: readonly OrdersWalked[]): readonly Timed[] {
  const { pace, demands, orders } = problem
  if (!pace) return walks.map(() => ({ starts: 0, ends: 0, late: 0 }))
  const dueOf = (order: number): number => demands?.[order]?.due ?? Infinity
  const earliest = walks.map((walk) => walk.orders.reduce((least, order) => Math.min(least, dueOf(order)), Infinity))
  const order = walks.map((_, i) => i)
  order.sort((a, b) => compared(earliest[a] ?? 0, earliest[b] ?? 0) || a - b)
  const freeAt = new Array<number>(Math.max(1, pace.pickers ?? 1)).fill(0)
  const timed: Timed[] = walks.map(() => ({ starts: 0, ends: 0, late: 0 }))
  for (const i of order) {
    const walk = walks[i] ?? { orders: [], length: 0 }
    let picker = 0
    for (let p = 1; p < freeAt.length; p++) if ((freeAt[p] ?? 0) < (freeAt[picker] ?? 0)) picker = p
    const starts = freeAt[picker] ?? 0
    const picks = walk.orders.reduce((sum, at) => sum + (orders[at]?.length ?? 0), 0)
    const ends = starts + minutesOf({ length: walk.length, picks }, pace)
    freeAt[picker] = ends
    timed[i] = { starts, ends, late: walk.orders.reduce((sum, at) => sum + Math.max(0, ends - dueOf(at)), 0) }
  }
  return timed
}

/** Infinity minus Infinity is no number. */
const compared = (a: number, b: number): number => (a === b ? 0 : a - b)
