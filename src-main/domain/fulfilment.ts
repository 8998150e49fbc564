import type { EpochMs } from '../kernel/time.ts'

/** What can be true of one parcel, from the least advanced to the most; the last three are ends. */
export type ParcelStatus =
  | 'planned'
  | 'picking'
  | 'packed'
  | 'handed-over'
  | 'out-for-delivery'
  | 'delivered'
  | 'failed'
  | 'returned'
  | 'cancelled'

/** What can be true of an order: its own three words before planning, then those of its parcels. */
export type FulfilmentStatus = 'received' | 'on-hold' | ParcelStatus

export type StatusSource = 'station' | 'counter' | 'courier' | 'storefront' | 'desktop' | 'cli'

interface StatusRule {
  /** What may follow. */
  readonly next: readonly FulfilmentStatus[]
  /** What it may be taken back to by the shop, where the customer has not acted on it. */
  readonly backTo?: FulfilmentStatus
  /** How far along it is; an order shows the smallest of its living parcels. */
  readonly rank: number
  /** Not living any more: left out when the order's status is made. */
  readonly isEnded: boolean
}

/** The one table of statuses: what may follow what, and what can be taken back. */
export const fulfilmentTable: Readonly<Record<FulfilmentStatus, StatusRule>> = {
  received: { next: ['on-hold', 'planned', 'cancelled'], rank: 0, isEnded: false },
  'on-hold': { next: ['received', 'cancelled'], backTo: 'received', rank: 0, isEnded: false },
  planned: { next: ['picking', 'packed', 'cancelled'], backTo: 'received', rank: 1, isEnded: false },
  picking: { next: ['packed', 'cancelled'], backTo: 'planned', rank: 2, isEnded: false },
  packed: { next: ['handed-over', 'cancelled'], backTo: 'picking', rank: 3, isEnded: false },
  'handed-over': {
    next: ['out-for-delivery', 'delivered', 'failed', 'returned'],
    backTo: 'packed',
    rank: 4,
    isEnded: false,
  },
  'out-for-delivery': { next: ['delivered', 'failed', 'returned'], rank: 5, isEnded: false },
  failed: { next: ['out-for-delivery', 'delivered', 'returned'], rank: 6, isEnded: false },
  delivered: { next: ['returned'], rank: 7, isEnded: false },
  returned: { next: [], rank: 8, isEnded: true },
  // Back to whatever it was, while nobody has been told (take-back.ts); or when its storefront opens it again.
  cancelled: { next: [], backTo: 'received', rank: 8, isEnded: true },
}

/** True when `to` may follow `from` without going back. */
export const mayFollow = (from: FulfilmentStatus, to: FulfilmentStatus): boolean =>
  fulfilmentTable[from].next.includes(to)

export interface OrderProgress {
  readonly status: FulfilmentStatus
  /** True when the order's living parcels differ. */
  readonly isPartly: boolean
}

/** An order's progress: the least advanced of its living parcels; all ended = the last word among them. */
export function orderProgress(parcels: readonly ParcelStatus[], before: FulfilmentStatus): OrderProgress {
  const living = parcels.filter((status) => !fulfilmentTable[status].isEnded)
  if (living.length === 0) {
    const ended = parcels.at(-1)
    return { status: ended ?? before, isPartly: false }
  }
  const least = living.reduce((a, b) => (fulfilmentTable[b].rank < fulfilmentTable[a].rank ? b : a))
  return { status: least, isPartly: living.some((status) => status !== least) }
}

/** One thing that happened to an order or to one of its parcels. A status is never set without one. */
export interface FulfilmentEvent {
  readonly id: string
  readonly orderId: string
  readonly parcelId?: string | undefined
  readonly status: FulfilmentStatus
  readonly at: EpochMs
  readonly source: StatusSource
  readonly actor: string
  readonly reason?: string | undefined
}

/**
 * True for a code of ours, such as `nobody-home`; anything else is a person's own words, which may name somebody and
 * are treated like an address.
 */
export const isReasonCode = (reason: string): boolean => /^[a-z0-9-]+$/.test(reason)
