import { z } from 'zod'
import { currencyCode, instant, shortText } from './wire-values.ts'
import { reportKind } from './report.ts'

export const protocolVersion = '1'

/** `GET /.well-known/storefront`: public, the first thing Backroom asks. */
export const description = z.object({
  name: shortText,
  platform: shortText,
  protocolVersions: z.array(z.string()).min(1),
  currency: currencyCode,
  timeZone: z.string().min(1).max(60),
  pricesIncludeTax: z.boolean(),
  pageSize: z.object({ default: z.int().min(1), max: z.int().min(1) }),
  reportKinds: z.array(reportKind),
  longPollSeconds: z.int().min(0).max(30),
  serverTime: instant,
})
export type WireDescription = z.infer<typeof description>
