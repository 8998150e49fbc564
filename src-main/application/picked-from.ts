import type { Parcel } from '../domain/parcel.ts'
import type { StockLevel } from '../domain/stock.ts'
import type { Workshop } from './workshop.ts'

/** A place from which pieces of a parcel were taken. */
export interface PickedFrom {
  readonly sku: string
  readonly location: string
  readonly lot: string | undefined
}

/** Where a parcel's pieces were taken from, in the order of its tour. */
export async function pickedFrom(
  { store }: Pick<Workshop, 'store'>,
  parcel: Pick<Parcel, 'id' | 'waveId'>,
): Promise<readonly PickedFrom[]> {
  const { tours } = await store.loadWave(parcel.waveId)
  return tours
    .flatMap((tour) => tour.stops)
    .filter((stop) => stop.parcelId === parcel.id && stop.picked > 0)
    .map(({ sku, location, lot }) => ({ sku, location, lot }))
}

export const isSameLot = (level: StockLevel, sku: string, lot: string): boolean =>
  level.sku === sku && level.lot === lot && level.bestBefore !== undefined
