import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { wooCommerceStorefront } from '../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import type { FaultKind } from '../../fake-woocommerce/fake-woocommerce.ts'
import { serveFake } from '../../fake-woocommerce/serve.ts'
import { aShop, readAll, type AShop } from './a-shop.ts'

const withOrders = (...given: Parameters<typeof aShop>): AShop => {
  const made = aShop(...given)
  const tea = made.fake.addProduct({ name: 'Tea', sku: 'TEA' })
  for (let index = 0; index < 3; index += 1) made.fake.placeOrder({ lines: [{ productId: tea, quantity: 1 }] })
  return made
}

async function failureOf(action: Promise<unknown>): Promise<AppError> {
  const error = await action.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw error
  return error
}

const three = 3

describe('a host that does not let the shop answer is named', () => {
  test.each<[FaultKind, string, string]>([
    ['connection-lost', 'ERR_STOREFRONT_UNREACHABLE', 'no-connection'],
    ['too-many-requests', 'ERR_STOREFRONT_UNREACHABLE', 'too-many-requests'],
    ['bad-gateway', 'ERR_STOREFRONT_UNREACHABLE', 'unavailable'],
    ['unavailable', 'ERR_STOREFRONT_UNREACHABLE', 'unavailable'],
    ['gateway-timeout', 'ERR_STOREFRONT_UNREACHABLE', 'unavailable'],
    ['captcha', 'ERR_STOREFRONT_ANSWER', 'html-page'],
    ['html-page', 'ERR_STOREFRONT_ANSWER', 'html-page'],
    ['firewall', 'ERR_STOREFRONT_REFUSED', 'forbidden'],
    ['truncated', 'ERR_STOREFRONT_ANSWER', 'not-json'],
    ['cut-short', 'ERR_STOREFRONT_UNREACHABLE', 'answer-cut-short'],
    ['endless', 'ERR_STOREFRONT_ANSWER', 'answer-too-large'],
  ])('%s: %s, %s', async (kind, code, what) => {
    const made = withOrders({}, { maxAnswerBytes: 4 * 1024 * 1024 })
    // Discovery first, so that what is asked next is the list of orders.
    await made.shop.listOpenIds()
    made.fake.faults.set({ rate: 1, kinds: [kind] })
    const error = await failureOf(made.shop.listOpenIds())
    expect(error).toMatchObject({ code, details: { what, host: 'shop.test', path: 'wc/v3/orders' } })
    expect(JSON.stringify(error)).not.toMatch(/ck_|cs_|Customer|Basic/)
    made.fake.faults.set({ rate: 0 })
    expect(await made.shop.listOpenIds()).toHaveLength(three)
  })

  test('and once is not for ever: reading is tried again after a pause, at most three times', async () => {
    const made = withOrders()
    for (const kind of ['bad-gateway', 'captcha'] as const) made.fake.faults.next(kind)
    expect((await readAll((cursor) => made.shop.pullOrders(cursor))).entries).toHaveLength(three)
    expect(made.pauses).toEqual([400, 1600])
    made.fake.faults.set({ rate: 1, kinds: ['bad-gateway'] })
    const before = made.fake.requests.length
    await failureOf(made.shop.describe())
    expect(made.fake.requests.length - before).toBe(3)
  })

  test('a wait it asks for, in seconds or as a date, is kept when short and handed on when long', async () => {
    for (const kind of ['too-many-requests', 'too-many-requests-date'] as const) {
      const made = withOrders({ clockSkewMs: 900_000 })
      made.fake.faults.set({ rate: 1, kinds: [kind] })
      const { details } = await failureOf(made.shop.describe())
      const asked = Number(details['retryAfterMs'])
      expect(asked).toBeGreaterThan(0)
      expect(asked).toBeLessThanOrEqual(30_000)
      const waited = made.pauses.reduce((sum, ms) => sum + ms, 0)
      expect(waited).toBeLessThanOrEqual(2 * 5000)
    }
  })

  test.each<FaultKind>(['byte-order-mark', 'php-notice'])(
    '%s does not keep an answer from being read',
    async (kind) => {
      const made = withOrders()
      made.fake.faults.set({ rate: 1, kinds: [kind] })
      expect((await readAll((cursor) => made.shop.pullOrders(cursor))).entries).toHaveLength(three)
      expect((await made.shop.testAccess()).every(({ ok }) => ok)).toBe(true)
    },
  )

  test('a list that takes too long is asked for in smaller pieces', async () => {
    const made = withOrders()
    await made.shop.listOpenIds()
    for (let index = 0; index < 3; index += 1) made.fake.faults.next('timeout', /\/orders$/)
    const before = made.fake.requests.length
    expect(await made.shop.listOpenIds()).toHaveLength(three)
    const sizes = made.fake.requests.slice(before).map(({ url }) => url.searchParams.get('per_page'))
    expect(sizes.slice(0, 4)).toEqual(['100', '50', '20', '5'])
  })

  test('no more than two calls are under way at once', async () => {
    const made = withOrders()
    let [inside, most] = [0, 0]
    const fetch = async (request: Request): Promise<Response> => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 1))
      const response = await made.fake.fetch(request)
      inside -= 1
      return response
    }
    const shop = made.connect({ fetch })
    await Promise.all([shop.describe(), shop.listOpenIds(), shop.getOrders(['1']), shop.pullProducts(undefined)])
    expect(most).toBe(2)
  })
})

describe('keys', () => {
  test('never cross plain HTTP, and are in no address over TLS', async () => {
    for (const address of ['http://shop.test', 'https://shop.test']) {
      const made = withOrders({ address })
      await made.shop.pullOrders(undefined)
      for (const { url, headers } of made.fake.requests) {
        expect(url.href).not.toContain('cs_')
        if (address.startsWith('http:')) expect(headers.get('authorization')).toBeNull()
      }
    }
  })

  test('are shown by a signature where the host strips the header; in the address only where signatures fail too', async () => {
    const stripped = withOrders({ stripsAuthorization: true })
    await stripped.shop.pullOrders(undefined)
    expect(stripped.fake.requests.every(({ url }) => !url.href.includes('cs_'))).toBe(true)
    // A proxy that gives the shop another name breaks every signature.
    const proxied = withOrders({ stripsAuthorization: true })
    const behind = (request: Request) => {
      const url = new URL(request.url)
      url.searchParams.delete('oauth_signature')
      return proxied.fake.fetch(new Request(url, request))
    }
    await proxied.connect({ fetch: behind }).pullOrders(undefined)
    expect(proxied.fake.requests.at(-1)?.url.searchParams.get('consumer_secret')).toMatch(/^cs_/)
    expect(proxied.fake.requests.filter(({ url }) => url.searchParams.has('oauth_nonce')).length).toBeLessThan(5)
  })

  test('are signed anew each time, by the host’s clock', async () => {
    const made = withOrders({ address: 'http://shop.test', clockSkewMs: -3_600_000 })
    await readAll((cursor) => made.shop.pullOrders(cursor))
    const signed = made.fake.requests.map(({ url }) => url.searchParams)
    expect(new Set(signed.map((query) => query.get('oauth_nonce'))).size).toBe(signed.length)
    const hostNow = (made.now() - 3_600_000) / 1000
    expect(Math.abs(Number(signed.at(-1)?.get('oauth_timestamp')) - hostNow)).toBeLessThan(3)
  })

  test('are not sent on with a redirect, and the redirect is named', async () => {
    const made = withOrders({ address: 'http://shop.test', redirectsTo: 'https://www.shop.test' })
    const { code, details } = await failureOf(made.shop.pullOrders(undefined))
    expect([code, details['what'], details['toHost'], details['toHttps']]).toEqual(['ERR_STOREFRONT_REFUSED', 'redirected', 'www.shop.test', true]) // prettier-ignore
    expect(made.fake.requests.every(({ url }) => url.host === 'shop.test')).toBe(true)
  })
})

describe('over a real socket', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const clock = { now: () => Date.now() }

  test('orders come, a hanging host is given up, and a broken connection named', async () => {
    const made = withOrders({ address: 'http://127.0.0.1' })
    const { fake } = made
    const served = await serveFake(fake)
    closing.push(() => served.close())
    fake.setClockSkew(Date.now() - made.now())
    const sleep = async (): Promise<void> => undefined
    const shop = wooCommerceStorefront({ address: served.address, token: fake.token, clock, timeoutMs: 250, sleep })
    expect((await readAll((cursor) => shop.pullOrders(cursor))).entries).toHaveLength(three)
    expect((await shop.testAccess()).map(({ check, ok }) => [check, ok])).toEqual([
      ['transport', true],
      ['address', true],
      ['clock', true],
      ['read', true],
      ['write', true],
    ])
    for (let index = 0; index < 4; index += 1) fake.faults.next('timeout')
    expect((await failureOf(shop.listOpenIds())).details['what']).toBe('no-answer-in-time')
    for (let index = 0; index < 3; index += 1) fake.faults.next('cut-short')
    expect((await failureOf(shop.describe())).details['what']).toBe('answer-cut-short')
  })

  test('an answer that unpacks to a hundred times its size is not read to its end', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    const { port } = server.address() as AddressInfo // it listens on a port
    const token = `ck_${'1'.repeat(40)}:cs_${'1'.repeat(40)}`
    const shop = wooCommerceStorefront({ address: `http://127.0.0.1:${port}`, token, clock, maxAnswerBytes: 1 << 20 })
    const { code, details } = await failureOf(shop.describe())
    expect([code, details['what']]).toEqual(['ERR_STOREFRONT_ANSWER', 'answer-too-large'])
    expect(Number(details['bytes'])).toBeLessThan(4 * 1024 * 1024)
  })
})
