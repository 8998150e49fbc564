import { topics } from '../../src-main/contract/events.ts'
import type { Transport } from '../../src-main/contract/client.ts'
import type { Reply } from '../../src-main/contract/failure.ts'

const unreachable: Reply<never> = { ok: false, error: { code: 'ERR_SERVER_UNREACHABLE', details: {} } }

/** Fired when a refusal says that nobody stands here any more, or that this device is not paired. */
export const outsideEvent = 'backroom:outside'
const outside: ReadonlySet<string> = new Set(['ERR_SIGN_IN_NEEDED', 'ERR_NOT_PAIRED'])

/** Calls over POST, events over server-sent events. The cookie set at sign-in says who we are. */
export function httpTransport(): Transport {
  return {
    async call(operation, input, job) {
      const headers = { 'content-type': 'application/json', 'x-job': job }
      return replyOf(() => fetch(`./call/${operation}`, { method: 'POST', headers, body: JSON.stringify(input ?? {}) }))
    },
    async cancel(job) {
      await replyOf(() => fetch(`./cancel/${encodeURIComponent(job)}`, { method: 'POST' }))
    },
    subscribe(listener) {
      const source = new EventSource('./events')
      for (const topic of topics) {
        // The server writes the event of that topic, as typed in contract/events.ts.
        source.addEventListener(topic, (message) => listener(topic, JSON.parse(message.data) as never))
      }
      let wasLost = false
      source.onerror = () => {
        wasLost = true
        // Refused, not lost: a browser tries no more. Whoever is here may not be let in any longer.
        if (source.readyState === EventSource.CLOSED) window.dispatchEvent(new Event(outsideEvent))
      }
      source.onopen = () => {
        // What was announced while the connection was down is lost: everyone reads again.
        if (wasLost) listener('changed', { operation: 'reconnected' })
        wasLost = false
      }
      return () => source.close()
    },
  }
}

/** Also refusals carry a Reply; anything else (no network, a proxy's page) means that the shop is out of reach. */
export async function replyOf(ask: () => Promise<Response>): Promise<Reply<unknown>> {
  try {
    const body: unknown = await (await ask()).json()
    // A JSON object with `ok` can only come from the server's one answering function.
    const reply = typeof body === 'object' && body !== null && 'ok' in body ? (body as Reply<unknown>) : unreachable
    if (!reply.ok && outside.has(reply.error.code)) window.dispatchEvent(new Event(outsideEvent))
    return reply
  } catch {
    return unreachable
  }
}
