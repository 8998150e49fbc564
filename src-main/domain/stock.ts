import type { EpochMs } from '../kernel/time.ts'
import { quarantineLocation } from './parcel-return.ts'

/**
 * Stock is the sum of its movements. `quantity` counts pieces on hand (positive = more), but for
 * `reserved`, which moves pieces between free and promised (positive = promised).
 */
export type MovementKind = 'received' | 'reserved' | 'picked' | 'counted' | 'corrected' | 'returned'

export interface StockMovement {
  readonly id: string
  readonly at: EpochMs
  readonly kind: MovementKind
  /** A product's SKU, or a carton's code for cartons. */
  readonly sku: string
  readonly of: 'product' | 'carton'
  /** The location's code; cartons lie at `CARTONS`. */
  readonly location: string
  readonly lot?: string | undefined
  readonly bestBefore?: string | undefined
  readonly quantity: number
  readonly actor: string
  readonly reason?: string | undefined
  readonly orderId?: string | undefined
}

/** What the movements add up to at one place; `lot` is the empty string where there is none. */
export interface StockLevel {
  readonly sku: string
  readonly of: 'product' | 'carton'
  readonly location: string
  readonly lot: string
  readonly bestBefore?: string | undefined
  readonly onHand: number
  readonly reserved: number
}

export const cartonLocation = 'CARTONS'

/** Pieces that may still be promised; what lies in quarantine is nobody's. */
export const freeOf = (level: Pick<StockLevel, 'location' | 'onHand' | 'reserved'>): number =>
  level.location === quarantineLocation ? 0 : Math.max(0, level.onHand - level.reserved)

interface Amounts {
  readonly onHand: number
  readonly reserved: number
}

/**
 * True when movements must not leave a place like this: holding or promising less than nothing, or promising more
 * than before and more than it holds. What was counted is a fact: it may fall below what is promised already.
 */
export const isShort = (before: Amounts, after: Amounts): boolean =>
  after.onHand < 0 || after.reserved < 0 || (after.reserved > before.reserved && after.reserved > after.onHand)

/** How one movement changes a level; both adapters of the store use it, so that they add alike. */
export function applyMovement(
  level: { onHand: number; reserved: number },
  movement: StockMovement,
): { onHand: number; reserved: number } {
  switch (movement.kind) {
    case 'reserved':
      return { onHand: level.onHand, reserved: level.reserved + movement.quantity }
    case 'picked':
      // Picking consumes what planning promised: quantity is negative, and so is the promise it ends.
      return { onHand: level.onHand + movement.quantity, reserved: Math.max(0, level.reserved + movement.quantity) }
    case 'received':
    case 'counted':
    case 'corrected':
    case 'returned':
      return { onHand: level.onHand + movement.quantity, reserved: level.reserved }
  }
}
