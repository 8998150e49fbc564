import { z } from 'zod'

/**
 * The planning format `backroom-deliver-1`. Objects are strict: an unknown field is refused, never ignored. What
 * parse returns is exactly what the delivery engine takes.
 */
const natural = z.int().nonnegative()

const weight = z.number().nonnegative()

const window = z
  .tuple([natural, natural])
  .readonly()
  .refine(([from, to]) => from <= to, { message: 'expected a window that ends after it begins' })

/** Coordinates of any value: a place that the metric cannot use is an unserved stop, not a broken file. */
const position = z.tuple([z.number(), z.number()]).readonly()

const depot = z.strictObject({ at: position.nullable().optional(), window: window.optional() })

const vehicle = z.strictObject({
  id: z.string().min(1),
  count: natural.optional(),
  capacity: z.array(natural).min(1).readonly().optional(),
  returns: z.boolean().optional(),
  trips: z.int().min(1).optional(),
  reloadS: natural.optional(),
})

const stop = z.strictObject({
  id: z.string().min(1),
  at: position.nullable().optional(),
  demand: z.array(natural).min(1).readonly().optional(),
  serviceS: natural.optional(),
  window: window.optional(),
  softWindow: window.optional(),
  pricePerS: weight.optional(),
  pinned: z.enum(['first', 'last']).optional(),
  priority: weight.optional(),
})

const rawProblem = z.strictObject({
  id: z.string().min(1),
  metric: z.enum(['haversine', 'euclidean', 'euclidean-rounded', 'euclidean-1', 'matrix']),
  matrix: z.array(z.array(natural.nullable()).readonly()).readonly().optional(),
  times: z.array(z.array(natural.nullable()).readonly()).readonly().optional(),
  speedKmh: z.number().positive().optional(),
  depot,
  vehicles: z.array(vehicle).readonly(),
  stops: z.array(stop).readonly(),
  objective: z.enum(['distance', 'vehicles-then-distance']).optional(),
  sequences: z
    .array(z.array(z.string().min(1)).readonly())
    .readonly()
    .optional(),
  balance: weight.optional(),
  compactness: weight.optional(),
})

type Problem = z.output<typeof rawProblem>
type Issues = z.core.$RefinementCtx
type Path = readonly (string | number)[]

const say = (issues: Issues, path: Path, message: string): void =>
  issues.addIssue({ code: 'custom', path: [...path], message })

function checkMatrix({ metric, matrix, stops, depot: { at } }: Problem, issues: Issues): void {
  if (metric !== 'matrix') {
    if (matrix) say(issues, ['matrix'], 'expected only with metric "matrix"')
    const isUsable = at && (metric !== 'haversine' || (Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180))
    if (!isUsable) say(issues, ['depot', 'at'], 'expected a position')
    return
  }
  const size = stops.length + 1
  if (matrix?.length !== size) say(issues, ['matrix'], `expected ${size} rows, the depot's first`)
  matrix?.forEach((row, i) => {
    if (row.length !== size) say(issues, ['matrix', i], `expected ${size} entries`)
  })
}

function checkIds(entries: readonly { readonly id: string }[], issues: Issues, field: string): void {
  const seen = new Set<string>()
  entries.forEach(({ id }, i) => {
    if (seen.has(id)) say(issues, [field, i, 'id'], 'expected an id that no other has')
    seen.add(id)
  })
}

function checkVectors({ vehicles, stops }: Problem, issues: Issues): void {
  const dimensions = vehicles.find(({ capacity }) => capacity !== undefined)?.capacity?.length
  if (dimensions === undefined) return
  vehicles.forEach(({ capacity }, i) => {
    if (capacity && capacity.length !== dimensions) {
      say(issues, ['vehicles', i, 'capacity'], `expected ${dimensions} numbers`)
    }
  })
  stops.forEach(({ demand }, i) => {
    if (demand && demand.length !== dimensions) {
      say(issues, ['stops', i, 'demand'], `expected ${dimensions} numbers, as the vehicles' capacity`)
    }
  })
}

export const deliverProblemSchema = rawProblem.superRefine((problem, issues) => {
  checkMatrix(problem, issues)
  checkIds(problem.vehicles, issues, 'vehicles')
  checkIds(problem.stops, issues, 'stops')
  checkVectors(problem, issues)
})

export const deliverFileSchema = z.strictObject({
  format: z.literal('backroom-deliver-1'),
  problems: z.array(deliverProblemSchema).readonly(),
})

export type DeliverFile = z.output<typeof deliverFileSchema>

/** The name that a result file carries. */
export const deliverResultFormat = 'backroom-deliver-result-1'
