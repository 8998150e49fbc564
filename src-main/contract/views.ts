import type { Product } from '../domain/catalogue.ts'
import type { FulfilmentEvent } from '../domain/fulfilment.ts'
import type { HandOverView } from '../domain/hand-over.ts'
import type { Manifest, RoutePlan } from '../domain/manifest.ts'
import type { Order, OrderLine } from '../domain/order.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { StockLevel } from '../domain/stock.ts'
import type { PickTour } from '../domain/tour.ts'
import type { OrderProof, Wave, WaveHead } from '../domain/wave.ts'

/** What the doors show. Nothing here holds personal data: an order's sealed part stays behind. */
export interface PageView<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

/** Without its sealed part. What it costs is told at the desk and left out for the floor. */
export interface OrderView extends Omit<Order, 'personal' | 'addressToken' | 'contentHash' | 'lines'> {
  readonly lines: readonly OrderLineView[]
}
export type OrderLineView = Omit<OrderLine, Priced> & Partial<Pick<OrderLine, Priced>>
type Priced = 'unitPriceMinor' | 'taxRate'

export interface OrderRowView {
  readonly order: OrderView
  readonly parcelCount: number
  readonly pieces: number
}

export interface OrderFileView {
  readonly order: OrderView
  readonly parcels: readonly Parcel[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  /** What is proven about its parcels; absent before they are planned. */
  readonly proof?: OrderProof | undefined
}

export interface WaveRowView {
  readonly wave: WaveHead
  readonly orderCount: number
  readonly unplannedCount: number
  readonly parcelCount: number
  readonly pickedParcels: number
  readonly packedParcels: number
}

export interface DocumentView {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly version: number
  readonly issuedAt: number
  readonly fileName: string
  readonly mediaType: string
  readonly sha256: string
  readonly withdrawnAt?: number | undefined
}

export interface WaveView {
  readonly wave: Wave
  readonly orders: readonly OrderView[]
  readonly parcels: readonly Parcel[]
  readonly tours: readonly PickTour[]
  /** One for each courier and collection. */
  readonly routes: readonly RoutePlan[]
  readonly documents: readonly DocumentView[]
}

export interface ProductRowView {
  readonly product: Product
  readonly levels: readonly StockLevel[]
}

export interface ManifestRowView {
  readonly manifest: Manifest
  readonly carrierName: string
  readonly parcelCount: number
  readonly handOver: HandOverView
  /** Who signed for it: the key as words to compare by telephone. */
  readonly signedBy: readonly string[] | undefined
}

/** What is to do now: the first screen. */
export interface TodayView {
  readonly orders: { readonly received: number; readonly onHold: number; readonly inWork: number }
  readonly waves: readonly WaveRowView[]
  readonly outbox: { readonly waiting: number; readonly refused: number; readonly nextAt: number | undefined }
  readonly storefronts: readonly {
    readonly id: string
    readonly platform: string
    readonly url: string
    readonly lastSyncAt: number | undefined
    readonly lastSyncSummary: string | undefined
  }[]
}

/** The two keys of a courier, handed over together. */
export interface CourierKeyView {
  readonly encKid: string
  readonly sigKid: string
  /** Words of the key that seals. */
  readonly words: readonly string[]
  /** Words of the key that signs answers. */
  readonly sigWords: readonly string[]
  readonly addedAt: number
  readonly validFrom: number | undefined
  readonly validUntil: number | undefined
  readonly revokedAt: number | undefined
  readonly state: 'waiting' | 'valid' | 'expired' | 'revoked'
  /** Labels are sealed with this one now. */
  readonly seals: boolean
  /** What the courier signs with it counts. */
  readonly answers: boolean
  readonly compared: { readonly by: string; readonly at: number } | undefined
}

export interface CarrierView {
  readonly code: string
  readonly name: string
  readonly kind: string
  /** Local time, `16:30`. */
  readonly collection: string
  readonly labelSize: '4x6' | '100x150' | 'A6'
  /** Lightest row first; empty = by billable weight. */
  readonly tariff: readonly {
    readonly maxGrossG: number
    readonly maxLengthMm: number
    readonly maxGirthMm: number
    readonly priceMinor: number
  }[]
  readonly services: readonly string[]
  readonly channel: string
  /** In the order in which they came. */
  readonly keys: readonly CourierKeyView[]
  /** `ends-soon` = within 30 days, unless a new key comes; `none` = nothing can be sealed now. */
  readonly outlook: { readonly state: 'none' | 'ends-soon' | 'good'; readonly endsAt: number | undefined }
  readonly packed: number
}
