import type { Clock } from '../../../kernel/time.ts'
import type { Erasure, Pull } from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import { cursorText, readErasureCursor, type ErasureCursor } from './cursors.ts'
import type { IdLists } from './id-list.ts'
import { idSetOf, idSetText } from './id-set.ts'
import { guestId } from './order-to-port.ts'
import { gmtAt, gmtText, wireOpenOrder } from './wire.ts'
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

/**
 * Orders whose personal data the shop has erased. The privacy tool leaves no list, but it leaves an address that nobody
 * has, and orders can be searched for it. Each time those that changed since the last time are read, and once a day all,
 * because the older order storage does not date such a change. The first pull tells what is erased now, which may be
 * nobody we ever knew. Whose account an erased order was, the shop does not say any more: the order's id is what holds,
 * and the user's id is the one of a guest with this order.
 */
export async function pullErasures(parts: ErasureParts, text: string | undefined): Promise<Pull<Erasure>> {
  const cursor = text === undefined ? undefined : readErasureCursor(text)
  if (text !== undefined && !cursor) return { kind: 'cursor-expired' }
  const known = idSetOf(cursor?.known ?? '')
  const { hostNow } = await parts.host.call({ method: 'GET', path, query: { per_page: '1', _fields: 'id' } })
  const now = hostNow ?? parts.clock.now()
  const isFull = cursor === undefined || now - cursor.fullAt >= dayMs
  const rows = await readErased(parts, isFull ? undefined : cursor.since)
  const fresh = rows.filter(({ id }) => !known.has(id))
  // A full list forgets orders that were deleted since, so that the cursor does not grow for ever.
  const told = isFull ? rows.map(({ id }) => id) : [...known, ...fresh.map(({ id }) => id)]
  const fullAt = isFull ? now : cursor.fullAt
  const next: ErasureCursor = { v: 1, since: now - overlapMs, known: idSetText(told), fullAt }
  const entries = fresh.map(({ id, at }) => ({
    userId: guestId(parts.shopId, id),
    orderIds: [String(id)],
    requestedAt: at ?? now,
  }))
  return { kind: 'page', entries, refused: [], cursor: cursorText(next), hasMore: false }
}

async function readErased(parts: ErasureParts, since: number | undefined) {
  const window = since === undefined ? {} : { modified_after: gmtText(since), dates_are_gmt: 'true' }
  const query = { search: erasedEmail, status: 'any', _fields: 'id,status,date_modified_gmt,billing', ...window }
  const rows = await parts.lists.readAll({ path, query })
  return rows.flatMap((row) => {
    const wire = shapedAnswer(parts.host, path, { json: row, schema: wireOpenOrder })
    // A search is a search: only the address itself counts.
    if (!isErased(wire)) return []
    return [{ id: wire.id, at: wire.date_modified_gmt === undefined ? undefined : gmtAt(wire.date_modified_gmt) }]
  })
}

function isErased(order: { readonly [field: string]: unknown }): boolean {
  const billing = order['billing']
  return typeof billing === 'object' && billing !== null && 'email' in billing && billing.email === erasedEmail
}
