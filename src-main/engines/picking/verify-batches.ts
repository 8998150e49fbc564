import { verifyTour } from './verify-tour.ts'
import type { BatchProblem, BatchResult, Fault, Place } from './types.ts'

const keyOf = (place: Place): string => (typeof place === 'number' ? String(place) : place.join(':'))

/**
 * Checks batches against their problem: every order once, in a batch or said to be impossible; no cart above its
 * capacity; every tour holds each pick of its orders once; every length is what `verifyTour` walks. Returns every
 * fault found. Cost as `verifyTour` per batch.
 */
export function verifyBatches(problem: BatchProblem, result: BatchResult): readonly Fault[] {
  const faults: Fault[] = []
  const say = (code: string, facts: Fault['facts']): void => void faults.push({ code, facts })
  if (result.id !== problem.id) say('wrong-id', { id: result.id })
  const times = problem.orders.map(() => 0)
  const unbatched = (result.unbatched ?? []).map(({ order }) => order)
  for (const order of [...result.batches.flatMap((batch) => batch.orders), ...unbatched]) {
    if (times[order] === undefined) say('no-such-order', { order })
    else times[order] += 1
  }
  times.forEach((count, order) => {
    if (count !== 1) say('order-not-once', { order, times: count })
  })
  result.batches.forEach((batch, i) => {
    const picks = batch.orders.flatMap((order) => problem.orders[order] ?? [])
    if (picks.length > problem.capacity) say('over-capacity', { batch: i, picks: picks.length })
    for (const fault of cartFaults(problem, batch.orders)) say(fault.code, { ...fault.facts, batch: i })
    for (const fault of tourFaults(problem, batch, picks)) say(fault.code, { ...fault.facts, batch: i })
  })
  const length = result.batches.reduce((sum, batch) => sum + batch.length, 0)
  if (Math.abs(length - result.length) > 1e-6) say('wrong-length', { stated: result.length, summed: length })
  for (const { order, reason } of result.unbatched ?? []) {
    const count = problem.orders[order]?.length ?? 0
    if (reason === 'over-capacity' && count <= problem.capacity) say('order-fits', { order, picks: count })
    const isOverCart = cartFaults(problem, [order]).some(({ code }) => code === reason)
    if (reason !== 'over-capacity' && reason !== 'unreachable' && !isOverCart) say('order-fits', { order, reason })
  }
  for (const fault of timeFaults(problem, result)) say(fault.code, fault.facts)
  return faults
}

/** What the orders of one cart ask of it above its limits, and zones that may not meet. */
function cartFaults({ cart, demands }: BatchProblem, orders: readonly number[]): readonly Fault[] {
  const faults: Fault[] = []
  const whenNotGiven = { totes: 1, weight: 0, volume: 0 }
  for (const limit of ['totes', 'weight', 'volume'] as const) {
    const most = cart?.[limit]
    const load = orders.reduce((sum, order) => sum + (demands?.[order]?.[limit] ?? whenNotGiven[limit]), 0)
    if (most !== undefined && load > most + 1e-9) faults.push({ code: `over-${limit}`, facts: { load, most } })
  }
  const zones = new Set(orders.flatMap((order) => demands?.[order]?.zone ?? []))
  if (zones.size > 1) faults.push({ code: 'mixed-zones', facts: { zones: zones.size } })
  return faults
}

/** With a pace: every walk takes its time, no more walks at once than pickers, lateness as stated. */
function timeFaults({ pace, demands, orders }: BatchProblem, { batches }: BatchResult): readonly Fault[] {
  if (!pace) return []
  const faults: Fault[] = []
  batches.forEach((batch, i) => {
    const { starts = -1, ends = -1, late = -1 } = batch
    const picks = batch.orders.reduce((sum, order) => sum + (orders[order]?.length ?? 0), 0)
    const takes = batch.length / pace.unitsPerMinute + picks * pace.minutesPerPick
    if (starts < 0 || Math.abs(ends - starts - takes) > 1e-6)
      faults.push({ code: 'wrong-time', facts: { batch: i, takes } })
    const missed = batch.orders.reduce((sum, order) => sum + Math.max(0, ends - (demands?.[order]?.due ?? Infinity)), 0)
    if (Math.abs(missed - late) > 1e-6)
      faults.push({ code: 'wrong-lateness', facts: { batch: i, missed, stated: late } })
    const atOnce = batches.filter((other) => (other.starts ?? 0) <= starts && (other.ends ?? 0) > starts + 1e-9).length
    if (atOnce > (pace.pickers ?? 1)) faults.push({ code: 'too-few-pickers', facts: { batch: i, atOnce } })
  })
  return faults
}

function tourFaults(
  problem: BatchProblem,
  batch: BatchResult['batches'][number],
  picks: readonly Place[],
): readonly Fault[] {
  const asked = picks.map(keyOf).sort().join(' ')
  const held = batch.tour.map(keyOf).sort().join(' ')
  if (asked !== held) return [{ code: 'wrong-picks', facts: { asked: picks.length, held: batch.tour.length } }]
  const { floor, start, end } = problem
  const order = batch.tour.map((_, i) => i)
  return verifyTour(
    { id: '', floor, start, end, picks: batch.tour },
    {
      id: '',
      order,
      length: batch.length,
      lowerBound: 0,
      optimal: false,
      method: 'local-search',
      unreachable: [],
      ms: 0,
    },
  )
}
