import type { DocumentView, OrderFileView, OrderView, WaveView } from '../../contract/views.ts'
import type { IssuedDocument } from '../../domain/document.ts'
import { isReasonCode } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { StatusReport } from '../../domain/outbox.ts'
import type { OrderFile } from '../../ports/store/order-store.ts'
import type { WaveBundle } from '../../ports/store/wave-store.ts'

/** What leaves the room: records without their sealed part and without the tokens they are found by. */
export function orderView(order: Order): OrderView {
  const { personal: _personal, addressToken: _addressToken, contentHash: _contentHash, ...view } = order
  return view
}

/** The same for the floor, which is told no order's value. */
export function floorOrderView(order: Order): OrderView {
  const { totals: _totals, lines, ...view } = orderView(order)
  return { ...view, lines: lines.map(({ unitPriceMinor: _price, taxRate: _rate, ...line }) => line) }
}

export const orderFileView = (file: OrderFile): OrderFileView => ({ ...file, order: orderView(file.order) })

/** The same for the floor, without prices, and without reasons in a person's own words: they may name the customer. */
export function floorFileView(file: OrderFile): OrderFileView {
  const view = orderFileView(file)
  return {
    ...view,
    order: floorOrderView(file.order),
    events: view.events.map((event) => ({ ...event, reason: codeOnly(event.reason) })),
    reports: view.reports.map((message) =>
      message.payload.kind === 'report'
        ? { ...message, payload: { ...message.payload, report: withoutWords(message.payload.report) } }
        : message,
    ),
  }
}

const codeOnly = (reason: string | undefined): string | undefined =>
  reason !== undefined && isReasonCode(reason) ? reason : undefined

const withoutWords = (report: StatusReport): StatusReport => ({ ...report, reason: codeOnly(report.reason) })

export function documentView(document: IssuedDocument): DocumentView {
  const { text: _text, fingerprint: _fingerprint, ...view } = document
  return view
}

/** A wave for the desk, or for the floor (`floorOrderView`). */
export const waveView = (bundle: WaveBundle, isFloor = false): WaveView => ({
  wave: bundle.wave,
  orders: bundle.orders.map(isFloor ? floorOrderView : orderView),
  parcels: bundle.parcels,
  tours: bundle.tours,
  routes: bundle.routes,
  documents: bundle.documents.map(documentView),
})
