import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storefrontProbe } from '../../../src-main/adapters/storefronts/probe/storefront-probe.ts'
import { wooCommerceStorefront } from '../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { connectStorefront } from '../../../src-main/application/connect-storefront.ts'
import { testStorefront } from '../../../src-main/application/test-storefront.ts'
import type { Workshop } from '../../../src-main/application/workshop.ts'
import {
  createFakeWooCommerce,
  type FakeOptions,
  type FakeWooCommerce,
} from '../../fake-woocommerce/fake-woocommerce.ts'
import { openTestShop, removeTestShops, type TestShop } from '../../unit/application/test-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(removeTestShops)

/** The set-up of a shop keeper against a fake WooCommerce in place of the network. */
function before(options: FakeOptions): { fake: FakeWooCommerce; workshop: Workshop } {
  const clock = { now: () => Date.UTC(2026, 10, 22, 9) }
  const fake = createFakeWooCommerce({ clock, ...options })
  const workshop: Workshop = {
    ...shop.workshop,
    storefrontProbe: storefrontProbe({ clock, fetch: (url, init) => fake.fetch(new Request(url, init)) }),
    storefrontFor(connection) {
      const { token } = shop.workshop.vault.open(connection.id, connection.sealedToken) as { token: string } // sealed by connectStorefront
      return wooCommerceStorefront({ address: connection.url, token, clock, fetch: fake.fetch, sleep: async () => undefined }) // prettier-ignore
    },
  }
  return { fake, workshop }
}

async function tried(options: FakeOptions, tokenOf: (fake: FakeWooCommerce) => string = ({ token }) => token) {
  const { fake, workshop } = before(options)
  const tested = await testStorefront(workshop, { url: fake.address, token: tokenOf(fake) })
  return { ...tested, problems: tested.steps.flatMap(({ problem }) => problem ?? []), fake }
}

describe('a WooCommerce shop', () => {
  test.each([
    ['with pretty addresses', {}],
    ['with plain addresses', { hasPrettyPermalinks: false }],
    ['in a folder', { address: 'https://my.site/berlin' }],
    ['behind a host that drops the header with the key', { stripsAuthorization: true }],
    ['of the oldest version', { version: '7.9' }],
  ] as const)('%s is found and tried', async (_what, options) => {
    const tested = await tried(options as FakeOptions)
    expect(tested).toMatchObject({ ok: true, platform: 'woocommerce', problems: [] })
  })

  test.each([
    ['a key that may only read', {}, 'key-read-only', ({ readOnlyToken }: FakeWooCommerce) => readOnlyToken],
    ['a key nobody knows', {}, 'key-wrong', () => `ck_${'0'.repeat(40)}:cs_${'0'.repeat(40)}`],
    ['half a key', {}, 'key-form', () => `ck_${'0'.repeat(40)}`],
    ['a clock that is 20 minutes late', { clockSkewMs: -1_200_000 }, 'clock-off', undefined],
    ['http in place of https', { address: 'http://shop.example' }, 'plain-http', undefined],
    ['a host that sends us elsewhere', { redirectsTo: 'https://www.other.example' }, 'redirected', undefined],
    ['a closed REST interface', { site: 'rest-disabled' }, 'rest-off', undefined],
    ['WordPress without WooCommerce', { site: 'no-woocommerce' }, 'not-a-shop', undefined],
    ['a WooCommerce that is too old', { site: 'too-old' }, 'version-old', undefined],
    ['no WordPress at all', { site: 'no-wordpress' }, 'web-page', undefined],
  ] as const)('%s is named for what it is', async (...[, options, problem, tokenOf]) => {
    const tested = await tried(options as FakeOptions, tokenOf)
    expect([tested.ok, tested.problems]).toEqual([false, [problem]])
  })

  test('whose host asks for a person is named, and gets no key', async () => {
    const { fake, workshop } = before({})
    fake.faults.next('captcha')
    const tested = await testStorefront(workshop, { url: fake.address, token: fake.token })
    expect(tested.steps.map(({ problem }) => problem)).toContain('captcha')
    expect(fake.requests.some(({ headers }) => headers.has('authorization'))).toBe(false)
  })

  test('tells the minutes that clocks differ, and is connected when that is accepted', async () => {
    const { fake, workshop } = before({ clockSkewMs: 1_200_000 })
    const input = { id: 'woo', url: fake.address, token: fake.token }
    const refused = connectStorefront(workshop, shop.caller, input)
    await expect(refused).rejects.toMatchObject({ details: { problem: 'clock-off', minutes: 20, anyway: true } })
    await connectStorefront(workshop, shop.caller, { ...input, anyway: true })
    const kept = (await shop.store.loadConnections()).find(({ id }) => id === 'woo')
    expect(kept).toMatchObject({ platform: 'woocommerce', url: fake.address.replace(/\/$/, '') })
    const secret = fake.token.split(':')[1] ?? fake.token
    expect(shop.written()).not.toContain(secret)
  })
})
