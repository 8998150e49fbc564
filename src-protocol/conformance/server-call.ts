import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface CallOptions {
  /** `null` sends none. */
  readonly token?: string | null
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; text and bytes are sent as they stand. */
  readonly body?: unknown
  readonly contentType?: string
  readonly timeoutMs?: number
  /** Sends this much of the body and then nothing more. */
  readonly stallAfterBytes?: number
}

export interface Answer {
  /** As it stands in the report of a check: method and path, never a token. */
  readonly asked: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  /** Undefined where the body is no JSON. */
  readonly json: unknown
  readonly ms: number
}

/** The server closed the connection, or said nothing in time. `what` holds no address and no token. */
export class NoAnswer extends Error {
  readonly asked: string
  constructor(asked: string, what: string) {
    super(what)
    this.name = 'NoAnswer'
    this.asked = asked
  }
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>

export interface ServerOptions {
  readonly url: string
  readonly token: string
  readonly now: () => number
  readonly timeoutMs: number
}

/** Larger bodies wait for an early refusal before they are sent. */
const patientBytes = 8 * 1024 * 1024
const patienceMs = 1500
const largestAnswer = 64 * 1024 * 1024

/** Asks one server, one request at a time, never following a redirect. */
export function serverCall(server: ServerOptions): Call {
  const base = server.url.replace(/\/+$/, '')
  return (method, path, options = {}) => {
    const url = new URL(base + path)
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value)
    return send({ method, url, asked: `${method} ${path}`, options, server })
  }
}

interface Sent {
  readonly method: string
  readonly url: URL
  readonly asked: string
  readonly options: CallOptions
  readonly server: ServerOptions
}

function send(sent: Sent): Promise<Answer> {
  const { method, url, asked, options, server } = sent
  const { timeoutMs = server.timeoutMs } = options
  const body = bytesOf(options.body)
  const begun = server.now()
  return new Promise((resolve, reject) => {
    let isAnswered = false
    const give = (work: Promise<Answer>): void => {
      isAnswered = true
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer)
        outgoing.destroy()
      })
    }
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method,
      agent: false,
      headers: headersOf(sent, body),
    })
    const timer = setTimeout(() => {
      outgoing.destroy()
      reject(new NoAnswer(asked, `no answer within ${Math.round(timeoutMs / 1000)} s`))
    }, timeoutMs)
    outgoing.on('response', (response) => give(readAnswer(response, { asked, begun, now: server.now })))
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // A server may answer a body that is too large before it has read it, and close.
      if (isAnswered) return
      clearTimeout(timer)
      reject(new NoAnswer(asked, `connection ended: ${error.code ?? error.name}`))
    })
    if (options.stallAfterBytes !== undefined) outgoing.write(body.subarray(0, options.stallAfterBytes))
    else if (body.length <= patientBytes) outgoing.end(body)
    else {
      // A server that refuses by the length alone answers now, and closes; writing on would lose its answer.
      outgoing.write(body.subarray(0, 1024))
      setTimeout(() => {
        if (!isAnswered) outgoing.end(body.subarray(1024))
      }, patienceMs)
    }
  })
}

function headersOf({ method, options, server }: Sent, body: Buffer): Record<string, string> {
  const { token = server.token } = options
  return {
    accept: 'application/json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(method !== 'GET' && method !== 'HEAD' && { 'content-length': String(body.length) }),
    ...(options.body !== undefined && { 'content-type': options.contentType ?? 'application/json' }),
    ...options.headers,
  }
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8')
}

async function readAnswer(
  response: IncomingMessage,
  { asked, begun, now }: { asked: string; begun: number; now: () => number },
): Promise<Answer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > largestAnswer) throw new NoAnswer(asked, `an answer above ${largestAnswer} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof NoAnswer ? error : new NoAnswer(asked, 'the answer was cut short')
  }
  const text = Buffer.concat(chunks).toString('utf8')
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { asked, status: response.statusCode ?? 0, headers, text, json: jsonOf(text), ms: now() - begun }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
