import { z } from 'zod'
import { limits } from './limits.ts'
import { identifier } from './wire-values.ts'

const pieces = z.int().min(0).max(100_000_000)

/** `expected` is the value the sender believes is there; without it the level is set whatever it was. */
export const stockUpdate = z.strictObject({
  levels: z
    .array(z.strictObject({ sku: identifier, quantity: pieces, expected: pieces.optional() }))
    .max(limits.levelsPerUpdate),
})

export const stockAnswer = z.object({
  answers: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ sku: identifier, outcome: z.literal('set'), present: pieces }),
      z.object({ sku: identifier, outcome: z.literal('conflict'), present: pieces }),
      z.object({ sku: identifier, outcome: z.literal('unknown-sku') }),
    ]),
  ),
})
export type WireStockUpdate = z.infer<typeof stockUpdate>
export type WireStockAnswer = z.infer<typeof stockAnswer>
