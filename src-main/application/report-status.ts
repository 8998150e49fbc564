import { AppError } from '../kernel/errors.ts'
import type { OutboxMessage, OutboxPayload } from '../domain/outbox.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { ReportAnswer, Storefront } from '../ports/storefront.ts'
import { hasNobody, isOnline } from './is-online.ts'
import { noteTalk } from './note-talk.ts'
import { sendManifests } from './send-manifests.ts'
import { tryLater } from './try-later.ts'
import { inTurn, talkAlone } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface ReportCounts {
  readonly sent: number
  readonly waiting: number
  readonly refused: number
}

type Deps = Pick<Workshop, 'store' | 'system' | 'storefrontFor' | 'couriers' | 'manifests'>

/** Heads of lanes looked at in one go, of all storefronts together. */
const lanesPerRead = 2000
/** Reports sent in one call. */
const batchSize = 200

/**
 * Empties the outbox as far as it can: status reports to storefronts, manifests to couriers, storefronts side by side.
 * In order within a lane, lane by lane. What fails for now waits longer each time (1 s to 1 h, jittered); what is
 * refused for good stays visible as refused. Sending again after a crash is harmless: each message carries its own id
 * as idempotency key, and is written down as sent only after the answer.
 */
export async function reportStatus(deps: Deps, caller: Caller): Promise<ReportCounts> {
  const connections = await deps.store.loadConnections()
  const [manifests, ...reports] = await Promise.all([
    sendManifests(deps, caller),
    ...connections.filter(isOnline).map((connection) =>
      talkAlone(caller, connection.id, async () => {
        const sent = await sendReports(deps, caller, { connection, storefront: deps.storefrontFor(connection) })
        await noteTalk(deps, caller, { connectionId: connection.id, moved: { reports: sent } })
        return sent
      }),
    ),
    refuseStrangers(deps, caller, new Set(connections.filter((one) => !hasNobody(one)).map(({ id }) => id))),
  ])
  const { waiting, refused } = await deps.store.outboxState()
  return { sent: manifests + reports.reduce((sum, sent) => sum + sent, 0), waiting, refused }
}

interface Side {
  readonly connection: Pick<Connection, 'id'>
  readonly storefront: Pick<Storefront, 'pushReports'>
}

/** The reports of one storefront alone, within a talk with it. */
export async function reportToStorefront(deps: Deps, caller: Caller, side: Side): Promise<ReportCounts> {
  const sent = await sendReports(deps, caller, side)
  const { waiting, refused } = await deps.store.outboxState()
  return { sent, waiting, refused }
}

interface DueReport {
  readonly message: OutboxMessage
  readonly payload: Extract<OutboxPayload, { kind: 'report' }>
}

async function dueReports(deps: Deps, isWanted: (connectionId: string) => boolean): Promise<readonly DueReport[]> {
  const due = await deps.store.loadDueMessages(deps.system.clock.now(), lanesPerRead)
  return due.flatMap((message) =>
    message.payload.kind === 'report' && isWanted(message.payload.connectionId)
      ? [{ message, payload: message.payload }]
      : [],
  )
}

async function sendReports(deps: Deps, caller: Caller, { connection, storefront }: Side): Promise<number> {
  let sent = 0
  for (;;) {
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    const due = (await dueReports(deps, (id) => id === connection.id)).slice(0, batchSize)
    if (due.length === 0) return sent
    const settled = await sendBatch(deps, storefront, due)
    await inTurn(caller, async () => {
      for (const message of settled) await deps.store.saveMessage(message)
    })
    sent += settled.filter((message) => message.state === 'sent').length
    caller.watch.report({ step: 'report-status', done: sent, total: 0 })
  }
}

async function sendBatch(
  deps: Deps,
  storefront: Pick<Storefront, 'pushReports'>,
  due: readonly DueReport[],
): Promise<readonly OutboxMessage[]> {
  try {
    const answers = await storefront.pushReports(
      due.map(({ payload }) => ({ externalOrderId: payload.externalOrderId, report: payload.report })),
    )
    const answerById = new Map(answers.map((answer) => [answer.id, answer]))
    const settled = due.map(({ message }) => settle(deps, message, answerById.get(message.id)))
    return await Promise.all(settled.map((message) => withoutAudience(deps, message)))
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    // The world is away; every message waits and is tried again later.
    const afterMs = cause.details['retryAfterMs']
    const wait = { problem: cause.code, ...(typeof afterMs === 'number' ? { afterMs } : {}) }
    return due.map(({ message }) => tryLater(deps.system, message, wait))
  }
}

/** Refused because the order is gone there, and it is cancelled here too: nobody needs to do anything about it. */
async function withoutAudience({ store }: Deps, message: OutboxMessage): Promise<OutboxMessage> {
  if (message.state !== 'refused' || message.payload.kind !== 'report') return message
  const file = await store.findOrder(message.payload.report.orderId)
  const isOver = file?.order.said?.status === 'gone' && file.order.status === 'cancelled'
  return isOver ? { ...message, state: 'withdrawn' } : message
}

/** Reports to a storefront that is connected no more have nobody to take them. */
async function refuseStrangers(deps: Deps, caller: Caller, known: ReadonlySet<string>): Promise<number> {
  const strangers = await dueReports(deps, (id) => !known.has(id))
  if (strangers.length === 0) return 0
  await inTurn(caller, async () => {
    for (const { message } of strangers)
      await deps.store.saveMessage({ ...message, state: 'refused', lastProblem: 'storefront-unknown' })
  })
  return 0
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
      return tryLater(deps.system, message, { problem: 'asked-to-wait', afterMs: answer.afterMs })
    case undefined:
      return tryLater(deps.system, message, { problem: 'no-answer' })
  }
}
