import type { Order } from '../domain/order.ts'
import { questionOf } from './storefront-question.ts'

const ends: ReadonlySet<unknown> = new Set(['cancelled-at-storefront', 'gone-at-storefront', 'held-at-storefront'])

/**
 * True while a question is open that may mean this order must not leave, or not to this address: no label is issued for
 * it and no courier gets it before the manager has said which.
 */
export function isWithheld(order: Pick<Order, 'holds'>): boolean {
  const asked = questionOf(order)
  return asked !== undefined && (ends.has(asked.facts['changed']) || asked.facts['address'] !== undefined)
}
