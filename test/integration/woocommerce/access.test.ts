import { describe, expect, test } from 'vitest'
import type { FakeOptions } from '../../fake-woocommerce/fake-woocommerce.ts'
import { aShop } from './a-shop.ts'

const wrongToken = `ck_${'0'.repeat(40)}:cs_${'0'.repeat(40)}`

async function checksOf(options: FakeOptions, connection: Parameters<typeof aShop>[1] = {}) {
  const { shop, fake } = aShop(options, connection)
  const checks = await shop.testAccess()
  const failed = checks
    .filter(({ ok }) => !ok)
    .map(({ check, details }) => [check, details['means'] ?? details['what']])
  return { checks, failed, fake }
}

describe('a first connection says what is wrong', () => {
  test('nothing, where all is right, and what it found', async () => {
    for (const options of [
      {},
      { version: '7.9' },
      { hasPrettyPermalinks: false },
      { version: '11.0', stripsAuthorization: true },
    ] as const) {
      const { checks, failed } = await checksOf(options) // prettier-ignore
      expect(failed).toEqual([])
      const facts = Object.assign({}, ...checks.map(({ details }) => details)) as Record<string, unknown> // plain facts
      expect(facts).toMatchObject({
        name: 'Fake Tea & Co',
        permalinks: 'hasPrettyPermalinks' in options ? 'plain' : 'pretty',
        auth: 'stripsAuthorization' in options ? 'oauth' : 'basic',
      })
    }
  })

  test.each<[string, FakeOptions, unknown]>([
    ['http instead of https', { address: 'http://shop.test' }, [['transport', 'plain-http']]],
    ['our clock, 20 minutes off', { clockSkewMs: 1_200_000 }, [['clock', 'clock-off']]],
    ['another name', { redirectsTo: 'https://www.shop.test' }, [['address', 'redirected']]],
    ['REST closed by a plugin', { site: 'rest-disabled' }, [['address', 'rest-disabled']]],
    ['WordPress without WooCommerce', { site: 'no-woocommerce' }, [['address', 'not-woocommerce']]],
    ['WooCommerce of ages ago', { site: 'too-old' }, [['address', 'woocommerce-too-old']]],
    ['no WordPress at all', { site: 'no-wordpress' }, [['address', 'not-woocommerce']]],
  ])('%s', async (_name, options, wanted) => expect((await checksOf(options)).failed).toEqual(wanted))

  test('a key that nobody knows, and a key that may only read', async () => {
    expect((await checksOf({}, { token: wrongToken })).failed).toEqual([['read', 'wrong-key']])
    const { fake } = aShop()
    for (const address of ['https://shop.test', 'http://127.0.0.1']) {
      // The same seed makes the same keys.
      const { failed } = await checksOf({ address }, { token: fake.readOnlyToken })
      expect(failed).toEqual([['write', 'read-only-key']])
    }
  })

  test('a clock that is off is corrected when signing, so that orders come all the same', async () => {
    for (const clockSkewMs of [1_200_000, -7_200_000]) {
      const made = aShop({ address: 'http://127.0.0.1', clockSkewMs })
      const checks = await made.shop.testAccess()
      expect(checks.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual(['clock'])
      expect(Math.abs(Number(checks.find(({ check }) => check === 'clock')?.details['clockOffsetMs']) - clockSkewMs)).toBeLessThan(1500) // prettier-ignore
    }
  })

  test('trying writes nothing', async () => {
    const { fake } = await checksOf({})
    const writes = fake.requests.filter(({ method }) => method !== 'GET')
    expect(writes.map(({ label }) => label)).toEqual(['POST /wp-json/wc/v3/orders/batch'])
    expect(fake.truth()).toMatchObject({ orders: [], mails: [] })
  })

  test('a key that is none, and an address that is none, are said at once', () => {
    for (const connection of [{ token: 'my password' }, { address: 'shop' }, { address: 'file:///etc/passwd' }]) {
      expect(() => aShop({}, connection)).toThrowError('ERR_INPUT_INVALID')
    }
  })
})
