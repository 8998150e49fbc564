import { z } from 'zod'

/** What a bearer token may be made for; each path needs exactly one of them. */
export const scope = z.enum([
  'products:read',
  'orders:read',
  'erasures:read',
  'stock:write',
  'reports:write',
  'rules:write',
])
export type WireScope = z.infer<typeof scope>
