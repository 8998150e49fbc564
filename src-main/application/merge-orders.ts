import { AppError } from '../kernel/errors.ts'
import { totalsIncludingTax } from '../domain/invoice-amounts.ts'
import type { Order, OrderTotals } from '../domain/order.ts'
import { auditEntry } from './audit.ts'
import { getOrder } from './change-order.ts'
import { canMerge } from './consequences.ts'
import { fulfil } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/**
 * Makes two orders of one customer to one address one: the lines of `other` go over, and `other` is cancelled. Only for
 * orders taken here that nobody works on yet: a storefront's customer looks for each order under its own number. Throws
 * ERR_MERGE_APART { into, other } for any two that differ in that.
 */
export async function mergeOrders(
  deps: Deps,
  caller: Caller,
  input: { readonly into: string; readonly other: string },
): Promise<{ readonly code: string; readonly pieces: number }> {
  const { order: into } = await getOrder(deps.store, input.into)
  const { order: other } = await getOrder(deps.store, input.other)
  if (!canMerge(into, other)) throw new AppError('ERR_MERGE_APART', { into: into.code, other: other.code })
  const moved = other.lines
    .filter((line) => line.quantity > line.withdrawn)
    .map((line) => ({ ...line, quantity: line.quantity - line.withdrawn, withdrawn: 0, externalId: `${other.code}/${line.externalId}` })) // prettier-ignore
  const merged: Order = { ...into, lines: [...into.lines, ...moved], totals: totalsOfBoth(into, other) }
  const emptied: Order = {
    ...other,
    holds: [],
    lines: other.lines.map((line) => ({ ...line, withdrawn: line.quantity })),
  }
  const at = deps.system.clock.now()
  const done = await fulfil(deps, caller, {
    orders: [merged, emptied],
    parcels: [],
    happenings: [{ orderId: other.id, status: 'cancelled', at, reason: 'merged' }],
    undoMs: 0,
  })
  const pieces = moved.reduce((sum, line) => sum + line.quantity, 0)
  await deps.store.saveOrderChange({
    ...done,
    movements: [],
    audit: auditEntry(deps.system, caller, {
      action: 'merge-orders',
      entity: 'order',
      entityId: into.code,
      facts: { other: other.code, pieces },
    }),
  })
  return { code: into.code, pieces }
}

/** Shipping of both is owed as it was agreed. */
function totalsOfBoth(into: Order, other: Order): OrderTotals | undefined {
  if (!into.totals || !other.totals) return undefined
  const lines = [...into.lines, ...other.lines].map((line) => ({ ...line, quantity: line.quantity - line.withdrawn }))
  return totalsIncludingTax(lines, into.totals.shippingMinor + other.totals.shippingMinor)
}
