import type {
  Erasure,
  OutgoingReport,
  PackagingRules,
  PostalAddress,
  ProductChange,
  Pull,
  ReportAnswer,
  StockLevel,
  Storefront,
  StorefrontOrder,
} from '../../../src-main/ports/storefront.ts'
import { testId, testNow } from '../../fixtures/builders.ts'

/** A storefront in memory that keeps the port's promises, and breaks off where a test says so. */
export interface FakeStorefront extends Storefront {
  readonly orders: StorefrontOrder[]
  readonly products: ProductChange[]
  readonly erasures: Erasure[]
  readonly reports: OutgoingReport[]
  readonly stock: Map<string, number>
  rules: PackagingRules | undefined
  pageSize: number
  /** Called before every answer; throws what the host should do. */
  before: (call: string, cursor: string | undefined) => void
  answerReport: (report: OutgoingReport) => ReportAnswer
}

export function fakeStorefront(): FakeStorefront {
  const reportsById = new Map<string, OutgoingReport>()
  const shop: FakeStorefront = {
    orders: [],
    products: [],
    erasures: [],
    reports: [],
    stock: new Map(),
    rules: undefined,
    pageSize: 2,
    before: () => undefined,
    answerReport: ({ report }) => ({ id: report.id, outcome: 'accepted' }),
    async describe() {
      shop.before('describe', undefined)
      return {
        platform: 'fake',
        name: 'Fake Shop',
        protocolVersion: '1',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
        pricesIncludeTax: true,
        pageSize: shop.pageSize,
        clockOffsetMs: 0,
        reportKinds: [],
        longPollMs: 0,
      }
    },
    testAccess: async () => [],
    pullProducts: async (cursor) => pageOf(shop, 'pullProducts', { rows: shop.products, cursor }),
    pullOrders: async (cursor) => pageOf(shop, 'pullOrders', { rows: shop.orders, cursor }),
    pullErasures: async (cursor) => pageOf(shop, 'pullErasures', { rows: shop.erasures, cursor }),
    async getOrders(ids) {
      shop.before('getOrders', undefined)
      const newest = new Map(shop.orders.map((order) => [order.id, order]))
      return {
        found: ids.flatMap((id) => newest.get(id) ?? []),
        missing: ids.filter((id) => !newest.has(id)),
        refused: [],
      }
    },
    async listOpenIds() {
      shop.before('listOpenIds', undefined)
      const newest = new Map(shop.orders.map((order) => [order.id, order]))
      return [...newest.values()].filter(({ status }) => status === 'open' || status === 'on-hold').map(({ id, status, changedAt }) => ({ id, status, changedAt })) // prettier-ignore
    },
    async publishPackagingRules(rules) {
      shop.before('publishPackagingRules', undefined)
      shop.rules = rules
    },
    async pushStock(levels: readonly StockLevel[]) {
      shop.before('pushStock', undefined)
      for (const { sku, quantity } of levels) shop.stock.set(sku, quantity)
      return levels.map(({ sku, quantity }) => ({ sku, outcome: 'set' as const, present: quantity }))
    },
    async pushReports(reports) {
      shop.before('pushReports', undefined)
      return reports.map((outgoing) => {
        const { id } = outgoing.report
        if (reportsById.has(id)) return { id, outcome: 'duplicate' as const }
        const answer = shop.answerReport(outgoing)
        if (answer.outcome === 'accepted') {
          reportsById.set(id, outgoing)
          shop.reports.push(outgoing)
        }
        return answer
      })
    },
  }
  return shop
}

/** Cursors are positions in the feed. */
function pageOf<Row>(
  shop: FakeStorefront,
  call: string,
  request: { rows: readonly Row[]; cursor: string | undefined },
): Pull<Row> {
  shop.before(call, request.cursor)
  const from = Number(request.cursor ?? 0)
  const entries = request.rows.slice(from, from + shop.pageSize)
  const to = from + entries.length
  return { kind: 'page', entries, refused: [], cursor: String(to), hasMore: to < request.rows.length }
}

/** Words that must never be found outside sealed text. All of them are made up and unlike anything else in the tests. */
export const personalWords = [
  'Quirrenbach',
  'Xylophonallee',
  '9988776',
  'azalea',
  'quirrenbach@example.org',
  '52.4711',
] as const

export const makeAddress = (given: Partial<PostalAddress> = {}): PostalAddress => ({
  name: 'Zoe Quirrenbach',
  lines: ['Xylophonallee 77'],
  postcode: '10115',
  city: 'Berlin',
  country: 'DE',
  phone: '+49 30 9988776',
  coordinates: { lat: 52.4711, lon: 13.3899 },
  ...given,
})

const euros = (minor: number) => ({ currency: 'EUR', minor })

/** An order as the storefront tells it; `wants` = pieces by SKU. */
export function storefrontOrder(
  wants: Readonly<Record<string, number>>,
  given: Partial<StorefrontOrder> & { address?: Partial<PostalAddress> } = {},
): StorefrontOrder {
  const { address, ...rest } = given
  const id = rest.id ?? testId('shop-order')
  const deliveryAddress = makeAddress(address)
  return {
    id,
    number: id,
    status: 'open',
    placedAt: testNow - 3_600_000,
    changedAt: testNow - 3_600_000,
    user: {
      userId: testId('shop-user'),
      kind: 'account',
      identifiedBy: 'password',
      identifiedAt: testNow - 7_200_000,
      locale: 'de',
      name: deliveryAddress.name,
      contact: { email: 'quirrenbach@example.org', phone: '+49 30 9988776' },
      deliveryAddresses: [deliveryAddress],
      deliveryWishes: { instructions: 'Behind the azalea pot.' },
    },
    deliveryAddress,
    service: 'standard',
    instructions: 'Behind the azalea pot.',
    lines: Object.entries(wants).map(([sku, quantity], index) => ({
      id: `${id}-${index + 1}`,
      productId: sku,
      sku,
      name: `The ${sku}`,
      quantity,
      unitPrice: euros(499),
      taxRate: 7,
    })),
    totals: { goods: euros(499), shipping: euros(399), tax: euros(60), total: euros(898) },
    currency: 'EUR',
    ...rest,
  }
}
