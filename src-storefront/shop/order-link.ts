import { createHmac, timingSafeEqual } from 'node:crypto'
import { emailIndex, seal, unseal } from '../sealing/seal.ts'
import { findOrder, findOrderByNumber, type OrderRow } from '../store/orders.ts'
import { orderPersonal, personalOfOrder } from './order-personal.ts'
import type { Shop } from './shop.ts'

/** The unguessable part of an order's link: 256 bits that only the shop's key can make, so nothing has to be stored. */
const linkKey = (shop: Shop, orderId: string): string =>
  createHmac('sha256', shop.keys.orderLinks).update(orderId).digest('base64url')

export const orderLink = (shop: Shop, orderId: string): string => `/orders/${orderId}/link/${linkKey(shop, orderId)}`

/** The order that a link opens; undefined for a wrong one, and once its personal data is gone. */
export function findByLink(shop: Shop, orderId: string, key: string): OrderRow | undefined {
  const row = findOrder(shop.db, orderId)
  const expected = Buffer.from(linkKey(shop, orderId))
  const given = Buffer.from(key)
  const isRight = given.length === expected.length && timingSafeEqual(given, expected)
  return isRight && row !== undefined && row.sealed !== null ? row : undefined
}

/**
 * The order of a number, for whoever knows the e-mail address given with it. A number that does not exist costs the
 * same as a wrong address: something is opened and compared either way.
 */
export function findByNumber(shop: Shop, number: string, email: string): OrderRow | undefined {
  const row = findOrderByNumber(shop.db, Number(number))
  const personal = row?.sealed ? personalOfOrder(shop, row) : undefined
  const known = personal ?? orderPersonal.parse(unseal(shop.keys, 'nobody', seal(shop.keys, 'nobody', decoy)))
  const expected = Buffer.from(emailIndex(shop.keys, known.user.contact.email ?? ''))
  const isRight = timingSafeEqual(Buffer.from(emailIndex(shop.keys, email)), expected)
  return isRight && personal?.user.contact.email !== undefined ? row : undefined
}

const decoy = {
  user: {
    userId: 'nobody',
    kind: 'guest',
    identifiedBy: 'guest-session',
    identifiedAt: '2000-01-01T00:00:00Z',
    locale: 'en',
    name: 'Nobody at all',
    contact: { email: 'nobody@shop.invalid', phone: '+49 30 0000000' },
    deliveryAddresses: [],
    deliveryWishes: {},
  },
  deliveryAddress: { name: 'Nobody at all', lines: ['Nowhere 1'], postcode: '00000', city: 'Nowhere', country: 'DE' },
}
