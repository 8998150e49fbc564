import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { publicSet, type CourierKeys } from '../core/courier-keys.ts'
import { deliveryStatuses, failureReasons } from '../core/run.ts'
import { maxManifestBytes } from './inbox.ts'
import type { Terminal } from './terminal.ts'

interface Answer {
  readonly status: number
  readonly type?: string
  readonly body: string
}
type Route = (body: string, request: IncomingMessage, url: URL) => Promise<Answer>

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) })
const jose = (text: string, status = 200): Answer => ({ status, type: 'application/jose', body: text })

const markShape = z.object({
  manifest: z.string(),
  pid: z.string(),
  status: z.enum(deliveryStatuses),
  at: z.int().nonnegative().optional(),
  reason: z.enum(failureReasons).optional(),
})
const statusShape = z.object({ manifest: z.string(), all: z.boolean().optional() })

/**
 * The terminal's doors over HTTP. With the shops' token: `POST /manifests` (ciphertext in, signed receipt out; 201
 * new, 200 known). With the courier's own token: `GET /manifests`, `GET /stops`, `POST /events`,
 * `POST /status-file` (204 when there is nothing new), `GET /public-keys`. A shop cannot read what it did not send.
 */
export function serveTerminal(deps: {
  readonly terminal: Terminal
  readonly keys: CourierKeys
  readonly token: string
  readonly ownToken: string
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}): Server {
  const routes = routesOf(deps.terminal, deps.keys)
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answerOf(request, routes, deps)
      .catch((error: unknown) => answerOfError(error))
      .then((answer) => send(response, answer))
      .catch(() => response.destroy())
  }
  if (!deps.tls) return createHttpServer(handle)
  return createHttpsServer({ cert: readFileSync(deps.tls.cert), key: readFileSync(deps.tls.key) }, handle)
}

function routesOf(terminal: Terminal, keys: CourierKeys): Readonly<Record<string, Route>> {
  return {
    'POST /manifests': async (body, request) => {
      const key = request.headers['idempotency-key']
      const taken = await terminal.receive(body, typeof key === 'string' ? key : undefined)
      return jose(taken.receipt, taken.isNew ? 201 : 200)
    },
    'GET /manifests': async () => {
      const problems = await terminal.takeInFolder()
      return json({ manifests: terminal.manifests(), problems })
    },
    'GET /stops': async (_body, _request, url) => {
      await terminal.takeInFolder()
      return json({ manifests: await terminal.stops(url.searchParams.get('manifest') ?? undefined) })
    },
    'POST /events': async (body) => {
      const { manifest, ...event } = parse(markShape, body)
      return json(terminal.mark(manifest, event), 201)
    },
    'POST /status-file': async (body) => {
      const { manifest, all } = parse(statusShape, body)
      const file = await terminal.statusFile(manifest, { all: all === true })
      return file === undefined ? { status: 204, body: '' } : jose(file)
    },
    'GET /public-keys': async () => json(publicSet(keys)),
  }
}

function parse<T>(shape: z.ZodType<T>, body: string): T {
  let found: unknown
  try {
    found = JSON.parse(body)
  } catch {
    throw new AppError('ERR_INPUT_NOT_JSON')
  }
  const parsed = shape.safeParse(found)
  if (parsed.success) return parsed.data
  throw new AppError('ERR_INPUT_INVALID', { place: parsed.error.issues[0]?.path.join('.') ?? '' })
}

async function answerOf(
  request: IncomingMessage,
  routes: Readonly<Record<string, Route>>,
  tokens: { readonly token: string; readonly ownToken: string },
): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://terminal')
  const name = `${request.method} ${url.pathname}`
  const isForShops = name === 'POST /manifests'
  const isAllowed = shows(request, tokens.ownToken) || (isForShops && shows(request, tokens.token))
  if (!isAllowed) return json({ error: { code: 'ERR_NOT_ALLOWED', details: {} } }, 401)
  const route = routes[name]
  if (!route) return json({ error: { code: 'ERR_COMMAND_UNKNOWN', details: {} } }, 404)
  return route(await readBody(request), request, url)
}

/** Compared as hashes, so that neither time nor length tells how much of it was right. */
function shows(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const [a, b] = [given, token].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array) // a request without an encoding set gives bytes
    length += bytes.length
    if (length > maxManifestBytes) throw new AppError('ERR_INPUT_TOO_LARGE', { limitBytes: maxManifestBytes })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function answerOfError(error: unknown): Answer {
  if (!(error instanceof AppError)) return json({ error: { code: 'ERR_INTERNAL', details: {} } }, 500)
  return json({ error: { code: error.code, details: error.details } }, statusOf(error.code))
}

function statusOf(code: AppError['code']): number {
  if (code.endsWith('_NOT_FOUND')) return 404
  if (code === 'ERR_INPUT_TOO_LARGE') return 413
  if (code === 'ERR_MANIFEST_CLOSED' || code === 'ERR_STATUS_NOT_ALLOWED') return 409
  return code === 'ERR_NOT_ALLOWED' ? 403 : 422
}

function send(response: ServerResponse, { status, type = 'application/json', body }: Answer): void {
  response.writeHead(status, {
    ...(status !== 204 && { 'content-type': type === 'application/json' ? `${type}; charset=utf-8` : type }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What is left of a body that was too large is not waited for.
    ...(status === 413 && { connection: 'close' }),
  })
  response.end(body)
}
