import { z } from 'zod'
import { handling } from './handling.ts'
import { grams, identifier, instant, moneyAmount, pageOf, shortText, sizeMm, taxRate } from './wire-values.ts'

export const gtin = z.string().regex(/^\d{8,14}$/)

/** What a shop knows of a product's body; each part may be missing. */
export const measures = z.object({
  sizeMm: sizeMm.optional(),
  weightG: grams.optional(),
  volumeCm3: z.int().min(1).optional(),
  handling: handling.optional(),
})

export const product = z.object({
  kind: z.literal('product'),
  id: identifier,
  sku: identifier,
  gtin: gtin.optional(),
  name: shortText,
  description: z.string().max(10_000).optional(),
  category: shortText.optional(),
  price: moneyAmount,
  taxRate,
  measures: measures.optional(),
  changedAt: instant,
})

/** What is no longer sold; a reader that missed it would sell it for ever. */
export const productTombstone = z.object({ kind: z.literal('tombstone'), id: identifier, changedAt: instant })

export const productChange = z.discriminatedUnion('kind', [product, productTombstone])
export const productPage = pageOf(productChange)
export type WireProductChange = z.infer<typeof productChange>
export type WireProductPage = z.infer<typeof productPage>
