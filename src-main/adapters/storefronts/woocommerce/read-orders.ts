import type { z } from 'zod'
import type { RefusedEntry, StorefrontOrder } from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import type { Catalogue } from './catalogue.ts'
import { hasWindow } from './delivery-wishes.ts'
import { languageOf } from './language.ts'
import { orderOf, refOf } from './order-to-port.ts'
import type { ShopFacts, ShopSettings } from './shop-facts.ts'
import type { StatusTable } from './statuses.ts'
import { wireOrder, wireRefunds, type WireOrder } from './wire.ts'
import type { WooHost } from './woo-host.ts'

export interface OrderReaderParts {
  readonly host: WooHost
  readonly catalogue: Catalogue
  readonly statuses: StatusTable
  readonly settings: () => Promise<ShopSettings>
  readonly facts: () => Promise<ShopFacts>
  readonly shopId: string | undefined
}

export interface ReadOrders {
  readonly orders: readonly StorefrontOrder[]
  readonly refused: readonly RefusedEntry[]
  /** Orders in which there is nothing to send. */
  readonly leftOut: readonly number[]
}

/**
 * Turns raw orders into the port's, each by itself: one that cannot be read is refused with its place. What their lines
 * do not say is read beside them, for all at once: products (is it virtual, which SKU), and for orders with refunds the
 * pieces that were given back.
 */
export async function readOrders(
  parts: OrderReaderParts,
  raw: readonly { readonly id: number }[],
): Promise<ReadOrders> {
  const refused: RefusedEntry[] = []
  const wires: { wire: WireOrder; index: number }[] = []
  raw.forEach((value, index) => {
    const parsed = wireOrder.safeParse(value)
    if (parsed.success) wires.push({ wire: parsed.data, index })
    else refused.push({ id: String(value.id), index, ...placeOf(parsed.error) })
  })
  if (wires.length === 0) return { orders: [], refused, leftOut: [] }
  const refs = wires.flatMap(({ wire }) => wire.line_items.map(refOf)).filter(({ productId }) => productId > 0)
  const units = await parts.catalogue.unitsOf(refs)
  const { country } = await parts.settings()
  const orders: StorefrontOrder[] = []
  const leftOut: number[] = []
  for (const { wire, index } of wires) {
    const read = orderOf(wire, {
      meaningOf: parts.statuses.meaningOf,
      units,
      refunded: wire.refunds.length > 0 ? await readRefunded(parts.host, wire.id) : new Map(),
      // Only a chosen window needs the shop's zone.
      zone: hasWindow(wire.meta_data) ? (await parts.facts()).timeZone : 'UTC',
      language: languageOf(wire.meta_data, country),
      shopId: parts.shopId,
    })
    if (read.kind === 'order') orders.push(read.order)
    else if (read.kind === 'refused') refused.push({ ...read.refusal, index })
    else leftOut.push(wire.id)
  }
  return { orders, refused, leftOut }
}

function placeOf(error: z.ZodError): { readonly path: string; readonly expected: string } {
  const issue = error.issues[0]
  return { path: issue?.path.join('.') ?? '', expected: issue?.message ?? '' }
}

const refundsPerCall = 100

/** Pieces given back, by line id. An order lists only the sums of its refunds. */
async function readRefunded(host: WooHost, orderId: number): Promise<ReadonlyMap<number, number>> {
  const path = `wc/v3/orders/${orderId}/refunds`
  const refunded = new Map<number, number>()
  for (let offset = 0; ; offset += refundsPerCall) {
    const query = { _fields: 'id,line_items', per_page: String(refundsPerCall), offset: String(offset) }
    const { status, json } = await host.call({ method: 'GET', path, query, alsoAccept: [404] })
    // Deleted since its order was listed: the next pull says so.
    if (status === 404) return refunded
    const refunds = shapedAnswer(host, path, { json, schema: wireRefunds })
    for (const { quantity, meta_data: meta } of refunds.flatMap((refund) => refund.line_items)) {
      const lineId = Number(meta.find(({ key }) => key === '_refunded_item_id')?.value)
      if (Number.isSafeInteger(lineId)) refunded.set(lineId, (refunded.get(lineId) ?? 0) + Math.abs(quantity))
    }
    if (refunds.length < refundsPerCall) return refunded
  }
}
