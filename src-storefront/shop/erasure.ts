import { tellErased } from '../mail/tell-customer.ts'
import { deleteSessionsOf, findCustomer, replaceCart, saveCustomer } from '../store/customers.ts'
import { nextInSequence } from '../store/database.ts'
import { dropMailsOf } from '../store/mails.ts'
import { forgetOrders, everyOrderOfUser } from '../store/orders.ts'
import { userInformationOf } from './customers.ts'
import type { Shop } from './shop.ts'

/**
 * A customer wants to be forgotten: the account and everything personal of ended orders goes at once,
 * an open order keeps what its delivery needs until it has ended. The back office reads the request in
 * its feed. Asking again changes nothing. Returns how many orders are still open.
 */
export function requestErasure(shop: Shop, userId: string): { requestedAt: number; openOrders: number } {
  const now = shop.clock.now()
  const request = shop.db.transaction(() => {
    const customer = findCustomer(shop.db, userId)
    const orders = everyOrderOfUser(shop.db, userId)
    const openOrders = orders.filter(({ status }) => status === 'open' || status === 'on-hold').length
    if (customer !== undefined && customer.erasure_requested_at === null) {
      shop.db
        .prepare('INSERT INTO erasure VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
        .run(nextInSequence(shop.db, 'erasure'), userId, JSON.stringify(orders.map(({ id }) => id)), now)
      dropMailsOf(shop.db, userId, now)
      const address = userInformationOf(shop, customer).contact.email
      if (address !== undefined) tellErased(shop, { userId, locale: customer.locale, address, openOrders })
      const nothing = {
        email_index: null,
        password_hash: null,
        previous_user_id: null,
        wrapped_key: null,
        sealed: null,
      }
      saveCustomer(shop.db, { ...customer, ...nothing, kind: 'guest', erasure_requested_at: now })
      replaceCart(shop.db, userId, [])
    }
    deleteSessionsOf(shop.db, userId)
    forgetIfErased(shop, userId)
    return openOrders
  })
  const openOrders = request.immediate()
  // The write-ahead log still holds the rows as they were.
  shop.db.pragma('wal_checkpoint(TRUNCATE)')
  return { requestedAt: now, openOrders }
}

/** Deletes the keys of a forgotten customer's ended orders. */
export function forgetIfErased(shop: Shop, userId: string): void {
  const requestedAt = findCustomer(shop.db, userId)?.erasure_requested_at ?? undefined
  if (requestedAt === undefined) return
  forgetOrders(shop.db, "user_id = ? AND status IN ('cancelled', 'completed')", userId)
}
