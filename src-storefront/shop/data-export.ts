import type { DataExport } from '../customer/schemas.ts'
import { findCustomer, readCart } from '../store/customers.ts'
import { everyOrderOfUser } from '../store/orders.ts'
import { mailsOf, sessionsOf } from '../store/person.ts'
import type { Words } from '../translations/words.ts'
import { ownInformationOf } from './customers.ts'
import { personalOfOrder } from './order-personal.ts'
import { orderAnswer, orderEvents } from './order-view.ts'
import type { Shop } from './shop.ts'
import { instantText } from './wire-order.ts'

/** Everything the storefront holds about a person, in clear; undefined for nobody. */
export function exportOf(shop: Shop, userId: string, words: Words): DataExport | undefined {
  const customer = findCustomer(shop.db, userId)
  if (customer === undefined) return undefined
  return {
    exportedAt: instantText(shop.clock.now()),
    user: ownInformationOf(shop, customer),
    basket: readCart(shop.db, userId).map((line) => ({ ...line })),
    sessions: sessionsOf(shop.db, userId).map((row) => ({ lastSeenAt: instantText(row.seen_at) })),
    mails: mailsOf(shop.db, userId).map((row) => ({ kind: row.kind, state: row.state, writtenAt: instantText(row.written_at) })), // prettier-ignore
    orders: everyOrderOfUser(shop.db, userId).map((row) => {
      const { previousUserId: _, ...user } = personalOfOrder(shop, row)?.user ?? {}
      return {
        order: orderAnswer(shop, row, { words }),
        ...('userId' in user && { user }),
        events: [...orderEvents(shop, row, words)],
      }
    }),
  }
}
