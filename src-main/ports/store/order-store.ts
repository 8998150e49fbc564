import type { EpochMs } from '../../kernel/time.ts'
import type { FulfilmentEvent, FulfilmentStatus } from '../../domain/fulfilment.ts'
import type { Order } from '../../domain/order.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { SealedRecord } from '../../domain/recipient.ts'
import type { StockMovement } from '../../domain/stock.ts'
import type { TakeBack } from '../../domain/take-back.ts'
import type { UserInformation } from '../../domain/user.ts'
import type { StorefrontOrderStatus } from '../storefront.ts'
import type { ListQuery, Page } from './catalogue-store.ts'

/** What the shop has chosen about one storefront. */
export interface ConnectionOptions {
  /** Statuses the customer is told at a storefront whose platform leaves the words to us; absent = the connector's own choice. */
  readonly tellCustomer?: readonly FulfilmentStatus[] | undefined
  /** The platform's own status that says "done" is set when an order is delivered: it may send the customer an e-mail. */
  readonly completeOrders?: boolean | undefined
  /** What the platform's own statuses mean where the connector cannot know: those of plugins. */
  readonly statusMap?: Readonly<Record<string, StorefrontOrderStatus | 'ignored'>> | undefined
  /** Absent: connected. Nothing is asked of a paused one; a disconnected one has lost its token too. */
  readonly state?: 'paused' | 'disconnected' | undefined
}

/** A storefront we serve. `sealedToken` is its access token under the shop key. */
export interface Connection {
  readonly id: string
  readonly platform: string
  readonly url: string
  readonly sealedToken: SealedRecord
  readonly orderCursor?: string | undefined
  readonly productCursor?: string | undefined
  readonly erasureCursor?: string | undefined
  readonly lastSyncAt?: number | undefined
  readonly lastSyncSummary?: string | undefined
  /** When its open orders were last compared with ours by id, status and date. */
  readonly lastReconciledAt?: number | undefined
  /** When every open order was last read whole: finds what moves no date. */
  readonly lastRereadAt?: number | undefined
  readonly options: ConnectionOptions
}

/** What a storefront told of its orders, together with the cursor that must be stored with it. */
export interface ImportedOrders {
  readonly connectionId: string
  /** Absent when orders were read by name: that moves no cursor. */
  readonly orderCursor?: string | undefined
  readonly orders: readonly Order[]
  readonly users: readonly UserInformation[]
  /** An event, and reports where the storefront needs one, for each order that is new or changed. */
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  /** Blind-index tokens by which an order is found again: orderId -> tokens. */
  readonly searchTokens: readonly { readonly orderId: string; readonly tokens: readonly string[] }[]
  readonly undo?: UndoChange | undefined
  readonly audit: AuditEntry
}

export interface OrderRow {
  readonly order: Order
  readonly parcelCount: number
  readonly pieces: number
}

/** Everything about one order that is not sealed. */
export interface OrderFile {
  readonly order: Order
  readonly parcels: readonly Parcel[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
}

/** A change to one order that is not planning: hold, release, cancel, storefront edits. */
export interface OrderChange {
  readonly orders: readonly Order[]
  readonly parcels: readonly Parcel[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  readonly movements: readonly StockMovement[]
  /** Papers that are void with this change. */
  readonly withdrawn?: WithdrawnPapers | undefined
  readonly undo?: UndoChange | undefined
  readonly audit: AuditEntry
}

/**
 * `kept`: how its orders were, so that this change can be taken back; what was kept of these orders before, and whatever
 * is past its time at `kept.at`, is forgotten. `used`: the id of what was kept and is forgotten, because this is the
 * taking back.
 */
export interface UndoChange {
  readonly kept?: TakeBack | undefined
  readonly used?: string | undefined
}

/** Ids of documents, and from when on they are void. One that is void already keeps its first time. */
export interface WithdrawnPapers {
  readonly documentIds: readonly string[]
  readonly at: EpochMs
}

/** An order that carries on another, with its parcels. */
export interface OrderWithParcels {
  readonly order: Order
  readonly parcels: readonly Parcel[]
}

/** Orders, who placed them and where they came from. Each method is one transaction. */
export interface OrderStore {
  saveConnection(connection: Connection, audit: AuditEntry): Promise<void>
  loadConnections(): Promise<readonly Connection[]>
  /** Upserts orders by (connectionId, externalId), users by userId, and moves the cursor, all or nothing. */
  upsertImportedOrders(batch: ImportedOrders): Promise<void>
  /** Those of the named external orders that we know already. */
  findImported(connectionId: string, externalIds: readonly string[]): Promise<readonly Order[]>
  /** A storefront's orders that nobody has handed over or ended: `received` to `packed`. */
  findOrdersInHouse(connectionId: string): Promise<readonly Order[]>
  /** The next running number of a day (`231` -> 7): for order short codes. Never given twice. */
  nextOrderNumber(day: string): Promise<number>
  /**
   * `sort`: placed (default, newest first), code, status, pieces. `search` runs over code, SKU, GTIN and product names;
   * `tokens` are blind-index tokens, all of which an order must carry.
   */
  listOrders(
    query: ListQuery & {
      readonly status?: readonly FulfilmentStatus[] | undefined
      readonly tokens?: readonly string[] | undefined
      /** Only orders with a hold, or with a question left open, whatever their status. */
      readonly isHeld?: boolean | undefined
    },
  ): Promise<Page<OrderRow>>
  /** In the order of the ids; what is not there is left out. */
  findOrders(ids: readonly string[]): Promise<readonly Order[]>
  /** By id or short code. */
  findOrder(idOrCode: string): Promise<OrderFile | undefined>
  /** Orders that carry on this one, oldest first; empty for nearly all. */
  findFollowers(orderId: string): Promise<readonly OrderWithParcels[]>
  findUser(userId: string): Promise<UserInformation | undefined>
  saveOrderChange(change: OrderChange): Promise<void>
  /** What is kept of the order's last change; also past its time, until that is forgotten. */
  findTakeBack(orderId: string): Promise<TakeBack | undefined>
  /** Forgets what could be taken back until that instant at most, former recipients with it. */
  forgetTakeBacks(until: EpochMs): Promise<void>
  /** The highest sequence among an order's saved reports; they count from 1, so 0 = none yet. */
  lastReportSequence(orderId: string): Promise<number>
}
