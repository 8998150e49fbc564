import { wooCommerceStorefront } from '../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { seededRandom, type Random } from '../../../src-main/kernel/random.ts'
import type { Storefront, StorefrontOrder } from '../../../src-main/ports/storefront.ts'
import {
  createFakeWooCommerce,
  quickFaults,
  type FakeOptions,
  type FakeWooCommerce,
} from '../../fake-woocommerce/fake-woocommerce.ts'

/** A back office as small as can be: orders by id, and a cursor that is stored with them. */
export interface Mirror {
  readonly fake: FakeWooCommerce
  readonly storefront: Storefront
  readonly orders: Map<string, StorefrontOrder>
  cursor: string | undefined
  /** Reads one page, or fails as a call fails: then nothing is stored. */
  pullPage(limit: number | undefined): Promise<'more' | 'done' | 'failed'>
  /** Reads to the end, trying again where a call failed. */
  pull(limit?: number): Promise<void>
  /** Compares ids and statuses, then reads every open order whole: what the older storage does not date. */
  reconcile(): Promise<void>
  pass(ms: number): void
}

export function openMirror(options: FakeOptions): Mirror {
  let now = Date.UTC(2026, 10, 22, 9)
  const clock = { now: () => now }
  const fake = createFakeWooCommerce({ ...options, clock })
  const storefront = wooCommerceStorefront({
    address: fake.address,
    token: fake.token,
    clock,
    fetch: fake.fetch,
    sleep: async () => undefined,
    random: () => 0.5,
  })
  const mirror: Mirror = {
    fake,
    storefront,
    orders: new Map(),
    cursor: undefined,
    pass: (ms) => void (now += ms),
    async pullPage(limit) {
      try {
        const page = await storefront.pullOrders(mirror.cursor, { limit })
        if (page.kind !== 'page') throw new Error(page.kind)
        if (page.refused.length > 0) throw new Error(JSON.stringify(page.refused))
        for (const order of page.entries) mirror.orders.set(order.id, order)
        mirror.cursor = page.cursor
        return page.hasMore ? 'more' : 'done'
      } catch (error) {
        if (error instanceof AppError && error.code.startsWith('ERR_STOREFRONT_')) return 'failed'
        throw error
      }
    },
    async pull(limit) {
      for (let tries = 0; tries < 2000; tries += 1) if ((await mirror.pullPage(limit)) === 'done') return
      throw new Error('the feed does not end')
    },
    async reconcile() {
      const open = await storefront.listOpenIds()
      const waiting = [...mirror.orders.values()].filter(({ status }) => status === 'open' || status === 'on-hold')
      const ids = new Set([...open.map(({ id }) => id), ...waiting.map(({ id }) => id)])
      const { found, missing } = await storefront.getOrders([...ids])
      for (const order of found) mirror.orders.set(order.id, order)
      for (const id of missing) mirror.orders.delete(id)
    },
  }
  return mirror
}

const meanings: Readonly<Record<string, string>> = {
  pending: 'on-hold',
  processing: 'open',
  'on-hold': 'on-hold',
  failed: 'on-hold',
  completed: 'completed',
  cancelled: 'cancelled',
  refunded: 'cancelled',
  trash: 'cancelled',
  'wc-check': 'on-hold',
}

const hasUndatedChanges = ({ shop }: FakeWooCommerce): boolean => shop.options.orderStorage === 'posts'

/** Every way in which the mirror differs from what is so; empty when nothing is lost, stale or made up. */
export function differences({ fake, orders }: Mirror, { isDeletionSeen }: { isDeletionSeen: boolean }): string[] {
  const found: string[] = []
  const { orders: real } = fake.truth()
  for (const order of real) {
    const known = orders.get(order.id)
    const wanted = order.lines.length === 0 ? 'cancelled' : (meanings[order.status] ?? 'on-hold')
    const isOpen = wanted === 'open' || wanted === 'on-hold'
    if (!known) {
      if (isOpen && order.status !== 'failed') found.push(`${order.id} ${order.status} is lost`)
      continue
    }
    // An order that nobody waits for may end in another way without a date: that is nobody's concern.
    const isKnownOpen = known.status === 'open' || known.status === 'on-hold'
    if (!isOpen && !isKnownOpen && hasUndatedChanges(fake)) continue
    if (known.status !== wanted) found.push(`${order.id} is ${wanted} and known as ${known.status}`)
    if (!isOpen) continue
    const lines = known.lines.map(({ id, quantity }) => `${id}:${quantity}`).join()
    if (lines !== order.lines.map(({ id, remaining }) => `${id}:${remaining}`).join()) found.push(`${order.id} has other lines`) // prettier-ignore
    if (known.deliveryAddress?.lines[0] !== order.shipping['address_1']) found.push(`${order.id} has another address`)
  }
  const isReal = new Set(real.map(({ id }) => id))
  for (const [id, order] of orders) {
    const isOpen = order.status === 'open' || order.status === 'on-hold'
    if (isDeletionSeen && isOpen && !isReal.has(id)) found.push(`${id} is deleted and known as open`)
  }
  return found
}

/** One thing that customers or staff do, by chance. */
export function somethingHappens({ fake }: Mirror, random: Random, products: readonly number[]): void {
  const real = fake.truth().orders
  const order = real[random.below(Math.max(1, real.length))]
  const product = products[random.below(products.length)] ?? 0
  const kind = order ? random.below(10) : 0
  const id = Number(order?.id)
  if (kind <= 2 || !order) fake.placeOrder({ lines: [{ productId: product, quantity: 1 + random.below(3) }] })
  else if (kind === 3) fake.trash(id)
  else if (kind === 4) fake.restore(id)
  else if (kind === 5) fake.deleteForever(id)
  else if (kind === 6) fake.editAddress(id, { address_1: `Short Street ${random.below(1000)}` })
  else if (kind === 7) fake.editLines(id, [{ productId: product, quantity: 1 + random.below(4) }])
  else if (kind === 8) {
    const line = order.lines[0]
    if (line && order.status !== 'trash') fake.refund(id, Number(line.id), 1)
  } else if (order.status !== 'trash') {
    const statuses = ['processing', 'on-hold', 'completed', 'cancelled', 'wc-check']
    fake.setStatus(id, statuses[random.below(statuses.length)] ?? 'processing')
  }
}

/** One whole history: edits before, between and during pages, host faults, lost pages; then quiet, and a comparison. */
export async function runHistory(seed: number, options: FakeOptions): Promise<string[]> {
  const random = seededRandom(seed)
  const mirror = openMirror({ seed, hiddenStatuses: ['wc-check'], ...options })
  const products = [0, 1, 2].map((index) => mirror.fake.addProduct({ name: `Tea ${index}`, sku: `TEA-${index}` }))
  const start = 5 + random.below(25)
  for (let index = 0; index < start; index += 1) {
    mirror.pass(random.below(60) * 1000)
    mirror.fake.placeOrder({ lines: [{ productId: products[random.below(3)] ?? 0, quantity: 1 }] })
  }
  mirror.fake.faults.set({ rate: random.below(3) * 0.08, kinds: quickFaults })
  const stop = mirror.fake.onRequest(({ method }) => {
    if (method !== 'GET' || random.below(3) > 0) return
    mirror.pass(random.below(4) * 700)
    somethingHappens(mirror, random, products)
  })
  const limit = 2 + random.below(8)
  for (let poll = 0; poll < 4; poll += 1) {
    for (let page = 0; page < 30; page += 1) if ((await mirror.pullPage(limit)) === 'done') break
    mirror.pass(random.below(400) * 1000)
  }
  stop()
  mirror.fake.faults.set({ rate: 0 })
  if (mirror.fake.shop.options.orderStorage === 'posts') await mirror.reconcile()
  mirror.pass(60_000)
  await mirror.pull(limit)
  mirror.pass(60_000)
  await mirror.pull()
  return differences(mirror, { isDeletionSeen: mirror.fake.shop.options.orderStorage === 'posts' })
}
