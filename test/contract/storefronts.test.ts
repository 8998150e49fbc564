import { openProtocolStorefront } from '../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import { wooCommerceStorefront } from '../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { createFakeWooCommerce, type FakeOptions } from '../fake-woocommerce/fake-woocommerce.ts'
import { CustomerClient } from '../integration/storefront/customer-client.ts'
import { newFolder, shopToken, startProcess } from '../integration/storefront/running-storefront.ts'
import { storefrontSuite, type SuiteShop } from './storefront-suite.ts'

/** Port 9 is "discard": nothing listens there. */
const nobody = 'http://127.0.0.1:9'

async function bundled(): Promise<SuiteShop> {
  const running = await startProcess(newFolder(), { withRules: false })
  const clock = { now: () => Date.now() }
  const connect = (address: string, token: string) => openProtocolStorefront({ address, token, clock })
  const storefront = connect(running.address, shopToken)
  return {
    storefront,
    stranger: connect(running.address, 'not-the-token'),
    nowhere: connect(nobody, shopToken),
    skus: ['TEA-01', 'RICE-05'],
    async placeOrder(lines) {
      const customer = new CustomerClient(running.address)
      await customer.identify(`${crypto.randomUUID()}@example.org`)
      return (await customer.order([...lines])).json.id as string // a UUID by the schema
    },
    async stockOf(sku) {
      // Nothing is expected to stand at a million: the answer names what there is.
      const [answer] = await storefront.pushStock([{ sku, quantity: 0, expected: 1_000_000 }])
      if (answer?.outcome !== 'conflict') throw new Error(`no stock of ${sku}`)
      return answer.present
    },
    minutesPass: () => undefined,
    close: async () => void (await running.stop()),
  }
}

function woo(options: FakeOptions): () => Promise<SuiteShop> {
  return async () => {
    let now = Date.UTC(2026, 10, 22, 9)
    const clock = { now: () => now }
    const fake = createFakeWooCommerce({ seed: 3, clock, ...options })
    const idBySku = new Map(
      ['ASSAM-250', 'GLASS-6'].map((sku) => [sku, fake.addProduct({ name: sku, sku, managesStock: true, stock: 40 })]),
    )
    const shirt = fake.addProduct({ name: 'Shirt', sku: 'SHIRT', weight: '0.2' })
    fake.addVariation(shirt, { attributes: [{ name: 'Size', option: 'M' }] })
    fake.addVariation(shirt, { attributes: [{ name: 'Size', option: 'L' }], weight: '0.25' })
    fake.addProduct({ name: 'Twin', sku: 'GLASS-6' })
    const connect = (token: string) =>
      wooCommerceStorefront({ address: fake.address, token, clock, fetch: fake.fetch, sleep: async () => undefined })
    const idOf = (sku: string): number => idBySku.get(sku) ?? 0
    return {
      storefront: connect(fake.token),
      stranger: connect(`ck_${'0'.repeat(40)}:cs_${'0'.repeat(40)}`),
      nowhere: wooCommerceStorefront({ address: nobody, token: fake.token, clock, sleep: async () => undefined }),
      skus: ['ASSAM-250', 'GLASS-6'],
      async placeOrder(lines) {
        now += 60_000
        const id = fake.placeOrder({ lines: lines.map(({ sku, quantity }) => ({ productId: idOf(sku), quantity })) })
        if (id === undefined) throw new Error('sold out')
        return String(id)
      },
      stockOf: async (sku) => fake.truth().stock.get(idOf(sku)) ?? 0,
      toldCount: () => fake.truth().mails.length,
      minutesPass: () => void (now += 300_000),
      close: async () => undefined,
    }
  }
}

storefrontSuite('the open protocol with the bundled storefront', bundled)
storefrontSuite('WooCommerce 7.9, older order storage, east of Greenwich', woo({ version: '7.9', zone: 'Asia/Tokyo' }))
storefrontSuite('WooCommerce 9.4 behind its clock, plain permalinks', woo({ version: '9.4', zone: 'America/New_York', hasPrettyPermalinks: false })) // prettier-ignore
storefrontSuite('WooCommerce 11.0 with fulfilments, in a folder, header stripped', woo({ version: '11.0', zone: 'UTC', address: 'https://shop.test/tea', stripsAuthorization: true })) // prettier-ignore
