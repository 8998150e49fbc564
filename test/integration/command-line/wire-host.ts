import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An order on the wire of the open protocol; `wants` = pieces by SKU. */
export function wireOrder(id: string, wants: Readonly<Record<string, number>>): Record<string, unknown> {
  const at = '2026-11-22T08:00:00Z'
  const money = { amount: '4.99', currency: 'EUR' }
  const address = { name: 'Zoe Quirrenbach', lines: ['Xylophonallee 77'], postcode: '43110', city: 'Amselthun', country: 'DE', phone: '+49 30 9988776' } // prettier-ignore
  return {
    id,
    number: id,
    status: 'open',
    placedAt: at,
    changedAt: at,
    user: {
      userId: `user-of-${id}`,
      kind: 'account',
      identifiedBy: 'password',
      identifiedAt: at,
      locale: 'de',
      name: 'Zoe Quirrenbach',
      contact: { email: 'quirrenbach@example.org' },
      deliveryAddresses: [address],
      deliveryWishes: {},
    },
    deliveryAddress: address,
    service: 'standard',
    lines: Object.entries(wants).map(([sku, quantity], index) => ({
      id: String(index + 1),
      productId: sku,
      sku,
      name: sku,
      quantity,
      unitPrice: money,
      taxRate: '7',
    })),
    totals: { goods: money, shipping: money, tax: money, total: money },
    currency: 'EUR',
  }
}

export interface WireHost {
  readonly address: string
  readonly orders: Record<string, unknown>[]
  readonly reports: Record<string, unknown>[]
  /** Answers a request for orders in the host's place; undefined = as promised. */
  misbehave: ((response: ServerResponse, cursor: string | null) => void) | undefined
  close(): Promise<void>
}

/** A storefront on loopback that keeps the open protocol until a test tells it not to. Pages of two orders. */
export async function startWireHost(): Promise<WireHost> {
  const host = {
    address: '',
    orders: [] as Record<string, unknown>[],
    reports: [] as Record<string, unknown>[],
    misbehave: undefined as WireHost['misbehave'],
  }
  const server = createServer((request, response) => void answer(host, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is no string
  host.address = `http://127.0.0.1:${port}`
  return Object.assign(host, {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** The page of orders that begins at a place of the feed. */
export function sendOrders(host: Pick<WireHost, 'orders'>, response: ServerResponse, from: number): void {
  const entries = host.orders.slice(from, from + 2)
  const to = from + entries.length
  const page = { entries, cursor: String(to), hasMore: to < host.orders.length }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page))
}

async function answer(
  host: Omit<WireHost, 'close'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', host.address)
  const send = (body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  let text = ''
  for await (const chunk of request) text += String(chunk)
  if (url.pathname === '/.well-known/storefront') return send(description())
  if (url.pathname === '/orders') {
    if (host.misbehave) return host.misbehave(response, url.searchParams.get('cursor'))
    return sendOrders(host, response, Number(url.searchParams.get('cursor') ?? 0))
  }
  if (url.pathname === '/orders:open') {
    return send({ orders: host.orders.map(({ id, status, changedAt }) => ({ id, status, changedAt })) })
  }
  const named = host.orders.find(({ id }) => url.pathname === `/orders/${String(id)}`)
  if (named) return send(named)
  if (url.pathname === '/reports:batch') {
    const { reports } = JSON.parse(text) as { reports: Record<string, unknown>[] } // sent by our own connector
    host.reports.push(...reports)
    return send({ answers: reports.map((report) => ({ id: report['id'], outcome: 'accepted', present: { orderId: report['orderId'], kind: report['kind'], sequence: report['sequence'], at: report['at'] } })) }) // prettier-ignore
  }
  if (url.pathname === '/stock') {
    const { levels } = JSON.parse(text) as { levels: { sku: string; quantity: number }[] } // sent by our own connector
    return send({ answers: levels.map(({ sku, quantity }) => ({ sku, outcome: 'set', present: quantity })) })
  }
  if (url.pathname === '/packaging-rules')
    return send({ version: (JSON.parse(text) as { version: string }).version, changed: true })
  send({ entries: [], cursor: '0', hasMore: false })
}

const description = () => ({
  name: 'Wire Shop',
  platform: 'test',
  protocolVersions: ['1'],
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  pricesIncludeTax: true,
  pageSize: { default: 2, max: 100 },
  reportKinds: ['planned', 'on-hold', 'received'],
  longPollSeconds: 0,
  serverTime: new Date().toISOString(),
})
