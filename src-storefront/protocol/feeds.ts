import type { WireErasurePage, WireOrderPage, WireProductPage } from '../../src-protocol/index.ts'
import { amountOf } from '../shop/money.ts'
import type { Shop } from '../shop/shop.ts'
import { instantText, wireOrder } from '../shop/wire-order.ts'
import { ordersAfter } from '../store/orders.ts'
import type { StoredProduct } from '../store/products.ts'
import { cursorAt, placeOf } from './cursors.ts'

export interface PageRequest {
  readonly cursor: string | undefined
  readonly limit: number
}

/** Products and tombstones, oldest change first. */
export function productPage(shop: Shop, request: PageRequest): WireProductPage {
  const from = placeOf(shop.db, 'product', request.cursor)
  const changes = shop.products.changesAfter(from, request.limit)
  return {
    entries: changes.map((product) => productChange(shop, product)),
    cursor: cursorAt(shop.db, 'product', changes.at(-1)?.seq ?? from),
    hasMore: changes.length === request.limit,
  }
}

function productChange(shop: Shop, product: StoredProduct): WireProductPage['entries'][number] {
  const changedAt = instantText(product.changedAt)
  if (!product.active) return { kind: 'tombstone', id: product.sku, changedAt }
  return {
    kind: 'product',
    id: product.sku,
    sku: product.sku,
    ...(product.gtin !== undefined && { gtin: product.gtin }),
    name: product.name,
    ...(product.description !== '' && { description: product.description }),
    ...(product.category !== '' && { category: product.category }),
    price: amountOf(product.priceMinor, shop.configuration.currency),
    taxRate: product.taxRate,
    measures: {
      ...(product.sizeMm !== undefined && { sizeMm: [...product.sizeMm] }),
      ...(product.weightG !== undefined && { weightG: product.weightG }),
      ...(product.volumeCm3 !== undefined && { volumeCm3: product.volumeCm3 }),
      handling: product.handling,
    },
    changedAt,
  }
}

/** Orders, oldest change first; sleeps up to `waitMs` for news when there is nothing. */
export async function orderPage(
  shop: Shop,
  request: PageRequest,
  wait: { readonly ms: number; readonly signal: AbortSignal },
): Promise<WireOrderPage> {
  const from = placeOf(shop.db, 'order', request.cursor)
  let rows = ordersAfter(shop.db, from, request.limit)
  if (rows.length === 0 && wait.ms > 0) {
    await shop.news.wait(wait.ms, wait.signal)
    rows = shop.db.open ? ordersAfter(shop.db, from, request.limit) : []
  }
  return {
    entries: rows.flatMap((row) => wireOrder(shop, row) ?? []),
    cursor: cursorAt(shop.db, 'order', rows.at(-1)?.seq ?? from),
    hasMore: rows.length === request.limit,
  }
}

export function erasurePage(shop: Shop, request: PageRequest): WireErasurePage {
  const from = placeOf(shop.db, 'erasure', request.cursor)
  const rows = shop.db
    .prepare<[number, number], { seq: number; user_id: string; order_ids: string; requested_at: number }>(
      'SELECT * FROM erasure WHERE seq > ? ORDER BY seq LIMIT ?',
    )
    .all(from, request.limit)
  return {
    entries: rows.map((row) => ({
      userId: row.user_id,
      orderIds: JSON.parse(row.order_ids) as string[], // written by requestErasure
      requestedAt: instantText(row.requested_at),
    })),
    cursor: cursorAt(shop.db, 'erasure', rows.at(-1)?.seq ?? from),
    hasMore: rows.length === request.limit,
  }
}
