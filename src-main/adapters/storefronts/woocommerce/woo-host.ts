import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../../kernel/errors.ts'
import type { Clock, EpochMs } from '../../../kernel/time.ts'
import { brokenBy, failureFor, type Failure } from '../host-answer.ts'
import type { ApiKey } from './api-key.ts'
import { signedUrl } from './oauth.ts'
import { hostNowOf, readAnswer, type WooAnswer } from './read-answer.ts'
import { routeUrl, type RouteStyle } from './shop-address.ts'
import { turnstile } from './turnstile.ts'

export interface HostOptions {
  readonly base: URL
  readonly key: ApiKey
  readonly clock: Clock
  readonly fetch: (request: Request) => Promise<Response>
  readonly timeoutMs: number
  readonly maxAnswerBytes: number
  /** Waits between tries; injected so that tests do not. */
  readonly sleep: (ms: number) => Promise<unknown>
  /** From 0 up to and excluding 1: spreads the tries of many stations. */
  readonly random: () => number
}

export interface WooRequest {
  /** WordPress takes POST for changes too; hosts that know only the two oldest methods refuse PUT. */
  readonly method: 'GET' | 'POST'
  /** Below the REST root, such as `wc/v3/orders`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  readonly body?: unknown
  /** Statuses of 400 and more whose JSON is wanted too. */
  readonly alsoAccept?: readonly number[] | undefined
}

/** How the key is shown: in a header, as a signature in the address, or, as a last resort over TLS, in the address. */
export type AuthStyle = 'basic' | 'oauth' | 'query'

export type { WooAnswer } from './read-answer.ts'

/** One shop's REST interface: at most two calls at a time, reading tried again, writing never. */
export interface WooHost {
  readonly base: URL
  call(request: WooRequest): Promise<WooAnswer>
  /** What was found out so far by calls that worked. */
  readonly found: { readonly auth: AuthStyle | undefined; readonly routes: RouteStyle; readonly clockOffsetMs: number }
}

/** A reading call that fails for now is tried again after about this long; then the caller waits, minutes if need be. */
const pausesMs = [400, 1600] as const
/** A host that asks for a longer wait gets it from the scheduler, not from a call that hangs. */
const longestPauseMs = 5000
const atOnce = 2

export const defaultHostOptions = {
  fetch: (request: Request) => fetch(request),
  timeoutMs: 30_000,
  maxAnswerBytes: 32 * 1024 * 1024,
  sleep: (ms: number) => wait(ms),
  random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
}

/** What is learned about a host while talking to it; it makes the next call right at the first try. */
interface Learned {
  auth: AuthStyle | undefined
  routes: RouteStyle
  areRoutesSure: boolean
  clockOffsetMs: number
}

export function wooHost(options: HostOptions): WooHost {
  const learned: Learned = { auth: undefined, routes: 'pretty', areRoutesSure: false, clockOffsetMs: 0 }
  const enter = turnstile(atOnce)
  return {
    base: options.base,
    found: learned,
    call: (request) => enter(() => callWithPauses(options, learned, request)),
  }
}

async function callWithPauses(options: HostOptions, learned: Learned, request: WooRequest): Promise<WooAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await callOnce(options, learned, request)
    } catch (error) {
      const pauseMs = request.method === 'GET' ? pauseBefore(options, attempt, error) : undefined
      if (pauseMs === undefined) throw error
      await options.sleep(pauseMs)
    }
  }
}

function pauseBefore(options: HostOptions, attempt: number, error: unknown): number | undefined {
  const pauseMs = pausesMs[attempt]
  if (pauseMs === undefined || !(error instanceof AppError) || !mayPass(error)) return undefined
  const asked = error.details['retryAfterMs']
  if (typeof asked === 'number' && asked > longestPauseMs) return undefined
  return Math.max(typeof asked === 'number' ? asked : 0, Math.round(pauseMs * (0.5 + options.random())))
}

/** A half answer or a captcha is as passing as no answer; an answer that is too large, or that took all our time, is not. */
const mayPass = (error: AppError): boolean =>
  (error.code === 'ERR_STOREFRONT_UNREACHABLE' && error.details['what'] !== 'no-answer-in-time') ||
  (error.code === 'ERR_STOREFRONT_ANSWER' && ['not-json', 'html-page'].includes(String(error.details['what'])))

/**
 * Calls until the key is accepted or every way of showing it was refused. Once one way has worked a refusal is final,
 * but for a signature: a new nonce, and the host's own clock, may be all that it takes.
 */
async function callOnce(options: HostOptions, learned: Learned, request: WooRequest): Promise<WooAnswer> {
  const failure = failureFor(options.base.host, request.path)
  const ways = waysOf(options.base, learned)
  for (const [index, auth] of ways.entries()) {
    const response = await sendOn(options, learned, { request, auth, failure })
    if (response.status === 401 && index < ways.length - 1) {
      await response.body?.cancel().catch(() => undefined)
      continue
    }
    const wanted = { alsoAccept: request.alsoAccept ?? [], maxBytes: options.maxAnswerBytes, base: options.base }
    const answer = await readAnswer(response, wanted, { failure, facts: { auth } })
    // The site's front door opens to everybody.
    if (answer.status < 300 && request.path.startsWith('wc/')) learned.auth = auth
    return answer
  }
  throw failure('ERR_STOREFRONT_REFUSED', { what: 'unauthorised' })
}

/**
 * Over plain HTTP only signatures: WooCommerce looks at nothing else there, and a secret never travels in clear. Where a
 * host strips the header, a signature in the address works over TLS too and keeps the secret out of the host's logs.
 */
function waysOf(base: URL, learned: Learned): readonly AuthStyle[] {
  if (base.protocol === 'http:' || learned.auth === 'oauth') return ['oauth', 'oauth']
  return learned.auth ? [learned.auth] : ['basic', 'oauth', 'oauth', 'query']
}

interface Sending {
  readonly request: WooRequest
  readonly auth: AuthStyle
  readonly failure: Failure
}

/** Sends, and once more in the other form of address when the first is only a page of the theme. */
async function sendOn(options: HostOptions, learned: Learned, sending: Sending): Promise<Response> {
  const response = await send(options, learned, sending)
  if (learned.areRoutesSure || response.status !== 404 || isJson(response)) {
    if (isJson(response)) learned.areRoutesSure = true
    return response
  }
  const other: Learned = { ...learned, routes: learned.routes === 'pretty' ? 'plain' : 'pretty' }
  const second = await send(options, other, sending)
  learned.clockOffsetMs = other.clockOffsetMs
  if (!isJson(second)) return response
  await response.body?.cancel().catch(() => undefined)
  learned.routes = other.routes
  learned.areRoutesSure = true
  return second
}

const isJson = (response: Response): boolean => /\bjson\b/i.test(response.headers.get('content-type') ?? '')

/** A name that a host's firewall can be told to let through; without one many block us as a script. */
const said = { accept: 'application/json', 'cache-control': 'no-cache', 'user-agent': 'Backroom' }

async function send(options: HostOptions, learned: Learned, { request, auth, failure }: Sending): Promise<Response> {
  const before = options.clock.now()
  const url = addressOf(options, learned, { request, auth })
  const headers: Record<string, string> = { ...said }
  if (auth === 'basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${options.key.key}:${options.key.secret}`).toString('base64')}`
  }
  if (request.body !== undefined) headers['content-type'] = 'application/json'
  const body = request.body === undefined ? null : JSON.stringify(request.body)
  const signal = AbortSignal.timeout(options.timeoutMs)
  try {
    // A redirect would carry the key to wherever the host points.
    const init = { method: request.method, headers, body, signal, redirect: 'manual' } as const
    const response = await options.fetch(new Request(url, init))
    const hostNow = hostNowOf(response)
    if (hostNow !== undefined) learned.clockOffsetMs = offsetOf(hostNow, before, options.clock.now())
    return response
  } catch (error) {
    throw failure('ERR_STOREFRONT_UNREACHABLE', { what: brokenBy(error, 'no-connection'), cause: causeOf(error) })
  }
}

/** Seconds on the wire: an offset within their blur is none. */
function offsetOf(hostNow: EpochMs, before: EpochMs, after: EpochMs): number {
  const offset = Math.round(hostNow + 500 - (before + after) / 2)
  return Math.abs(offset) <= 1000 ? 0 : offset
}

/** `CERT_HAS_EXPIRED`, `ENOTFOUND`: a word of the system, never its sentence, which holds addresses. */
function causeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

function addressOf(
  options: HostOptions,
  learned: Learned,
  { request, auth }: { readonly request: WooRequest; readonly auth: AuthStyle },
): URL {
  const url = routeUrl(options.base, learned.routes, request.path)
  const keys = auth === 'query' ? { consumer_key: options.key.key, consumer_secret: options.key.secret } : {}
  const query = Object.entries({ ...request.query, ...keys })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&')
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`
  if (auth !== 'oauth') return url
  const timestamp = Math.floor((options.clock.now() + learned.clockOffsetMs) / 1000)
  const stamp = { timestamp, nonce: randomBytes(16).toString('hex') }
  return signedUrl(url, request.method, { key: options.key, stamp })
}
