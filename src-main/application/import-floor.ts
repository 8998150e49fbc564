import { AppError } from '../kernel/errors.ts'
import { isOnFloor } from '../domain/floor.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Replaces the floor and its locations. A location off the floor, a depot nobody can stand at, or a code twice
 * refuses the whole file: throws ERR_FLOOR_LOCATION_OUTSIDE or ERR_INPUT_INVALID naming the place.
 */
export async function importFloor(
  deps: Pick<Workshop, 'store' | 'imports' | 'system'>,
  caller: Caller,
  json: Uint8Array,
): Promise<{ readonly locations: number }> {
  const { floor, locations } = deps.imports.readFloor(json)
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
