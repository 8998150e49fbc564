import { AppError } from '../kernel/errors.ts'
import { isOnFloor, partsOfFloor, type Floor, type Location } from '../domain/floor.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Replaces the floor and its locations. A location off the floor or without a way to it, a depot nobody can stand at,
 * or a code twice refuses the whole file: throws ERR_FLOOR_LOCATION_OUTSIDE or ERR_INPUT_INVALID naming the place.
 */
export async function importFloor(
  deps: Pick<Workshop, 'store' | 'imports' | 'system'>,
  caller: Caller,
  json: Uint8Array,
): Promise<{ readonly locations: number }> {
  const { floor, locations } = deps.imports.readFloor(json)
  requireShape(floor)
  const bounds = { aisles: floor.aisleX.length, fromY: floor.crossY[0] ?? 0, toY: floor.crossY.at(-1) ?? 0 }
  for (const [name, place] of [
    ['depot', floor.depot],
    ['packingTable', floor.packingTable],
  ] as const) {
    if (!isOnFloor(floor, place))
      throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location: name, aisle: place[0], y: place[1], ...bounds })
  }
  const seen = new Set<string>()
  for (const location of locations) {
    if (!isOnFloor(floor, location.place)) {
      throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', {
        location: location.code,
        aisle: location.place[0],
        y: location.place[1],
        ...bounds,
      })
    }
    if (seen.has(location.code))
      throw new AppError('ERR_INPUT_INVALID', { path: `locations: ${location.code}`, expected: 'each location once' })
    seen.add(location.code)
  }
  requireWays(floor, locations)
  await deps.store.saveFloor(
    floor,
    locations,
    auditEntry(deps.system, caller, {
      action: 'import-floor',
      entity: 'floor',
      entityId: 'floor',
      facts: { locations: locations.length },
    }),
  )
  return { locations: locations.length }
}

/** What the engines expect of a floor: cross aisles from front to back, passages between its own crossings. */
function requireShape(floor: Floor): void {
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

function requireWays(floor: Floor, locations: readonly Location[]): void {
  const partOf = partsOfFloor(floor)
  const here = partOf(floor.depot)
  const places = [{ code: 'packingTable', place: floor.packingTable }, ...locations]
  const lost = places.find(({ place }) => partOf(place) !== here)
  if (lost) throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location: lost.code, reason: 'no-way-there' })
}
