import { z } from 'zod'
import { command, managers, query } from '../operation.ts'
import type { CarrierView } from '../views.ts'

const code = z.string().min(1).max(64)
/** File contents cross as text: bytes do not cross, and everything read here is text. */
const fileText = z.string().max(50_000_000)

/** Who transports, the keys with which labels and manifests are sealed for them, and where manifests go. */
export const courierOperations = {
  'couriers.import': command<{ carriers: number }>()(managers, z.object({ json: fileText })),
  'couriers.list': query<readonly CarrierView[]>()(managers, z.object({})),
  'couriers.add-key': command<{
    readonly carrier: string
    readonly encKid: string
    readonly words: readonly string[]
  }>()(managers, z.object({ carrier: code, jwks: z.string().max(20_000) })),
  'couriers.revoke-key': command<null>()(managers, z.object({ carrier: code, encKid: z.string().max(100) })),
  'couriers.set-channel': command<{ readonly pickUpToken: string | null }>()(
    managers,
    z.object({
      carrier: code,
      channel: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('pick-up') }),
        z.object({ kind: z.literal('folder'), path: z.string().min(1).max(1000) }),
        z.object({ kind: z.literal('https'), url: z.url().max(1000), token: z.string().min(1).max(500) }),
      ]),
    }),
  ),
  /** The shop's public keys, to hand to couriers. */
  'shop.public-keys': query<{ readonly keys: readonly { readonly [key: string]: unknown }[] }>()(
    managers,
    z.object({}),
  ),
}
