import type { Clock } from '../../../kernel/time.ts'
import type { ConnectionOptions } from '../../../ports/store/order-store.ts'
import type { Storefront } from '../../../ports/storefront.ts'
import { apiKeyOf } from './api-key.ts'
import { catalogueOf } from './catalogue.ts'
import { usuallyTold } from './customer-words.ts'
import { pullErasures } from './erasures.ts'
import { idLists } from './id-list.ts'
import { getOrders, listOpenIds, pullOrders } from './orders.ts'
import { pullProducts } from './products.ts'
import { sendReports } from './reports.ts'
import { shopAddress } from './shop-address.ts'
import { readShopFacts, shopSettings, type ShopFacts } from './shop-facts.ts'
import { statusTable } from './statuses.ts'
import { pushStock } from './stock.ts'
import { testAccess } from './test-access.ts'
import { defaultHostOptions, wooHost, type HostOptions } from './woo-host.ts'

export interface WooCommerceOptions extends Partial<
  Pick<HostOptions, 'fetch' | 'timeoutMs' | 'maxAnswerBytes' | 'sleep' | 'random'>
> {
  /** As a person pasted it; see shopAddress. */
  readonly address: string
  /** `ck_...:cs_...` */
  readonly token: string
  readonly clock: Clock
  /** Our own id of the connection, so that customers of two shops stay two people. */
  readonly shopId?: string | undefined
  /** What the shop chose about this connection. */
  readonly choices?: ConnectionOptions | undefined
}

/**
 * A WooCommerce shop, 7.9 to 11, through its REST interface v3. Keep one for as long as the connection lasts: it learns
 * how its host wants to be talked to. Throws ERR_INPUT_INVALID for what is no address or no key.
 */
export function wooCommerceStorefront(options: WooCommerceOptions): Storefront {
  const { clock, shopId, choices = {} } = options
  const host = wooHost({
    ...defaultHostOptions,
    ...definedOnly(options),
    base: shopAddress(options.address),
    key: apiKeyOf(options.token),
    clock,
  })
  const lists = idLists(host)
  const catalogue = catalogueOf(host, lists)
  const settings = shopSettings(host, clock)
  const facts = (): Promise<ShopFacts> => readShopFacts(host)
  const statuses = statusTable(host, { clock, statusMap: choices.statusMap })
  const feed = { host, lists, catalogue, statuses, settings, facts, clock, shopId }
  const tellCustomer = choices.tellCustomer ?? usuallyTold
  const fulfilments = { host, isThere: undefined }
  const reports = {
    host,
    statuses,
    settings,
    fulfilments,
    tellCustomer,
    completeOrders: choices.completeOrders ?? false,
  }
  return {
    async describe() {
      const { name, timeZone } = await facts()
      const { currency, pricesIncludeTax } = await settings()
      const { clockOffsetMs } = host.found
      const page = { protocolVersion: 'wc/v3', pageSize: 100, longPollMs: 0, reportKinds: tellCustomer }
      return { platform: 'woocommerce', name, currency, timeZone, pricesIncludeTax, clockOffsetMs, ...page }
    },
    testAccess: () => testAccess(host),
    pullProducts: (cursor) => pullProducts({ host, lists, catalogue, settings, clock }, cursor),
    pullOrders: (cursor, pull = {}) => pullOrders(feed, cursor, pull),
    getOrders: (ids) => getOrders(feed, ids),
    listOpenIds: () => listOpenIds(feed),
    // WooCommerce has no place where rules for parcels could be read from.
    publishPackagingRules: async () => undefined,
    pushStock: (levels) => pushStock({ host, catalogue }, levels),
    pushReports: (outgoing) => sendReports(reports, outgoing),
    pullErasures: (cursor) => pullErasures({ host, lists, clock, shopId }, cursor),
  }
}

/** What the caller gave of the host's options; an absent one leaves the default. */
function definedOnly(options: WooCommerceOptions): Partial<HostOptions> {
  const { fetch, timeoutMs, maxAnswerBytes, sleep, random } = options
  return {
    ...(fetch && { fetch }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxAnswerBytes !== undefined && { maxAnswerBytes }),
    ...(sleep && { sleep }),
    ...(random && { random }),
  }
}
