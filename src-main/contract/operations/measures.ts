import { z } from 'zod'
import type { EstimateView, MeasureOutcomeView, WorklistView } from '../measure-views.ts'
import { command, everywhere, managers, query } from '../operation.ts'
import { largestMeasures } from '../typed-measures.ts'

const sku = z.string().min(1).max(200)
const side = z.int().min(1).max(largestMeasures.sideMm)
const size = z.tuple([side, side, side])
const weight = z.int().min(0).max(largestMeasures.weightG)

const space = z
  .object({ sizeMm: size.optional(), volumeCm3: z.int().min(1).max(largestMeasures.volumeCm3).optional() })
  .refine(({ sizeMm, volumeCm3 }) => sizeMm !== undefined || volumeCm3 !== undefined, {
    message: 'expected sides or a volume',
  })

const handling = z.object({
  orientation: z.enum(['any', 'upright', 'flat', 'fixed']).default('any'),
  maxLoadG: weight.optional(),
  class: z.string().min(1).max(100).optional(),
  temperature: z.enum(['ambient', 'chilled', 'frozen']).default('ambient'),
  alone: z.boolean().default(false),
  ownBox: z.boolean().default(false),
  fragile: z.boolean().default(false),
  dangerousG: weight.default(0),
  foldedMm: z.array(size).max(20).default([]),
})

const change = z.object({
  sku,
  space: space.optional(),
  weightG: weight.min(1).optional(),
  handling: handling.optional(),
  /** What staff take back: the storefront's word counts again, else the estimate. */
  clear: z.array(z.enum(['space', 'weight', 'handling'])).max(3).optional(),
  confirmed: z.boolean().optional(),
}) // prettier-ignore

/** Whose word on sizes, weights and handling counts, and what is missing or doubtful. */
export const measureOperations = {
  'catalogue.worklist': query<WorklistView>()(
    everywhere,
    z.object({
      kind: z.enum(['no-weight', 'no-size', 'suspicious', 'no-location', 'estimated']).optional(),
      search: z.string().max(200).optional(),
      sort: z.enum(['waiting', 'sku', 'name', 'category']).optional(),
      descending: z.boolean().optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  'catalogue.measure': command<MeasureOutcomeView>()(managers, z.object({ changes: z.array(change).min(1).max(500) })),
  'catalogue.confirm-measures': command<MeasureOutcomeView>()(
    managers,
    z.object({ skus: z.array(sku).min(1).max(500), confirmed: z.boolean().default(true) }),
  ),
  /** Without SKUs: everything on sale. */
  'catalogue.estimate': command<EstimateView>()(
    managers,
    z.object({ skus: z.array(sku).max(100_000).optional(), withdraw: z.boolean().default(false) }),
  ),
}
