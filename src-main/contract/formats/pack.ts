import { z } from 'zod'

/**
 * The planning format `backroom-pack-1`: parse fills the defaults in, so that the output is exactly
 * what the packing engine takes. Objects are strict: an unknown field is refused, never ignored.
 */
const positive = z.int().positive()
const natural = z.int().nonnegative()
const size = z.tuple([positive, positive, positive]).readonly()

/** More pieces of a line than this are a slip of the finger, and would not be planned in any useful time. */
const mostPieces = 1_000_000

const carton = z
  .strictObject({
    code: z.string().min(1),
    innerMm: size,
    outerMm: size.optional(),
    tareG: natural.default(0),
    maxGrossG: natural,
    maxVolumeCm3: positive.optional(),
    costMinor: natural.default(0),
    available: natural.optional(),
    insulated: z.boolean().default(false),
    paddingMm: natural.default(0),
    coolantMm3: natural.default(0),
    coolantG: natural.default(0),
  })
  .transform((given) => ({ ...given, outerMm: given.outerMm ?? given.innerMm }))

const handling = z.strictObject({
  orientation: z
    .union([
      z.enum(['any', 'upright', 'flat', 'fixed']),
      z
        .array(z.enum(['l', 'w', 'h']))
        .min(1)
        .readonly(),
    ])
    .default('any'),
  maxLoadG: natural.optional(),
  class: z.string().min(1).optional(),
  temperature: z.enum(['ambient', 'chilled', 'frozen']).default('ambient'),
  alone: z.boolean().default(false),
  ownBox: z.boolean().default(false),
  fragile: z.boolean().default(false),
  keepTogether: z.string().min(1).optional(),
  foldedMm: z.array(size).readonly().default([]),
  dangerousG: natural.default(0),
})

const item = z
  .strictObject({
    sku: z.string().min(1),
    quantity: positive.max(mostPieces),
    sizeMm: size.nullable(),
    weightG: natural,
    volumeCm3: positive.optional(),
    handling: handling.prefault({}),
  })
  .refine((given) => given.sizeMm !== null || given.volumeCm3 !== undefined, {
    path: ['volumeCm3'],
    message: 'expected a volume where sizeMm is null',
  })

const limits = { maxLengthMm: positive.optional(), maxGirthMm: positive.optional(), maxGrossG: natural.optional() }
const carrier = z.strictObject({ ...limits, maxParcels: positive.optional(), maxDangerousG: natural.optional() })
const tariffRow = z.strictObject({ ...limits, priceMinor: natural })
const apart = z
  .array(z.string().min(1))
  .min(2)
  .refine((classes) => new Set(classes).size === classes.length, { message: 'expected different classes' })
  .readonly()

const rules = z
  .strictObject({
    minSupport: z
      .number({ error: 'expected 0 or a number from 0.5 to 1' })
      .refine((share) => share === 0 || (share >= 0.5 && share <= 1), {
        message: 'expected 0 or a number from 0.5 to 1',
      })
      .default(0.75),
    dimDivisorCm3PerKg: positive.optional(),
    keepApart: z.array(apart).readonly().default([]),
    mode: z.enum(['fewest', 'cheapest']).default('fewest'),
    objective: z.enum(['billable', 'volume', 'cost', 'tariff']).optional(),
    carrier: carrier.optional(),
    tariff: z.array(tariffRow).readonly().default([]),
  })
  .refine((given) => given.objective !== 'tariff' || given.tariff.length > 0, {
    path: ['tariff'],
    message: 'expected at least one row for the objective "tariff"',
  })
  .transform((given) => ({ ...given, objective: given.objective ?? usualObjective(given) }))

/** Without a word about it: the tariff if there is one, else billable weight, else outer volume. */
function usualObjective(given: {
  readonly tariff: readonly unknown[]
  readonly dimDivisorCm3PerKg?: number | undefined
}): 'tariff' | 'billable' | 'volume' {
  if (given.tariff.length > 0) return 'tariff'
  return given.dimDivisorCm3PerKg === undefined ? 'volume' : 'billable'
}

/** Names the second of two entries that are called the same. */
function sayTwins(names: readonly string[], field: string, issues: z.core.$RefinementCtx): void {
  const seen = new Set<string>()
  names.forEach((name, i) => {
    if (seen.has(name)) {
      const message = `expected ${field === 'id' ? 'an id' : `a ${field}`} that no other has`
      issues.addIssue({ code: 'custom', path: [i, field], message })
    }
    seen.add(name)
  })
}

export const packProblemSchema = z.strictObject({
  format: z.literal('backroom-pack-1'),
  cartons: z
    .array(carton)
    .readonly()
    .superRefine((cartons, issues) => {
      const codes = cartons.map((each) => each.code)
      sayTwins(codes, 'code', issues)
    }),
  rules: rules.prefault({}),
  orders: z
    .array(z.strictObject({ id: z.string().min(1), items: z.array(item).readonly() }))
    .readonly()
    .superRefine((orders, issues) => {
      const ids = orders.map((each) => each.id)
      sayTwins(ids, 'id', issues)
    }),
})

/** What a file holds: everything with a default may be left out. */
export type PackProblemInput = z.input<typeof packProblemSchema>
/** What the engine takes: defaults filled in. */
export type PackProblem = z.output<typeof packProblemSchema>
