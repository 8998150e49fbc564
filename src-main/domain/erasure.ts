import type { DeliveryInformation, DeliveryParcel, DeliveryRecipient } from './delivery-information.ts'
import type { IssuedDocument } from './document.ts'
import type { SelectionInformation } from './selection.ts'

/** Stands where a recipient was: sealed, and nothing inside. */
const noRecipient: DeliveryRecipient = { sealed: '' }

/**
 * The text of an issued `delivery` or `selection` document without what it says of the recipients of
 * these orders (short codes); undefined when it says nothing of them. Everything else stays word for
 * word, but for `sha256`, which keeps naming the bytes as issued: an erased document is known by that.
 */
export function textWithoutRecipients(document: IssuedDocument, orderCodes: ReadonlySet<string>): string | undefined {
  if (document.text === undefined) return undefined
  if (document.kind === 'delivery') {
    const before = JSON.parse(document.text) as DeliveryInformation // the kind says which of our own formats it is
    return textWhenChanged(document.text, withoutDelivery(before, orderCodes))
  }
  if (document.kind === 'selection') {
    const before = JSON.parse(document.text) as SelectionInformation // the kind says which of our own formats it is
    return textWhenChanged(document.text, withoutSelection(before, orderCodes))
  }
  return undefined
}

const textWhenChanged = (before: string, after: unknown): string | undefined =>
  JSON.stringify(JSON.parse(before)) === JSON.stringify(after) ? undefined : JSON.stringify(after)

function withoutDelivery(delivery: DeliveryInformation, orderCodes: ReadonlySet<string>): DeliveryInformation {
  const strip = (parcel: DeliveryParcel): DeliveryParcel =>
    orderCodes.has(parcel.orderCode) ? { ...parcel, recipient: noRecipient } : parcel
  return {
    ...delivery,
    routes: delivery.routes.map((route) => ({
      ...route,
      stops: route.stops.map((stop) => ({
        ...stop,
        parcels: stop.parcels.map(strip),
        recipient: orderCodes.has(stop.parcels[0]?.orderCode ?? '') ? noRecipient : stop.recipient,
      })),
    })),
  }
}

function withoutSelection(selection: SelectionInformation, orderCodes: ReadonlySet<string>): SelectionInformation {
  return {
    ...selection,
    orders: selection.orders.map((order) => {
      if (!orderCodes.has(order.code) || order.recipient === undefined) return order
      const { recipient: _erased, ...kept } = order
      return kept
    }),
  }
}
