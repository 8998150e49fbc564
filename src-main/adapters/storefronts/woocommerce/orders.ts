import type { Clock } from '../../../kernel/time.ts'
import type {
  OpenOrder,
  OrdersNow,
  Pull,
  PullOptions,
  RefusedEntry,
  StorefrontOrder,
} from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import { cursorText, readOrderCursor, type OrderCursor } from './cursors.ts'
import { windowMetaKeys } from './delivery-wishes.ts'
import { idLists, listStart, movedOn, type IdLists, type ListRequest, type ListSlice } from './id-list.ts'
import { languageMetaKeys } from './language.ts'
import { readOrders, type OrderReaderParts } from './read-orders.ts'
import { stateKey } from './report-state.ts'
import { gmtAt, gmtText, orderFields, wireOpenOrder } from './wire.ts'

const path = 'wc/v3/orders'

/** Changes that were under way while the first page was answered, and clocks of several machines behind one name. */
const overlapMs = 120_000
/** How far back to go where a host says no time at all and ours has to do. */
const withoutHostClockMs = 15 * 60_000

export interface OrderFeedParts extends OrderReaderParts {
  readonly lists: IdLists
  readonly clock: Clock
}

/** Versions that know the parameter send only these fields of plugins; others send all, and the rest is not read. */
const metaWanted = [stateKey, ...languageMetaKeys, ...windowMetaKeys, '_anonymized'].join(',')
const bodies = { _fields: orderFields, include_meta: metaWanted }

/**
 * The change feed. Its clock is the host's: the first answer of a window says when it was, and the next window begins
 * 120 s before that. Without a cursor only orders that somebody waits for are read: what was sent before us is nobody's
 * business here. After that every change of every order comes, the bin and plugins' statuses in a list of their own.
 */
export async function pullOrders(
  parts: OrderFeedParts,
  text: string | undefined,
  options: PullOptions,
): Promise<Pull<StorefrontOrder>> {
  const start: OrderCursor = { v: 1, list: 0, ...listStart }
  const stored = text === undefined ? start : readOrderCursor(text)
  if (!stored) return { kind: 'cursor-expired' }
  const lists = options.limit === undefined ? parts.lists : idLists(parts.host, options.limit)
  let cursor: OrderCursor = stored
  for (;;) {
    const statuses = await statusesOf(parts, cursor)
    const slice = await lists.read(requestOf(cursor, statuses[cursor.list] ?? 'any'), cursor)
    const { orders, refused } = await readOrders(parts, slice.rows)
    const next = cursorAfter(parts, { cursor, slice, listCount: statuses.length })
    const isRoundDone = next.until === undefined
    if (orders.length > 0 || refused.length > 0 || isRoundDone) {
      return { kind: 'page', entries: orders, refused, cursor: cursorText(next), hasMore: !isRoundDone }
    }
    cursor = next
  }
}

async function statusesOf({ statuses }: OrderFeedParts, { since }: OrderCursor): Promise<readonly string[]> {
  if (since === undefined) return [(await statuses.openStatuses()).join(',')]
  return ['any', (await statuses.besidesAny()).join(',')]
}

function requestOf({ since }: OrderCursor, status: string): ListRequest {
  const window = since === undefined ? {} : { modified_after: gmtText(since), dates_are_gmt: 'true' }
  return { path, query: { ...bodies, ...window, status } }
}

interface Step {
  readonly cursor: OrderCursor
  readonly slice: ListSlice
  readonly listCount: number
}

function cursorAfter(parts: OrderFeedParts, { cursor, slice, listCount }: Step): OrderCursor {
  const until = cursor.until ?? slice.hostNow ?? parts.clock.now() - withoutHostClockMs
  if (!slice.isDone) return { ...cursor, until, ...movedOn(parts.host, path, { from: cursor, slice }) }
  if (cursor.list + 1 < listCount) return { ...cursor, until, list: cursor.list + 1, ...listStart }
  return { v: 1, since: until - overlapMs, list: 0, ...listStart }
}

const idsPerCall = 100

/** Reads orders by their ids, the bin too. Ids that are none, drafts, and orders with nothing to send are missing. */
export async function getOrders(parts: OrderFeedParts, ids: readonly string[]): Promise<OrdersNow> {
  const found: StorefrontOrder[] = []
  const refused: RefusedEntry[] = []
  const wanted = [...new Set(ids)].filter((id) => /^[1-9]\d{0,15}$/.test(id))
  for (let start = 0; start < wanted.length; start += idsPerCall) {
    const include = wanted.slice(start, start + idsPerCall)
    const listed = await readListed(parts, include, 'any')
    const unlisted = include.filter((id) => !listed.some((row) => String(row.id) === id))
    const elsewhere = unlisted.length === 0 ? [] : await readListed(parts, unlisted, (await parts.statuses.besidesAny()).join(',')) // prettier-ignore
    const read = await readOrders(parts, [...listed, ...elsewhere])
    found.push(...read.orders)
    refused.push(...read.refused)
  }
  const told = new Set([...found.map(({ id }) => id), ...refused.map(({ id }) => id)])
  return { found, missing: [...new Set(ids)].filter((id) => !told.has(id)), refused }
}

const readListed = ({ lists }: OrderFeedParts, ids: readonly string[], status: string) =>
  lists.readAll({ path, query: { ...bodies, include: ids.join(','), status } })

/** Id, status and date of every order somebody waits for. Orders of downloads are among them: only a body tells. */
export async function listOpenIds(parts: OrderFeedParts): Promise<readonly OpenOrder[]> {
  const status = (await parts.statuses.openStatuses()).join(',')
  const rows = await parts.lists.readAll({ path, query: { _fields: 'id,status,date_modified_gmt', status } })
  return rows.flatMap((row) => {
    const wire = shapedAnswer(parts.host, path, { json: row, schema: wireOpenOrder })
    const meaning = parts.statuses.meaningOf(wire.status)
    if (meaning === 'ignored') return []
    const changedAt = wire.date_modified_gmt === undefined ? 0 : gmtAt(wire.date_modified_gmt)
    return [{ id: String(wire.id), status: meaning, changedAt }]
  })
}
