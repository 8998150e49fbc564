import { canonicalJson, toJson } from '../kernel/json.ts'
import type { Order } from '../domain/order.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import { placeOf, stateOf, takeBackUntil, type FormerWork, type TakeBack } from '../domain/take-back.ts'
import { newId } from './audit.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'system'>

/** What a door needs to offer the way back: the id of what is kept, and how long it is. */
export interface UndoOffer {
  readonly id: string
  readonly ms: number
}

export const offerOf = (kept: TakeBack | undefined): UndoOffer | undefined =>
  kept && { id: kept.id, ms: kept.until - kept.at }

/** All that an order is but for its recipient, as one hash. */
export function markOf({ system }: Deps, { personal: _sealed, ...order }: Order): string {
  return system.hasher.sha256(canonicalJson(toJson(order)))
}

interface Changed {
  readonly deed: 'merge-orders' | 'cancel-order'
  /** As they were and as they are saved now, in the same order. */
  readonly before: readonly Order[]
  readonly after: readonly Order[]
  /** What will be told of it. */
  readonly words: readonly OutboxMessage[]
  readonly undoMs: number
  readonly work?: FormerWork | undefined
}

/** What has to be saved with a merge or a cancelling so that it can be taken back; undefined = it is told at once. */
export function keepChange(deps: Deps, { deed, before, after, words, undoMs, work }: Changed): TakeBack | undefined {
  const at = deps.system.clock.now()
  const until = takeBackUntil(at, { words: words.length, undoMs })
  if (until === undefined) return undefined
  const orders = before.flatMap((order) => {
    const now = after.find(({ id }) => id === order.id)
    return now ? [{ orderId: order.id, mark: markOf(deps, now), state: stateOf(order) }] : []
  })
  return { id: newId(deps.system), deed, at, until, orders, messageIds: words.map(({ id }) => id), work }
}

/** The same for another address. Whatever else happens to the order, it goes where it went before. */
export function keepAddress(deps: Deps, before: Order, after: Order): TakeBack {
  const at = deps.system.clock.now()
  const { personal } = before
  const order = { orderId: before.id, mark: after.addressToken, place: placeOf(before), ...(personal && { personal }) }
  const until = takeBackUntil(at, { words: 0, undoMs: 0 }) ?? at
  return { id: newId(deps.system), deed: 'change-address', at, until, orders: [order], messageIds: [] }
}
