import { AppError } from '../kernel/errors.ts'
import type { Carrier } from '../domain/carrier.ts'
import type { OutboxMessage, OutboxPayload } from '../domain/outbox.ts'
import type { ReportAnswer } from '../ports/storefront.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface ReportCounts {
  readonly sent: number
  readonly waiting: number
  readonly refused: number
}

type Deps = Pick<Workshop, 'store' | 'system' | 'storefrontFor' | 'couriers' | 'manifests'>

/** Messages looked at in one go; each lane gives at most one. */
const batchSize = 200
const shortestRetryMs = 1000
const longestRetryMs = 3_600_000

/**
 * Empties the outbox as far as it can: status reports to storefronts, manifests to couriers. In order within a lane,
 * lane by lane. What fails for now waits longer each time (1 s to 1 h, jittered); what is refused for good stays
 * visible as refused. Sending again after a crash is harmless: each message carries its own id as idempotency key.
 */
export async function reportStatus(deps: Deps, caller: Caller): Promise<ReportCounts> {
  let sent = 0
  for (;;) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    const due = await deps.store.loadDueMessages(deps.system.clock.now(), batchSize)
    if (due.length === 0) break
    sent += await sendReports(
      deps,
      due.filter((message) => message.payload.kind === 'report'),
    )
    for (const message of due)
      if (message.payload.kind === 'manifest') sent += await sendManifest(deps, message, message.payload)
    caller.watch.report({ step: 'report-status', done: sent, total: 0 })
  }
  const { waiting, refused } = await deps.store.outboxState()
  return { sent, waiting, refused }
}

async function sendReports(deps: Deps, messages: readonly OutboxMessage[]): Promise<number> {
  const connections = await deps.store.loadConnections()
  const known = new Set(connections.map((connection) => connection.id))
  let sent = 0
  for (const message of messages)
    if (message.payload.kind === 'report' && !known.has(message.payload.connectionId))
      await deps.store.saveMessage({ ...message, state: 'refused', lastProblem: 'storefront-unknown' })
  for (const connection of connections) {
    const own = messages.flatMap((message) =>
      message.payload.kind === 'report' && message.payload.connectionId === connection.id
        ? [{ message, payload: message.payload }]
        : [],
    )
    if (own.length === 0) continue
    let answers: readonly ReportAnswer[]
    try {
      answers = await deps
        .storefrontFor(connection)
        .pushReports(own.map(({ payload }) => ({ externalOrderId: payload.externalOrderId, report: payload.report })))
    } catch (cause) {
      // The world is away; every message waits and is tried again later.
      const problem = cause instanceof AppError ? cause.code : 'ERR_INTERNAL'
      for (const { message } of own) await deps.store.saveMessage(later(deps, message, { problem }))
      continue
    }
    for (const { message } of own) {
      const answer = answers.find((candidate) => candidate.id === message.id)
      const settled = settle(deps, message, answer)
      if (settled.state === 'sent') sent += 1
      await deps.store.saveMessage(settled)
    }
  }
  return sent
}

function settle(deps: Deps, message: OutboxMessage, answer: ReportAnswer | undefined): OutboxMessage {
  switch (answer?.outcome) {
    case 'accepted':
    case 'duplicate':
    case 'stale': // the storefront already shows something newer: nothing left to tell
      return { ...message, state: 'sent', attempts: message.attempts + 1 }
    case 'rejected':
      return { ...message, state: 'refused', attempts: message.attempts + 1, lastProblem: answer.reason }
    case 'retry':
      return later(deps, message, { problem: 'asked-to-wait', afterMs: answer.afterMs })
    case undefined:
      return later(deps, message, { problem: 'no-answer' })
  }
}

async function sendManifest(
  deps: Deps,
  message: OutboxMessage,
  payload: Extract<OutboxPayload, { kind: 'manifest' }>,
): Promise<number> {
  const carrier = (await deps.store.loadCarriers()).find((candidate) => candidate.code === payload.carrierCode)
  if (!carrier) {
    await deps.store.saveMessage({ ...message, state: 'refused', lastProblem: 'courier-unknown' })
    return 0
  }
  try {
    const { text: content = '' } = await deps.store.getDocument(payload.documentId)
    const answer = await deps.couriers.send(carrier.channel, {
      fileName: payload.fileName,
      content,
      idempotencyKey: message.id,
    })
    if (answer.outcome === 'refused') {
      await deps.store.saveMessage({ ...message, state: 'refused', lastProblem: answer.problem ?? 'refused' })
      return 0
    }
    const now = deps.system.clock.now()
    await deps.store.saveMessage({ ...message, state: 'sent', attempts: message.attempts + 1 })
    const receivedAt =
      answer.receipt === undefined
        ? undefined
        : await receivedWhen(deps, { carrier, payload, content, receipt: answer.receipt })
    await deps.store.saveManifestSent(payload.manifestId, answer.outcome === 'sent' ? { sentAt: now, receivedAt } : {})
    await deps.store.saveDocumentFetch({ documentId: payload.documentId, terminal: `courier:${carrier.code}`, at: now })
    return 1
  } catch (cause) {
    const problem = cause instanceof AppError ? cause.code : 'ERR_INTERNAL'
    await deps.store.saveMessage(later(deps, message, { problem }))
    return 0
  }
}

/** When the courier's signed receipt says the file arrived; a receipt that does not hold counts as none. */
async function receivedWhen(
  deps: Deps,
  sent: { carrier: Carrier; payload: Extract<OutboxPayload, { kind: 'manifest' }>; content: string; receipt: string },
): Promise<number | undefined> {
  const { manifest } = await deps.store.loadManifest(sent.payload.manifestId)
  for (const key of sent.carrier.keys.filter((candidate) => candidate.revokedAt === undefined)) {
    try {
      const receipt = await deps.manifests.readReceipt(sent.receipt, {
        key,
        manifest: manifest.number,
        content: sent.content,
      })
      return receipt.receivedAt
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'ERR_RECEIPT_INVALID') throw cause
    }
  }
  return undefined
}

function later(deps: Deps, message: OutboxMessage, why: { problem: string; afterMs?: number }): OutboxMessage {
  const attempts = message.attempts + 1
  const base = Math.min(longestRetryMs, shortestRetryMs * 2 ** Math.min(attempts - 1, 12))
  const jitter = (deps.system.random.bytes(1)[0] ?? 0) / 255
  const waitMs = Math.max(why.afterMs ?? 0, Math.round(base * (0.75 + jitter / 2)))
  return { ...message, attempts, notBefore: deps.system.clock.now() + waitMs, lastProblem: why.problem }
}
