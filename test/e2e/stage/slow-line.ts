import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A slow line between a shop and its storefront: few orders at a time, and somebody who pulls the plug. */
export interface SlowLine {
  readonly address: string
  /** Answers of the order feed that went through so far. */
  readonly pages: () => number
  /** Calls `act` once, when the next but `pages` page of orders is asked for; that request is never answered. */
  breakAfter(pages: number, act: () => void): void
  stop(): Promise<void>
}

/** Passes everything on to the storefront, but asks for at most `ordersPerPage` orders at a time. */
export async function slowLine(storefront: string, ordersPerPage: number): Promise<SlowLine> {
  let pages = 0
  let broken: { readonly at: number; readonly act: () => void } | undefined
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', storefront)
    const isFeed = request.method === 'GET' && url.pathname === '/orders'
    if (isFeed) url.searchParams.set('limit', String(ordersPerPage))
    if (isFeed && broken && pages >= broken.at) {
      const { act } = broken
      broken = undefined
      request.socket.destroy()
      return act()
    }
    pass(request, url).then(
      async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        response.end(Buffer.from(await answer.arrayBuffer()))
        if (isFeed) pages += 1
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    pages: () => pages,
    breakAfter(more, act) {
      broken = { at: pages + more, act }
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function pass(request: IncomingMessage, url: URL): Promise<Response> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array) // a request without an encoding set gives bytes
  const body = Buffer.concat(chunks)
  const names = ['authorization', 'content-type', 'idempotency-key', 'accept'] as const
  const headers = names.flatMap((name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  return fetch(url, {
    method: request.method ?? 'GET',
    headers,
    ...(body.length > 0 ? { body } : {}),
  })
}
