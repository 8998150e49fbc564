import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openProtocolStorefront } from '../../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import { storefrontProbe } from '../../../src-main/adapters/storefronts/probe/storefront-probe.ts'
import {
  connectStorefront,
  disconnectStorefront,
  setStorefrontOptions,
  setStorefrontState,
} from '../../../src-main/application/connect-storefront.ts'
import { testStorefront } from '../../../src-main/application/test-storefront.ts'
import type { Workshop } from '../../../src-main/application/workshop.ts'
import { openTestShop, removeTestShops, type TestShop } from '../../unit/application/test-shop.ts'
import { allowToken, newToken } from '../../../src-storefront/store/tokens.ts'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { join } from 'node:path'
import { newFolder, shopToken, startProcess, type StorefrontProcess } from './running-storefront.ts'

const clock = { now: () => Date.now() }
const folder = newFolder()
const servers: Server[] = []
let storefront: StorefrontProcess
let shop: TestShop
let workshop: Workshop

/** Keys that were shown to hosts of this test. */
const shown: string[] = []

async function host(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== undefined) shown.push(request.headers.authorization)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address is no string
}

const page = (status: number, html: string): RequestListener => (_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(html) // prettier-ignore
const json = (status: number, value: unknown): RequestListener => (_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)) // prettier-ignore
const wordPress =
  (index: RequestListener, other: RequestListener = page(404, '<html>Not found</html>')): RequestListener =>
  (request, response) =>
    (request.url?.includes('wp-json') || request.url?.includes('rest_route') ? index : other)(request, response)

beforeAll(async () => {
  storefront = await startProcess(folder)
  shop = await openTestShop()
  workshop = {
    ...shop.workshop,
    storefrontProbe: storefrontProbe({ clock, timeoutMs: 700 }),
    storefrontFor(connection) {
      const { token } = shop.workshop.vault.open(connection.id, connection.sealedToken) as { token: string } // sealed by connectStorefront
      return openProtocolStorefront({ address: connection.url, token, clock, timeoutMs: 2000 })
    },
  }
})
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterAll(async () => {
  await storefront.stop()
  removeTestShops()
})

const stateOf = async (url: string, token?: string) => {
  const tested = await testStorefront(workshop, { url, token })
  return { ...tested, problems: tested.steps.flatMap(({ problem }) => problem ?? []) }
}

describe('an address', () => {
  test('of the bundled storefront is found without a key, and with one all is tried', async () => {
    const found = await stateOf(`${storefront.address}/`)
    expect(found).toMatchObject({ url: storefront.address, platform: 'open-protocol', name: 'Corner Shop', ok: false, isFound: true }) // prettier-ignore
    expect((await stateOf(storefront.address, shopToken)).steps.map(({ check, state }) => [check, state])).toEqual(
      ['address', 'transport', 'platform', 'clock', 'read', 'write'].map((check) => [check, 'passed']),
    )
  })

  test('of WooCommerce is found with pretty addresses and without', async () => {
    const index = json(200, { name: 'Tea & More', namespaces: ['wp/v2', 'wc/v3'] })
    expect(await stateOf(await host(wordPress(index)))).toMatchObject({ platform: 'woocommerce', name: 'Tea & More' })
    const plain: RequestListener = (request, response) =>
      (request.url?.includes('rest_route') ? index : page(404, '<html></html>'))(request, response)
    expect(await stateOf(await host(plain))).toMatchObject({ platform: 'woocommerce' })
    const withNotice: RequestListener = (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('\uFEFF{"name":"T","namespaces":["wc/v3"]}')
    expect(await stateOf(await host(wordPress(withNotice)))).toMatchObject({ platform: 'woocommerce' })
  })

  test.each([
    ['a web page and no shop', page(200, '<html>Welcome</html>'), 'web-page'],
    ['a captcha', page(202, '<html><title>Just a moment...</title>Are you human? captcha</html>'), 'captcha'],
    ['a firewall', page(403, '<html>Forbidden</html>'), 'firewall'],
    ['a site whose REST is switched off', wordPress(json(401, { code: 'rest_disabled', message: 'no' })), 'rest-off'],
    ['a site whose REST is hidden', page(404, '<html><link href="/wp-content/themes/x.css"></html>'), 'rest-off'],
    ['WordPress without WooCommerce', wordPress(json(200, { name: 'Blog', namespaces: ['wp/v2'] })), 'not-a-shop'],
    ['an old WooCommerce', wordPress(json(200, { name: 'Old', namespaces: ['wc/v1', 'wc/v2'] })), 'version-old'],
    ['another program', json(404, { message: 'nothing here' }), 'not-a-shop'],
    ['a host that is busy', page(503, '<html>Maintenance</html>'), 'unavailable'],
    ['a host that wants patience', page(429, '<html>Slow down</html>'), 'too-many-requests'],
    ['a host that says nothing', () => undefined, 'too-slow'],
    ['a shop that speaks another version', json(200, { name: 'Future', protocolVersions: ['7'] }), 'version-old'],
    ['a shop that describes itself wrongly', json(200, { name: 'Half', protocolVersions: ['1'] }), 'answer-wrong'],
  ] as const)('of %s is named for what it is, and no key is shown there', async (_what, answer, problem) => {
    shown.length = 0
    const tested = await stateOf(await host(answer), 'a-secret-token')
    expect(tested).toMatchObject({ ok: false, problems: [problem] })
    expect(shown).toEqual([])
  })

  test('that sends us to another host is not followed, and the other one is proposed', async () => {
    let asked = 0
    const other = await host((_, response) => {
      asked += 1
      response.end()
    })
    const moved = await stateOf(await host((_, response) => void response.writeHead(301, { location: `${other}/login` }).end()), 'secret') // prettier-ignore
    expect(moved).toMatchObject({ problems: ['redirected'], suggestion: other })
    expect(asked).toBe(0)
  })

  test('where nothing is, or no https, or that is none, is told apart', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo // a TCP server's address is no string
    await new Promise((resolve) => closed.close(resolve))
    expect((await stateOf(`http://127.0.0.1:${port}`)).problems).toEqual(['no-connection'])
    expect((await stateOf(storefront.address.replace('http:', 'https:'))).problems).toEqual(['no-https-there'])
    expect((await stateOf('http://no-such-host.invalid')).problems).toEqual(['host-unknown'])
    expect((await stateOf('nobody:secret@my.shop')).problems).toEqual(['address-has-credentials'])
  })

  test('that begins with http:// is named, with the https address that answers; over plain http no key is shown', async () => {
    const asked: string[] = []
    const index = JSON.stringify({ name: 'Tea', namespaces: ['wc/v3'] })
    const probe = storefrontProbe({
      clock,
      fetch: async (url, init) => {
        asked.push(`${url.protocol} ${new Headers(init.headers).get('authorization') ?? 'no key'}`)
        return new Response(url.pathname.startsWith('/wp-json') ? index : '', { status: 200 })
      },
    })
    expect(await probe.look('http://shop.example/')).toMatchObject({
      url: 'http://shop.example',
      platform: 'woocommerce',
      problem: { code: 'plain-http', facts: { host: 'shop.example' } },
      suggestion: 'https://shop.example',
    })
    expect(new Set(asked)).toEqual(new Set(['http: no key', 'https: no key']))
  })

  test('of a shop whose clock is wrong is told whose clock it is', async () => {
    const late = await host((_, response) => {
      const serverTime = new Date(Date.now() - 1_800_000).toISOString()
      const described = { name: 'Late', platform: 'x', protocolVersions: ['1'], currency: 'EUR', timeZone: 'Europe/Berlin', pricesIncludeTax: true, pageSize: { default: 1, max: 1 }, reportKinds: [], longPollSeconds: 0, serverTime, entries: [], answers: [] } // prettier-ignore
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(described))
    })
    const theirs = await stateOf(late, 'token')
    expect(theirs).toMatchObject({ problems: ['clock-theirs'], mayConnectAnyway: true })
    expect(theirs.steps.find(({ check }) => check === 'clock')?.facts).toMatchObject({ minutes: 30 })
  })
})

describe('a key', () => {
  const tokenWith = (...scopes: Parameters<typeof allowToken>[2]['scopes'] & object): string => {
    const db = openDatabase(join(folder, 'data', 'storefront.sqlite'), Date.now())
    const token = newToken()
    allowToken(db, token, { nowMs: Date.now(), scopes })
    db.close()
    return token
  }

  test('that is wrong, or made for too little, is not connected, and never repeated', async () => {
    for (const [token, problem, step] of [
      ['a-wrong-token-of-somebody', 'key-wrong', 'read'],
      [tokenWith('orders:read', 'products:read', 'erasures:read'), 'key-scope', 'write'],
      [
        tokenWith('stock:write', 'orders:read', 'products:read', 'erasures:read', 'reports:write'),
        'key-scope',
        'write',
      ],
    ] as const) {
      const failed = connectStorefront(workshop, shop.caller, { id: 'tried', url: storefront.address, token })
      await expect(failed).rejects.toMatchObject({ code: 'ERR_STOREFRONT_REFUSED', details: { problem, step } })
      const text = await failed.catch((error: unknown) => JSON.stringify(error) + String(error))
      expect(text).not.toContain(token)
      expect(shop.written()).not.toContain(token)
    }
    expect((await shop.store.loadConnections()).map(({ id }) => id)).toEqual(['main'])
    const bearable = { id: 'half', url: storefront.address, token: tokenWith('orders:read', 'products:read', 'erasures:read'), anyway: true } // prettier-ignore
    await connectStorefront(workshop, shop.caller, bearable)
    const wrong = { id: 'never', url: storefront.address, token: 'a-wrong-token', anyway: true }
    await expect(connectStorefront(workshop, shop.caller, wrong)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_REFUSED' }) // prettier-ignore
  })

  test('can be changed without losing the place in the feeds; another shop is read from the beginning', async () => {
    const id = 'second'
    const find = async () => (await shop.store.loadConnections()).find((connection) => connection.id === id)
    const connected = await connectStorefront(workshop, shop.caller, { id, url: storefront.address, token: shopToken })
    expect(connected).toEqual({ name: 'Corner Shop', platform: 'open-protocol', url: storefront.address })
    const first = await find()
    if (first) await shop.store.saveConnection({ ...first, orderCursor: 'place' }, { id: 'a1', at: 1, actor: 'cli:test', action: 'x', entity: 'y', entityId: 'z' }) // prettier-ignore
    const all = [
      'products:read',
      'orders:read',
      'erasures:read',
      'stock:write',
      'reports:write',
      'rules:write',
    ] as const
    await connectStorefront(workshop, shop.caller, { id, url: storefront.address, token: tokenWith(...all) })
    expect(await find()).toMatchObject({ orderCursor: 'place' })
    const elsewhere = storefront.address.replace('127.0.0.1', 'localhost')
    await connectStorefront(workshop, shop.caller, { id, url: elsewhere, token: shopToken })
    expect((await find())?.orderCursor).toBeUndefined()
  })

  test('is gone after disconnecting; pausing keeps it, and connecting again takes up the traffic', async () => {
    const id = 'third'
    const find = async () => (await shop.store.loadConnections()).find((connection) => connection.id === id)
    await connectStorefront(workshop, shop.caller, { id, url: storefront.address, token: shopToken })
    await setStorefrontOptions(workshop, shop.caller, { id, options: { tellCustomer: ['packed'] } })
    await setStorefrontState(workshop, shop.caller, { id, state: 'paused' })
    expect((await find())?.options).toEqual({ tellCustomer: ['packed'], state: 'paused' })
    await setStorefrontState(workshop, shop.caller, { id, state: undefined })
    expect((await find())?.options).toEqual({ tellCustomer: ['packed'] })
    await disconnectStorefront(workshop, shop.caller, id)
    const ended = await find()
    expect(ended?.options.state).toBe('disconnected')
    expect(ended && workshop.vault.open(id, ended.sealedToken)).toEqual({ token: '' })
    await expect(connectStorefront(workshop, shop.caller, { id, url: storefront.address })).rejects.toMatchObject({ details: { path: 'token' } }) // prettier-ignore
    await expect(setStorefrontState(workshop, shop.caller, { id, state: undefined })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' }) // prettier-ignore
    await connectStorefront(workshop, shop.caller, { id, url: storefront.address, token: shopToken })
    expect((await find())?.options).toEqual({ tellCustomer: ['packed'] })
  })
})
