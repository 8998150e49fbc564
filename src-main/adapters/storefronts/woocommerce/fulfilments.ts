import type { StatusReport } from '../../../domain/outbox.ts'
import { AppError } from '../../../kernel/errors.ts'
import { shapedAnswer } from './answer-of.ts'
import type { ReportState } from './report-state.ts'
import { wireFulfilments } from './wire.ts'
import type { WooHost } from './woo-host.ts'

/** The shop's own record of shipments, which shops of 10 and later may have switched on. */
export interface FulfilmentDesk {
  readonly host: WooHost
  /** Undefined until asked for the first time. */
  isThere: boolean | undefined
}

/** Our mark at a fulfilment: written with it in one call, so there is never one without the other. */
const markKey = '_backroom_reference'

export interface HandedOver {
  readonly orderId: number
  readonly ref: string
  readonly report: StatusReport
  readonly parcel: ReportState['packages'][number]
}

/**
 * Tells the customer of a package by one fulfilment, with its contents and tracking; the shop mails them by itself.
 * False where the shop has no fulfilments or does not take this one (somebody shipped these pieces by hand).
 */
export async function tellByFulfilment(desk: FulfilmentDesk, handed: HandedOver): Promise<boolean> {
  if (desk.isThere === false) return false
  const path = `wc/v3/orders/${handed.orderId}/fulfillments`
  const { status, json } = await desk.host.call({ method: 'GET', path, alsoAccept: [403, 404] })
  // 404: not switched on. 403: not for the user whose key this is.
  desk.isThere = status === 200
  if (!desk.isThere) return false
  const known = shapedAnswer(desk.host, path, { json, schema: wireFulfilments })
  const isTold = known.some(({ meta_data: meta }) =>
    meta.some(({ key, value }) => key === markKey && value === handed.ref),
  )
  if (isTold) return true
  try {
    const query = { notify_customer: 'true' }
    await desk.host.call({ method: 'POST', path, query, body: fulfilmentOf(handed) })
    return true
  } catch (error) {
    if (error instanceof AppError && error.details['status'] === 400) return false
    throw error
  }
}

function fulfilmentOf({ parcel, report, ref }: HandedOver) {
  const items = parcel.items.map(([lineId, quantity]) => ({ item_id: Number(lineId), qty: quantity }))
  const tracking = report.tracking
    ? [
        { key: '_tracking_number', value: report.tracking.number },
        { key: '_shipment_provider', value: 'other' },
        { key: '_provider_name', value: report.tracking.carrier },
      ]
    : []
  const meta = [{ key: '_items', value: items }, ...tracking, { key: markKey, value: ref }]
  return { status: 'fulfilled', is_fulfilled: true, meta_data: meta }
}
