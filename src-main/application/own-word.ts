import type { FulfilmentStatus } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Workshop } from './workshop.ts'

/** What the storefront may have from us about an order as a whole. */
export interface OwnWord {
  /** True when this may be the last word that has reached it: the last one it took, or one on its way since. */
  mayBe(kind: FulfilmentStatus): boolean
  /** True when it has taken this as our last word. */
  is(kind: FulfilmentStatus): boolean
}

/** Looks into the outbox: what was taken there, and what is under way and may have been taken already. */
export async function ownWordOf(store: Pick<Workshop['store'], 'findOrder'>, order: Order): Promise<OwnWord> {
  const file = await store.findOrder(order.id)
  const words = (file?.reports ?? []).flatMap(({ state, payload }) =>
    payload.kind === 'report' && payload.report.parcelId === undefined && (state === 'sent' || state === 'waiting')
      ? [{ state, kind: payload.report.kind }]
      : [],
  )
  const lastTaken = words.findLastIndex(({ state }) => state === 'sent')
  const possible = words.slice(Math.max(0, lastTaken)).map(({ kind }) => kind)
  return {
    mayBe: (kind) => possible.includes(kind),
    is: (kind) => words[lastTaken]?.kind === kind,
  }
}
