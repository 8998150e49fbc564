import { isoDay } from '../kernel/time.ts'
import { piecesOf, type HoldReason, type Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import { freeOf, type StockLevel } from '../domain/stock.ts'
import type { Stop } from '../domain/tour.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'

/** Pieces of one parcel to be taken out of one location. */
export interface Allotment {
  readonly parcel: Parcel
  readonly sku: string
  readonly quantity: number
  readonly level: StockLevel
}

/** Stops whose promise still stands: those of a cancelled parcel were given back when it was cancelled. */
export function promisedStops(bundle: Pick<WaveBundle, 'tours' | 'parcels'>): readonly Stop[] {
  const cancelled = new Set(bundle.parcels.filter((parcel) => parcel.status === 'cancelled').map((parcel) => parcel.id))
  return bundle.tours.flatMap((tour) => tour.stops).filter((stop) => !cancelled.has(stop.parcelId))
}

/** What the wave promised itself in a former plan is free for the next one. */
function freeByLevel(bundle: Pick<WaveBundle, 'levels' | 'tours' | 'parcels'>): Map<StockLevel, number> {
  const mine = new Map<string, number>()
  for (const stop of promisedStops(bundle)) {
    const key = `${stop.sku}|${stop.location}|${stop.lot ?? ''}`
    mine.set(key, (mine.get(key) ?? 0) + stop.quantity - stop.picked - stop.short)
  }
  return new Map(
    bundle.levels.map((level) => [
      level,
      freeOf(level) + (mine.get(`${level.sku}|${level.location}|${level.lot}`) ?? 0),
    ]),
  )
}

/** Levels a picker may take from: of products, at a place on the floor, keeping for the days the shop has set. */
export function usableLevels(bundle: WaveBundle, now: number): readonly StockLevel[] {
  const keepUntil = isoDay(now + bundle.settings.picking.keepDays * 86_400_000, bundle.settings.shop.zone)
  const onFloor = new Set(bundle.locations.map((location) => location.code))
  return bundle.levels.filter(
    (level) =>
      level.of === 'product' &&
      onFloor.has(level.location) &&
      (level.bestBefore === undefined || level.bestBefore >= keepUntil),
  )
}

/**
 * Orders whose pieces are not all there, oldest order served first; each with the first SKU that is short. Counts what
 * chooseLocations may take and nothing else, so that an order which passes here finds its pieces there.
 */
export function stockShortages(bundle: WaveBundle, now: number): ReadonlyMap<string, HoldReason> {
  const left = new Map<string, number>()
  const free = freeByLevel(bundle)
  for (const level of usableLevels(bundle, now))
    left.set(level.sku, (left.get(level.sku) ?? 0) + (free.get(level) ?? 0))
  const short = new Map<string, HoldReason>()
  const living = bundle.orders.filter((order) => order.status !== 'cancelled')
  for (const order of living.toSorted((a, b) => a.placedAt - b.placedAt)) {
    const missing = order.lines.find((line) => neededOf(order, line.sku) > (left.get(line.sku) ?? 0))
    if (missing)
      short.set(order.id, {
        code: 'stock-short',
        facts: { sku: missing.sku, wanted: neededOf(order, missing.sku), free: left.get(missing.sku) ?? 0 },
      })
    else
      for (const sku of new Set(order.lines.map((line) => line.sku)))
        left.set(sku, (left.get(sku) ?? 0) - neededOf(order, sku))
  }
  return short
}

const neededOf = (order: Order, sku: string): number =>
  order.lines.reduce((sum, line) => sum + (line.sku === sku ? piecesOf(line) : 0), 0)

/**
 * Chooses where each piece of the wave's parcels is taken: the earliest best-before date that still keeps the days the
 * shop has set, then the fullest location (fewer halts), then the location's code. Parcels in order of their code.
 * What no location holds is in `missing`.
 */
export function chooseLocations(
  bundle: WaveBundle,
  options: { readonly parcels: readonly Parcel[]; readonly now: number },
): {
  readonly allotments: readonly Allotment[]
  readonly missing: readonly { readonly parcel: Parcel; readonly sku: string; readonly quantity: number }[]
} {
  const free = freeByLevel(bundle)
  const usable = usableLevels(bundle, options.now).toSorted(
    (a, b) =>
      (a.bestBefore ?? '9999').localeCompare(b.bestBefore ?? '9999') ||
      (free.get(b) ?? 0) - (free.get(a) ?? 0) ||
      a.location.localeCompare(b.location),
  )
  const usableBySku = Map.groupBy(usable, (level) => level.sku)
  const allotments: Allotment[] = []
  const missing: { parcel: Parcel; sku: string; quantity: number }[] = []
  for (const parcel of options.parcels) {
    for (const [sku, contents] of Map.groupBy(parcel.contents, (content) => content.sku)) {
      let left = contents.reduce((sum, content) => sum + content.quantity, 0)
      for (const level of usableBySku.get(sku) ?? []) {
        const quantity = Math.min(left, free.get(level) ?? 0)
        if (quantity <= 0) continue
        free.set(level, (free.get(level) ?? 0) - quantity)
        allotments.push({ parcel, sku, quantity, level })
        left -= quantity
      }
      if (left > 0) missing.push({ parcel, sku, quantity: left })
    }
  }
  return { allotments, missing }
}
