import type { BackupPlan } from './backup.ts'
import type { InvoiceSettings } from './invoice.ts'
import type { StationSettings } from './station-network.ts'

/** Which of the two documents holds the encrypted recipient (M14), or none of them. */
export type Sealing = 'delivery' | 'selection' | 'off'

/** Everything the shop decides once; one record, replaced as a whole. */
export interface Settings {
  readonly shop: {
    readonly id: string
    readonly name: string
    /** Opens every own parcel number. */
    readonly letter: string
    readonly addressLines: readonly string[]
    readonly country: string
    readonly zone: string
    readonly currency: string
    readonly locale: string
    readonly lat: number
    readonly lon: number
    /** GS1 company prefix; without one parcels get the shop's own numbers. */
    readonly gs1Prefix?: string | undefined
  }
  readonly packing: {
    readonly minSupport: number
    readonly dimDivisorCm3PerKg?: number | undefined
    readonly keepApart: readonly (readonly [string, string])[]
    readonly mode: 'fewest' | 'cheapest'
    readonly objective: 'billable' | 'volume' | 'cost' | 'tariff'
  }
  readonly picking: {
    /** Totes on one cart; each is given to one order. */
    readonly totes: number
    readonly walkMetresPerMinute: number
    readonly secondsPerPick: number
    /** Days a lot must still keep when it is picked. */
    readonly keepDays: number
  }
  readonly delivery: {
    readonly detourFactor: number
    readonly serviceS: number
    /** Hours after which a manifest without a receipt wants a look; absent = `usualReceiptHours`. */
    readonly receiptHours?: number | undefined
  }
  readonly privacy: {
    readonly sealing: Sealing
    readonly labelDays: number
    readonly purgeDaysAfterDelivery: number
    /**
     * Days after hand-over from which a parcel of which its courier never told anything is asked about; absent =
     * `usualUnreportedDays`.
     */
    readonly unreportedDays?: number | undefined
  }
  /** Absent until the shop has decided how it invoices. */
  readonly invoices?: InvoiceSettings | undefined
  /** Days a packed parcel waits at the counter before somebody is asked to put it back; absent = `usualCollectDays`. */
  readonly collectDays?: number | undefined
  /** Absent = `usualBackupPlan`. */
  readonly backups?: BackupPlan | undefined
  /** How stations reach the shop; changed by operations of its own, never with the rest. Absent = `usualStations`. */
  readonly stations?: StationSettings | undefined
  /** Milliseconds a report waits before it is sent, so that a slip can be taken back. */
  readonly undoMs: number
  /** True for the sample shop, which can be removed without trace; never changed after the shop was made. */
  readonly isSample?: boolean | undefined
}

export const usualCollectDays = 7
export const usualUnreportedDays = 45
