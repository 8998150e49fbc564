import { z } from 'zod'
import { postalAddress, userInformation } from '../../src-protocol/index.ts'
import { unseal } from '../sealing/seal.ts'
import type { OrderRow } from '../store/orders.ts'
import type { Shop } from './shop.ts'

/** What is sealed of an order: the snapshot of who ordered, where it goes, and the customer's own words. */
export const orderPersonal = z.object({
  user: userInformation,
  deliveryAddress: postalAddress.optional(),
  instructions: z.string().optional(),
})
export type OrderPersonal = z.infer<typeof orderPersonal>

/** Undefined once it was purged. */
export function personalOfOrder(shop: Shop, row: OrderRow): OrderPersonal | undefined {
  if (row.wrapped_key === null || row.sealed === null) return undefined
  return orderPersonal.parse(unseal(shop.keys, row.id, { wrapped_key: row.wrapped_key, sealed: row.sealed }))
}
