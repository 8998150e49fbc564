import { z } from 'zod'
import { command, errand, managers, query } from '../operation.ts'
import type { CarrierView } from '../views.ts'

const code = z.string().min(1).max(64)
/** File contents cross as text: bytes do not cross, and everything read here is text. */
const fileText = z.string().max(50_000_000)

const offeredKey = z.object({ carrier: code, jwks: z.string().max(1_000_000) })
const keyRef = z.object({ carrier: code, encKid: z.string().max(100) })
/** As the person is called here. */
const person = z.string().trim().min(1).max(60)
const validity = { validFrom: z.int().min(0).optional(), validUntil: z.int().min(0).optional() }

const positive = z.int().min(1).max(10_000_000)
const tariffRow = z.object({
  maxGrossG: positive,
  maxLengthMm: positive,
  maxGirthMm: positive,
  priceMinor: z.int().min(0).max(100_000_000),
})

export interface KeyWordsView {
  readonly carrier: string
  readonly encKid: string
  readonly sigKid: string
  /** Words of the key that seals. */
  readonly words: readonly string[]
  /** Words of the key that signs answers. */
  readonly sigWords: readonly string[]
}

export interface CourierWarningView {
  readonly code: string
  readonly name: string
  readonly state: 'no-key' | 'expired' | 'none' | 'ends-soon'
  /** When sealing ends or ended; undefined where no key has an end. */
  readonly at: number | undefined
}

export interface LabelToRenewView {
  readonly carrier: string
  readonly wave: string
  readonly parcel: string
  readonly number: string | undefined
  readonly status: string
  readonly why: 'old-key' | 'no-label'
  readonly kid: string | undefined
}

/** Who transports, the keys with which labels and manifests are sealed for them, and where manifests go. */
export const courierOperations = {
  'couriers.import': command<{ carriers: number }>()(managers, z.object({ json: fileText })),
  'couriers.list': query<readonly CarrierView[]>()(managers, z.object({})),
  /** Couriers without a key that seals, and those whose last one ends within 30 days. */
  'couriers.warnings': query<readonly CourierWarningView[]>()(managers, z.object({})),
  /** What a key set is before anybody saves it: the words of both keys, to be read to the courier by telephone. */
  'couriers.preview-key': query<KeyWordsView & { readonly isKnown: boolean; readonly sealsNow: string | undefined }>()(
    managers,
    offeredKey,
  ),
  /** Takes a key set in beside the old ones. `comparedBy`: who has compared the words; left out = not compared yet. */
  'couriers.add-key': command<KeyWordsView>()(
    managers,
    offeredKey.extend({ comparedBy: person.optional(), ...validity }),
  ),
  /** Keeps who has compared the words of a key with the courier, and when. */
  'couriers.compare-key': command<null>()(managers, keyRef.extend({ by: person })),
  'couriers.set-validity': command<null>()(managers, keyRef.extend(validity)),
  /** At once: labels sealed for the key that are still here are void, manifests not sent yet are held back. */
  'couriers.revoke-key': command<{
    readonly voided: readonly string[]
    readonly hasKey: boolean
    /** Numbers of closed manifests that were sealed for it and are held back now. */
    readonly manifests: readonly string[]
  }>()(managers, keyRef),
  /** Parcels still here whose labels were sealed for a former key, or have no label any more. */
  'couriers.labels-to-renew': query<readonly LabelToRenewView[]>()(managers, z.object({ carrier: code.optional() })),
  /** Makes those labels anew; asks storefronts for the addresses again first. */
  'couriers.renew-labels': errand<{ readonly renewed: number; readonly left: readonly LabelToRenewView[] }>()(
    managers,
    z.object({ carrier: code }),
  ),
  /** A label to an invented recipient that the courier can scan and open. */
  'couriers.test-label': command<{ readonly documentId: string; readonly number: string; readonly block: string }>()(
    managers,
    z.object({ carrier: code }),
  ),
  /** When it collects, on which paper its labels stand, what it takes for a parcel; what is left out stays as it is. */
  'couriers.set-terms': command<null>()(
    managers,
    z.object({
      carrier: code,
      collection: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .optional(),
      labelSize: z.enum(['4x6', '100x150', 'A6']).optional(),
      tariff: z.array(tariffRow).max(100).optional(),
    }),
  ),
  'couriers.set-channel': command<{ readonly pickUpToken: string | null }>()(
    managers,
    z.object({
      carrier: code,
      channel: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('pick-up') }),
        z.object({ kind: z.literal('folder'), path: z.string().min(1).max(1000) }),
        z.object({ kind: z.literal('mail'), to: z.string().min(3).max(254) }),
        z.object({ kind: z.literal('https'), url: z.url().max(1000), token: z.string().min(1).max(500) }),
      ]),
    }),
  ),
  /** The shop's public keys, to hand to couriers. */
  'shop.public-keys': query<{ readonly keys: readonly { readonly [key: string]: unknown }[] }>()(
    managers,
    z.object({}),
  ),
  /** The same as words to compare by telephone, one entry a key. */
  'shop.public-key-words': query<
    readonly { readonly kid: string; readonly use: string; readonly words: readonly string[] }[]
  >()(managers, z.object({})),
}
