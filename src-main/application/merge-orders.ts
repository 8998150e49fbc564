import { AppError } from '../kernel/errors.ts'
import { totalsIncludingTax } from '../domain/invoice-amounts.ts'
import type { Order, OrderLine, OrderTotals } from '../domain/order.ts'
import { auditEntry } from './audit.ts'
import { getOrder } from './change-order.ts'
import { canMerge, isPartOf } from './consequences.ts'
import { fulfil } from './fulfil.ts'
import { keepChange, offerOf, type UndoOffer } from './keep-for-undo.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/**
 * Makes two orders of one customer to one address one: the lines of `other` go over, and `other` is cancelled. Only for
 * orders taken here that nobody works on yet: a storefront's customer looks for each order under its own number. What was
 * split off comes back in the same way, whoever it was ordered from. Can be taken back. Throws ERR_MERGE_APART
 * { into, other } for all else.
 */
export async function mergeOrders(
  deps: Deps,
  caller: Caller,
  input: { readonly into: string; readonly other: string },
): Promise<{ readonly code: string; readonly pieces: number; readonly undo: UndoOffer | undefined }> {
  const { order: into } = await getOrder(deps.store, input.into)
  const { order: other } = await getOrder(deps.store, input.other)
  if (!canMerge(into, other)) throw new AppError('ERR_MERGE_APART', { into: into.code, other: other.code })
  const moved = other.lines.filter((line) => line.quantity > line.withdrawn)
  const merged = isPartOf(into, other) ? withPart(into, moved) : withLines(into, other, moved)
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
  const pieces = moved.reduce((sum, line) => sum + line.quantity - line.withdrawn, 0)
  const kept = keepChange(deps, {
    deed: 'merge-orders',
    before: [into, other],
    after: done.orders,
    words: done.reports,
    undoMs: 0,
  })
  await deps.store.saveOrderChange({
    ...done,
    movements: [],
    undo: { kept },
    audit: auditEntry(deps.system, caller, {
      action: 'merge-orders',
      entity: 'order',
      entityId: into.code,
      facts: { other: other.code, pieces },
    }),
  })
  return { code: into.code, pieces, undo: offerOf(kept) }
}

/** The whole gets back what had been withdrawn from it for the part. */
function withPart(into: Order, moved: readonly OrderLine[]): Order {
  const lines = into.lines.map((line) => {
    const back = moved
      .filter(({ externalId, sku }) => externalId === line.externalId && sku === line.sku)
      .reduce((sum, one) => sum + one.quantity - one.withdrawn, 0)
    return { ...line, withdrawn: Math.max(0, line.withdrawn - back) }
  })
  return { ...into, lines }
}

function withLines(into: Order, other: Order, moved: readonly OrderLine[]): Order {
  const lines = moved.map((line) => ({
    ...line,
    quantity: line.quantity - line.withdrawn,
    withdrawn: 0,
    externalId: `${other.code}/${line.externalId}`,
  }))
  return { ...into, lines: [...into.lines, ...lines], totals: totalsOfBoth(into, other) }
}

/** Shipping of both is owed as it was agreed. */
function totalsOfBoth(into: Order, other: Order): OrderTotals | undefined {
  if (!into.totals || !other.totals) return undefined
  const lines = [...into.lines, ...other.lines].map((line) => ({ ...line, quantity: line.quantity - line.withdrawn }))
  return totalsIncludingTax(lines, into.totals.shippingMinor + other.totals.shippingMinor)
}
