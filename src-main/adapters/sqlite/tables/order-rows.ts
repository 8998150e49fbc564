import type { FulfilmentStatus } from '../../../domain/fulfilment.ts'
import type {
  FollowReason,
  HoldReason,
  Order,
  OrderLine,
  OrderTotals,
  Payment,
  Service,
  StorefrontWord,
} from '../../../domain/order.ts'
import type { SealedRecord } from '../../../domain/recipient.ts'
import { fromJson, orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'
import { selectSealed } from './sealed-records.ts'

export interface OrderColumns {
  id: string
  code: string
  connection_id: string
  external_id: string
  user_id: string
  placed_at: number
  imported_at: number
  currency: string
  service: string
  window_from: number | null
  window_to: number | null
  status: string
  is_partly: number
  holds_json: string
  country: string
  postcode_area: string
  address_token: string
  content_hash: string
  goods_minor: number | null
  shipping_minor: number | null
  tax_minor: number | null
  total_minor: number | null
  payment: string | null
  said_status: string | null
  said_changed_at: number | null
  follows_order_id: string | null
  follows_why: string | null
}

export const orderColumns = `orders.id, code, connection_id, external_id, user_id, placed_at, imported_at, currency, service,
  window_from, window_to, status, is_partly, holds_json, country, postcode_area, address_token, content_hash,
  goods_minor, shipping_minor, tax_minor, total_minor, payment, said_status, said_changed_at,
  follows_order_id, follows_why`

interface LineRow {
  order_id: string
  id: string
  external_id: string
  sku: string
  gtin: string | null
  name: string
  quantity: number
  withdrawn: number
  unit_price_minor: number
  tax_rate: number
}

/** Makes orders of their rows, in the same order: three statements however many there are. */
export function ordersOf(sql: Sql, rows: readonly OrderColumns[]): readonly Order[] {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const linesById = selectLines(sql, ids)
  const personalById = selectSealed(sql, 'order', ids)
  return rows.map((row) => orderOf(row, linesById.get(row.id) ?? [], personalById.get(row.id)))
}

function selectLines(sql: Sql, orderIds: readonly string[]): ReadonlyMap<string, readonly OrderLine[]> {
  const rows = sql.all<LineRow>(
    `select order_id, id, external_id, sku, gtin, name, quantity, withdrawn, unit_price_minor, tax_rate
     from order_lines where shop_id = @shop and order_id in (select value from json_each(@ids))
     order by order_id, position`,
    { ids: idList(orderIds) },
  )
  const byOrder = Map.groupBy(rows, (row) => row.order_id)
  return new Map([...byOrder].map(([orderId, own]) => [orderId, own.map(lineOf)]))
}

const lineOf = (row: LineRow): OrderLine => ({
  id: row.id,
  externalId: row.external_id,
  sku: row.sku,
  gtin: orUndefined(row.gtin),
  name: row.name,
  quantity: row.quantity,
  withdrawn: row.withdrawn,
  unitPriceMinor: row.unit_price_minor,
  taxRate: row.tax_rate,
})

/** All four are written together; orders from before they were kept have none. */
function totalsOf(row: OrderColumns): OrderTotals | undefined {
  const { goods_minor: goods, shipping_minor: shipping, tax_minor: tax, total_minor: total } = row
  if (goods === null || shipping === null || tax === null || total === null) return undefined
  return { goodsMinor: goods, shippingMinor: shipping, taxMinor: tax, totalMinor: total }
}

function saidOf(row: OrderColumns): StorefrontWord | undefined {
  if (row.said_status === null || row.said_changed_at === null) return undefined
  // written from an Order
  return { status: row.said_status as StorefrontWord['status'], changedAt: row.said_changed_at }
}

function followsOf({ follows_order_id: orderId, follows_why: why }: OrderColumns): Order['follows'] {
  // written from an Order
  return orderId === null || why === null ? undefined : { orderId, why: why as FollowReason }
}

const orderOf = (row: OrderColumns, lines: readonly OrderLine[], personal: SealedRecord | undefined): Order => ({
  id: row.id,
  code: row.code,
  connectionId: row.connection_id,
  externalId: row.external_id,
  userId: row.user_id,
  placedAt: row.placed_at,
  importedAt: row.imported_at,
  currency: row.currency,
  service: row.service as Service, // written from an Order
  window: row.window_from === null || row.window_to === null ? undefined : { from: row.window_from, to: row.window_to },
  lines,
  totals: totalsOf(row),
  payment: (row.payment ?? undefined) as Payment | undefined, // written from an Order
  status: row.status as FulfilmentStatus, // written from an Order
  isPartly: row.is_partly === 1,
  holds: fromJson<readonly HoldReason[]>(row.holds_json),
  country: row.country,
  postcodeArea: row.postcode_area,
  addressToken: row.address_token,
  personal,
  contentHash: row.content_hash,
  said: saidOf(row),
  follows: followsOf(row),
})
