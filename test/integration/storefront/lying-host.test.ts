import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { openProtocolStorefront } from '../../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import type { OutgoingReport, Storefront } from '../../../src-main/ports/storefront.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

/** A host that does as it likes. */
async function host(listener: RequestListener): Promise<Storefront> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo // a TCP server's address is no string
  const clock = { now: () => Date.now() }
  return openProtocolStorefront({
    address: `http://127.0.0.1:${port}`,
    token: 't',
    clock,
    timeoutMs: 400,
    maxAnswerBytes: 100_000,
  })
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

async function failureOf(call: Promise<unknown>): Promise<Pick<AppError, 'code' | 'details'>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('no AppError')
  return { code: error.code, details: error.details }
}

const money = { amount: '1.00', currency: 'EUR' }
const line = { id: '1', productId: 'A', sku: 'A', name: 'A', quantity: 1, unitPrice: money, taxRate: '7' }
const order = {
  id: 'o-1',
  number: '1',
  status: 'open',
  placedAt: '2026-11-22T10:00:00+01:00',
  changedAt: '2026-11-22T10:00:00Z',
  user: {
    userId: 'u',
    kind: 'guest',
    identifiedBy: 'guest-session',
    identifiedAt: '2026-11-22T10:00:00Z',
    locale: 'en',
    contact: {},
    deliveryAddresses: [],
    deliveryWishes: {},
  },
  service: 'standard',
  lines: [line],
  totals: { goods: money, shipping: money, tax: money, total: money },
  currency: 'EUR',
}
const page = (entries: unknown[]) => ({ entries, cursor: 'next', hasMore: false })

describe('a host that does not do as it promised', () => {
  test.each<[string, RequestListener, [code: string, details: object]]>([
    [
      'a captcha page with 202',
      (_, response) => response.writeHead(202, { 'content-type': 'text/html' }).end('<html>Are you human?</html>'),
      ['ERR_STOREFRONT_ANSWER', { what: 'html-page', status: 202 }],
    ],
    ['JSON that breaks off', json('{"entries":[{"id":"o-'), ['ERR_STOREFRONT_ANSWER', { what: 'not-json' }]],
    ['a notice before the JSON', json('<b>Notice</b>{"entries":[]}'), ['ERR_STOREFRONT_ANSWER', { what: 'not-json' }]],
    [
      'the wrong type',
      json({ entries: 'none', cursor: 'c', hasMore: false }),
      ['ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', field: 'entries' }],
    ],
    [
      'no cursor',
      json({ entries: [], hasMore: false }),
      ['ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', field: 'cursor' }],
    ],
    [
      'a huge answer',
      json({ ...page([]), pad: 'x'.repeat(200_000) }),
      ['ERR_STOREFRONT_ANSWER', { what: 'answer-too-large' }],
    ],
    ['endless nesting', json('['.repeat(2000) + ']'.repeat(2000)), ['ERR_STOREFRONT_ANSWER', { what: 'not-json' }]],
    [
      'a login redirect',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      ['ERR_STOREFRONT_REFUSED', { what: 'redirected', status: 302 }],
    ],
    [
      'a firewall',
      (_, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('no'),
      ['ERR_STOREFRONT_REFUSED', { what: 'forbidden' }],
    ],
    ['an unknown key', json({}, 401), ['ERR_STOREFRONT_REFUSED', { what: 'unauthorised' }]],
    ['a server error', json('oops', 500), ['ERR_STOREFRONT_UNREACHABLE', { what: 'server-error', status: 500 }]],
    ['a gateway error', json('oops', 502), ['ERR_STOREFRONT_UNREACHABLE', { what: 'unavailable' }]],
    ['silence', () => undefined, ['ERR_STOREFRONT_UNREACHABLE', { what: 'no-answer-in-time' }]],
    [
      'a connection that ends half way',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"entries":[')
        setTimeout(() => response.destroy(), 20)
      },
      ['ERR_STOREFRONT_UNREACHABLE', { what: 'answer-cut-short' }],
    ],
    [
      'an answer that never ends',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"entries":[')
      },
      ['ERR_STOREFRONT_UNREACHABLE', { what: 'no-answer-in-time' }],
    ],
  ])('%s becomes a clear error', async (_, listener, [code, details]) => {
    const failure = await failureOf((await host(listener)).pullOrders('from-here'))
    expect(failure).toMatchObject({ code, details: { path: '/orders', ...details } })
    expect(failure.details['host']).toMatch(/^127\.0\.0\.1:\d+$/)
  })

  test('nobody there is an unreachable host', async () => {
    const clock = { now: () => 0 }
    const shop = openProtocolStorefront({ address: 'http://127.0.0.1:1', token: 't', clock })
    expect(await failureOf(shop.listOpenIds())).toMatchObject({
      code: 'ERR_STOREFRONT_UNREACHABLE',
      details: { what: 'no-connection' },
    })
  })

  test('the wait it asks for is handed on, in seconds or as a date', async () => {
    const now = Date.now()
    const headersOf: Record<string, string>[] = [
      { 'retry-after': '7' },
      { 'retry-after': new Date(now + 9000).toUTCString(), date: new Date(now).toUTCString() },
    ]
    const waits: unknown[] = []
    for (const headers of headersOf) {
      const shop = await host((_, response) => response.writeHead(429, headers).end())
      waits.push((await failureOf(shop.pullOrders(undefined))).details['retryAfterMs'])
    }
    expect(waits).toEqual([7000, 9000])
  })

  test('a page without end is not read for ever', async () => {
    const shop = await host(json({ entries: [], cursor: 'same', hasMore: true }))
    expect(await failureOf(shop.pullOrders('same'))).toMatchObject({
      code: 'ERR_STOREFRONT_ANSWER',
      details: { field: 'cursor' },
    })
  })

  test('a page that was too slow is asked for in smaller ones', async () => {
    const limits: (string | null)[] = []
    const shop = await host((request, response) => {
      const limit = new URL(request.url ?? '', 'http://x').searchParams.get('limit')
      limits.push(limit)
      if (Number(limit) <= 20) json(page([]))(request, response)
    })
    for (let i = 0; i < 3; i++) await shop.pullOrders(undefined).catch(() => undefined)
    expect(limits).toEqual(['100', '50', '20'])
  })

  test('orders that cannot be read are refused with their place, and do not stop the others', async () => {
    const bad = [
      { ...order, id: 'bad-quantity', lines: [{ ...line, quantity: -1 }] },
      { ...order, id: 'bad-money', totals: { ...order.totals, total: { amount: '1.005', currency: 'EUR' } } },
      { ...order, id: 'other-money', lines: [{ ...line, unitPrice: { amount: '1.00', currency: 'USD' } }] },
      { ...order, id: 'no-lines', lines: [] },
      { ...order, id: 'twice', lines: [line, line] },
      { ...order, id: 'backwards', window: { from: '2026-11-22T12:00:00Z', to: '2026-11-22T09:00:00Z' } },
      'not an order',
    ]
    const withNulls = { ...order, id: 'with-nulls', deliveryAddress: null, instructions: null, unknownField: 1 }
    const pull = await (await host(json(page([order, ...bad, withNulls])))).pullOrders(undefined)
    if (pull.kind !== 'page') throw new Error(pull.kind)
    expect(pull.entries.map(({ id }) => id)).toEqual(['o-1', 'with-nulls'])
    expect(pull.entries[0]?.placedAt).toBe(Date.UTC(2026, 10, 22, 9))
    expect(pull.refused.map(({ id, index, path }) => [index, id, path])).toEqual([
      [1, 'bad-quantity', 'lines.0.quantity'],
      [2, 'bad-money', 'totals.total.amount'],
      [3, 'other-money', 'lines.0.unitPrice.currency'],
      [4, 'no-lines', 'lines'],
      [5, 'twice', 'lines'],
      [6, 'backwards', 'window.to'],
      [7, undefined, ''],
    ])
  })

  test('a shop of another protocol version is refused at the door', async () => {
    const shop = await host(
      json({
        name: 'X',
        platform: 'x',
        protocolVersions: ['9'],
        currency: 'EUR',
        timeZone: 'UTC',
        pricesIncludeTax: true,
        pageSize: { default: 1, max: 1 },
        reportKinds: [],
        longPollSeconds: 0,
        serverTime: '2026-11-22T10:00:00Z',
      }),
    )
    const failure = { code: 'ERR_STOREFRONT_ANSWER', details: { field: 'protocolVersions' } }
    expect(await failureOf(shop.describe())).toMatchObject(failure)
    const checks = await shop.testAccess()
    expect(checks.map(({ check, ok }) => [check, ok])).toEqual([
      ['transport', true],
      ['address', false],
    ])
  })

  test('answers for other reports or products than were sent are not believed', async () => {
    const shop = await host(json({ answers: [] }))
    expect(await failureOf(shop.pushStock([{ sku: 'A', quantity: 1 }]))).toMatchObject({
      code: 'ERR_STOREFRONT_ANSWER',
    })
    expect(await failureOf(shop.pushReports([report(1)]))).toMatchObject({ code: 'ERR_STOREFRONT_ANSWER' })
  })

  test('reports that a busy host did not judge are to be sent again after its wait', async () => {
    const shop = await host((_, response) => response.writeHead(503, { 'retry-after': '3' }).end())
    expect((await shop.pushReports([report(1), report(2)])).map((answer) => ({ ...answer, id: '' }))).toEqual([
      { id: '', outcome: 'retry', afterMs: 3000 },
      { id: '', outcome: 'retry', afterMs: 3000 },
    ])
  })

  test('a token never crosses a network in the clear', async () => {
    const shop = openProtocolStorefront({ address: 'http://shop.example', token: 't', clock: { now: () => 0 } })
    expect(await failureOf(shop.pullOrders(undefined))).toMatchObject({
      code: 'ERR_STOREFRONT_REFUSED',
      details: { what: 'plain-http' },
    })
    expect(await shop.testAccess()).toMatchObject([{ check: 'transport', ok: false }])
  })
})

function report(sequence: number): OutgoingReport {
  const at = Date.UTC(2026, 10, 22)
  return { externalOrderId: 'o-1', report: { id: crypto.randomUUID(), orderId: 'o', kind: 'planned', sequence, at } }
}
