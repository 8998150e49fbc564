import { z } from 'zod'
import { countryCode, identifier, instant, locale, shortText } from './wire-values.ts'

export const service = z.enum(['standard', 'express', 'collect'])
export type WireService = z.infer<typeof service>

export const postalAddress = z.object({
  name: shortText,
  company: shortText.optional(),
  lines: z.array(shortText).min(1).max(6),
  postcode: z.string().min(1).max(20).optional(),
  city: shortText,
  region: shortText.optional(),
  country: countryCode,
  phone: z.string().min(3).max(40).optional(),
  coordinates: z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).optional(),
})
export type WireAddress = z.infer<typeof postalAddress>

export const contact = z.object({
  email: z.email().max(254).optional(),
  phone: z.string().min(3).max(40).optional(),
})

/** Made at the first access of the customer's terminal, before any order exists; an order keeps a snapshot. */
export const userInformation = z.object({
  userId: identifier,
  kind: z.enum(['account', 'guest']),
  identifiedBy: z.enum(['password', 'guest-session', 'external']),
  identifiedAt: instant,
  locale,
  name: shortText.optional(),
  contact,
  deliveryAddresses: z.array(postalAddress).max(50),
  deliveryWishes: z.object({ service: service.optional(), instructions: z.string().max(1000).optional() }),
  previousUserId: identifier.optional(),
})
export type WireUserInformation = z.infer<typeof userInformation>
