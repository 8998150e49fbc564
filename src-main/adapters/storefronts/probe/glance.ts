import type { AccessProblem } from '../../../ports/storefront-probe.ts'
import { problemOfBreak } from './broken-connection.ts'

/** One answer, read no further than it helps. */
export interface Glance {
  readonly status: number
  readonly isHtml: boolean
  readonly text: string
  /** Undefined where the body is no JSON. */
  readonly json: unknown
  /** Where a redirect points; never followed. */
  readonly location: URL | undefined
  readonly hostClockOffsetMs: number | undefined
}

export interface GlanceOptions {
  readonly now: () => number
  readonly timeoutMs: number
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>
}

/** A list of a WordPress site's routes may have some hundred thousand signs; nothing that we look for has more. */
const mostBytes = 2 * 1024 * 1024

/** Asks for one address without any key. */
export async function glance(url: URL, options: GlanceOptions): Promise<Glance | { readonly broken: AccessProblem }> {
  const before = options.now()
  try {
    const response = await options.fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    const middle = (before + options.now()) / 2
    const text = await beginningOf(response)
    const type = response.headers.get('content-type') ?? ''
    const location = response.headers.get('location')
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      status: response.status,
      isHtml: /\bhtml\b/i.test(type) || /^\s*<(!doctype|html)/i.test(text),
      text,
      json: jsonOf(text),
      location: location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined,
      // The header counts whole seconds: half of one is added.
      hostClockOffsetMs: Number.isNaN(date) ? undefined : Math.round(date + 500 - middle),
    }
  } catch (error) {
    return { broken: problemOfBreak(error) }
  }
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    text += decoder.decode(chunk, { stream: true })
    if (bytes > mostBytes) break
  }
  return text
}

function jsonOf(text: string): unknown {
  // Hosts put a byte order mark or notices of PHP before their answer.
  const start = text.search(/[[{]/)
  for (const candidate of [text, start > 0 ? text.slice(start) : '']) {
    try {
      return JSON.parse(candidate)
    } catch {
      // The next candidate, or no JSON.
    }
  }
  return undefined
}
