import type { DocumentView, OrderFileView, OrderView, WaveView } from '../../contract/views.ts'
import type { IssuedDocument } from '../../domain/document.ts'
import type { Order } from '../../domain/order.ts'
import type { OrderFile } from '../../ports/store/order-store.ts'
import type { WaveBundle } from '../../ports/store/wave-store.ts'

/** What leaves the room: records without their sealed part and without the tokens they are found by. */
export function orderView(order: Order): OrderView {
  const { personal: _personal, addressToken: _addressToken, contentHash: _contentHash, ...view } = order
  return view
}

export const orderFileView = (file: OrderFile): OrderFileView => ({ ...file, order: orderView(file.order) })

export function documentView(document: IssuedDocument): DocumentView {
  const { text: _text, fingerprint: _fingerprint, ...view } = document
  return view
}

export const waveView = (bundle: WaveBundle): WaveView => ({
  wave: bundle.wave,
  orders: bundle.orders.map(orderView),
  parcels: bundle.parcels,
  tours: bundle.tours,
  documents: bundle.documents.map(documentView),
})
