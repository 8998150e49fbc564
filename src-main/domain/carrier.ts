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
  readonly validUntil?: EpochMs | undefined
  readonly revokedAt?: EpochMs | undefined
}

/** Where closed manifests go. */
export type CourierChannel =
  | { readonly kind: 'pick-up' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'https'; readonly url: string; readonly token: string }

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
  readonly keys: readonly CourierKeySet[]
  readonly channel: CourierChannel
  /** SHA-256 of the token with which this courier picks up manifests at the station. */
  readonly pickUpTokenHash?: string | undefined
}

/** The key to seal with: the newest one that is neither revoked nor past its time. */
export function currentKey(carrier: Carrier, now: EpochMs): CourierKeySet | undefined {
  return carrier.keys
    .filter((key) => key.revokedAt === undefined && (key.validUntil === undefined || key.validUntil > now))
    .reduce<CourierKeySet | undefined>(
      (newest, key) => (newest && newest.addedAt >= key.addedAt ? newest : key),
      undefined,
    )
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
