import { AppError } from '../kernel/errors.ts'
import type { Place } from '../domain/floor.ts'
import { faultsOfFloor } from '../domain/floor-faults.ts'
import type { TourFloor } from '../ports/planners.ts'
import { requireShape, type DrawnFloor } from './save-floor.ts'
import type { Workshop } from './workshop.ts'

/** A walk tried out: nothing of it is kept. Lengths in millimetres. */
export interface TestedTour {
  readonly stops: readonly { readonly seq: number; readonly location: string; readonly place: Place }[]
  readonly path: readonly (readonly [number, number])[]
  readonly lengthMm: number
  readonly lowerBoundMm: number
  readonly isOptimal: boolean
  readonly method: string
  /** What the same stops cost in the order of their codes. */
  readonly binOrderMm: number
  /** Corners and about-turns of the walk. */
  readonly turns: number
  readonly minutes: number
  /** Codes the floor does not have, and codes nobody can walk to. */
  readonly unknown: readonly string[]
  readonly unreachable: readonly string[]
}

/**
 * The shortest walk from start to end past these locations, on a drawing or, without one, on the floor in force; a
 * location named twice is one stop. Throws ERR_SHOP_NOT_INITIALISED without a floor, ERR_FLOOR_LOCATION_OUTSIDE when
 * start or end is nowhere.
 */
export async function testTour(
  deps: Pick<Workshop, 'store' | 'planners'>,
  wish: { readonly drawn?: DrawnFloor | undefined; readonly locations: readonly string[] },
): Promise<TestedTour> {
  const settings = await deps.store.findSettings()
  const drawn = wish.drawn ?? (await deps.store.findFloor())
  if (!settings || !drawn) throw new AppError('ERR_SHOP_NOT_INITIALISED', { missing: 'floor' })
  const { floor, locations } = drawn
  requireShape(floor)
  const faults = faultsOfFloor(floor, locations)
  const end = faults.find(({ of }) => of !== 'location')
  if (end) throw new AppError('ERR_FLOOR_LOCATION_OUTSIDE', { location: end.of, reason: end.reason })
  const cut = new Set(faults.filter(({ reason }) => reason !== 'twice').map(({ code }) => code))
  const placeByCode = new Map(locations.map(({ code, place }) => [code, place]))
  const codes = [...new Set(wish.locations)]
  const reached = codes.flatMap((code) => {
    const place = placeByCode.get(code)
    return place && !cut.has(code) ? [{ code, place }] : []
  })
  const tourFloor: TourFloor = { kind: 'aisles', aisleX: floor.aisleX, crossY: floor.crossY, missing: floor.missing }
  const picks = reached.map(({ place }) => place)
  const [result] = await deps.planners.tours([{ id: 'test', floor: tourFloor, start: floor.depot, end: floor.packingTable, picks }]) // prettier-ignore
  if (!result) throw new AppError('ERR_PLANNER_FAILED', { what: 'tour' })
  const stops = result.order.flatMap((pick, i) => {
    const one = reached[pick]
    return one ? [{ seq: i + 1, location: one.code, place: one.place }] : []
  })
  const usual = reached.toSorted((a, b) => a.code.localeCompare(b.code))
  const through = (places: readonly Place[]) =>
    deps.planners.walk(tourFloor, [floor.depot, ...places, floor.packingTable])
  const [walked, binOrder] = await Promise.all([
    through(stops.map(({ place }) => place)),
    through(usual.map(({ place }) => place)),
  ])
  const { walkMetresPerMinute, secondsPerPick } = settings.picking
  return {
    stops,
    path: walked.points,
    lengthMm: result.length,
    lowerBoundMm: result.lowerBound,
    isOptimal: result.optimal,
    method: result.method,
    binOrderMm: binOrder.length,
    turns: turnsOf(walked.points),
    minutes: Math.ceil(result.length / 1000 / walkMetresPerMinute + (stops.length * secondsPerPick) / 60),
    unknown: codes.filter((code) => !placeByCode.has(code)),
    unreachable: codes.filter((code) => cut.has(code)),
  }
}

/** How often a walk changes its direction. Points at one place are one point. */
export function turnsOf(path: readonly (readonly [number, number])[]): number {
  const ways = path.slice(1).flatMap(([x, y], i) => {
    const [fromX, fromY] = path[i] ?? [x, y]
    return x === fromX && y === fromY ? [] : [`${Math.sign(x - fromX)} ${Math.sign(y - fromY)}`]
  })
  return ways.filter((way, i) => i > 0 && way !== ways[i - 1]).length
}
