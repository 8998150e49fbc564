import type { z } from 'zod'
import { AppError, type ErrorCode, type ErrorDetails } from '../../../kernel/errors.ts'
import type { HostFailure } from '../../../ports/storefront.ts'

export interface HostConnection {
  /** Base address, without a slash at the end. */
  readonly address: URL
  readonly token: string
  readonly timeoutMs: number
  readonly maxAnswerBytes: number
}

export interface HostRequest<Schema extends z.ZodType> {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** Below the base address, with a slash in front. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  readonly body?: unknown
  readonly idempotencyKey?: string | undefined
  /** Added to the connection's timeout: for long polls. */
  readonly extraMs?: number | undefined
  readonly schema: Schema
  /** Statuses other than 200 to 299 whose JSON answers are wanted too, unread. */
  readonly alsoAccept?: readonly number[] | undefined
}

/** `value` with a status of 200 to 299; `refusal` is the unread JSON of a status that was accepted besides. */
export type HostAnswer<Value> =
  | { readonly ok: true; readonly status: number; readonly value: Value }
  | { readonly ok: false; readonly status: number; readonly refusal: unknown }

/**
 * One request to the host. Resolves only with an answer of the right type, size and shape; everything
 * else throws one of the three `ERR_STOREFRONT_...` with `host`, `path`, `what` and what else is known.
 */
export async function callHost<Schema extends z.ZodType>(
  connection: HostConnection,
  request: HostRequest<Schema>,
): Promise<HostAnswer<z.output<Schema>>> {
  const failure = failureFor(connection, request.path)
  const response = await send(connection, request, failure)
  const isWanted = response.ok || (request.alsoAccept ?? []).includes(response.status)
  if (!isWanted) {
    await response.body?.cancel().catch(() => undefined)
    throw refusal(response, failure)
  }
  const json = await readJson(connection, response, failure)
  if (!response.ok) return { ok: false, status: response.status, refusal: json }
  const parsed = request.schema.safeParse(json)
  if (parsed.success) return { ok: true, status: response.status, value: parsed.data }
  const issue = parsed.error.issues[0]
  const place = { field: issue?.path.join('.') ?? '', expected: issue?.message ?? '' }
  throw failure('ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', status: response.status, ...place })
}

/** A request for which nothing but 200 to 299 will do. */
export async function askHost<Schema extends z.ZodType>(
  connection: HostConnection,
  request: Omit<HostRequest<Schema>, 'alsoAccept'>,
): Promise<z.output<Schema>> {
  const answer = await callHost(connection, request)
  if (answer.ok) return answer.value
  throw new AppError('ERR_INTERNAL', { status: answer.status })
}

type FailureDetails = ErrorDetails & { readonly what: HostFailure }
type Failure = (code: ErrorCode, details: FailureDetails, cause?: unknown) => AppError

const failureFor =
  ({ address }: HostConnection, path: string): Failure =>
  (code, details, cause) =>
    new AppError(code, { host: address.host, path, ...details }, cause === undefined ? undefined : { cause })

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

/** The token may cross a network under TLS only. */
export const isTransportSafe = (address: URL): boolean =>
  address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address.hostname))

async function send(connection: HostConnection, request: HostRequest<z.ZodType>, failure: Failure): Promise<Response> {
  if (!isTransportSafe(connection.address)) throw failure('ERR_STOREFRONT_REFUSED', { what: 'plain-http' })
  const url = new URL(connection.address.href.replace(/\/$/, '') + request.path)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  try {
    return await fetch(url, {
      method: request.method,
      // A redirect would carry the token to wherever the host points.
      redirect: 'manual',
      signal: AbortSignal.timeout(connection.timeoutMs + (request.extraMs ?? 0)),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${connection.token}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    })
  } catch (error) {
    throw failure('ERR_STOREFRONT_UNREACHABLE', { what: brokenBy(error, 'no-connection') }, error)
  }
}

const brokenBy = (error: unknown, otherwise: HostFailure): HostFailure =>
  error instanceof Error && error.name === 'TimeoutError' ? 'no-answer-in-time' : otherwise

/** Statuses after which the same request may succeed later, without anybody changing anything. */
const passing: ReadonlyMap<number, HostFailure> = new Map([
  [408, 'no-answer-in-time'],
  [429, 'too-many-requests'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
])
const refusals: ReadonlyMap<number, HostFailure> = new Map([
  [401, 'unauthorised'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
])

function refusal(response: Response, failure: Failure): AppError {
  const { status } = response
  const waitMs = retryAfterMs(response)
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs }
  const passes = passing.get(status) ?? (status >= 500 ? 'server-error' : undefined)
  if (passes !== undefined) return failure('ERR_STOREFRONT_UNREACHABLE', { what: passes, status, ...wait })
  const isRedirect = status >= 300 && status < 400
  return failure('ERR_STOREFRONT_REFUSED', { what: isRedirect ? 'redirected' : (refusals.get(status) ?? 'refused'), status }) // prettier-ignore
}

/** Nobody is asked to wait longer than this, whatever the host says. */
const longestWaitMs = 3_600_000

/** Seconds or an HTTP date, the latter measured against the host's own Date header. */
function retryAfterMs(response: Response): number | undefined {
  const text = response.headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return undefined
  const until = Date.parse(text)
  const hostNow = Date.parse(response.headers.get('date') ?? '')
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : until - hostNow
  return Number.isFinite(ms) ? Math.min(longestWaitMs, Math.max(0, ms)) : undefined
}

async function readJson(connection: HostConnection, response: Response, failure: Failure): Promise<unknown> {
  const { status } = response
  const type = response.headers.get('content-type') ?? ''
  const isJson = /^application\/([a-z0-9.+-]+\+)?json\b/i.test(type)
  if (!isJson) {
    await response.body?.cancel().catch(() => undefined)
    const what = /\bhtml\b/i.test(type) ? 'html-page' : 'not-json'
    throw failure('ERR_STOREFRONT_ANSWER', { what, status, contentType: type.slice(0, 100) })
  }
  const text = await readText(connection, response, failure)
  try {
    return withoutNulls(JSON.parse(text))
  } catch (error) {
    throw failure('ERR_STOREFRONT_ANSWER', { what: 'not-json', status, bytes: text.length }, error)
  }
}

async function readText(connection: HostConnection, response: Response, failure: Failure): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > connection.maxAnswerBytes) break
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    throw failure('ERR_STOREFRONT_UNREACHABLE', { what: brokenBy(error, 'answer-cut-short'), bytes }, error)
  }
  if (bytes > connection.maxAnswerBytes) throw failure('ERR_STOREFRONT_ANSWER', { what: 'answer-too-large', bytes })
  return text + decoder.decode()
}

/** Deeper than any message; a host that nests further is not answered with a full stack. */
const deepest = 50

/** Many servers write null where a field is absent; it is read as absent. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new RangeError('nested too deep')
  if (Array.isArray(value)) return value.map((entry) => withoutNulls(entry, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== null)
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNulls(entry, depth + 1)]))
}
