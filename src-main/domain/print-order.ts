import type { PickTour } from './tour.ts'

interface OnTheFloor {
  readonly id: string
  readonly orderCode: string
  readonly letter: string
}

/**
 * Parcels in the order in which the floor meets them: by tour, then by their first stop; those of no tour last, by code.
 * Labels that come out of the printer like this lie on the packing table as the totes arrive.
 */
export function inFloorOrder<Parcel extends OnTheFloor>(
  parcels: readonly Parcel[],
  tours: readonly PickTour[],
): readonly Parcel[] {
  const rankById = new Map<string, number>()
  for (const tour of tours.toSorted((a, b) => a.seq - b.seq))
    for (const { parcelId } of tour.stops.toSorted((a, b) => a.seq - b.seq))
      if (!rankById.has(parcelId)) rankById.set(parcelId, rankById.size)
  const rank = ({ id }: Parcel): number => rankById.get(id) ?? rankById.size
  // A, B, ... Z, AA: a longer letter comes behind every shorter one.
  const byLetter = (a: string, b: string): number => a.length - b.length || byText(a, b)
  const byCode = (a: Parcel, b: Parcel): number => byText(a.orderCode, b.orderCode) || byLetter(a.letter, b.letter)
  return parcels.toSorted((a, b) => rank(a) - rank(b) || byCode(a, b))
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
