import type { CustomerMessage } from '../shop/messages.ts'
import type { Shop } from '../shop/shop.ts'
import { writeMail } from './mailing.ts'

/** Mails about an account. */
export const tellCustomer = (shop: Shop, message: CustomerMessage): void =>
  writeMail(shop, {
    kind: message.kind,
    thread: `customer:${message.userId}`,
    userId: message.userId,
    locale: message.locale,
    address: message.email,
  })

/** The last mail: that everything was deleted. Call in the erasure's transaction, while the address is known. */
export const tellErased = (
  shop: Shop,
  customer: { readonly userId: string; readonly locale: string; readonly address: string; readonly openOrders: number },
): void =>
  writeMail(shop, {
    kind: 'erased',
    thread: `customer:${customer.userId}`,
    locale: customer.locale,
    address: customer.address,
    facts: { openOrders: customer.openOrders },
  })
