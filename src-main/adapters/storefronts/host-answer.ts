import { AppError, type ErrorCode, type ErrorDetails } from '../../kernel/errors.ts'
import type { HostFailure } from '../../ports/storefront.ts'

export type FailureDetails = ErrorDetails & { readonly what: HostFailure }
export type Failure = (code: ErrorCode, details: FailureDetails, cause?: unknown) => AppError

/** Makes errors that name host and path, never a query: it may hold a signature. */
export const failureFor =
  (host: string, path: string): Failure =>
  (code, details, cause) =>
    new AppError(code, { host, path, ...details }, cause === undefined ? undefined : { cause })

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

/** What broke a call: our patience, or something else. */
export const brokenBy = (error: unknown, otherwise: HostFailure): HostFailure =>
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

/** The error for a status that is not wanted: UNREACHABLE where it may pass, REFUSED where somebody must act. */
export function refusal(response: Response, failure: Failure, facts: ErrorDetails = {}): AppError {
  const { status } = response
  const waitMs = retryAfterMs(response)
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs }
  const passes = passing.get(status) ?? (status >= 500 ? 'server-error' : undefined)
  if (passes !== undefined) return failure('ERR_STOREFRONT_UNREACHABLE', { ...facts, what: passes, status, ...wait })
  const isRedirect = status >= 300 && status < 400
  const what = isRedirect ? 'redirected' : (refusals.get(status) ?? 'refused')
  return failure('ERR_STOREFRONT_REFUSED', { ...facts, what, status })
}

/** Nobody is asked to wait longer than this, whatever the host says. */
const longestWaitMs = 3_600_000

/** Seconds or an HTTP date, the latter measured against the host's own Date header. */
export function retryAfterMs(response: Response): number | undefined {
  const text = response.headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return undefined
  const until = Date.parse(text)
  const hostNow = Date.parse(response.headers.get('date') ?? '')
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : until - hostNow
  return Number.isFinite(ms) ? Math.min(longestWaitMs, Math.max(0, ms)) : undefined
}

/** The whole body as text; stops reading at the limit, which counts unpacked bytes. */
export async function readText(response: Response, maxBytes: number, failure: Failure): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) break
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    throw failure('ERR_STOREFRONT_UNREACHABLE', { what: brokenBy(error, 'answer-cut-short'), bytes }, error)
  }
  if (bytes > maxBytes) throw failure('ERR_STOREFRONT_ANSWER', { what: 'answer-too-large', bytes })
  return text + decoder.decode()
}

/** Deeper than any message; a host that nests further is not answered with a full stack. */
const deepest = 50

/** Many servers write null where a field is absent; it is read as absent. Throws RangeError when nested too deep. */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new RangeError('nested too deep')
  if (Array.isArray(value)) return value.map((entry) => withoutNulls(entry, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== null)
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNulls(entry, depth + 1)]))
}
