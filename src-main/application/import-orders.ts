import { canonicalJson } from '../kernel/json.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Order } from '../domain/order.ts'
import type { ImportedOrders } from '../ports/store/order-store.ts'
import type { RefusedEntry, StorefrontOrder } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { fulfil } from './fulfil.ts'
import { ownWordOf } from './own-word.ts'
import { questionOf } from './storefront-question.ts'
import { contentOf, takeOrder, untouched, type OrderPage, type Taken } from './take-order.ts'
import { heardOfGone, heardWhileInWork } from './heard-of-order.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder'>

/** What a pull brought, for the manager. */
export interface IntakeCounts {
  readonly read: number
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: readonly RefusedEntry[]
}

export const nothingRead: IntakeCounts = { read: 0, new: 0, changed: 0, unchanged: 0, refused: [] }

export const addCounts = (a: IntakeCounts, b: IntakeCounts): IntakeCounts => ({
  read: a.read + b.read,
  new: a.new + b.new,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  refused: [...a.refused, ...b.refused],
})

export interface OrdersRead extends OrderPage {
  /** Ids that the storefront knows no more. */
  readonly gone?: readonly string[] | undefined
  /** So many are gone at once that the host may be wrong: the manager is asked before anything is cancelled. */
  readonly isMassLoss?: boolean | undefined
}

/**
 * Takes in what a storefront said of orders, from its feed or asked by name; cursor and rows in one transaction. The
 * same again changes nothing. An order that nobody has touched becomes what the storefront says; one in work stays as
 * it is, and what differs becomes a question to the manager. Personal data is sealed before it meets the store.
 * Throws ERR_SHOP_KEY_MISSING.
 */
export async function importOrders(deps: Deps, caller: Caller, page: OrdersRead): Promise<IntakeCounts> {
  const newest = [...new Map(page.entries.map((entry) => [entry.id, entry])).values()]
  const gone = page.gone ?? []
  const known = await deps.store.findImported(page.connection.id, [...newest.map((entry) => entry.id), ...gone])
  const knownById = new Map(known.map((order) => [order.externalId, order]))
  const skus = [...new Set(newest.flatMap((entry) => entry.lines.map((line) => line.sku)))]
  const productBySku = new Map((await deps.store.loadProducts(skus)).map((product) => [product.sku, product]))
  const taken: Taken[] = []
  for (const entry of newest) {
    const one = await hear(deps, { entry, page, productBySku, before: knownById.get(entry.id) })
    if (one) taken.push(one)
  }
  for (const id of gone) {
    const before = knownById.get(id)
    const one = before && heardOfGone(deps, before, { isMassLoss: page.isMassLoss === true })
    if (one) taken.push(one)
  }
  if (taken.length > 0 || page.cursor !== undefined) await save(deps, caller, page, taken)
  const count = (kind: Taken['kind']): number => taken.filter((one) => one.kind === kind).length
  return {
    read: page.entries.length + gone.length + page.refused.length,
    new: count('new'),
    changed: count('changed'),
    unchanged: page.entries.length + gone.length - count('new') - count('changed'),
    refused: page.refused,
  }
}

interface Hearing {
  readonly entry: StorefrontOrder
  readonly page: OrdersRead
  readonly productBySku: ReadonlyMap<string, Product>
  readonly before: Order | undefined
}

/** What follows from one order as the storefront tells it; undefined = nothing new. */
async function hear(deps: Deps, hearing: Hearing): Promise<Taken | undefined> {
  const { entry, before } = hearing
  // Hashed first: the vault's normalising would take a mended accent or hyphen for no change; keyed, because a plain
  // hash of a name and a street can be guessed.
  const contentHash = deps.vault.token('word', deps.system.hasher.sha256(canonicalJson(contentOf(entry))))
  const hasEnded = entry.status === 'cancelled' || entry.status === 'completed'
  // What ended before we first heard of it is none of our work.
  if (!before) return hasEnded ? undefined : takeOrder(deps, { ...hearing, contentHash })
  const isSame = before.contentHash === contentHash && before.said?.status === entry.status
  const isUntouched = untouched.has(before.status)
  // Set aside from a wave while a question was open: now the storefront's word is simply taken.
  if (isSame && !(isUntouched && questionOf(before) !== undefined))
    return before.said?.changedAt === entry.changedAt ? undefined : quietly(before, { entry, contentHash })
  if (!isUntouched && before.status !== 'cancelled') return heardWhileInWork(deps, before, { entry, contentHash })
  if (before.status === 'cancelled' && (hasEnded || !wasEndedThere(before)))
    return quietly(before, { entry, contentHash })
  const own = isUntouched && before.status === 'received' && entry.status === 'open' ? undefined : await ownWordOf(deps.store, before) // prettier-ignore
  const isEcho = entry.status === 'on-hold' && own?.mayBe('on-hold') === true
  const mustBeToldBack = own !== undefined && (own.mayBe('on-hold') || own.mayBe('cancelled'))
  if (isEcho && before.contentHash === contentHash) return undefined
  const taken = await takeOrder(deps, { ...hearing, contentHash, isEcho, mustBeToldBack })
  // An echo is not the storefront's own word: it is listened for again once we have said something else.
  return isEcho ? { ...taken, order: { ...taken.order, said: before.said } } : taken
}

/** Only what the storefront itself has ended can be brought back to life by it. */
const wasEndedThere = ({ said }: Order): boolean =>
  said?.status === 'cancelled' || said?.status === 'gone' || said?.status === 'completed'

const quietly = (before: Order, heard: { entry: StorefrontOrder; contentHash: string }): Taken => ({
  order: {
    ...before,
    // Cancelled on both sides: there is nothing left to ask.
    holds: before.status === 'cancelled' && heard.entry.status !== 'open' ? [] : before.holds,
    contentHash: heard.contentHash,
    said: { status: heard.entry.status, changedAt: heard.entry.changedAt },
  },
  happenings: [],
  kind: 'unchanged',
  isToldBack: false,
})

// eslint-disable-next-line max-params -- what was read and what follows from it
async function save(deps: Deps, caller: Caller, page: OrdersRead, taken: readonly Taken[]): Promise<void> {
  const done = await fulfil(deps, caller, {
    orders: taken.map((one) => one.order),
    parcels: [],
    happenings: taken.flatMap((one) => one.happenings),
    undoMs: page.settings.undoMs,
  })
  // fulfil derives an order's progress from its parcels; here the parcels are not loaded, so planned orders keep theirs.
  const takenById = new Map(taken.map((one) => [one.order.id, one]))
  const batch: ImportedOrders = {
    connectionId: page.connection.id,
    orderCursor: page.cursor,
    orders: done.orders.map((order) => ({ ...order, ...progressOf(takenById.get(order.id)?.order ?? order) })),
    users: taken.flatMap((one) => one.user ?? []),
    events: done.events,
    // The storefront knows what it has said itself; only what it cannot know is told.
    reports: done.reports.filter(
      ({ payload }) => payload.kind === 'report' && takenById.get(payload.report.orderId)?.isToldBack === true,
    ),
    searchTokens: taken.flatMap(({ order, tokens }) => (tokens ? [{ orderId: order.id, tokens }] : [])),
    audit: auditEntry(deps.system, caller, {
      action: 'import-orders',
      entity: 'storefront',
      entityId: page.connection.id,
      facts: { read: page.entries.length, taken: taken.length },
    }),
  }
  await deps.store.upsertImportedOrders(batch)
}

const progressOf = ({ status, isPartly }: Order): Pick<Order, 'status' | 'isPartly'> => ({ status, isPartly })
