import type { Clock } from '../../src-main/kernel/time.ts'
import type { Configuration } from '../configuration.ts'
import type { ProductSearch } from '../search/search.ts'
import type { StorefrontKeys } from '../sealing/key-file.ts'
import type { Db } from '../store/database.ts'
import type { ProductStore } from '../store/products.ts'
import type { Mailing } from '../mail/mailing.ts'
import type { CustomerMessage } from './messages.ts'
import type { News } from './news.ts'

/** Everything a request needs; made once at start. */
export interface Shop {
  readonly db: Db
  readonly keys: StorefrontKeys
  readonly configuration: Configuration
  readonly clock: Clock
  readonly products: ProductStore
  readonly search: ProductSearch
  /** Wakes those who wait for new orders. */
  readonly news: News
  /** Absent in a shop without a mail server. */
  readonly mailing?: Mailing | undefined
  /** Where messages to customers go; absent in a shop without e-mail. Called in the transaction of what it tells; must not throw. */
  readonly tellCustomer?: (message: CustomerMessage) => void
}
