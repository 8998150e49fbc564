import type { EpochMs } from '../kernel/time.ts'
import type { FulfilmentStatus } from './fulfilment.ts'

/** What the storefront is told: one status of one order or parcel. `sequence` counts per order from 1; older = lower. */
export interface StatusReport {
  readonly id: string
  readonly orderId: string
  readonly parcelId?: string | undefined
  readonly kind: FulfilmentStatus
  readonly sequence: number
  readonly at: EpochMs
  readonly tracking?: { readonly carrier: string; readonly number: string } | undefined
  readonly reason?: string | undefined
  readonly contents?: readonly ReportedPackage[] | undefined
}

export interface ReportedPackage {
  readonly parcelId: string
  readonly letter: string
  readonly carton: string | null
  readonly grossG: number
  readonly contents: readonly { readonly externalLineId: string; readonly sku: string; readonly quantity: number }[]
  readonly why: { readonly code: string; readonly facts: { readonly [key: string]: string | number } }
}

/** What waits to be sent; written in the same transaction as the change it tells of. */
export type OutboxPayload =
  | {
      readonly kind: 'report'
      readonly connectionId: string
      readonly externalOrderId: string
      readonly report: StatusReport
    }
  | {
      readonly kind: 'manifest'
      readonly carrierCode: string
      readonly manifestId: string
      readonly documentId: string
      readonly fileName: string
    }

export interface OutboxMessage {
  readonly id: string
  /** Messages of one lane go out in order, one at a time: an order's id, or a carrier's code. */
  readonly lane: string
  readonly payload: OutboxPayload
  readonly createdAt: EpochMs
  readonly notBefore: EpochMs
  readonly attempts: number
  /** `withdrawn`: taken back before it was sent, or laid aside after it was refused. */
  readonly state: 'waiting' | 'sent' | 'refused' | 'withdrawn'
  readonly lastProblem?: string | undefined
}
