import type { StockedPlace } from '../../ports/imports.ts'
import type { RowCells } from './row-cells.ts'

/** `A-03-07-2-1:24;B-01-02-1-3:12@L2410=2027-03-15`; a column `stock` beside it must say their sum. */
export function stockOf(read: RowCells, sku: string): readonly StockedPlace[] {
  const places: StockedPlace[] = []
  for (const part of read.text('locations')?.split(';') ?? []) {
    const match = /^([^:@=]+):(\d{1,9})(?:@([^=]+)(?:=(\d{4}-\d{2}-\d{2}))?)?$/.exec(part.trim())
    const [, location, quantity, lot, bestBefore] = match ?? []
    const isTwice = places.some((place) => place.location === location && place.lot === lot)
    if (location === undefined || quantity === undefined || !isDay(bestBefore))
      read.wrong('locations', 'like-A-03-07-2-1:24@LOT=2027-03-15')
    else if (isTwice) read.wrong('locations', `twice-${location}`)
    else
      places.push({
        sku,
        location,
        quantity: Number(quantity),
        ...(lot !== undefined ? { lot } : {}),
        ...(bestBefore !== undefined ? { bestBefore } : {}),
      })
  }
  const total = read.count('stock')
  const sum = places.reduce((all, place) => all + place.quantity, 0)
  if (total !== undefined && total !== sum) read.wrong('stock', `sum-of-locations-is-${sum}`)
  return places
}

const isDay = (text: string | undefined): boolean =>
  text === undefined || new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true
