import type { IssuedDocument } from '../../domain/document.ts'
import type { HandOver } from '../../domain/manifest.ts'
import type { OutboxMessage } from '../../domain/outbox.ts'
import type { Parcel } from '../../domain/parcel.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { ShopMail } from '../../domain/shop-mail.ts'

/** What became known of a manifest's way; what is left out stays as it was. */
export interface ManifestNews {
  readonly sentAt?: number | undefined
  readonly receivedAt?: number | undefined
  /** Replaced as a whole. */
  readonly handOver?: HandOver | undefined
}

/** What a carrier gave back for parcels that we told them of. */
export interface CarrierAnswer {
  /** Parcels with their new tracking number. */
  readonly parcels: readonly Parcel[]
  /** Of kind `carrier-label`, their subjects the parcels. */
  readonly labels: readonly IssuedDocument[]
  /** Labels that are replaced by newer ones, and withdrawn. */
  readonly replaced: readonly string[]
  readonly replacedAt: number
  /** Tracking numbers told to storefronts. */
  readonly reports: readonly OutboxMessage[]
  readonly audit: AuditEntry
}

/** Ways to couriers, and what carriers stick on parcels themselves. Each method is one transaction. */
export interface CourierStore {
  /** Throws ERR_MANIFEST_NOT_FOUND. */
  saveManifestSent(manifestId: string, news: ManifestNews, audit?: AuditEntry): Promise<void>
  /** The messages that carry these manifests, in the order in which they were written. */
  listManifestMessages(manifestIds: readonly string[]): Promise<readonly OutboxMessage[]>

  saveCarrierAnswer(answer: CarrierAnswer): Promise<void>

  findShopMail(): Promise<ShopMail | undefined>
  /** Undefined = the shop sends no mails any more. */
  saveShopMail(mail: ShopMail | undefined, audit: AuditEntry): Promise<void>
}
