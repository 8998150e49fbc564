import type { OutboxMessage } from '../domain/outbox.ts'
import type { System } from '../ports/system.ts'

const shortestRetryMs = 1000
const longestRetryMs = 3_600_000

/** The message as it waits after a try that failed: longer each time (1 s to 1 h, jittered), at least as long as asked. */
export function tryLater(
  system: System,
  message: OutboxMessage,
  why: { readonly problem: string; readonly afterMs?: number },
): OutboxMessage {
  const attempts = message.attempts + 1
  const base = Math.min(longestRetryMs, shortestRetryMs * 2 ** Math.min(attempts - 1, 12))
  const jitter = (system.random.bytes(1)[0] ?? 0) / 255
  const waitMs = Math.max(why.afterMs ?? 0, Math.round(base * (0.75 + jitter / 2)))
  return { ...message, attempts, notBefore: system.clock.now() + waitMs, lastProblem: why.problem }
}
