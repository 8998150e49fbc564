import type { Pull, Storefront } from '../../../ports/storefront.ts'

/**
 * A storefront that hands its orders over as files and can be told nothing: there is nothing to pull, and what is
 * pushed is taken as told, so that no report waits for somebody who will never ask.
 */
export function fileStorefront(): Storefront {
  const nothing = async <Entry>(): Promise<Pull<Entry>> => ({
    kind: 'page',
    entries: [],
    refused: [],
    cursor: 'files',
    hasMore: false,
  })
  return {
    describe: async () => ({
      platform: 'file',
      name: 'Files',
      protocolVersion: '1',
      currency: '',
      timeZone: 'UTC',
      pricesIncludeTax: true,
      pageSize: 0,
      clockOffsetMs: 0,
      reportKinds: [],
      longPollMs: 0,
    }),
    testAccess: async () => [],
    pullProducts: nothing,
    pullOrders: nothing,
    getOrders: async (ids) => ({ found: [], missing: ids, refused: [] }),
    listOpenIds: async () => [],
    publishPackagingRules: async () => undefined,
    pushStock: async (levels) => levels.map(({ sku, quantity }) => ({ sku, outcome: 'set', present: quantity })),
    pushReports: async (reports) => reports.map(({ report }) => ({ id: report.id, outcome: 'accepted' })),
    pullErasures: nothing,
  }
}
