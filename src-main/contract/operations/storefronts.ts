import { z } from 'zod'
import { command, errand, managers, query } from '../operation.ts'

const platform = z.enum(['open-protocol', 'woocommerce'])
const address = z.string().trim().min(1).max(500)
const token = z.string().trim().min(1).max(500)
const id = z
  .string()
  .min(1)
  .max(60)
  .refine((name) => name !== 'counter', 'expected another name: this is the counter of the shop')
const ref = z.object({ id })

const options = z.strictObject({
  tellCustomer: z
    .array(
      z.enum([
        'received', 'on-hold', 'planned', 'picking', 'packed', 'handed-over', 'out-for-delivery', 'delivered', 'failed', 'returned', 'cancelled',
      ]),
    )
    .optional(),
  completeOrders: z.boolean().optional(),
  /** What the shop's own statuses mean, by their names: those of plugins are on hold until somebody says. */
  statusMap: z
    .record(z.string().regex(/^[a-z0-9_-]{1,40}$/), z.enum(['open', 'on-hold', 'cancelled', 'completed', 'ignored']))
    .optional(),
}) // prettier-ignore

export interface StorefrontTestView {
  readonly url: string
  readonly platform: z.infer<typeof platform> | null
  readonly name: string | null
  readonly ok: boolean
  readonly isFound: boolean
  readonly mayConnectAnyway: boolean
  readonly suggestion: string | null
  readonly steps: readonly {
    readonly check: 'address' | 'transport' | 'platform' | 'clock' | 'read' | 'write'
    readonly state: 'passed' | 'failed' | 'not-tried'
    /** A name from which the door makes a sentence: `storefronts.problems.<name>` in the translations. */
    readonly problem: string | null
    readonly facts: { readonly [name: string]: string | number }
  }[]
}

export interface StorefrontRowView {
  readonly id: string
  readonly platform: string
  readonly url: string
  readonly state: 'connected' | 'paused' | 'disconnected'
  readonly options: z.infer<typeof options>
  readonly lastSyncAt: number | undefined
}

/** A line of what came and went; several quiet talks in a row, or failures of one kind, are one line. */
export interface SyncLineView {
  readonly storefront: string
  readonly host: string
  readonly at: number
  /** When the first of several was over. */
  readonly since?: number | undefined
  readonly times: number
  /** Counts by what moved; none = nothing did. */
  readonly moved: {
    readonly newOrders?: number | undefined
    readonly changedOrders?: number | undefined
    readonly repaired?: number | undefined
    readonly products?: number | undefined
    readonly erased?: number | undefined
    readonly refused?: number | undefined
    readonly reports?: number | undefined
    readonly stock?: number | undefined
  }
  /** Why it broke off: `what` is a HostFailure. */
  readonly failure?:
    | {
        readonly code: string
        readonly what?: string | undefined
        readonly host?: string | undefined
        readonly status?: number | undefined
      }
    | undefined
}

/** How storefronts are joined to the shop, and how they leave it. */
export const storefrontOperations = {
  'storefronts.list': query<readonly StorefrontRowView[]>()(managers, z.object({})),
  /** What came and went with each storefront and what went wrong, newest first: the last sixty lines of each. */
  'storefronts.log': query<readonly SyncLineView[]>()(managers, z.object({ id: z.string().max(60).optional() })),
  /** Tries address and token and keeps nothing. Without a token it only says what stands at the address. */
  'storefronts.test': query<StorefrontTestView>()(
    managers,
    z.object({ url: address, token: token.optional(), platform: platform.optional() }),
  ),
  /** Refuses what the test refuses, unless that may pass and `anyway` is said. The same id again changes its token. */
  'storefronts.connect': errand<{
    readonly name: string
    readonly platform: z.infer<typeof platform>
    readonly url: string
  }>()(
    managers,
    z.object({
      id: id.default('main'),
      platform: platform.optional(),
      url: address,
      token: token.optional(),
      anyway: z.boolean().default(false),
      options: options.optional(),
    }),
  ),
  /** The words for each step in the language of the person who chooses; none where the shop has its own. */
  'storefronts.words': query<readonly { readonly kind: string; readonly words: string; readonly isUsual: boolean }[]>()(
    managers,
    z.object({ platform, language: z.enum(['en', 'de', 'ja']) }),
  ),
  'storefronts.options': command<null>()(managers, z.object({ id, options })),
  'storefronts.pause': command<null>()(managers, ref),
  'storefronts.resume': command<null>()(managers, ref),
  /** Destroys the token that is kept here; orders and papers stay. */
  'storefronts.disconnect': command<null>()(managers, ref),
}
