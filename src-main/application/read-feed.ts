import { AppError } from '../kernel/errors.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { Pull } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { inTurn } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>
export type CursorKey = 'orderCursor' | 'productCursor' | 'erasureCursor'
export type PageOf<Entry> = Extract<Pull<Entry>, { kind: 'page' }>

/**
 * Reads a feed on from the stored cursor until it has no more: each page outside the turn, each page's writes in one.
 * An expired cursor starts over: reading twice is harmless. Throws ERR_CANCELLED between two pages.
 */
export async function readFeed<Entry>(
  from: {
    readonly deps: Deps
    readonly caller: Caller
    readonly connectionId: string
    readonly cursorKey: CursorKey
    readonly pull: (cursor: string | undefined) => Promise<Pull<Entry>>
  },
  take: (page: PageOf<Entry>) => Promise<void>,
): Promise<void> {
  // Read again each time: a feed may be read twice in one round.
  let cursor = (await getConnection(from.deps, from.connectionId))[from.cursorKey]
  const asked = new Set<string | undefined>()
  for (;;) {
    if (from.caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    // A feed that leads in a circle would be read for ever.
    if (asked.has(cursor)) throw new AppError('ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', path: from.cursorKey })
    asked.add(cursor)
    const page = await from.pull(cursor)
    if (page.kind === 'cursor-expired') {
      if (cursor === undefined)
        throw new AppError('ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', path: from.cursorKey })
      cursor = undefined
      continue
    }
    // A quiet feed is no reason to write.
    if (page.entries.length > 0 || page.refused.length > 0 || page.cursor !== cursor)
      await inTurn(from.caller, () => take(page))
    cursor = page.cursor
    if (!page.hasMore) return
  }
}

/** Reads the connection again before changing it: intake moves its order cursor in a transaction of its own. Call in a turn. */
export async function changeConnection(
  deps: Deps,
  caller: Caller,
  input: { readonly connectionId: string; readonly change: Partial<Connection> },
): Promise<void> {
  const connection = await getConnection(deps, input.connectionId)
  await deps.store.saveConnection(
    { ...connection, ...input.change },
    auditEntry(deps.system, caller, { action: 'sync', entity: 'storefront', entityId: connection.id }),
  )
}

export async function getConnection(deps: Pick<Deps, 'store'>, id: string): Promise<Connection> {
  const connection = (await deps.store.loadConnections()).find((candidate) => candidate.id === id)
  if (!connection) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: id })
  return connection
}
