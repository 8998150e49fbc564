import type { FulfilmentStatus } from '../domain/fulfilment.ts'
import type { Orientation, Temperature } from '../domain/catalogue.ts'
import type { Service, TimeWindow } from '../domain/order.ts'
import type { StatusReport } from '../domain/outbox.ts'
import type { Json } from '../kernel/json.ts'
import type { Money } from '../kernel/money.ts'
import type { EpochMs } from '../kernel/time.ts'
import type { Size } from '../kernel/units.ts'

/**
 * An online shop that Backroom serves. Every adapter promises the same:
 *
 * - Nothing is lost: a cursor is handed out only with a page that was read whole, so storing rows
 *   and cursor in one transaction and starting again at the last stored cursor is always right.
 *   Entries arrive at least once; the reader upserts by id.
 * - One bad entry never blocks the feed: it comes back in `refused` with its place and reason.
 * - Money is integer minor units, lengths mm, weights g, times epoch milliseconds, absence undefined.
 * - A host that does not answer throws `ERR_STOREFRONT_UNREACHABLE`, one that says no
 *   `ERR_STOREFRONT_REFUSED`, one that answers nonsense `ERR_STOREFRONT_ANSWER`. Their details name
 *   `host`, `path`, `what` (see HostFailure), `status` where there was one, `retryAfterMs` where it asked to wait.
 */
export interface Storefront {
  /** What the shop says about itself. Public; needs no key. */
  describe(): Promise<StorefrontDescription>
  /** Tries address, transport, clock, reading and a harmless write; never throws for what it finds. */
  testAccess(): Promise<readonly AccessCheck[]>
  /** The next page of sellable units, oldest change first; no cursor = from the beginning. */
  pullProducts(cursor: string | undefined): Promise<Pull<ProductChange>>
  /** The next page of orders, oldest change first. `waitMs` lets the host hold the answer until there is news. */
  pullOrders(cursor: string | undefined, options?: PullOptions): Promise<Pull<StorefrontOrder>>
  /** The named orders as they are now, whatever a cursor says; any number of ids, found ones in no special order. */
  getOrders(ids: readonly string[]): Promise<OrdersNow>
  /** Every order the shop still counts as open, for reconciling. */
  listOpenIds(): Promise<readonly OpenOrder[]>
  /** Replaces what the shop knows of cartons, rules and measures. The same version again changes nothing. */
  publishPackagingRules(rules: PackagingRules): Promise<void>
  /** Sets what is sellable; one answer per level, in the order given. */
  pushStock(levels: readonly StockLevel[]): Promise<readonly StockAnswer[]>
  /** Sends status reports in the order given; one answer per report, in the order given. Sending one again is harmless. */
  pushReports(reports: readonly OutgoingReport[]): Promise<readonly ReportAnswer[]>
  /** The next page of people whose personal data must go. */
  pullErasures(cursor: string | undefined): Promise<Pull<Erasure>>
}

/** `what` of a storefront failure: facts from which a door makes a sentence. */
export type HostFailure =
  | 'no-connection'
  | 'no-answer-in-time'
  | 'answer-cut-short'
  | 'answer-too-large'
  | 'not-json'
  | 'html-page'
  | 'wrong-shape'
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-many-requests'
  | 'unavailable'
  | 'server-error'
  | 'redirected'
  | 'plain-http'
  | 'refused'

export interface PullOptions {
  readonly waitMs?: number | undefined
  readonly limit?: number | undefined
}

/** One page of a feed, or the host's word that the cursor is too old: then start over without one. */
export type Pull<Entry> =
  | {
      readonly kind: 'page'
      readonly entries: readonly Entry[]
      readonly refused: readonly RefusedEntry[]
      /** Where to go on; store it with the entries. */
      readonly cursor: string
      readonly hasMore: boolean
    }
  | { readonly kind: 'cursor-expired' }

/** An entry that could not be read. `id` where it had one; `path` is the field's place, such as `lines.0.quantity`. */
export interface RefusedEntry {
  readonly id?: string | undefined
  readonly index: number
  readonly path: string
  readonly expected: string
}

export interface StorefrontDescription {
  readonly platform: string
  readonly name: string
  readonly protocolVersion: string
  readonly currency: string
  /** IANA zone, such as `Europe/Berlin`. */
  readonly timeZone: string
  readonly pricesIncludeTax: boolean
  readonly pageSize: number
  /** The host's clock less ours, measured in the middle of the call. */
  readonly clockOffsetMs: number
  readonly reportKinds: readonly FulfilmentStatus[]
  /** 0 where the host offers no long poll. */
  readonly longPollMs: number
}

export interface AccessCheck {
  readonly check: 'address' | 'transport' | 'clock' | 'read' | 'write'
  readonly ok: boolean
  /** Facts for a sentence: `what`, `status`, `clockOffsetMs` ... */
  readonly details: { readonly [key: string]: Json | undefined }
}

/** Handling as in the planning formats (pack). */
export interface Handling {
  readonly orientation?: Orientation | readonly ('l' | 'w' | 'h')[] | undefined
  readonly maxLoadG?: number | undefined
  readonly class?: string | undefined
  readonly temperature?: Temperature | undefined
  readonly alone?: boolean | undefined
  readonly ownBox?: boolean | undefined
  readonly fragile?: boolean | undefined
  readonly keepTogether?: string | undefined
  readonly foldedMm?: readonly Size[] | undefined
  readonly dangerousG?: number | undefined
}

/** Each part may be unknown; a shop that knows no measures sends none. */
export interface Measures {
  readonly sizeMm?: Size | undefined
  readonly weightG?: number | undefined
  readonly volumeCm3?: number | undefined
  readonly handling?: Handling | undefined
}

export type ProductChange =
  | { readonly kind: 'product'; readonly product: StorefrontProduct }
  | { readonly kind: 'tombstone'; readonly id: string; readonly changedAt: EpochMs }

export interface StorefrontProduct {
  readonly id: string
  readonly sku: string
  readonly gtin?: string | undefined
  readonly name: string
  readonly description?: string | undefined
  readonly category?: string | undefined
  readonly price: Money
  /** Percent, such as 7 or 19. */
  readonly taxRate: number
  readonly measures: Measures
  readonly changedAt: EpochMs
}

export interface UserInformation {
  /** Random; stable for an account, new for a guest. */
  readonly userId: string
  readonly kind: 'account' | 'guest'
  readonly identifiedBy: 'password' | 'guest-session' | 'external'
  readonly identifiedAt: EpochMs
  /** BCP 47, such as `de` or `ja-JP`. */
  readonly locale: string
  readonly name?: string | undefined
  readonly contact: { readonly email?: string | undefined; readonly phone?: string | undefined }
  readonly deliveryAddresses: readonly PostalAddress[]
  readonly deliveryWishes: { readonly service?: Service | undefined; readonly instructions?: string | undefined }
  /** The first user the shop saw with the same e-mail address: a returning guest. */
  readonly previousUserId?: string | undefined
}

export interface PostalAddress {
  readonly name: string
  readonly company?: string | undefined
  readonly lines: readonly string[]
  readonly postcode?: string | undefined
  readonly city: string
  readonly region?: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly phone?: string | undefined
  /** Degrees, WGS 84. */
  readonly coordinates?: { readonly lat: number; readonly lon: number } | undefined
}

export type StorefrontOrderStatus = 'open' | 'on-hold' | 'cancelled' | 'completed'

export interface StorefrontOrder {
  readonly id: string
  /** What the customer calls it. */
  readonly number: string
  readonly status: StorefrontOrderStatus
  readonly placedAt: EpochMs
  readonly changedAt: EpochMs
  readonly user: UserInformation
  /** Absent when the order is collected, or when the shop failed to ask: then it is a problem to show. */
  readonly deliveryAddress?: PostalAddress | undefined
  readonly window?: TimeWindow | undefined
  readonly service: Service
  readonly instructions?: string | undefined
  readonly payment?: 'on-delivery' | 'invoice' | 'paid' | undefined
  readonly lines: readonly StorefrontOrderLine[]
  readonly totals: {
    readonly goods: Money
    readonly shipping: Money
    /** Contained in the total. */
    readonly tax: Money
    readonly total: Money
  }
  readonly currency: string
}

export interface StorefrontOrderLine {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly gtin?: string | undefined
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly taxRate: number
}

export interface OrdersNow {
  readonly found: readonly StorefrontOrder[]
  /** Ids the shop does not know (any more): deleted for good, or in the bin without a body. */
  readonly missing: readonly string[]
  readonly refused: readonly RefusedEntry[]
}

export interface OpenOrder {
  readonly id: string
  readonly status: StorefrontOrderStatus
  readonly changedAt: EpochMs
}

/** Cartons and rules exactly as in the pack format, measures per SKU. */
export interface PackagingRules {
  /** Changes when anything in it changes; a content hash will do. */
  readonly version: string
  readonly cartons: readonly PublishedCarton[]
  readonly rules: PublishedPackRules
  readonly products: readonly PublishedMeasures[]
}

export interface PublishedCarton {
  readonly code: string
  readonly innerMm: Size
  readonly outerMm?: Size | undefined
  readonly tareG?: number | undefined
  readonly maxGrossG: number
  readonly maxVolumeCm3?: number | undefined
  readonly costMinor?: number | undefined
  readonly available?: number | undefined
  readonly insulated?: boolean | undefined
  readonly paddingMm?: number | undefined
  readonly coolantMm3?: number | undefined
  readonly coolantG?: number | undefined
}

export interface PublishedPackRules {
  readonly minSupport?: number | undefined
  readonly dimDivisorCm3PerKg?: number | undefined
  readonly keepApart?: readonly (readonly string[])[] | undefined
  readonly mode?: 'fewest' | 'cheapest' | undefined
  readonly objective?: 'billable' | 'volume' | 'cost' | 'tariff' | undefined
  readonly carrier?:
    | {
        readonly maxLengthMm?: number | undefined
        readonly maxGirthMm?: number | undefined
        readonly maxGrossG?: number | undefined
        readonly maxParcels?: number | undefined
        readonly maxDangerousG?: number | undefined
      }
    | undefined
  readonly tariff?:
    | readonly {
        readonly maxGrossG?: number | undefined
        readonly maxLengthMm?: number | undefined
        readonly maxGirthMm?: number | undefined
        readonly priceMinor: number
      }[]
    | undefined
}

export interface PublishedMeasures {
  readonly sku: string
  /** null: no usable sides, planned by weight and volume alone. */
  readonly sizeMm: Size | null
  readonly weightG: number
  readonly volumeCm3?: number | undefined
  readonly handling?: Handling | undefined
}

export interface StockLevel {
  readonly sku: string
  /** Sellable pieces from now on. */
  readonly quantity: number
  /** The value it is expected to replace; undefined sets it whatever it was. */
  readonly expected?: number | undefined
}

/** `present` is the shop's value after the call; a conflict means orders came in between. */
export type StockAnswer =
  | { readonly sku: string; readonly outcome: 'set' | 'conflict'; readonly present: number }
  | { readonly sku: string; readonly outcome: 'unknown-sku' }

/**
 * A status as the outbox holds it, with the shop's own id of the order. A report on the order as a
 * whole (`parcelId` absent) whose `contents` are given replaces the list of packages the customer sees.
 */
export interface OutgoingReport {
  readonly externalOrderId: string
  readonly report: StatusReport
}

/** `retry`: not judged yet, send again after the wait. `stale`: the shop already shows something newer. */
export type ReportAnswer =
  | { readonly id: string; readonly outcome: 'accepted' | 'duplicate' }
  | {
      readonly id: string
      readonly outcome: 'stale'
      readonly presentKind: FulfilmentStatus
      readonly presentSequence: number
    }
  | { readonly id: string; readonly outcome: 'rejected'; readonly reason: string }
  | { readonly id: string; readonly outcome: 'retry'; readonly afterMs: number }

export interface Erasure {
  readonly userId: string
  readonly orderIds: readonly string[]
  readonly requestedAt: EpochMs
}
