import { z } from 'zod'
import { grams, sizeMm } from './wire-values.ts'

/** How a product may be packed, field by field as in the pack format. Absent = no demand. */
export const handling = z.strictObject({
  orientation: z
    .union([
      z.enum(['any', 'upright', 'flat', 'fixed']),
      z
        .array(z.enum(['l', 'w', 'h']))
        .min(1)
        .max(3),
    ])
    .optional(),
  maxLoadG: grams.optional(),
  class: z.string().min(1).max(100).optional(),
  temperature: z.enum(['ambient', 'chilled', 'frozen']).optional(),
  alone: z.boolean().optional(),
  ownBox: z.boolean().optional(),
  fragile: z.boolean().optional(),
  keepTogether: z.string().min(1).max(100).optional(),
  foldedMm: z.array(sizeMm).max(20).optional(),
  dangerousG: grams.optional(),
})
export type WireHandling = z.infer<typeof handling>
