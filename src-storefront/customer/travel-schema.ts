import { z } from 'zod'
import { codedReason, identifier, orderLine, quantity } from '../../src-protocol/index.ts'

/** A reason as a code with facts for programs, and as a sentence for people. */
export const spokenReason = codedReason.extend({ text: z.string() })

export const travelContent = z.object({ sku: identifier, name: orderLine.shape.name, quantity })

/** One parcel as planned. `carton` null: the product travels in its own box. */
export const travelPackage = z.object({
  number: z.int().min(1),
  of: z.int().min(1),
  letter: z.string(),
  carton: z.string().nullable(),
  contents: z.array(travelContent),
  pieces: z.int().min(1),
  grossG: z.int().min(0),
  allowableG: z.int().min(0),
  piecesCm3: z.int().min(0),
  allowableCm3: z.int().min(0),
  /** True for a piece that nothing may share a parcel with, and for one in its own box. */
  travelsAlone: z.boolean(),
  why: spokenReason,
  /** Why this carton and no other. */
  whyCarton: codedReason,
})
export type TravelPackage = z.infer<typeof travelPackage>

/** "How it travels". `status` is always planned: the packer has the last word. */
export const travel = z.object({
  status: z.literal('planned'),
  /** False when no packaging rules are published yet, nothing is in the basket, or more than 200 pieces are. */
  isKnown: z.boolean(),
  packages: z.array(travelPackage),
  /** Products that fit in none of the shop's cartons, with the reason; the shop will be in touch. */
  unplaced: z.array(travelContent.extend({ reason: spokenReason })),
  grossG: z.int().min(0),
  /** True when no plan with fewer parcels exists. */
  isProvenFewest: z.boolean(),
  summary: z.string(),
})
export type Travel = z.infer<typeof travel>
