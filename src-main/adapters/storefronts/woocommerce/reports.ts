import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isReasonCode, type FulfilmentStatus } from '../../../domain/fulfilment.ts'
import type { StatusReport } from '../../../domain/outbox.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { OutgoingReport, ReportAnswer } from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import { customerWords, type ToldToCustomer } from './customer-words.ts'
import { tellByFulfilment, type FulfilmentDesk } from './fulfilments.ts'
import { languageMetaKeys, languageOf } from './language.ts'
import {
  isAllDelivered,
  presentOf,
  reportStateOf,
  reportStateText,
  skuOf,
  stateAfter,
  stateKey,
  type ReportState,
} from './report-state.ts'
import type { ShopSettings } from './shop-facts.ts'
import type { StatusTable } from './statuses.ts'
import { metaList, wireNotes } from './wire.ts'
import type { WooHost } from './woo-host.ts'

export interface ReportParts {
  readonly host: WooHost
  readonly statuses: StatusTable
  readonly settings: () => Promise<ShopSettings>
  readonly fulfilments: FulfilmentDesk
  readonly tellCustomer: readonly FulfilmentStatus[]
  readonly completeOrders: boolean
}

/** Asked of the sender where the host names no time of its own. */
const usualWaitMs = 30_000
/** A call without an answer may still be at work: PHP is usually stopped after 30 to 60 s. Only then do we look again. */
const unansweredWaitMs = 90_000
const ordersAtOnce = 2

/**
 * Sends reports, in order for each order, two orders at a time. WooCommerce knows no idempotency, so each report
 * converges: read the order's own list of reports; if this one is not in it, look whether the customer was already told
 * (each message carries a reference made from the report's id), tell them if not, and only then write the list. Wherever
 * it breaks off, the next try finds what was done and does the rest.
 */
export async function sendReports(
  parts: ReportParts,
  outgoing: readonly OutgoingReport[],
): Promise<readonly ReportAnswer[]> {
  const answerById = new Map<string, ReportAnswer>()
  const lanes = [...Map.groupBy(outgoing, ({ externalOrderId }) => externalOrderId).values()]
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) await sendLane(parts, lane, answerById)
  }
  await Promise.all(Array.from({ length: ordersAtOnce }, work))
  return outgoing.map(
    ({ report }) => answerById.get(report.id) ?? { id: report.id, outcome: 'retry', afterMs: usualWaitMs },
  )
}

/** Refusals that are about the order or the words: it was deleted a moment ago, or a plugin does not take them. */
const judging: ReadonlySet<number> = new Set([400, 404, 413, 422])

/** One order's reports. The first that could not be judged holds up those behind it. */
async function sendLane(
  parts: ReportParts,
  lane: readonly OutgoingReport[],
  answerById: Map<string, ReportAnswer>,
): Promise<void> {
  for (const [index, outgoing] of lane.entries()) {
    try {
      answerById.set(outgoing.report.id, await sendOne(parts, outgoing))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const isJudged = error.code === 'ERR_STOREFRONT_REFUSED' && judging.has(Number(error.details['status']))
      // A key that is refused, or an address that is no shop, is nobody's report's fault.
      if (error.code === 'ERR_STOREFRONT_REFUSED' && !isJudged) throw error
      const reason = String(error.details['reason'] ?? error.details['what'] ?? 'refused')
      for (const { report } of isJudged ? [outgoing] : lane.slice(index)) {
        answerById.set(report.id, isJudged ? { id: report.id, outcome: 'rejected', reason } : retry(report.id, error))
      }
      if (!isJudged) return
    }
  }
}

function retry(id: string, error: AppError): ReportAnswer {
  const asked = error.details['retryAfterMs']
  const isUnanswered = ['no-answer-in-time', 'no-connection', 'answer-cut-short', 'unavailable'].includes(
    String(error.details['what']),
  )
  const least = isUnanswered ? unansweredWaitMs : usualWaitMs
  return { id, outcome: 'retry', afterMs: Math.max(least, typeof asked === 'number' ? asked : 0) }
}

const orderForReport = z.looseObject({
  id: z.number(),
  status: z.string(),
  meta_data: metaList,
  line_items: z.array(z.looseObject({ id: z.number(), name: z.string().default('') })).default([]),
})
type OrderForReport = z.output<typeof orderForReport>

async function sendOne(parts: ReportParts, { externalOrderId, report }: OutgoingReport): Promise<ReportAnswer> {
  const order = await readOrder(parts.host, externalOrderId)
  if (!order) return { id: report.id, outcome: 'rejected', reason: 'order-unknown' }
  if (order.status === 'trash') return { id: report.id, outcome: 'rejected', reason: 'order-in-bin' }
  const present = reportStateOf(order.meta_data)
  if (present.done.includes(report.id)) return { id: report.id, outcome: 'duplicate' }
  const newest = presentOf(present, report)
  if (newest && newest.sequence > report.sequence) {
    return { id: report.id, outcome: 'stale', presentKind: newest.kind, presentSequence: newest.sequence }
  }
  const after = stateAfter(present, report)
  if (parts.tellCustomer.includes(report.kind)) await tellOnce(parts, order, { report, after })
  await remember(parts, order, { report, after })
  return { id: report.id, outcome: 'accepted' }
}

async function readOrder(host: WooHost, id: string): Promise<OrderForReport | undefined> {
  if (!/^[1-9]\d{0,15}$/.test(id)) return undefined
  const path = `wc/v3/orders/${id}`
  const query = { _fields: 'id,status,meta_data,line_items', include_meta: [stateKey, ...languageMetaKeys].join(',') }
  const { status, json } = await host.call({ method: 'GET', path, query, alsoAccept: [404] })
  return status === 404 ? undefined : shapedAnswer(host, path, { json, schema: orderForReport })
}

interface Telling {
  readonly report: StatusReport
  readonly after: ReportState
}

/** Short enough to be read out on the telephone, long enough to be nobody else's. */
const referenceOf = (reportId: string): string => createHash('sha256').update(reportId).digest('hex').slice(0, 12)

async function tellOnce(parts: ReportParts, order: OrderForReport, telling: Telling): Promise<void> {
  const { report, after } = telling
  const ref = referenceOf(report.id)
  if (report.kind === 'handed-over' && report.parcelId !== undefined) {
    const parcel = after.packages.find(({ id }) => id === report.parcelId)
    if (parcel && (await tellByFulfilment(parts.fulfilments, { orderId: order.id, ref, report, parcel }))) return
  }
  const path = `wc/v3/orders/${order.id}/notes`
  const { json } = await parts.host.call({ method: 'GET', path, query: { type: 'customer', _fields: 'id,note' } })
  const notes = shapedAnswer(parts.host, path, { json, schema: wireNotes })
  if (notes.some(({ note }) => note.includes(ref))) return
  const { country } = await parts.settings()
  const note = customerWords(languageOf(order.meta_data, country), toldBy(order, telling), ref)
  await parts.host.call({ method: 'POST', path, body: { note, customer_note: true } })
}

function toldBy(order: OrderForReport, { report, after }: Telling): ToldToCustomer {
  const nameById = new Map(order.line_items.map(({ id, name }) => [String(id), name]))
  const letter = after.packages.length > 1 ? after.packages.find(({ id }) => id === report.parcelId)?.letter : undefined
  return {
    kind: report.kind,
    letter,
    packages: after.packages.map((parcel) => ({
      letter: parcel.letter,
      contents: parcel.items.map(([lineId, quantity, sku]) => ({
        name: nameById.get(lineId) || skuOf(sku),
        quantity,
      })),
    })),
    tracking: report.tracking,
    reason: report.reason !== undefined && isReasonCode(report.reason) ? report.reason : undefined,
  }
}

/** Our list, and in the same call the shop's own word for "done" where the shop chose that: it cannot be taken back. */
async function remember(parts: ReportParts, order: OrderForReport, { report, after }: Telling): Promise<void> {
  const isWaiting = ['open', 'on-hold'].includes(parts.statuses.meaningOf(order.status))
  const isDone = parts.completeOrders && report.kind === 'delivered' && isWaiting && isAllDelivered(after)
  const body = {
    meta_data: [{ key: stateKey, value: reportStateText(after) }],
    ...(isDone && { status: 'completed' }),
  }
  await parts.host.call({ method: 'POST', path: `wc/v3/orders/${order.id}`, body })
}
