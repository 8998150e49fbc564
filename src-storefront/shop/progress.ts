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

interface Word {
  readonly kind: WireReportKind
  /** Of the report that said it; a higher one is newer. */
  readonly sequence: number
}

/**
 * The least advanced of the living parcels, unless the shop has put the order on hold since. Without
 * living parcels the last word about the order counts: it may have been taken out of its wave again.
 */
export function progressOf(parcels: readonly Word[], lastWord: Word): Progress {
  const living = parcels.filter(({ kind }) => !hasEnded(kind))
  const first = living[0]
  if (first === undefined) {
    const isOwnWord = isOrderWord(lastWord.kind) || lastWord.kind === 'cancelled'
    return { status: isOwnWord ? lastWord.kind : (parcels.at(-1)?.kind ?? lastWord.kind), isPartly: false }
  }
  const isHeld = lastWord.kind === 'on-hold' && parcels.every(({ sequence }) => sequence <= lastWord.sequence)
  if (isHeld) return { status: 'on-hold', isPartly: false }
  const least = living.reduce((a, b) => (rankByKind[b.kind] < rankByKind[a.kind] ? b : a), first)
  return { status: least.kind, isPartly: living.some(({ kind }) => kind !== least.kind) }
}

/** True when every parcel has reached its end and at least one of them the customer. */
export const isCompleted = (parcels: readonly WireReportKind[]): boolean =>
  parcels.some((kind) => kind === 'delivered' || kind === 'returned') &&
  parcels.every((kind) => kind === 'delivered' || hasEnded(kind))
