import { fulfilmentTable } from '../../domain/fulfilment.ts'
import { type Order, pieceCount } from '../../domain/order.ts'
import type { OutboxMessage, StatusReport } from '../../domain/outbox.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ImportedOrders, OrderFile, OrderRow, OrderStore } from '../../ports/store/order-store.ts'
import { isFound, type ListShape, pageOf } from './lists.ts'
import { kept, type MemoryState, nextNumber, saveAll, saveAudit } from './state.ts'
import { compareText } from './stock.ts'
import { findTakeBack, forgetTakeBacks } from './take-backs.ts'
import { checkedWork, parcelsOf } from './work.ts'

/** Orders, who placed them and where they came from, over the shared state. */
export function ordersInMemory(state: MemoryState): OrderStore {
  return {
    ...connections(state),
    async upsertImportedOrders(batch) {
      upsertImported(state, batch)
    },
    async findImported(connectionId, externalIds) {
      const wanted = new Set(externalIds)
      return [...state.orders.values()].filter(
        (order) => order.connectionId === connectionId && wanted.has(order.externalId),
      )
    },
    async findOrdersInHouse(connectionId) {
      return [...state.orders.values()].filter(
        (order) => order.connectionId === connectionId && fulfilmentTable[order.status].rank < leftRank,
      )
    },
    async nextOrderNumber(day) {
      return nextNumber(state, `order ${day}`)
    },
    async listOrders(query) {
      const rows = [...state.orders.values()].filter((order) => isListed(state, order, query))
      return pageOf(
        rows.map((order) => rowOf(state, order)),
        query,
        orderList,
      )
    },
    async findOrders(ids) {
      return [...new Set(ids)].flatMap((id) => state.orders.get(id) ?? [])
    },
    async findOrder(idOrCode) {
      const order = state.orders.get(idOrCode) ?? [...state.orders.values()].find(({ code }) => code === idOrCode)
      return order && fileOf(state, order)
    },
    async findFollowers(orderId) {
      return [...state.orders.values()]
        .filter(({ follows }) => follows?.orderId === orderId)
        .sort((a, b) => a.placedAt - b.placedAt || compareText(a.code, b.code) || compareText(a.id, b.id))
        .map((order) => ({ order, parcels: parcelsOf(state, new Set([order.id])) }))
    },
    async findUser(userId) {
      return state.users.get(userId)
    },
    async saveOrderChange(change) {
      checkedWork(state, change)()
    },
    async findTakeBack(orderId) {
      return findTakeBack(state, orderId)
    },
    async forgetTakeBacks(until) {
      forgetTakeBacks(state, until)
    },
    async lastReportSequence(orderId) {
      return reportsOf(state, orderId).reduce((last, { report }) => Math.max(last, report.sequence), 0)
    },
  }
}

const leftRank = fulfilmentTable['handed-over'].rank

const connections = (state: MemoryState): Pick<OrderStore, 'saveConnection' | 'loadConnections'> => ({
  async saveConnection(connection, audit) {
    saveAll(state.connections, [connection], ({ id }) => id)
    saveAudit(state, audit)
  },
  async loadConnections() {
    return [...state.connections.values()].sort((a, b) => compareText(a.id, b.id))
  },
})

function upsertImported(state: MemoryState, batch: ImportedOrders): void {
  const connection = state.connections.get(batch.connectionId)
  if (!connection) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: batch.connectionId })
  const known = new Map([...state.orders.values()].map((order) => [externalKey(order), order]))
  // What is known keeps the id and code under which paper and parcels already name it.
  const orders = batch.orders.map((order) => {
    const before = known.get(externalKey(order))
    return before ? { ...order, id: before.id, code: before.code } : order
  })
  const { events, reports, undo, audit } = batch
  const save = checkedWork(state, { orders, events, reports, undo, audit })
  save()
  saveAll(state.users, batch.users, ({ userId }) => userId)
  for (const { orderId, tokens } of batch.searchTokens) state.searchTokens.set(orderId, new Set(tokens))
  if (batch.orderCursor !== undefined)
    state.connections.set(connection.id, kept({ ...connection, orderCursor: batch.orderCursor }))
}

const externalKey = (order: Order): string => JSON.stringify([order.connectionId, order.externalId])

type OrderQuery = Parameters<OrderStore['listOrders']>[0]

function isListed(state: MemoryState, order: Order, query: OrderQuery): boolean {
  if (query.status && !query.status.includes(order.status)) return false
  if (query.isHeld === true && order.holds.length === 0) return false
  const carried = state.searchTokens.get(order.id)
  if (query.tokens?.some((token) => carried?.has(token) !== true)) return false
  return isFound(query.search, [order.code, ...order.lines.flatMap((line) => [line.sku, line.gtin ?? '', line.name])])
}

const rowOf = (state: MemoryState, order: Order): OrderRow => ({
  order,
  parcelCount: parcelsOf(state, new Set([order.id])).filter(({ status }) => status !== 'cancelled').length,
  pieces: pieceCount(order),
})

const orderList: ListShape<OrderRow> = {
  idOf: ({ order }) => order.id,
  sorts: {
    placed: ({ order }) => order.placedAt,
    code: ({ order }) => order.code,
    status: ({ order }) => fulfilmentTable[order.status].rank,
    pieces: ({ pieces }) => pieces,
  },
  usual: { sort: 'placed', descending: true },
}

function fileOf(state: MemoryState, order: Order): OrderFile {
  return {
    order,
    parcels: parcelsOf(state, new Set([order.id])),
    events: [...state.events.values()].filter((event) => event.orderId === order.id).sort((a, b) => a.at - b.at),
    reports: reportsOf(state, order.id)
      .sort((a, b) => a.report.sequence - b.report.sequence)
      .map(({ message }) => message),
  }
}

function reportsOf(state: MemoryState, orderId: string): { message: OutboxMessage; report: StatusReport }[] {
  return [...state.messages.values()].flatMap((message) =>
    message.payload.kind === 'report' && message.payload.report.orderId === orderId
      ? [{ message, report: message.payload.report }]
      : [],
  )
}
