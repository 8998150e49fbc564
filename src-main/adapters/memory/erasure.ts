import { textWithoutRecipients } from '../../domain/erasure.ts'
import { isReasonCode, type FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { PeopleStore } from '../../ports/store/people-store.ts'
import { kept, type MemoryState, saveAudit } from './state.ts'
import { rewrapAll } from './rewrap.ts'
import { compareText } from './stock.ts'
import { forgetTakeBacksOf } from './take-backs.ts'
import { parcelsOf, byIds } from './work.ts'

type Erasure = Pick<
  PeopleStore,
  | 'findPurgeable'
  | 'purgeOrders'
  | 'eraseUser'
  | 'loadErasures'
  | 'findUnreported'
  | 'findStrayPapers'
  | 'findOrdersOfUsers'
  | 'findUsersByEmail'
  | 'rewrapSealed'
>

/** Where personal data ends. */
export const erasureInMemory = (state: MemoryState): Erasure => ({
  async findPurgeable(before) {
    return [...state.orders.values()]
      .filter(
        (order) =>
          order.personal !== undefined && isOver(state, order, state.erasures.has(order.userId) ? Infinity : before),
      )
      .map((order) => order.id)
  },
  async purgeOrders(orderIds, audit) {
    const purged = purge(state, orderIds)
    const users = forgetUsers(state, usersWithoutOrders(state, orderIds))
    saveAudit(state, audit)
    return { ...purged, users }
  },
  async eraseUser(userId, audit, { keepsOpenOrders }) {
    const orderIds = [...state.orders.values()]
      .filter((order) => order.userId === userId && (!keepsOpenOrders || parcelEnds.includes(order.status)))
      .map((order) => order.id)
    const purged = purge(state, orderIds)
    // What is still on its way keeps the address it goes to, but none that it went to before.
    const all = [...state.orders.values()].filter((order) => order.userId === userId)
    forgetTakeBacksOf(state, new Set(all.map(({ id }) => id)))
    const users = forgetUsers(state, [userId])
    state.erasures.add(userId)
    saveAudit(state, audit)
    return { ...purged, users }
  },
  async findUnreported(before) {
    return [...state.orders.values()]
      .filter((order) => order.personal !== undefined && underWay.includes(order.status))
      .map((order) => ({ order, handedOverAt: lastHeardAt(state, order) }))
      .filter(({ handedOverAt }) => handedOverAt !== -Infinity && handedOverAt < before)
      .sort((a, b) => a.handedOverAt - b.handedOverAt || compareText(a.order.id, b.order.id))
      .map(({ order, handedOverAt }) => {
        const [first] = parcelsOf(state, new Set([order.id])).toSorted((a, b) => compareText(a.letter, b.letter))
        return { orderId: order.id, code: order.code, handedOverAt, carrier: first?.carrierCode ?? '' }
      })
  },
  async findStrayPapers(documentIds) {
    return [...documentIds].filter((id) => isStray(state, id)).sort(compareText)
  },
  async findOrdersOfUsers(userIds) {
    return [...state.orders.values()]
      .filter((order) => userIds.includes(order.userId))
      .sort((a, b) => b.placedAt - a.placedAt || compareText(a.id, b.id))
  },
  async findUsersByEmail(emailToken) {
    return [...state.users.values()]
      .filter((user) => user.emailToken === emailToken)
      .sort((a, b) => a.identifiedAt - b.identifiedAt || compareText(a.userId, b.userId))
  },
  rewrapSealed: async (rewrap, audit) => rewrapAll(state, rewrap, audit),
  async loadErasures() {
    return [...state.erasures].sort()
  },
})

function isStray(state: MemoryState, documentId: string): boolean {
  const document = state.documents.get(documentId)
  if (!document) return true
  const orderId = state.parcels.get(document.subjectId)?.orderId ?? document.subjectId
  return personalKinds.has(document.kind) && state.orders.get(orderId)?.addressToken === ''
}

const underWay: readonly FulfilmentStatus[] = ['handed-over', 'out-for-delivery']

const lastHeardAt = (state: MemoryState, order: Order): EpochMs =>
  [...state.events.values()]
    .filter((event) => event.orderId === order.id && underWay.includes(event.status))
    .reduce((last, event) => Math.max(last, event.at), -Infinity)

const parcelEnds: readonly FulfilmentStatus[] = ['delivered', 'returned', 'cancelled']

/** True when all parcels ended before that time, or the order was cancelled before it. */
function isOver(state: MemoryState, order: Order, before: EpochMs): boolean {
  const events = [...state.events.values()].filter((event) => event.orderId === order.id)
  const lastAt = (status: FulfilmentStatus, parcelId?: string): EpochMs =>
    events
      .filter((event) => event.status === status && (parcelId === undefined || event.parcelId === parcelId))
      .reduce((last, event) => Math.max(last, event.at), -Infinity)
  const isBefore = (at: EpochMs): boolean => at !== -Infinity && at < before
  if (order.status === 'cancelled' && isBefore(lastAt('cancelled'))) return true
  const parcels = parcelsOf(state, new Set([order.id]))
  return (
    parcels.length > 0 && parcels.every(({ status, id }) => parcelEnds.includes(status) && isBefore(lastAt(status, id)))
  )
}

/** Papers about one order or parcel whose bytes may show or hold its recipient. */
const personalKinds: ReadonlySet<string> = new Set(['sealed-block', 'label', 'slip', 'carrier-label'])

function purge(state: MemoryState, orderIds: readonly string[]): { orders: number; documents: readonly string[] } {
  const orders = byIds(state.orders, orderIds)
  const ids = new Set(orders.map((order) => order.id))
  const subjects = new Set([...ids, ...parcelsOf(state, ids).map((parcel) => parcel.id)])
  const documents = [...state.documents.values()].filter(
    ({ kind, subjectId }) => personalKinds.has(kind) && subjects.has(subjectId),
  )
  for (const { kind, id } of documents) if (kind === 'sealed-block') state.documents.delete(id)
  blankRecipients(state, new Set(orders.map((order) => order.code)))
  forgetReasons(state, ids)
  forgetTakeBacksOf(state, ids)
  for (const order of orders) {
    state.orders.set(order.id, kept({ ...order, personal: undefined, addressToken: '' }))
    state.searchTokens.delete(order.id)
  }
  return {
    orders: orders.filter((order) => order.personal !== undefined).length,
    documents: documents.map(({ id }) => id).sort(),
  }
}

function blankRecipients(state: MemoryState, orderCodes: ReadonlySet<string>): void {
  for (const document of state.documents.values()) {
    const text = textWithoutRecipients(document, orderCodes)
    if (text !== undefined) state.documents.set(document.id, kept({ ...document, text }))
  }
}

/** Who of those orders' customers has no order left that still holds personal data. */
function usersWithoutOrders(state: MemoryState, orderIds: readonly string[]): readonly string[] {
  const users = new Set(byIds(state.orders, orderIds).map((order) => order.userId))
  for (const order of state.orders.values()) if (order.personal !== undefined) users.delete(order.userId)
  return [...users]
}

function forgetUsers(state: MemoryState, userIds: readonly string[]): number {
  const users = byIds(state.users, userIds)
  for (const { emailToken: _erased, ...rest } of users)
    state.users.set(rest.userId, kept({ ...rest, personal: undefined }))
  return users.filter((user) => user.personal !== undefined).length
}

/** Codes stay, a person's own words go. */
function forgetReasons(state: MemoryState, orderIds: ReadonlySet<string>): void {
  for (const { reason, ...event } of state.events.values())
    if (orderIds.has(event.orderId) && !isReasonCode(reason ?? 'none')) state.events.set(event.id, kept(event))
  for (const message of state.messages.values()) {
    if (message.payload.kind !== 'report' || !orderIds.has(message.payload.report.orderId)) continue
    const { reason, ...report } = message.payload.report
    if (!isReasonCode(reason ?? 'none'))
      state.messages.set(message.id, kept({ ...message, payload: { ...message.payload, report } }))
  }
}
