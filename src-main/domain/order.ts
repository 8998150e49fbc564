import type { EpochMs } from '../kernel/time.ts'
import type { FulfilmentStatus } from './fulfilment.ts'
import type { SealedRecord } from './recipient.ts'

export type Service = 'standard' | 'express' | 'collect'

/** A time window in the shop's zone, epoch milliseconds. */
export interface TimeWindow {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** One SKU and quantity in an order, with what the storefront said about it when it was ordered. */
export interface OrderLine {
  readonly id: string
  readonly externalId: string
  readonly sku: string
  readonly gtin?: string | undefined
  readonly name: string
  readonly quantity: number
  /** Pieces the customer will not get after all (short picks, refunds). */
  readonly withdrawn: number
  readonly unitPriceMinor: number
  readonly taxRate: number
}

/** Why an order cannot be planned yet, and the facts a person needs to mend it. */
export interface HoldReason {
  readonly code:
    | 'unknown-sku'
    | 'missing-measures'
    | 'missing-address'
    | 'stock-short'
    | 'unpackable'
    | 'no-carrier'
    | 'by-hand'
    | 'nothing-left'
  readonly facts: { readonly [key: string]: string | number }
}

/** How the customer pays: at hand-over, later by invoice, or paid already. */
export type Payment = 'on-delivery' | 'invoice' | 'paid'

/** What the storefront told the customer that the order costs, minor units. `taxMinor` is contained in the total. */
export interface OrderTotals {
  readonly goodsMinor: number
  readonly shippingMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

/** Why an order carries on another: sent once more for what was lost, later for what was missing, or apart from the rest. */
export type FollowReason = 'replacement' | 'rest' | 'split'

/** What a storefront last said of an order's status, and of when it changed; `gone` = deleted, or in the bin. */
export interface StorefrontWord {
  readonly status: 'open' | 'on-hold' | 'cancelled' | 'completed' | 'gone'
  readonly changedAt: EpochMs
}

/** A customer's request as the back office keeps it: nothing personal outside `personal`. */
export interface Order {
  readonly id: string
  /** Short code for people and paper, such as `231-07`. */
  readonly code: string
  readonly connectionId: string
  readonly externalId: string
  readonly userId: string
  readonly placedAt: EpochMs
  readonly importedAt: EpochMs
  readonly currency: string
  readonly service: Service
  readonly window?: TimeWindow | undefined
  readonly lines: readonly OrderLine[]
  /** Absent for orders taken in before totals were kept. */
  readonly totals?: OrderTotals | undefined
  readonly payment?: Payment | undefined
  readonly status: FulfilmentStatus
  readonly isPartly: boolean
  readonly holds: readonly HoldReason[]
  /** ISO country and postcode area (first two signs): enough to choose a courier, too little to find a person. */
  readonly country: string
  readonly postcodeArea: string
  /** Keyed hash of the delivery address, so that parcels to one address can be seen to belong together. */
  readonly addressToken: string
  readonly personal: SealedRecord | undefined
  /** SHA-256 of what the storefront last said; equal = nothing to do. */
  readonly contentHash: string
  /** Absent for orders that came before it was kept, and for those of no storefront. */
  readonly said?: StorefrontWord | undefined
  /** The order this one carries on; its lines keep the external ids, and its storefront hears of both as one. */
  readonly follows?: { readonly orderId: string; readonly why: FollowReason } | undefined
}

/** Pieces of a line still to be sent. */
export const piecesOf = (line: OrderLine): number => line.quantity - line.withdrawn

/** Pieces of an order still to be sent; "more than one product" means two or more of them. */
export const pieceCount = (order: Order): number => order.lines.reduce((sum, line) => sum + piecesOf(line), 0)
