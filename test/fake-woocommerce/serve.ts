import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FakeWooCommerce } from './fake-woocommerce.ts'

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port?: number
  /** PEM texts; with them it speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
}

export interface Served {
  readonly address: string
  close(): Promise<void>
}

/** Puts a fake shop behind a real socket on loopback. */
export async function serveFake(fake: FakeWooCommerce, { port = 0, tls }: ServeOptions = {}): Promise<Served> {
  const listener: RequestListener = (incoming, outgoing) => {
    void answerOver(fake, tls ? 'https' : 'http', { incoming, outgoing })
  }
  const server = tls ? createSecureServer({ ...tls }, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.address() as AddressInfo // a server that listens on a port has one
  const folder = new URL(fake.address).pathname.replace(/\/$/, '')
  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${bound}${folder}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answerOver(
  fake: FakeWooCommerce,
  scheme: 'http' | 'https',
  { incoming, outgoing }: { incoming: IncomingMessage; outgoing: ServerResponse },
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer) // no encoding was set: buffers
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const url = `${scheme}://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`
  const body = chunks.length > 0 && method !== 'GET' && method !== 'HEAD' ? Buffer.concat(chunks) : null
  try {
    const response = await fake.fetch(new Request(url, { method, headers, body }))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    for await (const chunk of response.body ?? []) {
      if (outgoing.destroyed) return
      if (!outgoing.write(chunk)) await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve))
    }
    outgoing.end()
  } catch (error) {
    // An answer that never comes leaves the socket open until the client has enough of it.
    if (error instanceof DOMException && error.name === 'TimeoutError') return
    // What was written before the break arrives first.
    setTimeout(() => outgoing.destroy(), outgoing.headersSent ? 20 : 0)
  }
}
