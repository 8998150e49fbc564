import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Carrier } from '../../domain/carrier.ts'
import type { Floor, Location } from '../../domain/floor.ts'
import { noProfiles, type CarrierProfile, type CarrierProfiles } from './carrier-profile.ts'

const place = z.tuple([z.int().min(0), z.number()])

const floorFile = z.object({
  aisleX: z.array(z.int()).min(1),
  crossY: z.array(z.int()).min(2),
  missing: z
    .array(
      z.union([
        z.strictObject({ cross: z.int().min(0), afterAisle: z.int().min(0) }),
        z.strictObject({ aisle: z.int().min(0), afterCross: z.int().min(0) }),
      ]),
    )
    .default([]),
  depot: place,
  packingTable: place,
  locations: z.array(
    z.object({
      code: z.string().min(1).max(40),
      place,
      side: z.enum(['L', 'R']).default('L'),
      shelf: z.int().min(0).default(1),
    }),
  ),
})

const positive = z.int().positive()
const carrierFile = z.array(
  z.object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/i),
    name: z.string().min(1).max(80),
    kind: z.enum(['van', 'parcel-carrier']),
    service: z.array(z.enum(['standard', 'express', 'collect'])).min(1),
    collection: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
    postcodePrefixes: z.array(z.string().min(1).max(10)).default([]),
    priority: z.int().default(1),
    routing: z.array(z.object({ prefix: z.string().max(12), code: z.string().min(1).max(20) })).default([]),
    limits: z
      .object({
        maxLengthMm: positive.optional(),
        maxGirthMm: positive.optional(),
        maxGrossG: positive.optional(),
        maxParcels: positive.optional(),
        maxDangerousG: z.int().min(0).optional(),
      })
      .default({}),
    tariff: z
      .array(z.object({ maxGrossG: positive, maxLengthMm: positive, maxGirthMm: positive, priceMinor: z.int().min(0) }))
      .default([]),
    vehicle: z
      .object({
        count: positive,
        capacityParcels: positive,
        capacityG: positive,
        returns: z.boolean(),
        speedKmh: z.number().positive(),
      })
      .nullish(),
    plansOwnRoute: z.boolean().default(false),
    labelSize: z.enum(['4x6', '100x150', 'A6']).default('4x6'),
    serviceNames: z.partialRecord(z.enum(['standard', 'express', 'collect']), z.string().min(1).max(40)).optional(),
    numbers: z.enum(['sscc', 'own']).optional(),
    profile: z.string().optional(),
  }),
)

/** Floor and locations; further fields of the file (units, zones) are for people. */
export function readFloor(bytes: Uint8Array): { readonly floor: Floor; readonly locations: readonly Location[] } {
  const { locations, ...floor } = parseAs(bytes, floorFile)
  return { floor, locations }
}

/**
 * Couriers as a shop lists them; keys come later, by a file of their own. An entry may name a profile and then says only
 * what differs from it. Throws ERR_INPUT_INVALID, for an unknown profile and for a sort code unlike the profile's too.
 */
export function readCarriers(bytes: Uint8Array, profiles: CarrierProfiles = noProfiles): readonly Carrier[] {
  const entries = parseAs(bytes, z.array(z.looseObject({ profile: z.string().optional(), limits: z.looseObject({}).optional() }))) // prettier-ignore
  const filled = entries.map((entry, index) => {
    const shared = profileOf(entry.profile, { profiles, index })?.carrier
    const limits = z.looseObject({}).catch({}).parse(shared?.['limits'])
    return { ...shared, ...entry, limits: { ...limits, ...entry.limits } }
  })
  return checked(filled, carrierFile).map(({ service, vehicle, profile, ...carrier }, index) => {
    requireSortCodes(carrier.routing, profileOf(profile, { profiles, index })?.sortCode, index)
    return {
      ...carrier,
      services: service,
      ...(vehicle ? { vehicle } : {}),
      keys: [],
      channel: { kind: 'pick-up' },
    }
  })
}

function profileOf(
  name: string | undefined,
  of: { profiles: CarrierProfiles; index: number },
): CarrierProfile | undefined {
  if (name === undefined) return undefined
  const profile = of.profiles.find(name)
  if (profile) return profile
  const expected = `one of ${of.profiles.names().join(', ')}`
  throw new AppError('ERR_INPUT_INVALID', { path: `${of.index}.profile`, expected })
}

/** A sort code that the carrier's machines cannot read sends every parcel the wrong way. */
function requireSortCodes(
  routing: Carrier['routing'],
  sortCode: CarrierProfile['sortCode'] | undefined,
  index: number,
): void {
  if (!sortCode) return
  const pattern = new RegExp(sortCode.pattern)
  const wrong = routing.findIndex(({ code }) => !pattern.test(code))
  if (wrong < 0) return
  const expected = `a sort code such as ${sortCode.example}`
  throw new AppError('ERR_INPUT_INVALID', { path: `${index}.routing.${wrong}.code`, expected })
}

function parseAs<Shape extends z.ZodType>(bytes: Uint8Array, shape: Shape): z.output<Shape> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\uFEFF/, ''))
  } catch (cause) {
    // The parser's own message quotes the file, and what a shop hands in by mistake may be personal.
    throw new AppError('ERR_INPUT_NOT_JSON', {}, { cause })
  }
  return checked(value, shape)
}

function checked<Shape extends z.ZodType>(value: unknown, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('ERR_INPUT_INVALID', { path: issue?.path.join('.') ?? '', expected: issue?.message ?? '' })
}
