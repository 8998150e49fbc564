import { textWithoutRecipients } from '../../domain/erasure.ts'
import type { FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { EpochMs } from '../../kernel/time.ts'
import type { PeopleStore } from '../../ports/store/people-store.ts'
import { kept, type MemoryState, saveAudit } from './state.ts'
import { parcelsOf, byIds } from './work.ts'

type Erasure = Pick<PeopleStore, 'findPurgeable' | 'purgeOrders' | 'eraseUser' | 'loadErasures'>

/** Where personal data ends. */
export const erasureInMemory = (state: MemoryState): Erasure => ({
  async findPurgeable(before) {
    return [...state.orders.values()]
      .filter((order) => order.personal !== undefined && isOver(state, order, before))
      .map((order) => order.id)
  },
  async purgeOrders(orderIds, audit) {
    const purged = purge(state, orderIds)
    saveAudit(state, audit)
    return { ...purged, users: 0 }
  },
  async eraseUser(userId, audit) {
    const orderIds = [...state.orders.values()].filter((order) => order.userId === userId).map((order) => order.id)
    const purged = purge(state, orderIds)
    const user = state.users.get(userId)
    if (user) {
      const { emailToken: _erased, ...rest } = user
      state.users.set(userId, kept({ ...rest, personal: undefined }))
    }
    state.erasures.add(userId)
    saveAudit(state, audit)
    return { ...purged, users: user?.personal === undefined ? 0 : 1 }
  },
  async loadErasures() {
    return [...state.erasures].sort()
  },
})

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
const personalKinds: ReadonlySet<string> = new Set(['sealed-block', 'label', 'slip'])

function purge(state: MemoryState, orderIds: readonly string[]): { orders: number; documents: readonly string[] } {
  const orders = byIds(state.orders, orderIds)
  const ids = new Set(orders.map((order) => order.id))
  const subjects = new Set([...ids, ...parcelsOf(state, ids).map((parcel) => parcel.id)])
  const documents = [...state.documents.values()].filter(
    ({ kind, subjectId }) => personalKinds.has(kind) && subjects.has(subjectId),
  )
  for (const { kind, id } of documents) if (kind === 'sealed-block') state.documents.delete(id)
  blankRecipients(state, new Set(orders.map((order) => order.code)))
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
