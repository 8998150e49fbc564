import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../src-main/kernel/json.ts'
import type { WireReport, WireReportAnswer, WireReportedPackage, WireReportKind } from '../../src-protocol/index.ts'
import { reportAnswer } from '../../src-protocol/index.ts'
import { tellReport } from '../mail/tell-order.ts'
import { findAnswer, saveAnswer } from '../store/answers.ts'
import { insertEvent, findOrder, packagesOf, savePackage, saveShopWord, setState } from '../store/orders.ts'
import type { OrderRow, PackageRow } from '../store/orders.ts'
import { forgetIfErased } from './erasure.ts'
import { hasEnded, isCompleted, isFurther, isOrderWord } from './progress.ts'
import type { Shop } from './shop.ts'

/**
 * Puts a status report on record, once. The same report again gets the same answer; the same id with
 * other words is rejected `other-body`; one older than what is known of its parcel is `stale` and changes nothing.
 */
export function takeReport(shop: Shop, report: WireReport): WireReportAnswer {
  const body = canonicalJson(JSON.parse(JSON.stringify(report)) as Json) // JSON text holds nothing but JSON
  const bodyHash = createHash('sha256').update(body).digest('base64url')
  const take = shop.db.transaction((): WireReportAnswer => {
    const before = findAnswer(shop.db, 'report', { key: report.id, bodyHash })
    if (before === 'other-body') return { id: report.id, outcome: 'rejected', reason: 'other-body' }
    if (before !== undefined) {
      const answer = reportAnswer.parse(JSON.parse(before.body))
      return answer.outcome === 'rejected' ? answer : { ...answer, replayed: true }
    }
    const order = findOrder(shop.db, report.orderId)
    if (order === undefined) return { id: report.id, outcome: 'rejected', reason: 'order-not-found' }
    const answer = judge(shop, order, report)
    const status = answer.outcome === 'stale' ? 409 : 200
    saveAnswer(shop.db, 'report', {
      key: report.id,
      bodyHash,
      status,
      body: JSON.stringify(answer),
      nowMs: shop.clock.now(),
    })
    return answer
  })
  return take.immediate()
}

interface Known {
  readonly kind: WireReportKind
  readonly sequence: number
  readonly at: number
}

function judge(shop: Shop, order: OrderRow, report: WireReport): WireReportAnswer {
  const packages = packagesOf(shop.db, order.id)
  const known = lastWord(order, packages, report)
  if (known !== undefined && known.sequence >= report.sequence) {
    return { id: report.id, outcome: 'stale', present: presentOf(report, known) }
  }
  const at = Date.parse(report.at)
  insertEvent(shop.db, {
    order_id: order.id,
    parcel_id: report.parcelId ?? null,
    kind: report.kind,
    sequence: report.sequence,
    at,
    reason: report.reason ?? null,
    tracking: report.tracking ? JSON.stringify(report.tracking) : null,
  })
  if (report.parcelId === undefined) takeOrderWord(shop, packages, report)
  else takeParcelWord(shop, packages, { report, parcelId: report.parcelId })
  tellReport(shop, { order, packages }, report)
  settle(shop, order, report)
  return { id: report.id, outcome: 'accepted', present: presentOf(report, { kind: report.kind, sequence: report.sequence, at }) } // prettier-ignore
}

function lastWord(order: OrderRow, packages: readonly PackageRow[], report: WireReport): Known | undefined {
  if (report.parcelId === undefined) {
    return order.shop_sequence === 0
      ? undefined
      : { kind: order.shop_kind, sequence: order.shop_sequence, at: order.shop_at }
  }
  const row = packages.find(({ parcel_id }) => parcel_id === report.parcelId)
  return row && { kind: row.status, sequence: row.sequence, at: row.at }
}

const presentOf = (report: WireReport, known: Known) => ({
  orderId: report.orderId,
  ...(report.parcelId !== undefined && { parcelId: report.parcelId }),
  kind: known.kind,
  sequence: known.sequence,
  at: new Date(known.at).toISOString(),
})

/** About the whole order: its list of packages replaces what was known, its status reaches every living one. */
function takeOrderWord(shop: Shop, packages: readonly PackageRow[], report: WireReport): void {
  const at = Date.parse(report.at)
  saveShopWord(shop.db, report.orderId, { kind: report.kind, sequence: report.sequence, at })
  const listed = new Set((report.packages ?? []).map(({ parcelId }) => parcelId))
  for (const told of report.packages ?? []) {
    const row = packages.find(({ parcel_id }) => parcel_id === told.parcelId)
    savePackage(shop.db, { ...describe(report, told), ...statusFor(row, report) })
  }
  for (const row of packages) {
    if (listed.has(row.parcel_id) || row.sequence >= report.sequence || hasEnded(row.status)) continue
    // A complete list that leaves a parcel out says that it travels no more.
    const word = report.packages !== undefined ? 'cancelled' : report.kind
    const status = isFurther(word, row.status) ? word : row.status
    savePackage(shop.db, { ...row, status, sequence: report.sequence, at: status === row.status ? row.at : at })
  }
}

function takeParcelWord(
  shop: Shop,
  packages: readonly PackageRow[],
  word: { readonly report: WireReport; readonly parcelId: string },
): void {
  const { report, parcelId } = word
  const row = packages.find(({ parcel_id }) => parcel_id === parcelId)
  const told = report.packages?.find((entry) => entry.parcelId === parcelId)
  const tracking = report.tracking ? JSON.stringify(report.tracking) : (row?.tracking ?? null)
  savePackage(shop.db, {
    ...(told ? describe(report, told) : (row ?? bare(report.orderId, parcelId))),
    ...statusFor(undefined, report),
    tracking,
  })
}

/** What is newer stays, and a word about the whole order takes no parcel back: it is said of the least advanced one. */
function statusFor(row: PackageRow | undefined, report: WireReport): Pick<PackageRow, 'status' | 'sequence' | 'at'> {
  if (row !== undefined && row.sequence >= report.sequence)
    return { status: row.status, sequence: row.sequence, at: row.at }
  const said = isOrderWord(report.kind) ? 'planned' : report.kind
  const status = row === undefined || isFurther(said, row.status) ? said : row.status
  return { status, sequence: report.sequence, at: Date.parse(report.at) }
}

const bare = (orderId: string, parcelId: string): Omit<PackageRow, 'status' | 'sequence' | 'at'> => ({
  order_id: orderId,
  parcel_id: parcelId,
  letter: null,
  carton: null,
  gross_g: null,
  contents: null,
  why: null,
  tracking: null,
})

const describe = (report: WireReport, told: WireReportedPackage): Omit<PackageRow, 'status' | 'sequence' | 'at'> => ({
  ...bare(report.orderId, told.parcelId),
  letter: told.letter,
  carton: told.carton,
  gross_g: told.grossG,
  contents: JSON.stringify(told.contents),
  why: told.why ? JSON.stringify(told.why) : null,
  tracking: report.tracking ? JSON.stringify(report.tracking) : null,
})

/** The order's own state follows from its parcels; the back office knows, so it is no news for its feed. */
function settle(shop: Shop, order: OrderRow, report: WireReport): void {
  const statuses = packagesOf(shop.db, order.id).map(({ status }) => status)
  const isCancelled = report.parcelId === undefined && report.kind === 'cancelled'
  const isHeld = report.parcelId === undefined && report.kind === 'on-hold'
  const state = isCancelled ? 'cancelled' : isCompleted(statuses) ? 'completed' : isHeld ? 'on-hold' : 'open'
  if (state === order.status || order.status === 'cancelled') return
  setState(shop.db, order.id, { state, nowMs: shop.clock.now(), isNews: false })
  if (state !== 'open' && state !== 'on-hold') forgetIfErased(shop, order.user_id)
}
