import type { EpochMs } from '../kernel/time.ts'

/** Parcels of one order travelling together with one carrier to one recipient: one stop of the route. */
export interface Consignment {
  readonly id: string
  readonly orderId: string
  readonly waveId: string
  readonly carrierCode: string
  /** Local day of the collection, `2026-11-22`. */
  readonly collectionDay: string
  readonly parcelIds: readonly string[]
  /** Place in delivery order, such as `7` or `7a`. */
  readonly sequence: string
  readonly routingCode: string
  readonly route: number
}

/** What the delivery engine said about one carrier's route. Metres. */
export interface RoutePlan {
  readonly waveId: string
  readonly carrierCode: string
  readonly collectionDay: string
  readonly stops: number
  readonly distanceM: number
  readonly lowerBoundM: number
  readonly isOptimal: boolean
}

/** How a manifest reaches the courier's terminal: by their channel, or by hand. */
export type HandOverWay = 'folder' | 'https' | 'mail' | 'pick-up' | 'stick' | 'file'

/** The courier's signed word that the file arrived whole. */
export interface ManifestReceipt {
  /** Thumbprint of the courier's key that signed it. */
  readonly kid: string
  /** What the courier's clock said. */
  readonly receivedAt: EpochMs
  readonly takenAt: EpochMs
  readonly way: HandOverWay
}

/** What is known of a manifest's way to the courier, beside what still waits in the outbox. */
export interface HandOver {
  /** The way by which it last left. */
  readonly way?: HandOverWay | undefined
  /** Laid ready for pick-up then, and not fetched since. */
  readonly readyAt?: EpochMs | undefined
  readonly receipt?: ManifestReceipt | undefined
  /** The last receipt that did not hold: a reason code, and when it came. Gone once one holds. */
  readonly doubt?: { readonly reason: string; readonly at: EpochMs; readonly way: HandOverWay } | undefined
}

/** The list handed over at one collection. Immutable once closed. */
export interface Manifest {
  readonly id: string
  readonly number: string
  readonly carrierCode: string
  readonly collectionDay: string
  readonly closedAt: EpochMs
  /** In delivery order. */
  readonly parcelIds: readonly string[]
  readonly documentId: string
  readonly sentAt?: EpochMs | undefined
  readonly receivedAt?: EpochMs | undefined
  /** The highest sequence of a status file taken in from the courier. */
  readonly lastStatusSequence: number
  readonly handOver?: HandOver | undefined
}
