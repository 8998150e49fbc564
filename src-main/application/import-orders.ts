import { canonicalJson } from '../kernel/json.ts'
import type { Order } from '../domain/order.ts'
import type { ImportedOrders } from '../ports/store/order-store.ts'
import type { RefusedEntry } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { fulfil } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'
import { contentOf, isAgreed, takeOrder, type OrderPage, type Taken } from './take-order.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

/** What a pull brought, for the manager. */
export interface IntakeCounts {
  readonly read: number
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: readonly RefusedEntry[]
}

/**
 * Takes one page of a storefront's order feed in, cursor and rows in one transaction. The same page again changes
 * nothing. Personal data is sealed before it meets the store. Throws ERR_SHOP_KEY_MISSING.
 */
export async function importOrders(deps: Deps, caller: Caller, page: OrderPage): Promise<IntakeCounts> {
  const { connection, settings } = page
  const newest = [...new Map(page.entries.map((entry) => [entry.id, entry])).values()]
  const known = new Map(
    (
      await deps.store.findImported(
        connection.id,
        newest.map((entry) => entry.id),
      )
    ).map((order) => [order.externalId, order]),
  )
  const products = await deps.store.loadProducts([
    ...new Set(newest.flatMap((entry) => entry.lines.map((line) => line.sku))),
  ])
  const productBySku = new Map(products.map((product) => [product.sku, product]))
  const taken: Taken[] = []
  for (const entry of newest) {
    const before = known.get(entry.id)
    // Hashed first: the vault's normalising would take a mended accent or hyphen for no change; keyed, because a plain
    // hash of a name and a street can be guessed.
    const contentHash = deps.vault.token('word', deps.system.hasher.sha256(canonicalJson(contentOf(entry))))
    if (before?.contentHash === contentHash && isAgreed(before, entry.status)) continue
    taken.push(await takeOrder(deps, { entry, before, contentHash, page, productBySku }))
  }
  const done = await fulfil(deps, caller, {
    orders: taken.map((one) => one.order),
    parcels: [],
    happenings: taken.flatMap((one) => one.happenings),
    undoMs: settings.undoMs,
  })
  // fulfil derives an order's progress from its parcels; here the parcels are not loaded, so planned orders keep theirs.
  const takenById = new Map(taken.map((one) => [one.order.id, one.order]))
  const batch: ImportedOrders = {
    connectionId: connection.id,
    orderCursor: page.cursor,
    orders: done.orders.map((order) => ({ ...order, ...progressOf(takenById.get(order.id) ?? order) })),
    users: taken.map((one) => one.user),
    events: done.events,
    // The storefront knows that it has received its own order; only what it cannot know is told.
    reports: done.reports.filter(
      (message) => message.payload.kind === 'report' && message.payload.report.kind === 'on-hold',
    ),
    searchTokens: taken.map((one) => ({ orderId: one.order.id, tokens: one.tokens })),
    audit: auditEntry(deps.system, caller, {
      action: 'import-orders',
      entity: 'storefront',
      entityId: connection.id,
      facts: { read: page.entries.length, taken: taken.length },
    }),
  }
  await deps.store.upsertImportedOrders(batch)
  const fresh = taken.filter((one) => one.isNew).length
  return {
    read: page.entries.length + page.refused.length,
    new: fresh,
    changed: taken.length - fresh,
    unchanged: page.entries.length - taken.length,
    refused: page.refused,
  }
}

const progressOf = ({ status, isPartly }: Order): Pick<Order, 'status' | 'isPartly'> => ({ status, isPartly })
