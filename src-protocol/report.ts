import { z } from 'zod'
import { limits } from './limits.ts'
import { codedReason, grams, identifier, instant, quantity, shortText } from './wire-values.ts'

export const reportKind = z.enum([
  'received',
  'on-hold',
  'planned',
  'picking',
  'packed',
  'handed-over',
  'out-for-delivery',
  'delivered',
  'failed',
  'returned',
  'cancelled',
])
export type WireReportKind = z.infer<typeof reportKind>

/** One parcel as planned or packed. `carton` null: the product travels in its own box. */
export const reportedPackage = z.strictObject({
  parcelId: identifier,
  letter: z.string().min(1).max(5),
  carton: z.string().min(1).max(100).nullable(),
  grossG: grams,
  contents: z.array(z.strictObject({ lineId: identifier, sku: identifier, quantity })).min(1),
  why: codedReason.optional(),
})
export type WireReportedPackage = z.infer<typeof reportedPackage>

/**
 * Sequence counts per order from 1; a lower one never overwrites what a higher one said of the same parcel.
 * About the order as a whole (no `parcelId`) `packages` is the complete list and replaces what was known;
 * about a parcel it describes that parcel.
 */
export const report = z.strictObject({
  id: z.uuid(),
  orderId: identifier,
  parcelId: identifier.optional(),
  kind: reportKind,
  sequence: z.int().min(1),
  at: instant,
  reason: z.string().min(1).max(300).optional(),
  tracking: z
    .strictObject({
      carrier: shortText,
      number: z.string().min(1).max(100).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .optional(),
    })
    .optional(),
  packages: z.array(reportedPackage).max(1000).optional(),
})
export type WireReport = z.infer<typeof report>

export const presentState = z.object({
  orderId: identifier,
  parcelId: identifier.optional(),
  kind: reportKind,
  sequence: z.int().min(1),
  at: instant,
})

/** Set on an answer given before for the same report; the rest of the answer is the same. */
const replayed = z.boolean().optional()

/** 200: the report is on record. */
export const reportAccepted = z.object({
  id: z.uuid(),
  outcome: z.literal('accepted'),
  present: presentState,
  replayed,
})
/** 409: something newer is known of that parcel. */
export const reportStale = z.object({ id: z.uuid(), outcome: z.literal('stale'), present: presentState, replayed })
/** Never acceptable as it is. `reason` is a code such as `order-not-found` or `other-body`. */
export const reportRejected = z.object({ id: z.uuid(), outcome: z.literal('rejected'), reason: z.string().min(1) })

export const reportAnswer = z.discriminatedUnion('outcome', [reportAccepted, reportStale, reportRejected])
export type WireReportAnswer = z.infer<typeof reportAnswer>

export const reportBatch = z.strictObject({ reports: z.array(report).min(1).max(limits.reportsPerBatch) })
/** One answer for each report, in the order sent. */
export const reportBatchAnswer = z.object({ answers: z.array(reportAnswer) })
