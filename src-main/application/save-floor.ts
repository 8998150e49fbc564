import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import { faultsOfFloor } from '../domain/floor-faults.ts'
import type { Floor, Location } from '../domain/floor.ts'
import { freeOf, type StockLevel, type StockMovement } from '../domain/stock.ts'
import type { StockPlaces } from '../ports/store/catalogue-store.ts'
import { auditEntry, newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface DrawnFloor {
  readonly floor: Floor
  readonly locations: readonly Location[]
}

/** A place that got another name: its stock goes along. */
export interface RenamedLocation {
  readonly from: string
  readonly to: string
}

export interface FloorChange extends DrawnFloor {
  readonly renamed: readonly RenamedLocation[]
  /** What the drawing began with; undefined = whatever is there. */
  readonly revision?: string | undefined
  /** Somebody has read which stock will lie at places that are not drawn any more. */
  readonly confirmed: boolean
  readonly action: 'import-floor' | 'save-floor'
}

/**
 * Replaces the floor and its locations. Stock of renamed places moves along, but for pieces that are promised: tours in
 * work look for those under the old name. Stock at places that are gone stays recorded there, and saving wants a
 * confirmation. Throws ERR_INPUT_INVALID for a floor that cannot be walked, ERR_FLOOR_LOCATION_OUTSIDE for a place
 * nobody can reach, ERR_FLOOR_CHANGED_MEANWHILE, ERR_FLOOR_STOCK_LEFT.
 */
export async function saveFloor(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  change: FloorChange,
): Promise<{ readonly locations: number; readonly left: number; readonly revision: string }> {
  const { floor, locations } = change
  requireShape(floor)
  requireReached(change)
  const before = await deps.store.findFloor()
  if (change.revision !== undefined && change.revision !== revisionOf(deps, before))
    throw new AppError('ERR_FLOOR_CHANGED_MEANWHILE', {})
  const left = await stockLeft(deps, { before, after: change, renamed: change.renamed })
  const gone = [...new Set(left.filter(({ wasDrawn }) => wasDrawn).map(({ level }) => level.location))]
  if (gone.length > 0 && !change.confirmed)
    throw new AppError('ERR_FLOOR_STOCK_LEFT', { count: gone.length, locations: gone.slice(0, mostNamed) })
  await deps.store.saveFloor(
    { floor, locations, movements: await movedStock(deps, caller, { ...change, before }) },
    auditEntry(deps.system, caller, {
      action: change.action,
      entity: 'floor',
      entityId: 'floor',
      facts: { locations: locations.length, renamed: change.renamed.length },
    }),
  )
  return { locations: locations.length, left: gone.length, revision: revisionOf(deps, { floor, locations: sorted(locations) }) } // prettier-ignore
}

/** Codes that an error names; the floor's screen names all of them. */
const mostNamed = 20

const sorted = (locations: readonly Location[]): readonly Location[] =>
  locations.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))

/** Equal for equal floors, and for nothing else; the empty string where there is none. */
export const revisionOf = (deps: Pick<Workshop, 'system'>, drawn: DrawnFloor | undefined): string =>
  drawn ? deps.system.hasher.sha256(canonicalJson(toJson({ floor: drawn.floor, locations: drawn.locations }))) : ''

/** What the engines expect of a floor: cross aisles from front to back, passages between its own crossings. */
export function requireShape(floor: Floor): void {
  const wrong = floor.crossY.findIndex((y, index) => index > 0 && y <= (floor.crossY[index - 1] ?? y))
  if (wrong > 0)
    throw new AppError('ERR_INPUT_INVALID', { path: `crossY.${wrong}`, expected: 'a number above the one before' })
  for (const [index, passage] of floor.missing.entries()) {
    const isThere =
      'cross' in passage
        ? passage.cross < floor.crossY.length && passage.afterAisle < floor.aisleX.length
        : passage.aisle < floor.aisleX.length && passage.afterCross < floor.crossY.length - 1
    if (!isThere)
      throw new AppError('ERR_INPUT_INVALID', { path: `missing.${index}`, expected: 'a passage of this floor' })
  }
}

const nameOfEnd = { start: 'depot', end: 'packingTable' } as const

function requireReached({ floor, locations }: DrawnFloor): void {
  const fault = faultsOfFloor(floor, locations)[0]
  if (!fault) return
  const { of, code, reason, place } = fault
  const location = of === 'location' ? code : nameOfEnd[of]
  if (reason === 'twice')
    throw new AppError('ERR_INPUT_INVALID', { path: `locations: ${code}`, expected: 'each location once' })
  if (reason !== 'off-floor') throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location, reason: 'no-way-there' })
  const bounds = { aisles: floor.aisleX.length, fromY: floor.crossY[0] ?? 0, toY: floor.crossY.at(-1) ?? 0 }
  throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location, aisle: place[0], y: place[1], ...bounds })
}

interface Redrawing {
  readonly before: DrawnFloor | undefined
  readonly after: DrawnFloor
  readonly renamed: readonly RenamedLocation[]
}

/**
 * Stock at places that are not drawn; `wasDrawn` = the floor in force still has the place. Of renamed places only what
 * stays behind because it is promised.
 */
export async function stockLeft(
  { store }: { readonly store: { loadStockByPlace(places: StockPlaces): Promise<readonly StockLevel[]> } },
  { before, after, renamed }: Redrawing,
): Promise<readonly { readonly level: StockLevel; readonly wasDrawn: boolean }[]> {
  const known = new Set(before?.locations.map(({ code }) => code))
  const moving = new Set(renamed.map(({ from }) => from))
  const levels = await store.loadStockByPlace({ notAt: after.locations.map(({ code }) => code) })
  return levels
    .filter((level) => !moving.has(level.location))
    .map((level) => ({ level, wasDrawn: known.has(level.location) }))
}

async function movedStock(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  change: FloorChange & { readonly before: DrawnFloor | undefined },
): Promise<readonly StockMovement[]> {
  if (change.renamed.length === 0) return []
  const known = new Set(change.before?.locations.map(({ code }) => code))
  const drawn = new Set(change.locations.map(({ code }) => code))
  const wrong = change.renamed.findIndex(({ from, to }) => !known.has(from) || !drawn.has(to))
  if (wrong >= 0)
    throw new AppError('ERR_INPUT_INVALID', { path: `renamed.${wrong}`, expected: 'a place of the floor in force, and one of the new floor' }) // prettier-ignore
  const target = new Map(change.renamed.map(({ from, to }) => [from, to]))
  const levels = await deps.store.loadStockByPlace({ at: [...target.keys()] })
  return levels.flatMap((level) => {
    const quantity = freeOf(level)
    const to = target.get(level.location)
    if (quantity === 0 || to === undefined || to === level.location) return []
    const moved = (location: string, pieces: number): StockMovement => ({
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'corrected',
      sku: level.sku,
      of: 'product',
      location,
      ...(level.lot !== '' ? { lot: level.lot } : {}),
      ...(level.bestBefore !== undefined ? { bestBefore: level.bestBefore } : {}),
      quantity: pieces,
      actor: caller.actor,
      reason: 'location-renamed',
    })
    return [moved(level.location, -quantity), moved(to, quantity)]
  })
}
