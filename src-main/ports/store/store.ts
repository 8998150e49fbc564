import type { CatalogueStore } from './catalogue-store.ts'
import type { CounterStore } from './counter-store.ts'
import type { CourierStore } from './courier-store.ts'
import type { DispatchStore } from './dispatch-store.ts'
import type { ImportStore } from './import-store.ts'
import type { InvoiceStore } from './invoice-store.ts'
import type { OrderStore } from './order-store.ts'
import type { PeopleStore } from './people-store.ts'
import type { PrintStore } from './print-store.ts'
import type { ReportStore } from './report-store.ts'
import type { WaveStore } from './wave-store.ts'

/**
 * Where everything is kept. Coarse by design: what must be true together is written by one method,
 * in one transaction, and no transaction leaves the adapter. Every adapter passes test/contract/store-suite.ts.
 */
export interface Store
  extends
    CatalogueStore,
    OrderStore,
    WaveStore,
    DispatchStore,
    CourierStore,
    PeopleStore,
    InvoiceStore,
    CounterStore,
    ImportStore,
    PrintStore,
    ReportStore {
  /**
   * Empties the store: every record of the shop, the looks and the ids of erasures too. Nothing can be read of them
   * afterwards, also not from freed pages; the store itself can be used again at once.
   */
  removeEverything(): Promise<void>
  close(): Promise<void>
}
