import { z } from 'zod'
import type { DeliverProblem } from '../../ports/planners.ts'

/** VROOM's priorities end here. */
const mostPriority = 100

interface VroomVehicle {
  readonly id: number
  readonly description: string
  readonly start?: readonly [number, number]
  readonly end?: readonly [number, number]
  readonly start_index?: number
  readonly end_index?: number
  readonly capacity?: readonly number[]
  readonly time_window?: readonly number[]
}

interface VroomJob {
  readonly id: number
  readonly description: string
  readonly location?: readonly [number, number]
  readonly location_index?: number
  readonly service?: number
  readonly delivery?: readonly number[]
  readonly priority?: number
  readonly time_windows?: readonly (readonly number[])[]
}

/** VROOM's input format (its docs/API.md); coordinates are `[longitude, latitude]`. */
export interface VroomInput {
  readonly vehicles: readonly VroomVehicle[]
  readonly jobs: readonly VroomJob[]
  readonly matrices?: { readonly car: { readonly durations: readonly (readonly number[])[] } }
}

/** What of a problem VROOM cannot be told; the export is refused rather than incomplete. */
export type NotInVroom = 'metric' | 'wish'

/** A way that does not exist, in whole seconds that no route can spend. */
const unreachableS = 4_000_000_000

/**
 * A delivery problem as VROOM reads it: a `haversine` problem by its places (VROOM asks its own road server), a
 * `matrix` problem by its table. Vehicles and jobs are numbered from 1 in the problem's order, a kind of three vehicles
 * is three; their ids go along as descriptions.
 * Stops without a place are left out, as in a plan.
 */
export function vroomInput(problem: DeliverProblem): VroomInput | { readonly refused: NotInVroom } {
  const refused = notInVroom(problem)
  if (refused) return { refused }
  const isTable = problem.metric === 'matrix'
  const depot = problem.depot.at ?? [0, 0]
  const start = isTable ? { start_index: 0 } : { start: turned(depot) }
  const end = isTable ? { end_index: 0 } : { end: turned(depot) }
  const vehicles = problem.vehicles.flatMap(({ id, count = 1, capacity, returns = true }) =>
    Array.from({ length: Math.min(count, problem.stops.length) }, () => ({
      description: id,
      ...start,
      ...(returns ? end : {}),
      ...(capacity ? { capacity } : {}),
      ...(problem.depot.window ? { time_window: problem.depot.window } : {}),
    })),
  )
  const jobs = problem.stops.flatMap((stop, i): VroomJob[] => {
    if (!isTable && !stop.at) return []
    return [
      {
        id: i + 1,
        description: stop.id,
        ...(isTable ? { location_index: i + 1 } : { location: turned(stop.at ?? depot) }),
        ...(stop.serviceS ? { service: stop.serviceS } : {}),
        ...(stop.demand ? { delivery: stop.demand } : {}),
        ...(stop.priority === undefined ? {} : { priority: Math.min(mostPriority, Math.round(stop.priority)) }),
        ...(stop.window ? { time_windows: [stop.window] } : {}),
      },
    ]
  })
  const durations = problem.matrix?.map((row) => row.map((way) => way ?? unreachableS))
  return {
    vehicles: vehicles.map((vehicle, i) => ({ id: i + 1, ...vehicle })),
    jobs,
    ...(durations ? { matrices: { car: { durations } } } : {}),
  }
}

const turned = ([lat, lon]: readonly [number, number]): readonly [number, number] => [lon, lat]

function notInVroom(problem: DeliverProblem): NotInVroom | undefined {
  if (problem.metric !== 'haversine' && problem.metric !== 'matrix') return 'metric'
  const isWished =
    (problem.sequences?.length ?? 0) > 0 ||
    (problem.balance ?? 0) > 0 ||
    (problem.compactness ?? 0) > 0 ||
    problem.vehicles.some(({ trips }) => (trips ?? 1) > 1) ||
    problem.stops.some(({ pinned, softWindow }) => pinned !== undefined || softWindow !== undefined)
  return isWished ? 'wish' : undefined
}

const output = z.object({
  code: z.literal(0),
  routes: z.array(
    z.object({ vehicle: z.int().positive(), steps: z.array(z.object({ type: z.string(), id: z.int().optional() })) }),
  ),
  unassigned: z.array(z.object({ id: z.int() })),
})

export interface VroomPlan {
  readonly routes: readonly { readonly vehicle: string; readonly stops: readonly string[] }[]
  readonly unserved: readonly string[]
}

/** VROOM's answer to `vroomInput(problem)` with the problem's own ids; undefined when it is none. */
export function readVroom(problem: DeliverProblem, json: unknown): VroomPlan | undefined {
  const input = vroomInput(problem)
  const parsed = output.safeParse(json)
  if (!parsed.success || 'refused' in input) return undefined
  const vehicle = new Map(input.vehicles.map(({ id, description }) => [id, description]))
  const stop = new Map(input.jobs.map(({ id, description }) => [id, description]))
  const routes = parsed.data.routes.map((route) => ({
    vehicle: vehicle.get(route.vehicle) ?? '',
    stops: route.steps.flatMap(({ type, id = 0 }) => (type === 'job' ? (stop.get(id) ?? []) : [])),
  }))
  return { routes, unserved: parsed.data.unassigned.flatMap(({ id }) => stop.get(id) ?? []) }
}
