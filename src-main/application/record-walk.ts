import type { PickTour, TourWalk } from '../domain/tour.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import type { Workshop } from './workshop.ts'

/** Longer between two stops is a break, and no part of the work; the longest walk of a big floor takes four minutes. */
const breakMs = 600_000

/**
 * The tour with what was really done on it: which stops have nothing open any more, in what order and when; and once
 * all have, how far that order led and how long it took. Stops of cancelled parcels are waited for by nobody.
 */
export async function withWalk(
  deps: Pick<Workshop, 'planners' | 'system'>,
  bundle: WaveBundle,
  tour: PickTour,
): Promise<PickTour> {
  const isCancelled = new Map(bundle.parcels.map((parcel) => [parcel.id, parcel.status === 'cancelled']))
  const open = tour.stops.filter((stop) => stop.picked + stop.short < stop.quantity)
  const before = (tour.walk?.done ?? []).filter(([seq]) => !open.some((stop) => stop.seq === seq))
  const known = new Set(before.map(([seq]) => seq))
  const at = deps.system.clock.now()
  const newly = tour.stops.filter((stop) => !open.includes(stop) && !known.has(stop.seq))
  // A station that was cut off tells of its stops later than of others that were done after them.
  const done = [...before, ...newly.map((stop) => [stop.seq, at] as const)].sort(([, a], [, b]) => a - b)
  if (done.length === 0) return tour
  if (open.some((stop) => !isCancelled.get(stop.parcelId))) return { ...tour, walk: { done } }
  return { ...tour, walk: await finished(deps, bundle, { tour, done }) }
}

async function finished(
  deps: Pick<Workshop, 'planners'>,
  { floor, settings }: WaveBundle,
  { tour, done }: { readonly tour: PickTour; readonly done: TourWalk['done'] },
): Promise<TourWalk> {
  if (!floor) return { done }
  const stopBySeq = new Map(tour.stops.map((stop) => [stop.seq, stop]))
  const stops = done.flatMap(([seq]) => stopBySeq.get(seq) ?? [])
  const places = [floor.depot, ...stops.map((stop) => stop.place), floor.packingTable]
  const { aisleX, crossY, missing } = floor
  const { length } = await deps.planners.walk({ kind: 'aisles', aisleX, crossY, missing }, places)
  // A floor redrawn under a tour may have no way any more: then nobody knows how far it was, and no report may say so.
  if (!Number.isFinite(length)) return { done }
  const times = done.map(([, at]) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at))
  const pieces = tour.stops.reduce((sum, stop) => sum + stop.quantity, 0)
  const { walkMetresPerMinute, secondsPerPick } = settings.picking
  return {
    done,
    finished: {
      at: Math.max(...times),
      walkedMm: Math.round(length),
      workedMs: gaps.filter((gap) => gap > 0 && gap <= breakMs).reduce((sum, gap) => sum + gap, 0),
      plannedMs: Math.round((tour.lengthMm / 1000 / walkMetresPerMinute) * 60_000 + pieces * secondsPerPick * 1000),
    },
  }
}
