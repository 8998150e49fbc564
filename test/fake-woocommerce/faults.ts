import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../src-main/kernel/random.ts'

/** What hosts do. The first group happens instead of the work, the second after it was done. */
export const faultsBefore = [
  'timeout',
  'connection-lost',
  'too-many-requests',
  'too-many-requests-date',
  'bad-gateway',
  'unavailable',
  'gateway-timeout',
  'captcha',
  'firewall',
  'html-page',
  'endless',
] as const
export const faultsAfter = [
  'answer-lost',
  'answer-late',
  'truncated',
  'cut-short',
  'byte-order-mark',
  'php-notice',
  'duplicate-page',
  'slow',
] as const

export type FaultKind = (typeof faultsBefore)[number] | (typeof faultsAfter)[number]
export const faultKinds: readonly FaultKind[] = [...faultsBefore, ...faultsAfter]
/** Faults that a soak can use by the thousand: none of them waits or sends megabytes. */
export const quickFaults: readonly FaultKind[] = faultKinds.filter((kind) => kind !== 'slow' && kind !== 'endless')

export interface FaultPlan {
  /** Share of calls that meet a fault, 0 to 1. */
  readonly rate: number
  readonly kinds?: readonly FaultKind[] | undefined
}

export interface Faults {
  /** From now on, by chance of the fake's seed. */
  set(plan: FaultPlan): void
  /** The next call (or the next whose method and path match) meets this one. */
  next(kind: FaultKind, only?: RegExp): void
  /** How often each has happened. */
  readonly met: ReadonlyMap<FaultKind, number>
}

export interface FaultDesk extends Faults {
  pick(label: string): FaultKind | undefined
}

export function faultDesk(random: Random): FaultDesk {
  let plan: FaultPlan = { rate: 0 }
  const queue: { kind: FaultKind; only: RegExp | undefined }[] = []
  const met = new Map<FaultKind, number>()
  const picked = (kind: FaultKind): FaultKind => {
    met.set(kind, (met.get(kind) ?? 0) + 1)
    return kind
  }
  return {
    met,
    set: (next) => void (plan = next),
    next: (kind, only) => void queue.push({ kind, only }),
    pick(label) {
      const at = queue.findIndex(({ only }) => !only || only.test(label))
      const [queued] = at < 0 ? [] : queue.splice(at, 1)
      if (queued) return picked(queued.kind)
      if (plan.rate <= 0 || random.unit() >= plan.rate) return undefined
      const kinds = plan.kinds ?? quickFaults
      const kind = kinds[random.below(kinds.length)]
      return kind && picked(kind)
    },
  }
}

const html = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`<!doctype html><title>${text}</title>`, {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
  })

/** An answer that never comes: at once, so that no test waits for it. Over a socket the server keeps it open. */
export const noAnswer = (): Error => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
export const lostConnection = (): Error => new TypeError('fetch failed')

/** The answer of a host that does not let the shop answer; undefined for faults that come after the work. */
export function faultInstead(kind: FaultKind, { now, random }: { now: number; random: Random }): Response | undefined {
  const seconds = 1 + random.below(30)
  const date = new Date(now).toUTCString()
  switch (kind) {
    case 'timeout':
      throw noAnswer()
    case 'connection-lost':
      throw lostConnection()
    case 'too-many-requests':
      return html(429, 'Slow down', { 'retry-after': String(seconds), date })
    case 'too-many-requests-date':
      return html(429, 'Slow down', { 'retry-after': new Date(now + seconds * 1000).toUTCString(), date })
    case 'bad-gateway':
      return html(502, 'Bad gateway')
    case 'unavailable':
      return html(503, 'Briefly unavailable for scheduled maintenance')
    case 'gateway-timeout':
      return html(504, 'Gateway timeout')
    case 'captcha':
      return html(202, 'Checking your browser')
    case 'firewall':
      return html(403, 'Request blocked')
    case 'html-page':
      return html(200, 'Welcome to our shop')
    case 'endless':
      return new Response(endlessBody(), { headers: { 'content-type': 'application/json' } })
    default:
      return undefined
  }
}

function endlessBody(): ReadableStream<Uint8Array> {
  const chunk = new TextEncoder().encode(' '.repeat(1 << 20))
  return new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
}

/** The answer after a fault on its way back; `before` is the last answer of the same list, with the time it had. */
export async function faultAfterwards(
  kind: FaultKind,
  { response, before }: { response: Response; before: Response | undefined },
): Promise<Response> {
  const text = await response.text()
  const again = (body: string | ReadableStream<Uint8Array>): Response => {
    const headers = new Headers(response.headers)
    return new Response(body, { status: response.status, headers })
  }
  switch (kind) {
    case 'answer-lost':
      throw lostConnection()
    case 'answer-late':
      throw noAnswer()
    case 'truncated':
      return again(text.slice(0, Math.max(1, Math.floor(text.length * 0.6))))
    case 'cut-short':
      return again(brokenBody(text))
    case 'byte-order-mark':
      return again(`\uFEFF${text}`)
    case 'php-notice':
      return again(
        `<br />\n<b>Notice</b>:  Undefined index in <b>/srv/www/plugin.php</b> on line <b>7</b><br />\n${text}`,
      )
    case 'duplicate-page':
      return before ?? again(text)
    case 'slow':
      await sleep(50)
      return again(text)
    default:
      return again(text)
  }
}

function brokenBody(text: string): ReadableStream<Uint8Array> {
  const half = new TextEncoder().encode(text.slice(0, Math.floor(text.length / 2)))
  return new ReadableStream({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => controller.error(new TypeError('terminated')),
  })
}
