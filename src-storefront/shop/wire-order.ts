import type { WireOrder } from '../../src-protocol/index.ts'
import { linesOf, type OrderRow } from '../store/orders.ts'
import { amountOf } from './money.ts'
import { personalOfOrder } from './order-personal.ts'
import type { Shop } from './shop.ts'

export const instantText = (at: number): string => new Date(at).toISOString()

/** An order as the back office reads it; undefined once its personal data is gone. */
export function wireOrder(shop: Shop, row: OrderRow): WireOrder | undefined {
  const personal = personalOfOrder(shop, row)
  if (personal === undefined) return undefined
  return {
    id: row.id,
    number: String(row.number),
    status: row.status,
    placedAt: instantText(row.placed_at),
    changedAt: instantText(row.changed_at),
    ...personal,
    ...windowOf(row),
    service: row.service,
    payment: row.payment,
    lines: linesOf(shop.db, row.id).map((line) => ({
      id: line.id,
      productId: line.sku,
      sku: line.sku,
      ...(line.gtin !== null && { gtin: line.gtin }),
      name: line.name,
      quantity: line.quantity,
      unitPrice: amountOf(line.unit_price_minor, row.currency),
      taxRate: line.tax_rate,
    })),
    totals: totalsOf(row),
    currency: row.currency,
  }
}

export const windowOf = (row: OrderRow): Pick<WireOrder, 'window'> =>
  row.window_from === null || row.window_to === null
    ? {}
    : { window: { from: instantText(row.window_from), to: instantText(row.window_to) } }

export const totalsOf = (row: OrderRow): WireOrder['totals'] => ({
  goods: amountOf(row.goods_minor, row.currency),
  shipping: amountOf(row.shipping_minor, row.currency),
  tax: amountOf(row.tax_minor, row.currency),
  total: amountOf(row.total_minor, row.currency),
})
