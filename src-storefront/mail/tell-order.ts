import type { WireReport, WireReportKind } from '../../src-protocol/index.ts'
import { personalOfOrder } from '../shop/order-personal.ts'
import { hasEnded, isFurther } from '../shop/progress.ts'
import type { Shop } from '../shop/shop.ts'
import { packagesOf, type OrderRow, type PackageRow } from '../store/orders.ts'
import { addToMail, writeMail, type MailKind } from './mailing.ts'

const secondMs = 1000

type OrderMail = { readonly kind: MailKind; readonly parcels?: readonly string[]; readonly delayMs?: number }

/** Writes a mail about an order to whoever ordered it. Call inside the transaction of what it tells. */
export function tellOrder(shop: Shop, order: OrderRow, mail: OrderMail): void {
  if (shop.mailing === undefined) return
  const personal = personalOfOrder(shop, order)
  const address = personal?.user.contact.email
  if (personal === undefined || address === undefined) return
  writeMail(shop, {
    kind: mail.kind,
    thread: `order:${order.id}`,
    userId: order.user_id,
    orderId: order.id,
    locale: personal.user.locale,
    address,
    ...(mail.parcels !== undefined && { facts: { parcels: [...mail.parcels] } }),
    ...(mail.delayMs !== undefined && { delayMs: mail.delayMs }),
  })
}

const kindByReport: { readonly [kind in WireReportKind]?: MailKind } = {
  'handed-over': 'shipped',
  'out-for-delivery': 'out-for-delivery',
  delivered: 'delivered',
  failed: 'failed',
}

/** What was known of an order before a report was taken. */
export interface Before {
  readonly order: OrderRow
  readonly packages: readonly PackageRow[]
}

/**
 * Tells the customer what a report changed, parcel by parcel; what moves within the gathering time goes into one mail.
 * Call inside the report's transaction, after its words were taken and before an ended order's address may go.
 */
export function tellReport(shop: Shop, before: Before, report: WireReport): void {
  if (shop.mailing === undefined) return
  const { order } = before
  const isAboutAll = report.parcelId === undefined
  if (report.kind === 'cancelled') {
    if (isAboutAll && order.status !== 'cancelled') tellOrder(shop, order, { kind: 'cancelled' })
    return
  }
  if (order.service === 'collect') return tellWhenReady(shop, before, report)
  const kind = kindByReport[report.kind]
  if (kind === undefined) return
  if (kind === 'out-for-delivery' && !shop.mailing.settings.tellsOutForDelivery) return
  const after = packagesOf(shop.db, order.id)
  const moved = after.filter((row) => hasMoved(row, before.packages, report)).map(({ parcel_id }) => parcel_id)
  const isFirstWord = after.length === 0 && isAboutAll && order.shop_kind !== report.kind
  if (moved.length === 0 && !isFirstWord) return
  if (addToMail(shop, order.id, { kind, parcels: moved })) return
  tellOrder(shop, order, { kind, parcels: moved, delayMs: shop.mailing.settings.gatherSeconds * secondMs })
}

/** The parcel came to this status now, or its tracking number did, which nobody could tell before. */
function hasMoved(row: PackageRow, before: readonly PackageRow[], report: WireReport): boolean {
  if (row.status !== report.kind) return false
  const known = before.find(({ parcel_id }) => parcel_id === row.parcel_id)
  const isTracked = report.kind === 'handed-over' && row.tracking !== null && row.tracking !== known?.tracking
  // A further try that failed is news each time.
  const isNextFailure = report.kind === 'failed' && row.sequence !== known?.sequence
  return known?.status !== row.status || isTracked || isNextFailure
}

/** Who collects is told once, when the last parcel is packed. */
function tellWhenReady(shop: Shop, { order, packages }: Before, report: WireReport): void {
  const isReady = (rows: readonly PackageRow[], word: WireReportKind): boolean => {
    const living = rows.filter(({ status }) => !hasEnded(status))
    return living.length === 0 ? word === 'packed' : living.every(({ status }) => !isFurther('packed', status))
  }
  const after = packagesOf(shop.db, order.id)
  const word = report.parcelId === undefined ? report.kind : order.shop_kind
  if (report.kind === 'packed' && isReady(after, word) && !isReady(packages, order.shop_kind)) {
    tellOrder(shop, order, { kind: 'ready' })
  }
}
