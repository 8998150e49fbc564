import { isTakenHere } from '../domain/counter.ts'
import type { Connection } from '../ports/store/order-store.ts'

type Connected = Pick<Connection, 'platform' | 'options'>

/** True for a storefront that is to be asked and told now: it has an address, and nobody has paused it. */
export const isOnline = (connection: Connected): boolean =>
  !isTakenHere(connection) && connection.options.state === undefined

/** True where there is nobody who will ever take a report. */
export const hasNobody = (connection: Connected): boolean =>
  isTakenHere(connection) || connection.options.state === 'disconnected'
