import { z } from 'zod'
import { checkPlace, floorSchema, placeSchema } from './tour.ts'

/** The planning format `backroom-batch-1`: floor and places as in `backroom-tour-1`, orders as lists of places. */
export const batchProblemSchema = z
  .strictObject({
    id: z.string().min(1),
    floor: floorSchema,
    start: placeSchema,
    end: placeSchema,
    capacity: z.int().positive(),
    orders: z.array(z.array(placeSchema).readonly()).readonly(),
  })
  .superRefine(({ floor, start, end, orders }, issues) => {
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
