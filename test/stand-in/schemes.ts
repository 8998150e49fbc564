import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (request: Request) => Promise<Response> | Response

const handlers = new Map<string, Handler>()
let port = 0

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
})

export async function startSchemes(): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server's address is an AddressInfo.
  port = (server.address() as AddressInfo).port
}

export function stopSchemes(): void {
  server.close()
  server.closeAllConnections()
}

export const handleScheme = (scheme: string, handler: Handler): void => void handlers.set(scheme, handler)

/** `app://backroom/x` -> `http://backroom.app.localhost:1234/x`: every host stays an origin of its own. */
export function toServed(address: string): string {
  const match = /^([a-z]+):\/\/([^/]+)(.*)$/.exec(address)
  if (!match || !handlers.has(match[1] ?? '')) return address
  return `http://${match[2]}.${match[1]}.localhost:${port}${match[3]}`
}

/** The way back, for what the program is told about its pages. */
export function fromServed(address: string): string {
  const match = new RegExp(`^http://([^.]+)\\.([a-z]+)\\.localhost:${port}(.*)$`).exec(address)
  return match ? `${match[2]}://${match[1]}${match[3]}` : address
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = fromServed(`http://${request.headers.host ?? ''}${request.url ?? '/'}`)
  const handler = handlers.get(/^([a-z]+):/.exec(asked)?.[1] ?? '')
  if (!handler) return void response.writeHead(404).end()
  const made = await handler(new Request(asked, { method: request.method ?? 'GET' }))
  response.writeHead(made.status, Object.fromEntries(made.headers))
  response.end(Buffer.from(await made.arrayBuffer()))
}
