import type { Order } from '../../domain/order.ts'
import type { AuditEntry, Staff, Terminal } from '../../domain/people.ts'
import type { UserInformation } from '../../domain/user.ts'
import type { ListQuery, Page } from './catalogue-store.ts'

/** A subject whose personal data can go: an order with its key, or a user. */
export interface PersonalOwner {
  readonly kind: 'order' | 'user'
  readonly id: string
}

/** What a purge or an erasure took away. */
export interface PurgeCounts {
  readonly orders: number
  readonly users: number
  readonly documents: readonly string[]
}

/** An order of which nothing was heard since its last parcel was handed over. */
export interface UnreportedOrder {
  readonly orderId: string
  readonly code: string
  readonly handedOverAt: number
  /** The courier of its first parcel; empty when that is not known any more. */
  readonly carrier: string
}

export interface AuditQuery extends ListQuery {
  /** Only entries of these actions. */
  readonly actions?: readonly string[] | undefined
  readonly actor?: string | undefined
  readonly entity?: string | undefined
  /** From this instant on. */
  readonly from?: number | undefined
  /** Before this instant. */
  readonly to?: number | undefined
}

/** What a log can be filtered by: every actor, action and entity that stands in it, each in order of its letters. */
export interface AuditFacets {
  readonly actors: readonly string[]
  readonly actions: readonly string[]
  readonly entities: readonly string[]
}

export interface ErasureOptions {
  /** Orders that have not ended keep what their delivery needs; `findPurgeable` names them once they have. */
  readonly keepsOpenOrders: boolean
}

/** Staff, paired terminals, the audit log, and personal data's end. Each method is one transaction. */
export interface PeopleStore {
  saveStaff(staff: Staff, audit: AuditEntry): Promise<void>
  /** By name; those who left among them. */
  loadStaff(): Promise<readonly Staff[]>
  saveTerminal(terminal: Terminal, audit: AuditEntry): Promise<void>
  /** When a terminal was last heard; not worth an entry in the log. Nothing happens when there is no such terminal. */
  saveTerminalSeen(terminalId: string, at: number): Promise<void>
  loadTerminals(): Promise<readonly Terminal[]>
  findTerminalByTokenHash(tokenHash: string): Promise<Terminal | undefined>

  saveAudit(entry: AuditEntry): Promise<void>
  /** Newest first. `search` runs over actor, action and entity. */
  listAudit(query: AuditQuery): Promise<Page<AuditEntry>>
  /** Cost grows with how many different ones there are, not with the entries. */
  loadAuditFacets(): Promise<AuditFacets>

  /**
   * Orders whose every parcel was delivered, returned or cancelled before `before`, or which were cancelled
   * before it, and that still hold personal data. Orders of erased users as soon as they have ended, whenever that was.
   */
  findPurgeable(before: number): Promise<readonly string[]>
  /**
   * Deletes data keys, ciphertexts, search tokens, sealed blocks and reasons in a person's own words, and what is known
   * of a user whose last order this was; answers ids of documents whose bytes must go too.
   */
  purgeOrders(orderIds: readonly string[], audit: AuditEntry): Promise<PurgeCounts>
  /** The same for a user and all of their orders; the id is kept so that a restored backup erases again. */
  eraseUser(userId: string, audit: AuditEntry, options: ErasureOptions): Promise<PurgeCounts>
  /**
   * Orders that still hold personal data, are handed over or out for delivery, and of whose parcels nothing was told
   * since before `before`; the oldest first.
   */
  findUnreported(before: number): Promise<readonly UnreportedOrder[]>
  /**
   * Which of these documents no record names, or show the recipient of an order that was purged: bytes that a crash
   * between two steps left behind.
   */
  findStrayPapers(documentIds: readonly string[]): Promise<readonly string[]>
  /** Every order of these users, the newest first; purged ones too. */
  findOrdersOfUsers(userIds: readonly string[]): Promise<readonly Order[]>
  /** Users who share an e-mail address, by its token. */
  findUsersByEmail(emailToken: string): Promise<readonly UserInformation[]>
  /**
   * Hands every wrapped data key to `rewrap` (owner's id, wrapped key) and keeps what it answers: all of them, or none
   * when it throws. Answers how many there are. The former wrappings leave the file and its log.
   */
  rewrapSealed(rewrap: (ownerId: string, wrappedKey: string) => string, audit: AuditEntry): Promise<number>
  /** Ids of users erased so far: run again after every restore. */
  loadErasures(): Promise<readonly string[]>
}
