import type { PackedOrder } from './result.ts'
import type { PackingItem, PackingOrder } from './problem.ts'

/** Orders planned so far, found again by what is in them. */
export interface Baskets {
  /** The plan of an earlier order with the same lines, told with this order's id and skus; `ms` is 0. */
  find(order: PackingOrder): PackedOrder | undefined
  keep(order: PackingOrder, plan: PackedOrder): void
}

interface Known {
  readonly order: PackingOrder
  readonly plan: PackedOrder
}

/**
 * Remembers plans: shops repeat baskets. Two baskets are the same when line by line everything but the skus is
 * equal, and the same lines share a sku; then planning, which knows skus by equality only, would give the same plan.
 * Lines in another order are another basket, because ties go to the earlier line. Cost: one number per line, and a
 * comparison when the numbers agree.
 */
export function basketsOf(): Baskets {
  const known = new Map<number, Known[]>()
  return {
    find(order) {
      const same = known.get(numberOf(order))?.find((one) => isSameBasket(one.order.items, order.items))
      return same && renamed(same, order)
    },
    keep(order, plan) {
      const number = numberOf(order)
      const alike = known.get(number)
      if (alike) alike.push({ order, plan })
      else known.set(number, [{ order, plan }])
    },
  }
}

/** Equal for equal baskets, and hardly ever for others. */
function numberOf({ items }: PackingOrder): number {
  let number = items.length
  const mix = (value: number): void => {
    number = Math.imul(number ^ value, 0x9e3779b1) ^ (number >>> 15)
  }
  for (const { sizeMm, weightG, quantity } of items) {
    mix(quantity)
    mix(weightG)
    if (sizeMm !== null) for (const side of sizeMm) mix(side)
  }
  return number
}

function isSameBasket(a: readonly PackingItem[], b: readonly PackingItem[]): boolean {
  return a.length === b.length && contentsOf(a) === contentsOf(b)
}

/** Lines without their skus, which are told by the first line that has them. */
function contentsOf(items: readonly PackingItem[]): string {
  const firstLine = new Map<string, number>()
  return JSON.stringify(
    items.map((item, line) => {
      if (!firstLine.has(item.sku)) firstLine.set(item.sku, line)
      return { ...item, sku: firstLine.get(item.sku) }
    }),
  )
}

function renamed({ order, plan }: Known, to: PackingOrder): PackedOrder {
  const skus = new Map(order.items.map(({ sku }, line) => [sku, to.items[line]?.sku ?? sku]))
  const withSku = <Told extends { readonly sku: string }>(told: Told): Told => ({
    ...told,
    sku: skus.get(told.sku) ?? told.sku,
  })
  return {
    ...plan,
    id: to.id,
    parcels: plan.parcels.map((parcel) => ({ ...parcel, placements: parcel.placements.map(withSku) })),
    unpacked: plan.unpacked.map(withSku),
    ms: 0,
  }
}
