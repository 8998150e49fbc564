import { AppError } from '../kernel/errors.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** Why nobody needs to be told any more. */
export type Dismissal = 'told-otherwise' | 'no-longer-true' | 'storefront-gone'

/**
 * Sends a refused message again, or a waiting one now. One that is older than what was told since changes nothing
 * there: the storefront answers that it is stale. Throws ERR_MESSAGE_NOT_FOUND, ERR_MESSAGE_SETTLED.
 */
export async function retryMessage(deps: Deps, caller: Caller, id: string): Promise<void> {
  const message = await getMessage(deps, id)
  if (message.state !== 'refused' && message.state !== 'waiting')
    throw new AppError('ERR_MESSAGE_SETTLED', { message: id, state: message.state })
  const notBefore = deps.system.clock.now()
  await save(deps, caller, {
    message: { ...message, state: 'waiting', attempts: 0, notBefore },
    action: 'retry-message',
  })
}

/** Lays a refused message aside: it is no task any more, and nobody is told. Throws like `retryMessage`. */
export async function dismissMessage(
  deps: Deps,
  caller: Caller,
  input: { readonly message: string; readonly reason: Dismissal },
): Promise<void> {
  const message = await getMessage(deps, input.message)
  if (message.state !== 'refused')
    throw new AppError('ERR_MESSAGE_SETTLED', { message: message.id, state: message.state })
  const lastProblem = `${message.lastProblem ?? 'refused'} (${input.reason})`
  await save(deps, caller, { message: { ...message, state: 'withdrawn', lastProblem }, action: 'dismiss-message' })
}

async function getMessage({ store }: Deps, id: string): Promise<OutboxMessage> {
  const message = await store.findMessage(id)
  if (!message) throw new AppError('ERR_MESSAGE_NOT_FOUND', { message: id })
  return message
}

async function save(deps: Deps, caller: Caller, saved: { message: OutboxMessage; action: string }): Promise<void> {
  await deps.store.saveMessage(saved.message)
  const { action, message } = saved
  await deps.store.saveAudit(auditEntry(deps.system, caller, { action, entity: 'message', entityId: message.id }))
}

/**
 * The report of a slip that was taken back in time: it was never sent, so that nobody needs to hear of it, nor of its
 * being taken back. Undefined when it has been tried already, or when something was said since.
 */
export function unsentWord(
  reports: readonly OutboxMessage[],
  wanted: { readonly kind: string; readonly now: number },
): OutboxMessage | undefined {
  const last = reports.at(-1)
  if (last?.payload.kind !== 'report' || last.state !== 'waiting' || last.attempts > 0) return undefined
  const { report } = last.payload
  if (report.parcelId !== undefined || report.kind !== wanted.kind || last.notBefore <= wanted.now) return undefined
  return last
}
