import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly requestHeaders: IncomingHttpHeaders
  readonly requestBody: string
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Breaks one rule. `ask` may change the request before it is sent on, `answer` what came back. */
export interface Mutation {
  readonly ask?: (request: { method: string; url: URL; headers: Record<string, unknown> }) => void
  readonly answer?: (exchange: Exchange) => void
}

export interface BreakingProxy {
  readonly address: string
  mutation: Mutation
  close(): Promise<void>
}

/** Stands before a sound server and lets everything through but what its mutation breaks. */
export async function startBreakingProxy(target: string): Promise<BreakingProxy> {
  const proxy = { mutation: {} as Mutation } // complete: both parts are optional
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target)
    const headers: Record<string, unknown> = { ...incoming.headers, host: url.host }
    const asked = { method: incoming.method ?? 'GET', url, headers }
    const path = url.pathname
    const query = new URLSearchParams(url.searchParams)
    proxy.mutation.ask?.(asked)
    const sent: Buffer[] = []
    const onward = request(asked.url, { method: asked.method, headers: asked.headers as never }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const exchange: Exchange = {
          method: incoming.method ?? 'GET',
          path,
          query,
          requestHeaders: incoming.headers,
          requestBody: Buffer.concat(sent).toString('utf8'),
          status: response.statusCode ?? 500,
          headers: { ...response.headers },
          body: Buffer.concat(chunks).toString('utf8'),
        }
        proxy.mutation.answer?.(exchange)
        delete exchange.headers['content-length']
        delete exchange.headers['transfer-encoding']
        outgoing.writeHead(exchange.status, exchange.headers as never).end(exchange.body)
      })
    })
    onward.on('error', () => outgoing.destroy())
    incoming.on('data', (chunk: Buffer) => {
      sent.push(chunk)
      onward.write(chunk)
    })
    incoming.on('end', () => onward.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(proxy, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is no string
    close: () => closeNow(server),
  })
}

function closeNow(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
