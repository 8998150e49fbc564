import type { FulfilmentEvent } from '../../../domain/fulfilment.ts'
import type { Order } from '../../../domain/order.ts'
import type { OutboxMessage } from '../../../domain/outbox.ts'
import type { Parcel } from '../../../domain/parcel.ts'
import type { AuditEntry } from '../../../domain/people.ts'
import type { StockMovement } from '../../../domain/stock.ts'
import type { UndoChange, WithdrawnPapers } from '../../../ports/store/order-store.ts'
import type { Sql } from '../sql.ts'
import { insertAudit } from './audit.ts'
import { withdrawDocuments } from './documents.ts'
import { insertEvents } from './events.ts'
import { upsertOrders } from './orders.ts'
import { upsertMessages } from './outbox.ts'
import { upsertParcels } from './parcels.ts'
import { insertMovements } from './stock.ts'
import { saveUndo } from './take-backs.ts'

/** What a change to the line of work brings along, whichever method saves it. */
export interface Work {
  readonly orders?: readonly Order[]
  readonly parcels?: readonly Parcel[]
  readonly events?: readonly FulfilmentEvent[]
  readonly reports?: readonly OutboxMessage[]
  readonly movements?: readonly StockMovement[]
  readonly withdrawn?: WithdrawnPapers | undefined
  readonly undo?: UndoChange | undefined
  readonly audit: AuditEntry
}

/** Orders before what refers to them. */
export function saveWork(sql: Sql, work: Work): void {
  upsertOrders(sql, work.orders ?? [])
  upsertParcels(sql, work.parcels ?? [])
  insertEvents(sql, work.events ?? [])
  upsertMessages(sql, work.reports ?? [])
  insertMovements(sql, work.movements ?? [])
  if (work.withdrawn) withdrawDocuments(sql, work.withdrawn.documentIds, work.withdrawn.at)
  if (work.undo) saveUndo(sql, work.undo)
  insertAudit(sql, work.audit)
}
