import type { WireReportKind } from '../../src-protocol/index.ts'

/** How far along each status is; what has ended counts no more when an order's status is made. */
const rankByKind: Readonly<Record<WireReportKind, number>> = {
  received: 0,
  'on-hold': 0,
  planned: 1,
  picking: 2,
  packed: 3,
  'handed-over': 4,
  'out-for-delivery': 5,
  failed: 6,
  delivered: 7,
  returned: 8,
  cancelled: 8,
}

export const hasEnded = (kind: WireReportKind): boolean => kind === 'returned' || kind === 'cancelled'

/** Words about an order as a whole that are no status of a parcel. */
export const isOrderWord = (kind: WireReportKind): boolean => kind === 'received' || kind === 'on-hold'

/** True when `kind` says more than what is known; a word about the whole order never takes a parcel back. */
export const isFurther = (kind: WireReportKind, than: WireReportKind): boolean => rankByKind[kind] > rankByKind[than]

export interface Progress {
  readonly status: WireReportKind
  /** The parcels are not equally far. */
  readonly isPartly: boolean
}

/** The least advanced of the living parcels; without any, the last word about the order. */
export function progressOf(parcels: readonly WireReportKind[], lastWord: WireReportKind): Progress {
  const living = parcels.filter((kind) => !hasEnded(kind))
  const first = living[0]
  if (first === undefined) return { status: parcels.at(-1) ?? lastWord, isPartly: false }
  if (lastWord === 'on-hold' || lastWord === 'cancelled') return { status: lastWord, isPartly: false }
  const least = living.reduce((a, b) => (rankByKind[b] < rankByKind[a] ? b : a), first)
  return { status: least, isPartly: living.some((kind) => kind !== least) }
}

/** True when every parcel has reached its end and at least one of them the customer. */
export const isCompleted = (parcels: readonly WireReportKind[]): boolean =>
  parcels.some((kind) => kind === 'delivered' || kind === 'returned') &&
  parcels.every((kind) => kind === 'delivered' || hasEnded(kind))
