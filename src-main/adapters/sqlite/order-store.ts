import type { Order } from '../../domain/order.ts'
import type { ImportedOrders, OrderFile, OrderStore, OrderWithParcels } from '../../ports/store/order-store.ts'
import { forgetFormer } from './purge.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import { selectConnections, updateCursor, upsertConnection } from './tables/connections.ts'
import { takeNumbers } from './tables/counters.ts'
import { selectEvents } from './tables/events.ts'
import { selectOrderPage } from './tables/order-list.ts'
import { selectFollowers, selectImported, selectInHouse, selectOrderByCode, selectOrders } from './tables/orders.ts'
import { selectLastReportSequence, selectReports } from './tables/outbox.ts'
import { selectParcelsOfOrders } from './tables/parcels.ts'
import { replaceTokens } from './tables/search-tokens.ts'
import { selectTakeBack } from './tables/take-backs.ts'
import { selectUser, upsertUsers } from './tables/users.ts'
import { saveWork } from './tables/work.ts'

export const orderStore = (sql: Sql): OrderStore => ({
  saveConnection: (connection, audit) =>
    sql.write(() => {
      upsertConnection(sql, connection)
      insertAudit(sql, audit)
    }),
  loadConnections: () => sql.read(() => selectConnections(sql)),
  upsertImportedOrders: (batch) => sql.write(() => upsertImported(sql, batch)),
  findImported: (connectionId, externalIds) => sql.read(() => selectImported(sql, connectionId, externalIds)),
  findOrdersInHouse: (connectionId) => sql.read(() => selectInHouse(sql, connectionId)),
  nextOrderNumber: (day) => sql.write(() => takeNumbers(sql, `order ${day}`, 1)),
  listOrders: (query) => sql.read(() => selectOrderPage(sql, query)),
  findOrders: (ids) => sql.read(() => selectOrders(sql, ids)),
  findOrder: (idOrCode) => sql.read(() => findOrder(sql, idOrCode)),
  findFollowers: (orderId) => sql.read(() => findFollowers(sql, orderId)),
  findUser: (userId) => sql.read(() => selectUser(sql, userId)),
  saveOrderChange: (change) => sql.write(() => saveWork(sql, change)),
  findTakeBack: (orderId) => sql.read(() => selectTakeBack(sql, orderId)),
  forgetTakeBacks: (until) => forgetFormer(sql, until),
  lastReportSequence: (orderId) => sql.read(() => selectLastReportSequence(sql, orderId)),
})

function upsertImported(sql: Sql, batch: ImportedOrders): void {
  if (batch.orderCursor !== undefined)
    updateCursor(sql, batch.connectionId, { column: 'order_cursor', cursor: batch.orderCursor })
  const orders = underKnownIds(sql, batch)
  upsertUsers(sql, batch.users)
  saveWork(sql, { orders, events: batch.events, reports: batch.reports, undo: batch.undo, audit: batch.audit })
  for (const { orderId, tokens } of batch.searchTokens) replaceTokens(sql, orderId, tokens)
}

/** What is known, or comes twice in a batch, keeps the id and code under which paper and parcels already name it. */
function underKnownIds(sql: Sql, { connectionId, orders }: ImportedOrders): readonly Order[] {
  const externalIds = orders.map((order) => order.externalId)
  const named = new Map<string, Pick<Order, 'id' | 'code'>>(
    selectImported(sql, connectionId, externalIds).map((order) => [order.externalId, order]),
  )
  return orders.map((order) => {
    const { id, code } = named.get(order.externalId) ?? order
    named.set(order.externalId, { id, code })
    return { ...order, id, code }
  })
}

function findOrder(sql: Sql, idOrCode: string): OrderFile | undefined {
  const order = selectOrderByCode(sql, idOrCode)
  return (
    order && {
      order,
      parcels: selectParcelsOfOrders(sql, [order.id]),
      events: selectEvents(sql, order.id),
      reports: selectReports(sql, order.id),
    }
  )
}

function findFollowers(sql: Sql, orderId: string): readonly OrderWithParcels[] {
  const orders = selectFollowers(sql, orderId)
  if (orders.length === 0) return []
  const parcels = selectParcelsOfOrders(
    sql,
    orders.map(({ id }) => id),
  )
  return orders.map((order) => ({ order, parcels: parcels.filter((parcel) => parcel.orderId === order.id) }))
}
