import type { Carton, StockedCarton } from '../../domain/carton.ts'
import { applyMovement, isShort, type StockLevel, type StockMovement } from '../../domain/stock.ts'
import { AppError } from '../../kernel/errors.ts'
import { kept, type MemoryState, nextNumber } from './state.ts'

/** Levels are kept by kind, code, location and lot. */
const placeOf = (at: StockMovement | StockLevel): string => JSON.stringify([at.of, at.sku, at.location, at.lot ?? ''])

const untouched = (movement: StockMovement): StockLevel => ({
  sku: movement.sku,
  of: movement.of,
  location: movement.location,
  lot: movement.lot ?? '',
  onHand: 0,
  reserved: 0,
})

/**
 * What the levels become by these movements, without changing anything yet. Throws ERR_STOCK_SHORT where
 * all of them together leave a place short.
 */
export function levelsAfter(state: MemoryState, movements: readonly StockMovement[]): ReadonlyMap<string, StockLevel> {
  const after = new Map<string, StockLevel>()
  for (const movement of movements) {
    const place = placeOf(movement)
    const level = after.get(place) ?? state.levels.get(place) ?? untouched(movement)
    const bestBefore = movement.bestBefore ?? level.bestBefore
    after.set(place, {
      ...level,
      ...applyMovement(level, movement),
      ...(bestBefore === undefined ? {} : { bestBefore }),
    })
  }
  for (const [place, level] of after) refuseShortage(state.levels.get(place) ?? { onHand: 0, reserved: 0 }, level)
  return after
}

function refuseShortage(before: Pick<StockLevel, 'onHand' | 'reserved'>, level: StockLevel): void {
  if (!isShort(before, level)) return
  throw new AppError('ERR_STOCK_SHORT', {
    of: level.of,
    sku: level.sku,
    location: level.location,
    onHand: level.onHand,
    reserved: level.reserved,
  })
}

/** Writes what `levelsAfter` worked out. */
export function saveStock(
  state: MemoryState,
  movements: readonly StockMovement[],
  after: ReadonlyMap<string, StockLevel>,
): void {
  for (const movement of movements) state.movements.push(kept(movement))
  for (const [place, level] of after) {
    const isNew = !state.levels.has(place)
    state.levels.set(place, kept(level))
    if (isNew && level.of === 'product') state.revisions.set(level.sku, nextNumber(state, 'catalogue'))
  }
}

/** Levels in order of code, location and lot. */
export const levelsOf = (state: MemoryState, isWanted: (level: StockLevel) => boolean): readonly StockLevel[] =>
  [...state.levels.values()]
    .filter(isWanted)
    .sort((a, b) => compareText(a.sku, b.sku) || compareText(a.location, b.location) || compareText(a.lot, b.lot))

/** By code unit, as SQLite's BINARY and PostgreSQL's "C" compare. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** All cartons in order of inner volume, then code. */
export function cartonStock(state: MemoryState): readonly StockedCarton[] {
  const volume = ({ innerMm }: Carton): number => innerMm[0] * innerMm[1] * innerMm[2]
  return [...state.cartons.values()]
    .sort((a, b) => volume(a) - volume(b) || compareText(a.code, b.code))
    .map((carton) => {
      const levels = levelsOf(state, (level) => level.of === 'carton' && level.sku === carton.code)
      const sum = (of: (level: StockLevel) => number): number => levels.reduce((total, level) => total + of(level), 0)
      return { carton, onHand: sum((level) => level.onHand), reserved: sum((level) => level.reserved) }
    })
}
