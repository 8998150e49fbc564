import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  limits,
  packagingRules,
  protocolVersion,
  report,
  reportBatch,
  reportKind,
  stockUpdate,
  versionHeader,
  type WireDescription,
  type WireReportAnswer,
} from '../../src-protocol/index.ts'
import { bodyOf, numberFrom, read } from '../customer/http.ts'
import { Refusal } from '../refusal.ts'
import type { Shop } from '../shop/shop.ts'
import { takeReport } from '../shop/take-report.ts'
import { instantText, wireOrder } from '../shop/wire-order.ts'
import { findOrder, openOrdersOf } from '../store/orders.ts'
import { publishRules } from '../store/packaging-rules.ts'
import { allow, checkVersion } from './access.ts'
import { erasurePage, orderPage, productPage, type PageRequest } from './feeds.ts'
import { protocolProblem } from './problem.ts'
import { updateStock } from './stock.ts'

const { pageSize, longPollSeconds } = limits

/**
 * True for requests that only the back office makes; they all carry a bearer token. `/orders` is a customer's page too:
 * a program that asks for it with neither cookie nor token is a back office that has forgotten its token.
 */
export function isBackOffice(request: Request): boolean {
  const { pathname } = new URL(request.url)
  const { headers } = request
  if (/^bearer\b/i.test(headers.get('authorization') ?? '')) return true
  const isForPeople = headers.has('cookie') || /\bhtml\b/i.test(headers.get('accept') ?? '')
  if (pathname === '/orders' && request.method === 'GET' && !isForPeople) return true
  return (
    /^\/(\.well-known\/storefront|products|orders:open|stock|reports:batch|packaging-rules)$/.test(pathname) ||
    /^\/orders\/[^/]+\/reports$/.test(pathname) ||
    (pathname === '/erasures' && request.method === 'GET')
  )
}

/** The open storefront protocol, as docs/protocol/README.md describes it. */
export function protocolRoutes(shop: Shop): Hono {
  const app = new Hono()
  app.onError((error) => protocolProblem(error))
  app.notFound(() => protocolProblem(new Refusal(404, 'not-found')))
  app.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
    c.header(versionHeader, protocolVersion)
  })
  const limitOf = (path: string): number => (path === '/packaging-rules' ? limits.rulesBytes : limits.bodyBytes)
  app.use((c, next) =>
    bodyLimit({
      maxSize: limitOf(c.req.path),
      onError: () => protocolProblem(new Refusal(413, 'too-large', { details: { limitBytes: limitOf(c.req.path) } })),
    })(c, next),
  )
  app.use(async (c, next) => {
    checkVersion(c)
    await next()
  })
  app.get('/.well-known/storefront', (c) => c.json(describeShop(shop)))
  readingRoutes(app, shop)
  writingRoutes(app, shop)
  otherMethods(app)
  return app
}

function readingRoutes(app: Hono, shop: Shop): void {
  app.get('/products', (c) => {
    allow(shop, c, 'products:read')
    return c.json(productPage(shop, pageOf(c)))
  })
  app.get('/orders', async (c) => {
    allow(shop, c, 'orders:read')
    const seconds = numberFrom(c, 'wait', { min: 0, max: longPollSeconds, otherwise: 0 })
    return c.json(await orderPage(shop, pageOf(c), { ms: seconds * 1000, signal: c.req.raw.signal }))
  })
  app.get('/orders:open', (c) => {
    allow(shop, c, 'orders:read')
    const orders = openOrdersOf(shop.db).map(({ id, status, changed_at }) => ({
      id,
      status,
      changedAt: instantText(changed_at),
    }))
    return c.json({ orders })
  })
  app.get('/orders/:id', (c) => {
    allow(shop, c, 'orders:read')
    const row = findOrder(shop.db, c.req.param('id'))
    if (row === undefined) throw new Refusal(404, 'order-not-found')
    const order = wireOrder(shop, row)
    if (order === undefined) throw new Refusal(410, 'order-purged')
    return c.json(order)
  })
  app.get('/erasures', (c) => {
    allow(shop, c, 'erasures:read')
    return c.json(erasurePage(shop, pageOf(c)))
  })
}

function writingRoutes(app: Hono, shop: Shop): void {
  app.put('/stock', async (c) => {
    allow(shop, c, 'stock:write')
    return c.json(updateStock(shop, read(stockUpdate, await jsonOf(c))))
  })
  app.post('/orders/:id/reports', async (c) => {
    allow(shop, c, 'reports:write')
    const told = read(report, await jsonOf(c))
    const key = c.req.header('idempotency-key')
    if (key !== told.id) throw new Refusal(422, 'invalid', { details: { path: 'Idempotency-Key', expected: 'the id of the report' } }) // prettier-ignore
    if (told.orderId !== c.req.param('id')) throw new Refusal(422, 'invalid', { details: { path: 'orderId' } })
    return reportResponse(c, takeReport(shop, told))
  })
  app.post('/reports:batch', async (c) => {
    allow(shop, c, 'reports:write')
    const { reports } = read(reportBatch, await jsonOf(c))
    return c.json({ answers: reports.map((told) => takeReport(shop, told)) })
  })
  app.put('/packaging-rules', async (c) => {
    allow(shop, c, 'rules:write')
    const rules = read(packagingRules, await jsonOf(c))
    return c.json({ version: rules.version, changed: publishRules(shop.db, rules, shop.clock.now()) })
  })
}

/** Registered last: what arrives here is a path of ours with a method that it does not have. */
function otherMethods(app: Hono): void {
  const methodOfPath = {
    '/.well-known/storefront': 'GET',
    '/products': 'GET',
    '/orders': 'GET',
    '/orders:open': 'GET',
    '/erasures': 'GET',
    '/orders/:id': 'GET',
    '/stock': 'PUT',
    '/packaging-rules': 'PUT',
    '/orders/:id/reports': 'POST',
    '/reports:batch': 'POST',
  }
  for (const [path, method] of Object.entries(methodOfPath)) {
    app.all(path, (c) => {
      const response = protocolProblem(new Refusal(405, 'method-not-allowed', { details: { allowed: method } }))
      c.res = response
      c.header('Allow', method === 'GET' ? 'GET, HEAD' : method)
      return c.res
    })
  }
}

function reportResponse(c: Context, answer: WireReportAnswer): Response {
  if (answer.outcome === 'rejected') throw new Refusal(answer.reason === 'other-body' ? 422 : 404, answer.reason)
  return c.json(answer, answer.outcome === 'stale' ? 409 : 200)
}

const pageOf = (c: Context): PageRequest => ({
  cursor: c.req.query('cursor'),
  limit: numberFrom(c, 'limit', { min: 1, max: pageSize.max, otherwise: pageSize.default }),
})

async function jsonOf(c: Context): Promise<unknown> {
  const body = await bodyOf(c)
  if ('form' in body) throw new Refusal(415, 'unsupported-type', { details: { expected: 'application/json' } })
  return body.json
}

function describeShop(shop: Shop): WireDescription {
  return {
    name: shop.configuration.name,
    platform: 'backroom-storefront',
    protocolVersions: [protocolVersion],
    currency: shop.configuration.currency,
    timeZone: shop.configuration.timeZone,
    pricesIncludeTax: true,
    pageSize,
    reportKinds: [...reportKind.options],
    longPollSeconds,
    serverTime: instantText(shop.clock.now()),
  }
}
