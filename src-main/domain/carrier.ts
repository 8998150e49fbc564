import type { EpochMs } from '../kernel/time.ts'
import type { Json } from '../kernel/json.ts'
import type { Service } from './order.ts'

/** A public P-256 key in JWK form (RFC 7517), as handed over by the courier. */
export type PublicJwk = { readonly [key: string]: Json | undefined }

/** The two keys of a courier: one to open what we seal, one to sign what they send back. */
export interface CourierKeySet {
  /** RFC 7638 thumbprint of the encryption key. */
  readonly encKid: string
  readonly sigKid: string
  readonly enc: PublicJwk
  readonly sig: PublicJwk
  readonly addedAt: EpochMs
  /** Nothing is sealed with it before; absent = from the time it was added. */
  readonly validFrom?: EpochMs | undefined
  /** Nothing is sealed with it from then on; what the courier signs with it still counts. */
  readonly validUntil?: EpochMs | undefined
  /** From then on nothing is sealed with it and nothing signed with it counts. */
  readonly revokedAt?: EpochMs | undefined
  /** Somebody here has read the words of both keys to the courier, and they were the same ones. */
  readonly compared?: { readonly by: string; readonly at: EpochMs } | undefined
}

/** Where closed manifests go. */
export type CourierChannel =
  | { readonly kind: 'pick-up' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'https'; readonly url: string; readonly token: string }
  | { readonly kind: 'mail'; readonly to: string }

/** A carrier who sticks a label of their own beside ours, made on their site from a file that we write. */
export interface OwnLabels {
  /** Name of an upload profile, such as `dhl-vls`. */
  readonly profile: string
  /**
   * The carrier's site takes names and addresses in clear only. Without this word no such file is written while the
   * shop seals its deliveries.
   */
  readonly needsPlainUpload: boolean
  /** Their label shows the address: a packing station may show and print it only where the shop says so. */
  readonly shownAtStations: boolean
  /** What the profile asks the shop for: account numbers, service codes. */
  readonly values: { readonly [name: string]: string }
}

export interface CarrierLimits {
  readonly maxLengthMm?: number | undefined
  readonly maxGirthMm?: number | undefined
  readonly maxGrossG?: number | undefined
  readonly maxParcels?: number | undefined
  readonly maxDangerousG?: number | undefined
}

export interface TariffRow {
  readonly maxGrossG: number
  readonly maxLengthMm: number
  readonly maxGirthMm: number
  readonly priceMinor: number
}

/** Who transports; "courier" in the interface. */
export interface Carrier {
  readonly code: string
  readonly name: string
  readonly kind: 'van' | 'parcel-carrier'
  readonly services: readonly Service[]
  /** Local time of collection, `16:30`. */
  readonly collection: string
  /** ISO countries served; empty = the whole world. */
  readonly countries: readonly string[]
  /** Postcode prefixes served; empty = all. */
  readonly postcodePrefixes: readonly string[]
  /** Smaller first when several carriers could take a parcel. */
  readonly priority: number
  readonly routing: readonly { readonly prefix: string; readonly code: string }[]
  readonly limits: CarrierLimits
  readonly tariff: readonly TariffRow[]
  readonly vehicle?:
    | {
        readonly count: number
        readonly capacityParcels: number
        readonly capacityG: number
        readonly returns: boolean
        readonly speedKmh: number
      }
    | undefined
  /** The courier plans the route: stops are grouped and sorted by routing code. */
  readonly plansOwnRoute: boolean
  readonly labelSize: '4x6' | '100x150' | 'A6'
  /** What the courier calls its services; printed on the label instead of our words. */
  readonly serviceNames?: { readonly [service in Service]?: string | undefined } | undefined
  /** `own` = the shop's own numbers even where it has a GS1 prefix; absent = an SSCC where it has one. */
  readonly numbers?: 'sscc' | 'own' | undefined
  readonly keys: readonly CourierKeySet[]
  readonly channel: CourierChannel
  /** SHA-256 of the token with which this courier picks up manifests at the station. */
  readonly pickUpTokenHash?: string | undefined
  readonly ownLabels?: OwnLabels | undefined
}

/** The key to seal with: of those that are valid now the one that became valid last. Several at once: the last in the list. */
export function currentKey(carrier: Pick<Carrier, 'keys'>, now: EpochMs): CourierKeySet | undefined {
  return carrier.keys
    .filter((key) => keyStateOf(key, now) === 'valid')
    .reduce<CourierKeySet | undefined>(
      (newest, key) => (newest && sealsFrom(newest) > sealsFrom(key) ? newest : key),
      undefined,
    )
}

const sealsFrom = (key: CourierKeySet): EpochMs => key.validFrom ?? key.addedAt

/** `waiting` = its time has not begun. A key set is trusted to answer in every state but `revoked`. */
export type KeyState = 'waiting' | 'valid' | 'expired' | 'revoked'

export function keyStateOf(key: CourierKeySet, now: EpochMs): KeyState {
  if (key.revokedAt !== undefined) return 'revoked'
  if (key.validUntil !== undefined && key.validUntil <= now) return 'expired'
  return key.validFrom !== undefined && key.validFrom > now ? 'waiting' : 'valid'
}

/** How long before its end a shop is told that a courier needs a new key. */
export const keyWarningMs = 30 * 86_400_000

/**
 * When sealing for this courier ends unless a new key comes: the latest end of all keys that are valid or wait for their
 * time. `endsAt` is undefined where some key has no end. `none` = nothing can be sealed now.
 */
export function sealingOutlook(
  carrier: Pick<Carrier, 'keys'>,
  now: EpochMs,
): { readonly state: 'none' | 'ends-soon' | 'good'; readonly endsAt: EpochMs | undefined } {
  const usable = carrier.keys.filter((key) => ['valid', 'waiting'].includes(keyStateOf(key, now)))
  const isEndless = usable.some((key) => key.validUntil === undefined)
  const endsAt = isEndless ? undefined : Math.max(0, ...usable.map((key) => key.validUntil ?? 0)) || undefined
  if (!currentKey(carrier, now)) return { state: 'none', endsAt }
  return { state: endsAt !== undefined && endsAt - now <= keyWarningMs ? 'ends-soon' : 'good', endsAt }
}

/** True when the carrier goes to the place and offers the service. Postcode area = first two signs. */
export function canCarry(carrier: Carrier, to: { country: string; postcodeArea: string; service: Service }): boolean {
  return (
    carrier.services.includes(to.service) &&
    (carrier.countries.length === 0 || carrier.countries.includes(to.country)) &&
    (carrier.postcodePrefixes.length === 0 ||
      carrier.postcodePrefixes.some((prefix) => to.postcodeArea.startsWith(prefix.slice(0, 2))))
  )
}

/** The carrier's sort code: longest matching prefix of the postcode area, else country and area. */
export function routingCodeFor(carrier: Carrier, country: string, postcodeArea: string): string {
  const matching = carrier.routing
    .filter((row) => `${country}-${postcodeArea}`.startsWith(row.prefix) || postcodeArea.startsWith(row.prefix))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
  return matching[0]?.code ?? `${country}-${postcodeArea}`
}
