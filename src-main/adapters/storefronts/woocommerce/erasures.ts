import { AppError } from '../../../kernel/errors.ts'
import type { Clock, EpochMs } from '../../../kernel/time.ts'
import type { Erasure, Pull } from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import { cursorText, readErasureCursor, type ErasureCursor } from './cursors.ts'
import type { IdLists } from './id-list.ts'
import { idSetOf, idSetText } from './id-set.ts'
import { guestId } from './order-to-port.ts'
import { gmtAt, gmtText, metaList, wireOpenOrder } from './wire.ts'
import type { WooHost } from './woo-host.ts'

export interface ErasureParts {
  readonly host: WooHost
  readonly lists: IdLists
  readonly clock: Clock
  readonly shopId: string | undefined
}

const path = 'wc/v3/orders'
const dayMs = 86_400_000
const overlapMs = 120_000

/** What WordPress's privacy tool writes in place of an e-mail address (wp_privacy_anonymize_data). */
const erasedEmail = 'deleted@site.invalid'
/** How WooCommerce marks an order whose personal data it has removed (WC_Privacy_Erasers). */
const erasedMark = '_anonymized'

/**
 * Orders whose personal data the shop has erased. The privacy tool leaves no list, but a mark at each order. Each time
 * the orders that changed since the last time are looked through for it; once a day all that can be found by the address
 * it leaves, because the older order storage does not date such a change (a search is dear for a large shop, and no more
 * than that is asked of it). The first pull tells what is erased now, which may be nobody we ever knew. Whose account an
 * erased order was, the shop does not say any more: the order's id is what holds, and the user's id is the one of a guest
 * with this order.
 */
export async function pullErasures(parts: ErasureParts, text: string | undefined): Promise<Pull<Erasure>> {
  const cursor = text === undefined ? undefined : readErasureCursor(text)
  if (text !== undefined && !cursor) return { kind: 'cursor-expired' }
  // The window first: its first answer says when it was, and what comes after that is in the next one.
  let hostNow: EpochMs | undefined
  const since = cursor?.since ?? parts.clock.now() - dayMs
  const recent = await readErased(parts, windowFrom(since), (at) => void (hostNow = at))
  const now = hostNow ?? parts.clock.now()
  const known = idSetOf(cursor?.known ?? '')
  const isFullDue = cursor === undefined || now - cursor.fullAt >= dayMs
  const all = isFullDue ? await findAll(parts) : undefined
  const fresh = [...new Map([...recent, ...(all ?? [])].map((row) => [row.id, row])).values()].filter(({ id }) => !known.has(id)) // prettier-ignore
  // A full list forgets orders that were deleted since, so that the cursor does not grow for ever.
  const told = [...(all ? all.map(({ id }) => id) : known), ...fresh.map(({ id }) => id)]
  const fullAt = isFullDue ? now : cursor.fullAt
  const next: ErasureCursor = { v: 1, since: now - overlapMs, known: idSetText(told), fullAt }
  const entries = fresh.map(({ id, at }) => ({
    userId: guestId(parts.shopId, id),
    orderIds: [String(id)],
    requestedAt: at ?? now,
  }))
  return { kind: 'page', entries, refused: [], cursor: cursorText(next), hasMore: false }
}

const windowFrom = (since: number) => ({ modified_after: gmtText(since), dates_are_gmt: 'true' })

/** Undefined where the shop is too large to be searched in time: tomorrow it is tried again. */
async function findAll(parts: ErasureParts) {
  try {
    return await readErased(parts, { search: erasedEmail })
  } catch (error) {
    if (error instanceof AppError && error.details['what'] === 'no-answer-in-time') return undefined
    throw error
  }
}

const wireMarked = wireOpenOrder.extend({ meta_data: metaList })

async function readErased(
  parts: ErasureParts,
  narrowing: Readonly<Record<string, string>>,
  onHostNow?: (at: EpochMs) => void,
) {
  const fields = { _fields: 'id,status,date_modified_gmt,meta_data', include_meta: erasedMark }
  const rows = await parts.lists.readAll({ path, query: { ...fields, ...narrowing, status: 'any' } }, onHostNow)
  return rows.flatMap((row) => {
    const wire = shapedAnswer(parts.host, path, { json: row, schema: wireMarked })
    if (!wire.meta_data.some(({ key, value }) => key === erasedMark && value === 'yes')) return []
    return [{ id: wire.id, at: wire.date_modified_gmt === undefined ? undefined : gmtAt(wire.date_modified_gmt) }]
  })
}
