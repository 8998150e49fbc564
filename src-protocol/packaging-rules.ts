import { z } from 'zod'
import { handling } from './handling.ts'
import { grams, identifier, millimetres, sizeMm } from './wire-values.ts'

const minor = z.int().min(0)

export const carton = z.strictObject({
  code: z.string().min(1).max(100),
  innerMm: sizeMm,
  outerMm: sizeMm.optional(),
  tareG: grams.optional(),
  maxGrossG: grams,
  maxVolumeCm3: z.int().min(1).optional(),
  costMinor: minor.optional(),
  available: z.int().min(0).optional(),
  insulated: z.boolean().optional(),
  paddingMm: z.int().min(0).optional(),
  coolantMm3: z.int().min(0).optional(),
  coolantG: grams.optional(),
})

export const packRules = z.strictObject({
  minSupport: z.union([z.literal(0), z.number().min(0.5).max(1)]).optional(),
  dimDivisorCm3PerKg: z.int().min(1).optional(),
  keepApart: z.array(z.array(z.string().min(1)).min(2)).optional(),
  mode: z.enum(['fewest', 'cheapest']).optional(),
  objective: z.enum(['billable', 'volume', 'cost', 'tariff']).optional(),
  carrier: z
    .strictObject({
      maxLengthMm: millimetres.optional(),
      maxGirthMm: millimetres.optional(),
      maxGrossG: grams.optional(),
      maxParcels: z.int().min(1).optional(),
      maxDangerousG: grams.optional(),
    })
    .optional(),
  tariff: z
    .array(
      z.strictObject({
        maxGrossG: grams.optional(),
        maxLengthMm: millimetres.optional(),
        maxGirthMm: millimetres.optional(),
        priceMinor: minor,
      }),
    )
    .optional(),
})

export const packagedProduct = z.strictObject({
  sku: identifier,
  sizeMm: sizeMm.nullable(),
  weightG: grams,
  volumeCm3: z.int().min(1).optional(),
  handling: handling.optional(),
})

/** `PUT /packaging-rules`: replaces everything. A field that is not obeyed is refused, never ignored. */
export const packagingRules = z.strictObject({
  version: z.string().min(1).max(200),
  cartons: z.array(carton).min(1).max(500),
  rules: packRules,
  products: z.array(packagedProduct).max(200_000),
})
export const packagingRulesAnswer = z.object({ version: z.string(), changed: z.boolean() })

export type WireCarton = z.infer<typeof carton>
export type WirePackRules = z.infer<typeof packRules>
export type WirePackagedProduct = z.infer<typeof packagedProduct>
export type WirePackagingRules = z.infer<typeof packagingRules>
