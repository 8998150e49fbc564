import type { Order } from '../domain/order.ts'
import { questionOf } from './storefront-question.ts'

const ends: ReadonlySet<unknown> = new Set(['cancelled-at-storefront', 'gone-at-storefront', 'held-at-storefront'])

/** A person has stopped an order that is in work; its fact says how far it was. */
export const isStopped = (order: Pick<Order, 'holds'>): boolean =>
  order.holds.some(({ code, facts }) => code === 'by-hand' && facts['stopped'] !== undefined)

/**
 * True while somebody has stopped it, or while a question is open that may mean that it must not leave, or not to this address: no label is issued for it and
 * no courier gets it before the manager has said which.
 */
export function isWithheld(order: Pick<Order, 'holds'>): boolean {
  if (isStopped(order)) return true
  const asked = questionOf(order)
  return asked !== undefined && (ends.has(asked.facts['changed']) || asked.facts['address'] !== undefined)
}
