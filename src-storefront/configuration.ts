import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../src-main/kernel/errors.ts'
import { mailSettings } from './mail/settings.ts'
import { countryCode, currencyCode, locale, packagingRules, service } from '../src-protocol/index.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const minor = z.int().min(0)

const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, 'an IANA time zone')

const webAddress = z.url({ protocol: /^https?$/ }).max(2000)

/** What a shop decides about its storefront; a file of this shape is given with `--seed-config`. */
export const configurationSchema = z.strictObject({
  name: z.string().min(1).max(100).default('The shop'),
  currency: currencyCode.default('EUR'),
  timeZone: timeZone.default('Europe/Berlin'),
  locale: locale.default('en'),
  /** Where most parcels go; shipping is estimated for it before an address is known. */
  country: countryCode.default('DE'),
  services: z.array(service).min(1).default(['standard', 'express', 'collect']),
  payments: z
    .array(z.enum(['on-delivery', 'invoice']))
    .min(1)
    .default(['on-delivery', 'invoice']),
  windows: z
    .strictObject({
      daysAhead: z.int().min(1).max(30),
      /** A window is offered until this many hours before it begins. */
      leadHours: z.int().min(0).max(240),
      /** Weekdays from 1 (Monday) to 7. */
      slots: z.array(z.strictObject({ weekdays: z.array(z.int().min(1).max(7)), from: timeOfDay, to: timeOfDay })),
    })
    .default({
      daysAhead: 5,
      leadHours: 4,
      slots: [
        { weekdays: [1, 2, 3, 4, 5, 6], from: '09:00', to: '12:00' },
        { weekdays: [1, 2, 3, 4, 5, 6], from: '14:00', to: '18:00' },
      ],
    }),
  /** First zone whose countries hold the address; no countries = everywhere. Each parcel pays its own row. */
  shipping: z
    .array(
      z.strictObject({
        name: z.string(),
        countries: z.array(countryCode).optional(),
        perParcel: z.array(z.strictObject({ maxGrossG: z.int().min(1), priceMinor: minor })).min(1),
        expressMinor: minor,
      }),
    )
    .min(1)
    .default([
      {
        name: 'home',
        countries: ['DE'],
        perParcel: [
          { maxGrossG: 2000, priceMinor: 399 },
          { maxGrossG: 10_000, priceMinor: 549 },
          { maxGrossG: 31_500, priceMinor: 899 },
        ],
        expressMinor: 400,
      },
      {
        name: 'abroad',
        perParcel: [
          { maxGrossG: 5000, priceMinor: 1299 },
          { maxGrossG: 31_500, priceMinor: 2499 },
        ],
        expressMinor: 1200,
      },
    ]),
  /** Days after the end of an order until name and address are deleted. */
  keepPersonalDays: z.int().min(0).max(3650).default(14),
  /** Proxies in front that can be trusted to name the customer's address in X-Forwarded-For; 0 = none. */
  trustProxy: z.int().min(0).max(5).default(0),
  /** Where and when customers collect: lines of an address, and the opening hours in the shop's words. */
  collection: z
    .strictObject({ lines: z.array(z.string().min(1).max(200)).min(1).max(6), hours: z.string().max(300).optional() })
    .optional(),
  /** Pages of the shop's own, linked at the foot of every page. */
  links: z.strictObject({ terms: webAddress.optional(), privacy: webAddress.optional(), imprint: webAddress.optional() }).default({}), // prettier-ignore
  /** How much one address may ask for; programs on this machine that come through no proxy are not counted. */
  limits: z
    .strictObject({
      sessionsPerMinute: z.int().min(1).default(300),
      signUpsPerHour: z.int().min(1).default(30),
      previewsPerMinute: z.int().min(1).default(300),
    })
    .default({ sessionsPerMinute: 300, signUpsPerHour: 30, previewsPerMinute: 300 }),
  /** The mail server, and what is told by mail; without it no mail is sent and a forgotten password stays forgotten. */
  mail: mailSettings.optional(),
  /** Packaging rules to start with, until the back office publishes its own. */
  packagingRules: packagingRules.optional(),
})
export type Configuration = z.infer<typeof configurationSchema>

/** Reads a configuration file; without one every default holds. Throws `ERR_INPUT_...` with the field's path. */
export function readConfiguration(file: string | undefined): Configuration {
  if (file === undefined) return configurationSchema.parse({})
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new AppError('ERR_INPUT_NOT_JSON', { file }, { cause: error })
  }
  const parsed = configurationSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('ERR_INPUT_INVALID', { file, path: issue?.path.join('.') ?? '', expected: issue?.message ?? '' })
}
