import type { Order } from '../domain/order.ts'
import type { PersonalData } from '../domain/recipient.ts'
import type { Vault } from '../ports/vault.ts'

/**
 * The personal part of an order, opened for the length of one thought; undefined once it was purged. Throws what the
 * vault throws.
 */
export function openPersonal(vault: Pick<Vault, 'open'>, order: Order): PersonalData | undefined {
  if (!order.personal) return undefined
  // What the vault opens is what take-order sealed: PersonalData, bound to this order's id.
  return vault.open(order.id, order.personal) as unknown as PersonalData
}
