import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeServer {
  readonly url: string
  /** Paths with their queries, in the order of the requests. */
  readonly asked: string[]
  readonly agents: (string | undefined)[]
  close(): Promise<void>
}

/** A server on this machine that answers JSON; what `answer` throws as a number is the status. */
export async function fakeServer(answer: (url: URL) => unknown): Promise<FakeServer> {
  const asked: string[] = []
  const agents: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    agents.push(request.headers['user-agent'])
    try {
      const body = answer(new URL(request.url ?? '', 'http://localhost'))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    } catch (status) {
      response.writeHead(Number(status))
      response.end()
    }
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    agents,
    close: () => new Promise((done) => void server.close(() => done())),
  }
}
