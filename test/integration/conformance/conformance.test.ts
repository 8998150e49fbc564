import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../../../src-protocol/conformance/rules.ts'
import { checks, runConformance, type Verdict } from '../../../src-protocol/conformance/run.ts'
import { CustomerClient } from '../storefront/customer-client.ts'
import { newFolder, shopToken, startProcess, type StorefrontProcess } from '../storefront/running-storefront.ts'
import { startBreakingProxy, type BreakingProxy, type Exchange, type Mutation } from './breaking-proxy.ts'

const root = new URL('../../../', import.meta.url).pathname
const folder = newFolder()
let storefront: StorefrontProcess
let proxy: BreakingProxy
let otherToken = ''
const expiredCursor = Buffer.from('order.00000000.1').toString('base64url')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly words: string
}

function program(file: string, args: readonly string[], env: object = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, file), ...args], { env: { ...process.env, ...env } })
  let [out, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, words })))
}

const suite = (...args: string[]): Promise<Ended> => program('src-protocol/conformance/main.ts', args)
const tokenCommand = (...args: string[]): Promise<Ended> =>
  program('src-storefront/main.ts', ['token', ...args, '--data', join(folder, 'data')])

beforeAll(async () => {
  storefront = await startProcess(folder)
  proxy = await startBreakingProxy(storefront.address)
  for (let count = 0; count < 5; count += 1) {
    const customer = new CustomerClient(storefront.address)
    await customer.identify(`c${count}@example.org`)
    await customer.order([{ sku: 'TEA-01', quantity: 1 }])
  }
  const made = await tokenCommand('make', '--scopes', 'products:read erasures:read')
  otherToken = (JSON.parse(made.out) as { token: string }).token // our own program's line
})
afterAll(async () => {
  await proxy.close()
  await storefront.stop()
})

describe('the bundled storefront', () => {
  test('keeps every rule of the protocol', async () => {
    const touch = `"${process.execPath}" "${join(root, 'test/integration/conformance/place-order.ts')}" ${storefront.address}`
    const more = ['--other-token', otherToken, '--touch', touch, '--expired-cursor', expiredCursor]
    const { code, out } = await suite('--url', storefront.address, '--token', shopToken, '--write', '--json', ...more)
    const told = JSON.parse(out) as { passed: number; failed: number; checks: Verdict[] } // as main.ts writes it
    expect(told.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    // What takes over a minute is left to --slow.
    expect(told.checks.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule)).toEqual(['R48'])
    expect(told.passed).toBeGreaterThanOrEqual(60)
    expect(code).toBe(0)
  }, 60_000)

  test('is only read without --write, and what was not tried says why', async () => {
    const { code, out } = await suite('--url', storefront.address, '--token', shopToken, '--only', 'R7,R37')
    expect(code).toBe(0)
    expect(out).toContain('skip  R37  the same report again gets the same answer, marked replayed')
    expect(out).toContain('writes: tried with --write')
    expect(out).not.toContain(shopToken)
  }, 30_000)

  test('lets a token do what it was made for and nothing more, and shuts it out when it is revoked', async () => {
    const { out } = await tokenCommand('make', '--scopes', 'orders:read')
    const made = JSON.parse(out) as { token: string; id: string } // our own program's line
    const ask = async (path: string): Promise<readonly [number, unknown]> => {
      const answer = await fetch(storefront.address + path, { headers: { authorization: `Bearer ${made.token}` } })
      return [answer.status, await answer.json()]
    }
    expect((await ask('/orders?limit=1'))[0]).toBe(200)
    const refusal = { status: 403, error: { code: 'scope-missing', details: { scope: 'products:read' } } }
    expect(await ask('/products')).toMatchObject([403, refusal])
    const listed = (await tokenCommand('list')).out
    expect(JSON.parse(listed)).toMatchObject({ tokens: expect.arrayContaining([{ id: made.id, scopes: ['orders:read'], createdAt: expect.any(String) }]) }) // prettier-ignore
    expect(listed).not.toContain(made.token)
    expect((await tokenCommand('revoke', made.id)).code).toBe(0)
    expect((await ask('/orders?limit=1'))[0]).toBe(401)
    expect((await tokenCommand('revoke', made.id)).code).toBe(2)
    expect((await tokenCommand('make', '--scopes', 'everything')).code).toBe(2)
  })
})

describe('the suite', () => {
  test('ends with 2 for what was typed wrong, and where no server is', async () => {
    for (const args of [
      [],
      ['--url', 'my shop', '--token', 't'],
      ['--url', storefront.address],
      ['--url', storefront.address, '--token', 't', '--only', 'R999'],
      ['--url', 'http://127.0.0.1:9', '--token', 't'],
      ['--surprise'],
    ]) {
      expect([args, (await suite(...args)).code]).toEqual([args, 2])
    }
  })

  test('has a check for every rule, and no check without one', () => {
    expect(new Set(checks.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)))
    expect(new Set(checks.map(({ rule, name }) => `${rule} ${name}`)).size).toBe(checks.length)
  })

  test('and the document number the same rules with the same words', () => {
    const text = readFileSync(join(root, 'docs/protocol/README.md'), 'utf8').replaceAll(/\s+/g, ' ')
    for (const [rule, words] of Object.entries(rules)) {
      expect([rule, text.includes(`**${rule}** ${words}`)]).toEqual([rule, true])
    }
  })
})

const change = (exchange: Exchange, edit: (json: Json) => void): void => {
  const json = JSON.parse(exchange.body) as Json // the sound server answers JSON
  edit(json)
  exchange.body = JSON.stringify(json)
}
type Json = any // eslint-disable-line @typescript-eslint/no-explicit-any -- mutations reach into answers freely

const isFeed = ({ path, status }: Exchange): boolean =>
  status === 200 && ['/orders', '/products', '/erasures'].includes(path)
const answering = (wanted: (exchange: Exchange) => boolean, answer: (exchange: Exchange) => void): Mutation => ({
  answer: (exchange) => {
    if (wanted(exchange)) answer(exchange)
  },
})
const onOrders = (edit: (order: Json) => void): Mutation =>
  answering(
    (exchange) => exchange.path === '/orders' && isFeed(exchange),
    (exchange) => change(exchange, ({ entries }) => entries.forEach(edit)),
  )

/** One broken rule each: what is wrong with the server, the rule, how the proxy breaks it. */
const broken: readonly (readonly [fault: string, rule: string, mutation: Mutation])[] = [
  ['answers with a page for people', 'R2', answering(({ path }) => path === '/products', (e) => { e.headers['content-type'] = 'text/html'; e.body = '<html></html>' })],
  ['redirects to another path', 'R3', answering(({ path }) => path === '/orders:open', (e) => { e.status = 302; e.headers['location'] = '/login' })],
  ['lets caches keep orders', 'R4', answering(({ path }) => path === '/orders', (e) => { e.headers['cache-control'] = 'public, max-age=60' })],
  ['answers 404 to another method', 'R5', answering(({ status }) => status === 405, (e) => { e.status = 404 })],
  ['refuses in a form of its own', 'R6', answering(({ status }) => status === 404, (e) => { e.body = '{"message":"not found"}' })],
  ['describes itself to nobody', 'R7', answering(({ path }) => path.includes('well-known'), (e) => { e.status = 401 })],
  ['has a clock that is an hour late', 'R8', answering(({ path }) => path.includes('well-known'), (e) => change(e, (json) => { json.serverTime = new Date(Date.parse(json.serverTime) - 3_600_000).toISOString() }))],
  ['takes any version', 'R9', { ask: ({ headers }) => { delete headers['storefront-protocol'] } }],
  ['tells a zone by its offset', 'R10', answering(({ path }) => path.includes('well-known'), (e) => change(e, (json) => { json.timeZone = 'local time' }))],
  ['forgets to ask for a token', 'R11', { ask: ({ headers, url }) => { if (url.pathname === '/orders') headers['authorization'] ??= `Bearer ${shopToken}` } }],
  ['takes any token', 'R12', { ask: ({ headers }) => { if (headers['authorization'] !== undefined) headers['authorization'] = `Bearer ${shopToken}` } }],
  ['knows no scopes', 'R13', { ask: ({ headers }) => { if (headers['authorization'] === `Bearer ${otherToken}`) headers['authorization'] = `Bearer ${shopToken}` } }],
  ['leaves hasMore out', 'R14', answering(isFeed, (e) => change(e, (json) => { delete json.hasMore }))],
  ['reads over the limit', 'R15', { ask: ({ url }) => { if (url.searchParams.get('limit')?.match(/^[12]$/)) url.searchParams.delete('limit') } }],
  ['leads in a circle', 'R16', answering((e) => isFeed(e) && e.query.has('cursor'), (e) => change(e, (json) => { json.cursor = e.query.get('cursor'); json.hasMore = true }))],
  ['skips the last entry of each full page', 'R17', answering((e) => isFeed(e) && e.query.get('limit') === '3', (e) => change(e, (json) => { if (json.entries.length === 3) json.entries.pop() }))],
  ['uses a cursor up', 'R18', usedUp()],
  ['loses what changes after a cursor was given', 'R19', { ask: onlyOnce() }],
  ['begins anew at an invented cursor', 'R20', { ask: ({ url }) => { if (!/^[\w-]{8,}$/.test(url.searchParams.get('cursor') ?? '')) url.searchParams.delete('cursor') } }],
  ['calls a forgotten cursor invalid', 'R21', answering(({ status, path }) => status === 410 && path === '/orders', (e) => { e.status = 422 })],
  ['does not wait', 'R22', { ask: ({ url }) => { if (Number(url.searchParams.get('wait')) > 0) url.searchParams.delete('wait') } }],
  ['answers 200 and null for an unknown order', 'R24', answering(({ status, path }) => status === 404 && path.startsWith('/orders/'), (e) => { e.status = 200; e.body = 'null' })],
  ['writes amounts with too many decimals', 'R25', onOrders((order) => { order.totals.total.amount = `${order.totals.total.amount}0` })],
  ['forgets shipping in the total', 'R26', onOrders((order) => { order.totals.total = order.totals.goods; order.totals.shipping.amount = '4.99' })],
  ['ends windows before they begin', 'R27', onOrders((order) => { order.window = { from: '2026-11-22T12:00:00Z', to: '2026-11-22T10:00:00Z' } })],
  ['gives two lines one id', 'R28', onOrders((order) => { order.lines = [order.lines[0], order.lines[0]] })],
  ['forgets open orders in the list', 'R29', answering(({ path }) => path === '/orders:open', (e) => change(e, (json) => { json.orders = [] }))],
  ['tells the IP address of customers', 'R30', onOrders((order) => { order.user.ipAddress = '192.0.2.1' })],
  ['forgets where orders go', 'R31', onOrders((order) => { delete order.deliveryAddress })],
  ['gives two products one SKU', 'R32', answering((e) => isFeed(e) && e.path === '/products', (e) => change(e, ({ entries }) => entries.forEach((entry: Json) => { entry.sku = 'SAME' })))],
  ['writes stock whatever was expected', 'R33', answering(({ path }) => path === '/stock', (e) => { e.body = e.body.replaceAll('"conflict"', '"set"') })],
  ['calls a wrong field a server error', 'R34', answering(({ status }) => status === 422, (e) => { e.status = 500 })],
  ['answers a repeated report as stale', 'R37', answering(({ body }) => body.includes('"replayed":true'), (e) => { e.status = 409; e.body = e.body.replace('"accepted"', '"stale"') })],
  ['takes other words under the same key', 'R38', answering(({ body }) => body.includes('other-body'), (e) => { e.status = 200 })],
  ['hides the present state from an older report', 'R39', answering(({ status, path }) => status === 409 && path.endsWith('/reports'), (e) => change(e, (json) => { delete json.present }))],
  ['takes a report without a key', 'R40', answering(({ status, body }) => status === 422 && body.includes('Idempotency-Key'), (e) => { e.status = 200 })],
  ['answers a batch in another order', 'R42', answering(({ path, status }) => path === '/reports:batch' && status === 200, (e) => change(e, (json) => { json.answers.reverse() }))],
  ['says of rules in force that they changed', 'R44', answering(({ path }) => path === '/packaging-rules', (e) => { e.body = e.body.replace('"changed":false', '"changed":true') })],
  ['calls text JSON', 'R46', answering(({ status }) => status === 415, (e) => { e.status = 200 })],
] // prettier-ignore

/** The second time a cursor is asked for, nothing is left. */
function usedUp(): Mutation {
  const seen = new Set<string>()
  return answering(isFeed, (exchange) => {
    const asked = `${exchange.path}?${exchange.query}`
    if (seen.has(asked)) change(exchange, (json) => void (json.entries = []))
    seen.add(asked)
  })
}

/** A reader that has been at the end once is told ever after that there is nothing. */
function onlyOnce(): NonNullable<Mutation['ask']> {
  let ends = 0
  return ({ url }) => {
    if (url.pathname === '/orders' && url.searchParams.has('cursor') && (ends += 1) > 0) {
      url.searchParams.set('limit', '1')
      url.pathname = '/erasures'
      url.searchParams.delete('cursor')
    }
  }
}

describe('a server that', () => {
  test.each(broken)(
    '%s is caught by %s',
    async (_fault, rule, mutation) => {
      proxy.mutation = mutation
      const touch = `"${process.execPath}" "${join(root, 'test/integration/conformance/place-order.ts')}" ${storefront.address}`
      const verdicts = await runConformance({
        url: proxy.address,
        token: shopToken,
        now: () => Date.now(),
        write: true,
        otherToken,
        expiredCursor,
        touch,
        timeoutMs: 8000,
        only: [rule],
      })
      proxy.mutation = {}
      expect(verdicts.filter(({ outcome }) => outcome === 'failed').map((verdict) => verdict.rule)).toContain(rule)
    },
    30_000,
  )

  test('breaks nothing passes the same checks through the proxy', async () => {
    proxy.mutation = {}
    const only = [...new Set(broken.map(([, rule]) => rule))].filter((rule) => rule !== 'R19')
    const verdicts = await runConformance({ url: proxy.address, token: shopToken, now: () => Date.now(), write: true, otherToken, expiredCursor, only }) // prettier-ignore
    expect(verdicts.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  }, 30_000)
})
