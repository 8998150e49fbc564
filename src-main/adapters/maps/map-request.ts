import type { z } from 'zod'
import type { MapAnswer, MapService } from '../../ports/maps.ts'

/** How often and how long one service is asked. */
export interface RequestLimits {
  /** From the start of one request to the start of the next. */
  readonly betweenMs: number
  readonly timeoutMs: number
  readonly maxBytes: number
}

interface Waiting {
  readonly nowMs: () => number
  readonly wait: (ms: number) => Promise<void>
}

const usualWaiting: Waiting = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
}

/** Named in every request, as the terms of the public servers ask. */
const userAgent = 'Backroom (order fulfilment, one shop)'

/**
 * Asks one service, one request after the other and never faster than its limit. Answers `off` without agreement,
 * `unreachable` without an answer in time, `busy` for "too many" and 5xx, `refused` for every other status and for an
 * address that is no HTTPS (plain HTTP is for this machine only), `wrong-answer` for what does not have the shape.
 */
export function mapRequests(limits: RequestLimits, waiting: Waiting = usualWaiting) {
  let lastMs = -Infinity
  let queue: Promise<unknown> = Promise.resolve()
  return function ask<Schema extends z.ZodType>(
    service: MapService,
    path: string,
    schema: Schema,
  ): Promise<MapAnswer<z.output<Schema>>> {
    const asked = queue.then(async () => {
      if (!service.isAgreed) return { ok: false, problem: 'off' } as const
      const url = addressOf(service.url, path)
      if (!url) return { ok: false, problem: 'refused' } as const
      const early = lastMs + limits.betweenMs - waiting.nowMs()
      if (early > 0) await waiting.wait(early)
      lastMs = waiting.nowMs()
      return fetched(url, schema, limits)
    })
    queue = asked.catch(() => undefined)
    return asked
  }
}

function addressOf(base: string, path: string): URL | undefined {
  const whole = `${base.replace(/\/+$/, '')}${path}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (!url || url.username !== '' || url.password !== '') return undefined
  const isHere = /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname)
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere) ? url : undefined
}

async function fetched<Schema extends z.ZodType>(
  url: URL,
  schema: Schema,
  { timeoutMs, maxBytes }: RequestLimits,
): Promise<MapAnswer<z.output<Schema>>> {
  let json: unknown
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', 'user-agent': userAgent },
    })
    if (response.status === 429 || response.status >= 500) return await dropped(response, 'busy')
    if (!response.ok) return await dropped(response, 'refused')
    const text = await shortText(response, maxBytes)
    if (text === undefined) return { ok: false, problem: 'wrong-answer' }
    json = parsedJson(text)
  } catch {
    return { ok: false, problem: 'unreachable' }
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: 'wrong-answer' }
}

async function dropped(
  response: Response,
  problem: 'busy' | 'refused',
): Promise<{ readonly ok: false; readonly problem: 'busy' | 'refused' }> {
  await response.body?.cancel()
  return { ok: false, problem }
}

async function shortText(response: Response, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
