import { withRecipients, type DeliveryInformation, type KeptRecipient } from './delivery-information.ts'
import type { IssuedDocument } from './document.ts'
import type { SelectionInformation } from './selection.ts'

/** Stands where a recipient was: sealed, and nothing inside. */
const noRecipient: KeptRecipient = { sealed: '' }

type StoredDelivery = DeliveryInformation<KeptRecipient>

/**
 * The text of an issued `delivery` or `selection` document without what it says of the recipients of
 * these orders (short codes); undefined when it says nothing of them. Everything else stays word for
 * word, but for `sha256`, which keeps naming the bytes as issued: an erased document is known by that.
 */
export function textWithoutRecipients(document: IssuedDocument, orderCodes: ReadonlySet<string>): string | undefined {
  if (document.text === undefined) return undefined
  if (document.kind === 'delivery') {
    const before = JSON.parse(document.text) as StoredDelivery // the kind says which of our own formats it is
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

const withoutDelivery = (delivery: StoredDelivery, orderCodes: ReadonlySet<string>): StoredDelivery =>
  withRecipients(delivery, ({ orderCode, recipient }) => (orderCodes.has(orderCode) ? noRecipient : recipient))

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
