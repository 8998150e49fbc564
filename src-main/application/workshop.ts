import type { Backups, RestoreTool } from '../ports/backups.ts'
import type { CarrierLabels } from '../ports/carrier-labels.ts'
import type { CourierDelivery, ManifestSealing } from '../ports/carriers.ts'
import type { DocumentFiles, Documents } from '../ports/documents.ts'
import type { Geocoder } from '../ports/geocoder.ts'
import type { CatalogueFiles, SampleShop } from '../ports/imports.ts'
import type { LabelSealing } from '../ports/labels.ts'
import type { Printing } from '../ports/printing.ts'
import type { Planners } from '../ports/planners.ts'
import type { Store } from '../ports/store/store.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { Storefront } from '../ports/storefront.ts'
import type { PreviewWords, StorefrontProbe } from '../ports/storefront-probe.ts'
import type { System, Watch } from '../ports/system.ts'
import type { Vault } from '../ports/vault.ts'
import type { ShopKeyCare } from '../ports/vault-keys.ts'
import type { Actor } from '../domain/people.ts'
import type { StatusSource } from '../domain/fulfilment.ts'
import type { Traffic } from './traffic.ts'

/** Everything the use cases may reach for; each takes only the part it names. Filled once, in hosts/compose.ts. */
export interface Workshop {
  readonly store: Store
  readonly backups: Backups
  readonly restore: RestoreTool
  readonly planners: Planners
  readonly vault: Vault
  readonly keys: ShopKeyCare
  readonly labels: LabelSealing
  readonly manifests: ManifestSealing
  readonly couriers: CourierDelivery
  readonly carrierLabels: CarrierLabels
  readonly documents: Documents
  readonly files: DocumentFiles
  readonly printing: Printing
  readonly imports: CatalogueFiles
  readonly sampleShop: SampleShop
  readonly geocoder: Geocoder
  /** The adapter for a connection, its access token opened. */
  readonly storefrontFor: (connection: Connection) => Storefront
  readonly storefrontProbe: StorefrontProbe
  readonly previewStorefrontWords: PreviewWords
  readonly system: System
}

/** Who asks, through which door, and how to tell them how far it is. */
export interface Caller {
  readonly actor: Actor
  /** Where the actor stands, when that is a paired terminal: `station:<id>`. */
  readonly terminal?: Actor | undefined
  readonly source: StatusSource
  readonly watch: Watch
  /** Given to work that runs beside the queue of commands; see traffic.ts. */
  readonly traffic?: Traffic | undefined
}
