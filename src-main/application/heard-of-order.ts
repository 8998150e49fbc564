import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { HoldReason, Order } from '../domain/order.ts'
import type { StorefrontOrder } from '../ports/storefront.ts'
import { differences, question, withoutQuestion } from './storefront-question.ts'
import { recipientOf, untouched, type Taken } from './take-order.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'vault' | 'system'>

const hasLeft = ({ status }: Order): boolean => fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank
const isOnItsWay = ({ status }: Order): boolean =>
  status === 'handed-over' || status === 'out-for-delivery' || status === 'failed'

/**
 * The storefront says something of an order that people here work on: it stays as it is, and what differs is put to
 * the manager. What is as it was again needs no question any more.
 */
export function heardWhileInWork(
  deps: Deps,
  before: Order,
  heard: { readonly entry: StorefrontOrder; readonly contentHash: string },
): Taken {
  const { entry, contentHash } = heard
  const asked = questionFor(deps, before, entry)
  const holds = [...withoutQuestion(before.holds), ...(asked ? [asked] : [])]
  const isNews = JSON.stringify(holds) !== JSON.stringify(before.holds)
  return {
    order: { ...before, holds, contentHash, said: { status: entry.status, changedAt: entry.changedAt } },
    happenings: [],
    kind: isNews ? 'changed' : 'unchanged',
    isToldBack: false,
  }
}

function questionFor(deps: Deps, before: Order, entry: StorefrontOrder): HoldReason | undefined {
  if (hasLeft(before))
    return entry.status === 'cancelled' && isOnItsWay(before) ? question('cancelled-at-storefront') : undefined
  if (entry.status === 'cancelled') return question('cancelled-at-storefront')
  if (entry.status === 'completed') return question('completed-at-storefront')
  const facts = differences(deps, before, { entry, recipient: recipientOf(entry) })
  if (entry.status === 'on-hold') return question('held-at-storefront', facts)
  return Object.keys(facts).length > 0 ? question('changed-at-storefront', facts) : undefined
}

/**
 * The storefront knows an order no more: it was deleted, or lies in a bin. What nobody has touched is cancelled, unless
 * so many are gone that the host may be wrong; what is in work is put to the manager. Undefined = nothing new.
 */
export function heardOfGone(deps: Deps, before: Order, loss: { readonly isMassLoss: boolean }): Taken | undefined {
  if (before.said?.status === 'gone' && !(untouched.has(before.status) && !loss.isMassLoss)) return undefined
  const at = deps.system.clock.now()
  const order: Order = { ...before, said: { status: 'gone', changedAt: at } }
  const silent = { happenings: [], isToldBack: false }
  if (before.status === 'cancelled' || hasLeft(before)) return { ...silent, order, kind: 'unchanged' }
  if (!untouched.has(before.status) || loss.isMassLoss) {
    const held: Order = { ...order, holds: [...withoutQuestion(before.holds), question('gone-at-storefront')] }
    if (!untouched.has(before.status)) return { ...silent, order: held, kind: 'changed' }
    const happenings = before.status === 'on-hold' ? [] : [{ orderId: before.id, status: 'on-hold' as const, at }]
    return { ...silent, order: { ...held, status: 'on-hold' }, happenings, kind: 'changed' }
  }
  return {
    order: { ...order, status: 'cancelled', holds: [] },
    happenings: [{ orderId: before.id, status: 'cancelled', at, reason: 'gone-at-storefront' }],
    kind: 'changed',
    isToldBack: false,
  }
}
