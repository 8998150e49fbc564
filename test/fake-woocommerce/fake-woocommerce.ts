import { seededRandom } from '../../src-main/kernel/random.ts'
import { faultAfterwards, faultDesk, faultInstead, type Faults } from './faults.ts'
import { answer } from './routes.ts'
import { openShop, shopNow, type ApiKey, type FakeOptions, type Mail, type Shop } from './shop.ts'
import { remainingOf, shopVerbs, type ShopVerbs } from './verbs.ts'

export type { FakeOptions, OrderStorage, WooVersion } from './shop.ts'
export { faultKinds, faultsAfter, faultsBefore, quickFaults, type FaultKind, type FaultPlan } from './faults.ts'

export interface TrueOrder {
  readonly id: string
  readonly status: string
  readonly modifiedAt: number
  readonly shipping: Readonly<Record<string, string>>
  /** What is still to be sent, by line; lines of virtual products and fully refunded ones are left out. */
  readonly lines: readonly { readonly id: string; readonly productId: number; readonly remaining: number }[]
  readonly customerNotes: readonly string[]
}

/** What is so, whatever anybody was told. */
export interface Truth {
  /** Every order that exists, the trashed ones too. */
  readonly orders: readonly TrueOrder[]
  /** Orders a back office must know: paid for, or on hold, and with something to send. */
  readonly openOrders: readonly TrueOrder[]
  readonly stock: ReadonlyMap<number, number | null>
  /** Everything the customers were mailed. */
  readonly mails: readonly Mail[]
}

export interface SeenRequest {
  readonly label: string
  readonly url: URL
  readonly headers: Headers
  readonly method: string
}

export interface FakeWooCommerce extends ShopVerbs {
  readonly address: string
  /** `ck_...:cs_...` that may read and write, and one that may only read. */
  readonly token: string
  readonly readOnlyToken: string
  readonly faults: Faults
  readonly requests: readonly SeenRequest[]
  /** In place of the network. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Called before each call is answered: edits during paging, a clock that moves. Returns how to stop. */
  onRequest(listener: (request: SeenRequest) => void): () => void
  setClockSkew(ms: number): void
  now(): number
  truth(): Truth
  readonly shop: Shop
}

const keyOf = (shop: Shop, permissions: ApiKey['permissions']): ApiKey => {
  const hex = (length: number) => Array.from({ length }, () => shop.random.below(16).toString(16)).join('')
  const key: ApiKey = { key: `ck_${hex(40)}`, secret: `cs_${hex(40)}`, permissions, nonces: new Map() }
  shop.keys.push(key)
  return key
}

/** A WooCommerce shop in memory, with its quirks and, when told so, its host's faults. The same seed does the same. */
export function createFakeWooCommerce(options: FakeOptions = {}): FakeWooCommerce {
  const random = seededRandom(options.seed ?? 1)
  const shop = openShop(options, random)
  const faults = faultDesk(seededRandom((options.seed ?? 1) + 0x5eed))
  const verbs = shopVerbs(shop)
  const requests: SeenRequest[] = []
  const listeners = new Set<(request: SeenRequest) => void>()
  const lastListBySort = new Map<string, Response>()
  const [key, readOnly] = [keyOf(shop, 'read_write'), keyOf(shop, 'read')]
  return {
    ...verbs,
    shop,
    address: shop.options.address,
    token: `${key.key}:${key.secret}`,
    readOnlyToken: `${readOnly.key}:${readOnly.secret}`,
    faults,
    requests,
    onRequest(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setClockSkew: (ms) => void (shop.clockSkewMs = ms),
    now: () => shopNow(shop),
    truth: () => truthOf(shop),
    async fetch(request) {
      const url = new URL(request.url)
      const path = `${url.pathname}${url.searchParams.get('rest_route') ?? ''}`
      const label = `${request.method} ${path}`
      const seen = { label, url, headers: request.headers, method: request.method }
      requests.push(seen)
      for (const listener of listeners) listener(seen)
      const fault = faults.pick(label)
      const instead = fault && faultInstead(fault, { now: shopNow(shop), random })
      if (instead) return instead
      const response = await answer(shop, verbs, request)
      const list = listName(url)
      const before = lastListBySort.get(list)?.clone()
      if (response.headers.has('x-wp-total')) lastListBySort.set(list, response.clone())
      return fault ? faultAfterwards(fault, { response, before }) : response
    },
  }
}

/** The same list, whatever page of it and whoever signed for it. */
function listName(url: URL): string {
  const query = [...url.searchParams].filter(([name]) => !/^(page|per_page|offset|oauth_.*)$/.test(name))
  return `${url.pathname}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`
}

const openStatuses = new Set(['processing', 'on-hold', 'pending'])

function truthOf(shop: Shop): Truth {
  const isVirtual = (id: number): boolean => shop.products.get(id)?.isVirtual ?? false
  const orders = [...shop.orders.values()].map((order) => ({
    id: String(order.id),
    status: order.status,
    modifiedAt: order.modifiedAt,
    shipping: { ...order.shipping },
    lines: order.lines
      .map((line) => ({
        id: String(line.id),
        productId: line.variationId || line.productId,
        remaining: remainingOf(order, line),
      }))
      .filter(({ productId, remaining }) => remaining > 0 && !isVirtual(productId)),
    customerNotes: order.notes.filter(({ isForCustomer }) => isForCustomer).map(({ note }) => note),
  }))
  return {
    orders,
    openOrders: orders.filter(({ status, lines }) => openStatuses.has(status) && lines.length > 0),
    stock: new Map([...shop.products.values()].map(({ id, stock }) => [id, stock])),
    mails: shop.mails,
  }
}
