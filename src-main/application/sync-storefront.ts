import { AppError } from '../kernel/errors.ts'
import { canonicalJson } from '../kernel/json.ts'
import { isCounter } from '../domain/counter.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { ProductChange, Pull, RefusedEntry, Storefront } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { importOrders, type IntakeCounts } from './import-orders.ts'
import { mergeStorefrontProduct } from './merge-product.ts'
import { packagingRules } from './packaging-rules.ts'
import { erasePerson } from './erase-person.ts'
import { pushStock } from './push-stock.ts'
import { reportStatus, type ReportCounts } from './report-status.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface SyncCounts {
  readonly connectionId: string
  readonly orders: IntakeCounts
  readonly products: { readonly read: number; readonly refused: readonly RefusedEntry[] }
  readonly erased: number
  readonly stock: { readonly set: number; readonly conflicts: number }
  readonly reports: ReportCounts
}

type Deps = Pick<
  Workshop,
  'store' | 'vault' | 'system' | 'geocoder' | 'storefrontFor' | 'files' | 'couriers' | 'manifests'
>

/**
 * One round with every connected storefront: orders in first (nothing else is as urgent), then reports out, products
 * and erasures in, stock and packaging rules out. Each page is stored with its cursor, so a round that breaks goes on
 * where it stopped. Throws what the storefront port throws; what was read before stays.
 */
export async function syncStorefronts(deps: Deps, caller: Caller): Promise<readonly SyncCounts[]> {
  const connections = (await deps.store.loadConnections()).filter((connection) => !isCounter(connection))
  if (connections.length === 0) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connected: 0 })
  const all: SyncCounts[] = []
  for (const connection of connections) all.push(await syncOne(deps, caller, connection))
  return all
}

async function syncOne(deps: Deps, caller: Caller, connection: Connection): Promise<SyncCounts> {
  const storefront = deps.storefrontFor(connection)
  const products = await pullProducts(deps, caller, { connection, storefront })
  const first = await pullOrders(deps, caller, { connection, storefront })
  const reports = await reportStatus(deps, caller)
  const erased = await pullErasures(deps, caller, { connection, storefront })
  const rules = await packagingRules(deps)
  // Without cartons nothing can be said about parcels, and a storefront takes no empty list.
  if (rules.cartons.length > 0) await storefront.publishPackagingRules(rules)
  const late: IntakeCounts[] = []
  const stock = await pushStock(deps, storefront, async () => {
    late.push(await pullOrders(deps, caller, { connection, storefront }))
  })
  const orders = [first, ...late].reduce(addCounts)
  const summary = {
    at: deps.system.clock.now(),
    read: orders.read,
    new: orders.new,
    changed: orders.changed,
    refused: orders.refused.length,
  }
  await saveConnection(deps, caller, {
    connectionId: connection.id,
    change: { lastSyncAt: summary.at, lastSyncSummary: canonicalJson(summary) },
  })
  return { connectionId: connection.id, orders, products, erased, stock, reports }
}

const addCounts = (a: IntakeCounts, b: IntakeCounts): IntakeCounts => ({
  read: a.read + b.read,
  new: a.new + b.new,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  refused: [...a.refused, ...b.refused],
})

interface Side {
  readonly connection: Connection
  readonly storefront: Storefront
}

async function pullOrders(deps: Deps, caller: Caller, side: Side): Promise<IntakeCounts> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const total = { read: 0, new: 0, changed: 0, unchanged: 0, refused: [] as RefusedEntry[] }
  await eachPage(
    { deps, caller, side, cursorKey: 'orderCursor' },
    (cursor) => side.storefront.pullOrders(cursor),
    async (page) => {
      const counts = await importOrders(deps, caller, { connection: side.connection, settings, ...page })
      total.read += counts.read
      total.new += counts.new
      total.changed += counts.changed
      total.unchanged += counts.unchanged
      total.refused.push(...counts.refused)
      caller.watch.report({ step: 'import-orders', done: total.read, total: 0 })
    },
  )
  return total
}

async function pullProducts(deps: Deps, caller: Caller, side: Side): Promise<SyncCounts['products']> {
  let read = 0
  const refused: RefusedEntry[] = []
  await eachPage(
    { deps, caller, side, cursorKey: 'productCursor' },
    (cursor) => side.storefront.pullProducts(cursor),
    async (page) => {
      const skus = page.entries.flatMap((entry: ProductChange) => (entry.kind === 'product' ? [entry.product.sku] : []))
      const known = new Map((await deps.store.loadProducts(skus)).map((product) => [product.sku, product]))
      const merged = page.entries.flatMap((entry: ProductChange) =>
        entry.kind === 'product' ? [mergeStorefrontProduct(known.get(entry.product.sku), entry.product)] : [],
      )
      await deps.store.saveProducts(
        merged,
        [],
        auditEntry(deps.system, caller, {
          action: 'import-products',
          entity: 'storefront',
          entityId: side.connection.id,
          facts: { read: merged.length },
        }),
      )
      await saveConnection(deps, caller, { connectionId: side.connection.id, change: { productCursor: page.cursor } })
      read += page.entries.length
      refused.push(...page.refused)
    },
  )
  return { read, refused }
}

async function pullErasures(deps: Deps, caller: Caller, side: Side): Promise<number> {
  let erased = 0
  await eachPage(
    { deps, caller, side, cursorKey: 'erasureCursor' },
    (cursor) => side.storefront.pullErasures(cursor),
    async (page) => {
      for (const erasure of page.entries) {
        await erasePerson(deps, caller, erasure.userId)
        erased += 1
      }
      await saveConnection(deps, caller, { connectionId: side.connection.id, change: { erasureCursor: page.cursor } })
    },
  )
  return erased
}

type CursorKey = 'orderCursor' | 'productCursor' | 'erasureCursor'
type PageOf<Entry> = Extract<Pull<Entry>, { kind: 'page' }>

/** Reads on from the stored cursor until the feed has no more. An expired cursor starts over: reading twice is harmless. */
async function eachPage<Entry>(
  from: { deps: Deps; caller: Caller; side: Side; cursorKey: CursorKey },
  pull: (cursor: string | undefined) => Promise<Pull<Entry>>,
  take: (page: PageOf<Entry>) => Promise<void>,
): Promise<void> {
  // Read again each time: a feed may be read twice in one round.
  let cursor = (await getConnection(from.deps, from.side.connection.id))[from.cursorKey]
  const asked = new Set<string | undefined>()
  for (;;) {
    if (from.caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    // A feed that leads in a circle would be read for ever.
    if (asked.has(cursor)) throw new AppError('ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', path: from.cursorKey })
    asked.add(cursor)
    const page = await pull(cursor)
    if (page.kind === 'cursor-expired') {
      if (cursor === undefined)
        throw new AppError('ERR_STOREFRONT_ANSWER', { what: 'wrong-shape', path: from.cursorKey })
      cursor = undefined
      continue
    }
    await take(page)
    cursor = page.cursor
    if (!page.hasMore) return
  }
}

/** Reads the connection again before changing it: intake moves its order cursor in a transaction of its own. */
async function saveConnection(
  deps: Deps,
  caller: Caller,
  input: { connectionId: string; change: Partial<Connection> },
): Promise<void> {
  const connection = await getConnection(deps, input.connectionId)
  await deps.store.saveConnection(
    { ...connection, ...input.change },
    auditEntry(deps.system, caller, { action: 'sync', entity: 'storefront', entityId: connection.id }),
  )
}

async function getConnection(deps: Pick<Deps, 'store'>, id: string): Promise<Connection> {
  const connection = (await deps.store.loadConnections()).find((candidate) => candidate.id === id)
  if (!connection) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: id })
  return connection
}
