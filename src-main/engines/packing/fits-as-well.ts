import { planOrder, type OrderOptions } from './plan-order.ts'
import type { PackingItem, PackingOrder, PackingSetup } from './problem.ts'
import type { PackedOrder } from './result.ts'

/** What one more piece does to an order. */
export interface FitsAsWell {
  /** The order with the piece. */
  readonly plan: PackedOrder
  /** The piece travels without one more parcel. */
  readonly sameParcels: boolean
  /** ... and in the very same cartons. */
  readonly sameCartons: boolean
}

/**
 * Does this one piece still fit in the same parcel? Plans the order with one piece more and compares it
 * with `before`, the order's own plan. Deterministic; as fast as `planOrder`.
 */
export function fitsAsWell(
  setup: PackingSetup,
  { order, before, piece }: { order: PackingOrder; before: PackedOrder; piece: PackingItem },
  options: OrderOptions = {},
): FitsAsWell {
  const more = { ...order, items: [...order.items, { ...piece, quantity: 1 }] }
  const plan = planOrder(setup, more, options)
  const isPacked = countUnpacked(plan) <= countUnpacked(before)
  const sameParcels = isPacked && plan.parcels.length <= before.parcels.length
  return { plan, sameParcels, sameCartons: sameParcels && cartonsOf(plan) === cartonsOf(before) }
}

const countUnpacked = (plan: PackedOrder): number => plan.unpacked.reduce((sum, item) => sum + item.quantity, 0)

const cartonsOf = (plan: PackedOrder): string =>
  plan.parcels
    .map((parcel) => parcel.carton ?? '')
    .sort()
    .join('\n')
