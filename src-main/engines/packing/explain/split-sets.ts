import type { PackingItem } from '../problem.ts'
import type { PackedParcel } from '../result.ts'

/** Says on every parcel that it holds a part of a set that had to be split. */
export function withSetsSaid(items: readonly PackingItem[], parcels: readonly PackedParcel[]): readonly PackedParcel[] {
  if (items.every(({ handling }) => handling.keepTogether === undefined)) return parcels
  const setsBySku = new Map<string, readonly string[]>()
  for (const { sku, handling } of items)
    if (handling.keepTogether !== undefined) setsBySku.set(sku, [...(setsBySku.get(sku) ?? []), handling.keepTogether])
  const setsOf = (parcel: PackedParcel): readonly string[] => [
    ...new Set(parcel.placements.flatMap((placement) => setsBySku.get(placement.sku) ?? [])),
  ]
  const parcelsBySet = new Map<string, number>()
  for (const parcel of parcels)
    for (const set of setsOf(parcel)) parcelsBySet.set(set, (parcelsBySet.get(set) ?? 0) + 1)
  return parcels.map((parcel) => {
    const split = setsOf(parcel).filter((set) => (parcelsBySet.get(set) ?? 0) > 1)
    if (split.length === 0) return parcel
    return { ...parcel, why: { code: 'set-split', facts: { sets: split.join(', '), ...parcel.why.facts } } }
  })
}
