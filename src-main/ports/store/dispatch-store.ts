import type { Carrier } from '../../domain/carrier.ts'
import type { DocumentFetch, IssuedDocument } from '../../domain/document.ts'
import type { FulfilmentEvent } from '../../domain/fulfilment.ts'
import type { Consignment, Manifest, RoutePlan } from '../../domain/manifest.ts'
import type { Order } from '../../domain/order.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { Settings } from '../../domain/settings.ts'
import type { ListQuery, Page } from './catalogue-store.ts'

/** Everything one carrier's next hand-over reads: packed parcels without a manifest, and what belongs to them. */
export interface CollectionBundle {
  readonly settings: Settings
  readonly carrier: Carrier
  /** Packed and not yet on a manifest. */
  readonly parcels: readonly Parcel[]
  /** All living parcels of the same orders, for n of m. */
  readonly orders: readonly Order[]
  readonly siblings: readonly Parcel[]
  readonly consignments: readonly Consignment[]
  readonly routes: readonly RoutePlan[]
  /** `sealed-block`, `label` and `delivery` documents of these parcels and of their waves. */
  readonly documents: readonly IssuedDocument[]
}

export interface ClosedManifest {
  readonly manifest: Manifest
  readonly documents: readonly IssuedDocument[]
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  /** Ids of waves all of whose parcels have left or ended: their stage becomes `closed`. */
  readonly closedWaveIds: readonly string[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  readonly audit: AuditEntry
}

export interface ManifestBundle {
  readonly manifest: Manifest
  readonly carrier: Carrier
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  readonly siblings: readonly Parcel[]
  readonly documents: readonly IssuedDocument[]
}

/** What a courier's status file changes. */
export interface CourierStatusChange {
  readonly manifest: Manifest
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  readonly events: readonly FulfilmentEvent[]
  readonly reports: readonly OutboxMessage[]
  readonly audit: AuditEntry
}

export interface ManifestRow {
  readonly manifest: Manifest
  readonly carrierName: string
  readonly parcelCount: number
}

/** Hand-over, documents, and what waits to be sent. Each method is one transaction. */
export interface DispatchStore {
  /** Throws ERR_CARRIER_NOT_FOUND. */
  loadCollection(carrierCode: string): Promise<CollectionBundle>
  /** The next running number of a carrier's day, for manifest numbers. Never given twice. */
  nextManifestNumber(carrierCode: string, day: string): Promise<number>
  saveClosedManifest(closed: ClosedManifest): Promise<void>
  /** By id or number. Throws ERR_MANIFEST_NOT_FOUND. */
  loadManifest(idOrNumber: string): Promise<ManifestBundle>
  listManifests(query: ListQuery): Promise<Page<ManifestRow>>
  /** Refused with ERR_STATUS_FILE_REPLAYED when the manifest's last sequence is not below the new one. */
  saveCourierStatus(change: CourierStatusChange): Promise<void>

  /** Throws ERR_DOCUMENT_NOT_FOUND. */
  getDocument(documentId: string): Promise<IssuedDocument>
  /** Newest first; what was issued at the same moment by file name. */
  listDocuments(subjectIds: readonly string[]): Promise<readonly IssuedDocument[]>
  /** A document that belongs to no wave and no manifest. */
  saveDocument(document: IssuedDocument, audit: AuditEntry): Promise<void>
  saveDocumentFetch(fetch: DocumentFetch): Promise<void>
  listDocumentFetches(documentId: string): Promise<readonly DocumentFetch[]>

  /** By parcel number or id, for scans. */
  findParcel(numberOrId: string): Promise<Parcel | undefined>
  /** By the courier's own number; of several with the same one the newest. */
  findTracked(tracking: string): Promise<Parcel | undefined>

  /** Waiting messages whose time has come, at most the first of each lane, oldest first. */
  loadDueMessages(now: number, limit: number): Promise<readonly OutboxMessage[]>
  /** How many messages wait, and when the next one is due. */
  outboxState(): Promise<{ readonly waiting: number; readonly refused: number; readonly nextAt: number | undefined }>
  saveMessage(message: OutboxMessage): Promise<void>
  findMessage(id: string): Promise<OutboxMessage | undefined>
  listMessages(query: ListQuery & { readonly state?: OutboxMessage['state'] | undefined }): Promise<Page<OutboxMessage>>
}
