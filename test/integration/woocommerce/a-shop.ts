import {
  wooCommerceStorefront,
  type WooCommerceOptions,
} from '../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import type { StatusReport } from '../../../src-main/domain/outbox.ts'
import type { Pull, Storefront } from '../../../src-main/ports/storefront.ts'
import {
  createFakeWooCommerce,
  type FakeOptions,
  type FakeWooCommerce,
} from '../../fake-woocommerce/fake-woocommerce.ts'

export interface AShop {
  readonly fake: FakeWooCommerce
  readonly shop: Storefront
  /** Waits the connector has asked for. */
  readonly pauses: number[]
  /** A connector of its own for the same shop, as after a start of the program. */
  connect(options?: Partial<WooCommerceOptions>): Storefront
  pass(ms: number): void
  now(): number
}

/** A pretended shop and a connector to it, on one clock that stands still unless told. */
export function aShop(options: FakeOptions = {}, connection: Partial<WooCommerceOptions> = {}): AShop {
  let now = Date.UTC(2026, 10, 22, 9)
  const clock = { now: () => now }
  const fake = createFakeWooCommerce({ seed: 11, clock, ...options })
  const pauses: number[] = []
  const connect = (more: Partial<WooCommerceOptions> = {}) =>
    wooCommerceStorefront({
      address: fake.address,
      token: fake.token,
      clock,
      fetch: fake.fetch,
      sleep: async (ms) => void pauses.push(ms),
      random: () => 0.5,
      ...connection,
      ...more,
    })
  return { fake, shop: connect(), pauses, connect, pass: (ms) => void (now += ms), now: () => now }
}

/** Everything from a cursor on, and the cursor at its end. */
export async function readAll<Entry>(
  pull: (cursor: string | undefined) => Promise<Pull<Entry>>,
  from?: string,
): Promise<{ entries: readonly Entry[]; refused: number; cursor: string }> {
  const entries: Entry[] = []
  let [cursor, refused] = [from, 0]
  for (;;) {
    const page = await pull(cursor)
    if (page.kind !== 'page') throw new Error(page.kind)
    entries.push(...page.entries)
    refused += page.refused.length
    cursor = page.cursor
    if (!page.hasMore) return { entries, refused, cursor }
  }
}

/** Reports as the outbox hands them over: an order that travels in packages A and B. */
export function reportsFor(fake: FakeWooCommerce, orderId: number) {
  const lines = fake.getOrder(orderId).lines
  const contents = lines.map((line, index) => ({
    parcelId: `parcel-${orderId}-${index}`,
    letter: 'AB'[index] ?? 'C',
    carton: null,
    grossG: 500,
    contents: [{ externalLineId: String(line.id), sku: `SKU "${index}" \\ü`, quantity: line.quantity }],
    why: { code: 'alone', facts: {} },
  }))
  return (part: Partial<StatusReport> & Pick<StatusReport, 'id' | 'kind' | 'sequence'>, parcel?: number) => ({
    externalOrderId: String(orderId),
    report: {
      orderId: `ours-${orderId}`,
      at: Date.UTC(2026, 10, 22, 10, part.sequence),
      ...(parcel === undefined ? {} : { parcelId: `parcel-${orderId}-${parcel}` }),
      ...(part.kind === 'planned' && { contents }),
      ...part,
    },
  })
}
