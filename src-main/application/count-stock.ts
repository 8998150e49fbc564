import type { StockLevel, StockMovement } from '../domain/stock.ts'
import type { ImportedProduct, StockedPlace } from '../ports/imports.ts'
import { newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface StockChange {
  readonly movements: readonly StockMovement[]
  readonly placesAfter: readonly { readonly location: string; readonly lot: string; readonly onHand: number }[]
  /** The file says how many there are and not where, and the product lies at no place or at several. */
  readonly isPlaceUnknown: boolean
}

type Deps = Pick<Workshop, 'system'>

/**
 * Stock in a file is a count: the difference to what is booked becomes a movement, and what the file does not name is
 * gone. A bare number of pieces is booked where the product lies, as long as that is one place.
 */
export function stockChange(
  deps: Deps,
  caller: Caller,
  { row, levels }: { row: ImportedProduct; levels: readonly StockLevel[] },
): StockChange {
  const told = row.stock ?? placesOfTotal(row, levels)
  if (told === 'unknown') return { movements: [], placesAfter: [], isPlaceUnknown: true }
  if (told === undefined) return { movements: [], placesAfter: [], isPlaceUnknown: false }
  const booked = new Map(levels.map((level) => [placeOf(level), level]))
  const named = new Set(told.map(placeOf))
  const gone = levels.filter((level) => level.onHand > 0 && !named.has(placeOf(level)))
  const counted = [
    ...told.map((place) => ({ ...place, before: booked.get(placeOf(place))?.onHand ?? 0 })),
    ...gone.map((level) => ({ ...level, quantity: 0, before: level.onHand })),
  ].filter(({ quantity, before }) => quantity !== before)
  return {
    movements: counted.map((place) =>
      countMovement(deps, caller, { ...place, sku: row.sku, difference: place.quantity - place.before }),
    ),
    placesAfter: counted.map(({ location, lot, quantity }) => ({ location, lot: lot ?? '', onHand: quantity })),
    isPlaceUnknown: false,
  }
}

const placeOf = (place: { readonly location: string; readonly lot?: string | undefined }): string =>
  `${place.location}|${place.lot ?? ''}`

function placesOfTotal(
  row: ImportedProduct,
  levels: readonly StockLevel[],
): readonly StockedPlace[] | 'unknown' | undefined {
  const { sku, stockTotal } = row
  if (stockTotal === undefined || stockTotal === levels.reduce((sum, { onHand }) => sum + onHand, 0)) return undefined
  const filled = levels.filter(({ onHand }) => onHand > 0)
  const [only, ...others] = filled.length > 0 ? filled : levels
  if (!only || others.length > 0) return 'unknown'
  return [{ sku, location: only.location, lot: only.lot || undefined, quantity: stockTotal }]
}

/** A counted difference at one place. */
export function countMovement(
  deps: Deps,
  caller: Caller,
  at: { sku: string; location: string; lot?: string | undefined; bestBefore?: string | undefined; difference: number },
): StockMovement {
  return {
    id: newId(deps.system),
    at: deps.system.clock.now(),
    kind: 'counted',
    sku: at.sku,
    of: 'product',
    location: at.location,
    ...(at.lot ? { lot: at.lot } : {}),
    ...(at.bestBefore ? { bestBefore: at.bestBefore } : {}),
    quantity: at.difference,
    actor: caller.actor,
  }
}
