import type { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import { brokenBy, failureFor, isLoopback, readText, refusal, withoutNulls, type Failure } from '../host-answer.ts'

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
  const failure = failureFor(connection.address.host, request.path)
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

async function readJson(connection: HostConnection, response: Response, failure: Failure): Promise<unknown> {
  const { status } = response
  const type = response.headers.get('content-type') ?? ''
  const isJson = /^application\/([a-z0-9.+-]+\+)?json\b/i.test(type)
  if (!isJson) {
    await response.body?.cancel().catch(() => undefined)
    const what = /\bhtml\b/i.test(type) ? 'html-page' : 'not-json'
    throw failure('ERR_STOREFRONT_ANSWER', { what, status, contentType: type.slice(0, 100) })
  }
  const text = await readText(response, connection.maxAnswerBytes, failure)
  try {
    return withoutNulls(JSON.parse(text))
  } catch (error) {
    throw failure('ERR_STOREFRONT_ANSWER', { what: 'not-json', status, bytes: text.length }, error)
  }
}
