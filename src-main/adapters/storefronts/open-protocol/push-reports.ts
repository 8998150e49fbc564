import { AppError } from '../../../kernel/errors.ts'
import type { OutgoingReport, ReportAnswer } from '../../../ports/storefront.ts'
import {
  problem,
  report as reportSchema,
  reportAccepted,
  reportBatchAnswer,
  reportStale,
  type WireReport,
  type WireReportAnswer,
} from '../../../../src-protocol/index.ts'
import { callHost, type HostConnection } from './host-call.ts'

const batchLimit = 100
/** Asked of the sender where the host names no time of its own. */
const usualWaitMs = 30_000

/**
 * Sends reports in the order given. A report the protocol cannot carry is rejected here, so that it
 * cannot hold up the others; what a broken call leaves unjudged comes back as `retry`. Throws only when
 * the very first call fails for good (a refused key, an address that is no storefront).
 */
export async function sendReports(
  connection: HostConnection,
  outgoing: readonly OutgoingReport[],
): Promise<readonly ReportAnswer[]> {
  const answerById = new Map<string, ReportAnswer>()
  const sendable: WireReport[] = []
  for (const { externalOrderId, report } of outgoing) {
    const parsed = reportSchema.safeParse(wireReportOf(externalOrderId, report))
    if (parsed.success) sendable.push(parsed.data)
    else answerById.set(report.id, rejectedHere(report.id, parsed.error.issues[0]?.path.join('.') ?? ''))
  }
  for (let start = 0; start < sendable.length; start += batchLimit) {
    const batch = sendable.slice(start, start + batchLimit)
    try {
      for (const answer of await sendBatch(connection, batch)) answerById.set(answer.id, answer)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (start === 0 && error.code !== 'ERR_STOREFRONT_UNREACHABLE') throw error
      for (const { id } of sendable.slice(start)) answerById.set(id, retryLater(id, error))
      break
    }
  }
  return outgoing.map(({ report }) => answerById.get(report.id) ?? rejectedHere(report.id, 'id'))
}

const rejectedHere = (id: string, path: string): ReportAnswer => ({
  id,
  outcome: 'rejected',
  reason: `invalid:${path}`,
})

function retryLater(id: string, error: AppError): ReportAnswer {
  const asked = error.details['retryAfterMs']
  return { id, outcome: 'retry', afterMs: typeof asked === 'number' ? asked : usualWaitMs }
}

const wireReportOf = (orderId: string, report: OutgoingReport['report']) => ({
  id: report.id,
  orderId,
  parcelId: report.parcelId,
  kind: report.kind,
  sequence: report.sequence,
  at: new Date(report.at).toISOString(),
  reason: report.reason,
  tracking: report.tracking,
  packages: report.contents?.map(({ contents, why, ...parcel }) => ({
    ...parcel,
    why: { code: why.code, facts: sayable(why.facts) },
    contents: contents.map(({ externalLineId, sku, quantity }) => ({ lineId: externalLineId, sku, quantity })),
  })),
})

type Facts = NonNullable<OutgoingReport['report']['contents']>[number]['why']['facts']

/** JSON has no word for infinity; a status is not held back for such a fact. */
const sayable = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)))

/** Statuses with which a host may refuse a batch as a whole: then each report is judged by itself. */
const refusedWhole = [400, 404, 413, 422]

async function sendBatch(connection: HostConnection, batch: readonly WireReport[]): Promise<readonly ReportAnswer[]> {
  const body = { reports: batch }
  const request = { method: 'POST', path: '/reports:batch', body, schema: reportBatchAnswer } as const
  const answer = await callHost(connection, { ...request, alsoAccept: refusedWhole })
  if (!answer.ok) {
    const answers: ReportAnswer[] = []
    for (const report of batch) answers.push(await sendOne(connection, report))
    return answers
  }
  return batch.map((report, index) => {
    const judged = answer.value.answers[index]
    if (judged?.id !== report.id) throw wrongAnswer(connection, `answers.${index}.id`)
    return answerOf(judged)
  })
}

async function sendOne(connection: HostConnection, report: WireReport): Promise<ReportAnswer> {
  const answer = await callHost(connection, {
    method: 'POST',
    path: `/orders/${encodeURIComponent(report.orderId)}/reports`,
    body: report,
    idempotencyKey: report.id,
    schema: reportAccepted,
    alsoAccept: [404, 409, 422],
  })
  if (answer.ok) return answerOf(answer.value)
  const stale = reportStale.safeParse(answer.refusal)
  if (stale.success) return answerOf(stale.data)
  const told = problem.safeParse(answer.refusal)
  if (!told.success) throw wrongAnswer(connection, 'error')
  return { id: report.id, outcome: 'rejected', reason: told.data.error.code }
}

function answerOf(wire: WireReportAnswer): ReportAnswer {
  switch (wire.outcome) {
    case 'accepted':
      return { id: wire.id, outcome: wire.replayed === true ? 'duplicate' : 'accepted' }
    case 'stale':
      return {
        id: wire.id,
        outcome: 'stale',
        presentKind: wire.present.kind,
        presentSequence: wire.present.sequence,
      }
    case 'rejected':
      return wire
  }
}

const wrongAnswer = ({ address }: HostConnection, field: string): AppError =>
  new AppError('ERR_STOREFRONT_ANSWER', { host: address.host, path: '/reports:batch', what: 'wrong-shape', field })
