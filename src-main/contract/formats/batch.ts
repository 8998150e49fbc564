import { z } from 'zod'
import { checkPlace, floorSchema, placeSchema } from './tour.ts'

const amount = z.number().nonnegative()

/** The planning format `backroom-batch-1`: floor and places as in `backroom-tour-1`, orders as lists of places. */
export const batchProblemSchema = z
  .strictObject({
    id: z.string().min(1),
    floor: floorSchema,
    start: placeSchema,
    end: placeSchema,
    capacity: z.int().positive(),
    orders: z.array(z.array(placeSchema).readonly()).readonly(),
    cart: z.strictObject({ totes: amount.optional(), weight: amount.optional(), volume: amount.optional() }).optional(),
    demands: z
      .array(
        z.strictObject({
          totes: amount.optional(),
          weight: amount.optional(),
          volume: amount.optional(),
          zone: z.int().optional(),
          due: z.number().optional(),
        }),
      )
      .readonly()
      .optional(),
    pace: z
      .strictObject({
        unitsPerMinute: z.number().positive(),
        minutesPerPick: amount,
        pickers: z.int().positive().max(1000).optional(),
      })
      .optional(),
  })
  .superRefine(({ floor, start, end, orders, demands }, issues) => {
    if (demands && demands.length !== orders.length) {
      issues.addIssue({ code: 'custom', path: ['demands'], message: `one for each of ${orders.length} orders` })
    }
    checkPlace(floor, start, { issues, path: ['start'] })
    checkPlace(floor, end, { issues, path: ['end'] })
    orders.forEach((order, i) =>
      order.forEach((place, k) => checkPlace(floor, place, { issues, path: ['orders', i, k] })),
    )
  })

export const batchFileSchema = z.strictObject({
  format: z.literal('backroom-batch-1'),
  problems: z.array(batchProblemSchema).readonly(),
})

export type BatchFile = z.output<typeof batchFileSchema>

/** The name that a result file carries. */
export const batchResultFormat = 'backroom-batch-result-1'
