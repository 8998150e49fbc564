import type { Size } from '../kernel/units.ts'
import type { Carrier } from './carrier.ts'

/**
 * What a carrier takes for a parcel by its tariff: the cheapest row that it fits. Girth is twice the sum of the two
 * shorter sides. Undefined where no row fits or the carrier has no tariff.
 */
export function postageOf(
  { tariff }: Pick<Carrier, 'tariff'>,
  parcel: { readonly outerMm: Size; readonly grossG: number },
): number | undefined {
  const [shortest, middle, longest] = parcel.outerMm.toSorted((a, b) => a - b)
  if (shortest === undefined || middle === undefined || longest === undefined) return undefined
  const girth = 2 * (shortest + middle)
  const prices = tariff
    .filter((row) => parcel.grossG <= row.maxGrossG && longest <= row.maxLengthMm && girth <= row.maxGirthMm)
    .map((row) => row.priceMinor)
  return prices.length > 0 ? Math.min(...prices) : undefined
}
