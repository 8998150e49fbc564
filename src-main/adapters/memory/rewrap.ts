import type { AuditEntry } from '../../domain/people.ts'
import type { SealedRecord } from '../../domain/recipient.ts'
import { shopMailOwner } from '../../domain/shop-mail.ts'
import { kept, saveAudit, type MemoryState } from './state.ts'

type Rewrap = (ownerId: string, wrappedKey: string) => string

/** Wraps every data key anew; what throws on the way changes nothing. */
export function rewrapAll(state: MemoryState, rewrap: Rewrap, audit: AuditEntry): number {
  let count = 0
  const anew = (ownerId: string, record: SealedRecord): SealedRecord => {
    count++
    return { ...record, wrappedKey: rewrap(ownerId, record.wrappedKey) }
  }
  const orders = [...state.orders.values()].map((order) =>
    order.personal ? kept({ ...order, personal: anew(order.id, order.personal) }) : order,
  )
  const users = [...state.users.values()].map((user) =>
    user.personal ? kept({ ...user, personal: anew(user.userId, user.personal) }) : user,
  )
  const connections = [...state.connections.values()].map((connection) =>
    kept({ ...connection, sealedToken: anew(connection.id, connection.sealedToken) }),
  )
  const invoices = [...state.invoices.values()].map((invoice) =>
    invoice.body?.personal
      ? kept({ ...invoice, body: { ...invoice.body, personal: anew(invoice.id, invoice.body.personal) } })
      : invoice,
  )
  const takeBacks = [...state.takeBacks.values()].map((one) =>
    kept({
      ...one,
      orders: one.orders.map((order) =>
        order.personal ? { ...order, personal: anew(order.orderId, order.personal) } : order,
      ),
    }),
  )
  const mail = state.mail?.sealedPassword && anew(shopMailOwner, state.mail.sealedPassword)
  for (const order of orders) state.orders.set(order.id, order)
  for (const user of users) state.users.set(user.userId, user)
  for (const connection of connections) state.connections.set(connection.id, connection)
  for (const one of takeBacks) state.takeBacks.set(one.id, one)
  for (const invoice of invoices) state.invoices.set(invoice.id, invoice)
  if (state.mail && mail) state.mail = kept({ ...state.mail, sealedPassword: mail })
  saveAudit(state, audit)
  return count
}
