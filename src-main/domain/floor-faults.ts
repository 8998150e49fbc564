import { isOnFloor, partsOfFloor, type Floor, type Location, type Place } from './floor.ts'

/**
 * Why nobody can walk to a place: `off-floor` = not on an aisle between first and last cross aisle, `closed` = in a
 * piece of aisle that is closed, `cut-off` = every way from the start is closed; `twice` = its code stands there already.
 */
export type FloorFaultReason = 'off-floor' | 'closed' | 'cut-off' | 'twice'

export interface FloorFault {
  readonly of: 'start' | 'end' | 'location'
  /** The location's code; the empty string for start and end. */
  readonly code: string
  readonly reason: FloorFaultReason
  readonly place: Place
}

/**
 * Everything a tour could trip over, start and end first, then locations in their order; empty = each is reached. Where
 * the start itself stands wrong, the others are measured from the end. Cost: linear in crossings and locations.
 */
export function faultsOfFloor(floor: Floor, locations: readonly Location[]): readonly FloorFault[] {
  const partOf = partsOfFloor(floor)
  const standsIn = (place: Place): number => (isOnFloor(floor, place) ? partOf(place) : -1)
  const home = standsIn(floor.depot) === -1 ? standsIn(floor.packingTable) : standsIn(floor.depot)
  const reasonOf = (place: Place): FloorFaultReason | undefined => {
    if (!isOnFloor(floor, place)) return 'off-floor'
    const part = partOf(place)
    if (part === -1) return 'closed'
    return home !== -1 && part !== home ? 'cut-off' : undefined
  }
  const ends = [
    { of: 'start' as const, code: '', place: floor.depot },
    { of: 'end' as const, code: '', place: floor.packingTable },
  ]
  const seen = new Set<string>()
  const all = [...ends, ...locations.map(({ code, place }) => ({ of: 'location' as const, code, place }))]
  return all.flatMap((one): FloorFault[] => {
    const isTwice = one.of === 'location' && seen.has(one.code)
    seen.add(one.code)
    const reason = isTwice ? 'twice' : reasonOf(one.place)
    return reason ? [{ ...one, reason }] : []
  })
}
