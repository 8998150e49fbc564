import { X509Certificate } from 'node:crypto'
import { request, type RequestOptions } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { checkServerIdentity } from 'node:tls'

export interface RemoteAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  json<Value>(): Value
}

export interface RemoteCall {
  readonly method?: 'GET' | 'POST'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The only authority that is trusted, PEM; without one, whatever the system trusts. */
  readonly ca?: string | undefined
  /** For the very first look at a certificate, as a browser after "proceed anyway". */
  readonly trustsAnybody?: boolean
}

/** A terminal that is a program: HTTPS, trusting one authority alone. */
export function ask(address: string, path: string, call: RemoteCall = {}): Promise<RemoteAnswer> {
  const { hostname, port } = new URL(address)
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const options: RequestOptions = {
    hostname,
    port,
    path,
    method: call.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...call.headers },
    rejectUnauthorized: call.trustsAnybody !== true,
    ...(call.ca !== undefined && { ca: call.ca }),
    // By the address that was asked for, whatever the host header claims.
    checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
    agent: false,
  }
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () => {
        const bytes = Buffer.concat(parts)
        // Each test names the shape that this route answers.
        const json = <Value>(): Value => JSON.parse(bytes.toString('utf8')) as Value
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, json })
      })
    })
    sent.once('error', reject).end(body)
  })
}

/** Fetches the authority unseen and believes it only when its fingerprint is the one on the manager's screen. */
export async function authorityOf(address: string, fingerprint: string): Promise<string> {
  const { bytes } = await ask(address, '/trust/backroom.crt', { trustsAnybody: true })
  const certificate = new X509Certificate(bytes)
  if (certificate.fingerprint256 !== fingerprint) throw new Error('another authority than the one that was shown')
  return certificate.toString()
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo // an internet socket, as asked for
      server.close(() => resolve(port))
    })
  })
}
