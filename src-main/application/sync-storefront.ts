import { AppError } from '../kernel/errors.ts'
import { zonedTime } from '../kernel/time.ts'
import type { Settings } from '../domain/settings.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { RefusedEntry, Storefront } from '../ports/storefront.ts'
import { eraseCustomer, eraseEnded } from './erase-person.ts'
import { addCounts, importOrders, nothingRead, type IntakeCounts } from './import-orders.ts'
import { importProducts } from './import-products.ts'
import { isOnline } from './is-online.ts'
import { packagingRules } from './packaging-rules.ts'
import { pushStock, type StockCounts } from './push-stock.ts'
import { changeConnection, getConnection, readFeed } from './read-feed.ts'
import { reconcileOrders, type Reconciled } from './reconcile-orders.ts'
import { reportToStorefront, type ReportCounts } from './report-status.ts'
import { sendManifests } from './send-manifests.ts'
import { movedIn } from './sync-log.ts'
import { noteTalk } from './note-talk.ts'
import { failedRound, goodRound, notesOf, notesText, type RoundFailure } from './sync-round.ts'
import { inTurn, talkAlone, toldOf } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface SyncCounts {
  readonly connectionId: string
  readonly orders: IntakeCounts
  /** Absent in a round in which nothing was compared. */
  readonly reconciled?: Reconciled | undefined
  readonly products: { readonly read: number; readonly refused: readonly RefusedEntry[] }
  readonly erased: number
  readonly stock: StockCounts
  readonly reports: ReportCounts
  /** Why the round broke off; what was read before stays. */
  readonly failure?: RoundFailure | undefined
}

export interface SyncOptions {
  /** A person asks: compare and read everything, whatever is due, and try a host that is being left alone. */
  readonly isAsked: boolean
}

type Deps = Pick<
  Workshop,
  'store' | 'vault' | 'system' | 'geocoder' | 'storefrontFor' | 'files' | 'couriers' | 'manifests'
>

const hourMs = 3_600_000
const reconcileEveryMs = hourMs
/** Every open order is read whole once a night, in the small hours of the shop, or after a day at the latest. */
const rereadAfterMs = 20 * hourMs
const rereadAtLatestMs = 26 * hourMs
const smallHours = 5 * 3600
/** So few that reading them all again costs less than wondering. */
const fewOpenOrders = 100

/**
 * One round with every connected storefront, side by side, so that a slow one holds up nobody else: orders in first
 * (nothing else is as urgent), then reports out, erasures in, stock and packaging rules out. Each page is stored with
 * its cursor, so a round that breaks goes on where it stopped. What went wrong is kept on the connection. Throws
 * ERR_STOREFRONT_NOT_FOUND when none is connected, and what the storefront port throws when every one of them fails.
 */
export async function syncStorefronts(
  deps: Deps,
  caller: Caller,
  options: SyncOptions = { isAsked: true },
): Promise<readonly SyncCounts[]> {
  const connections = (await deps.store.loadConnections()).filter(isOnline)
  if (connections.length === 0) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connected: 0 })
  const now = deps.system.clock.now()
  const isDue = (connection: Connection): boolean =>
    options.isAsked || (notesOf(connection).failure?.retryAt ?? 0) <= now
  const rounds = await Promise.allSettled(
    connections.filter(isDue).map(({ id }) => talkAlone(caller, id, () => round(deps, caller, id, options))),
  )
  await sendManifests(deps, caller)
  const done = rounds.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const broken = rounds.find((one) => one.status === 'rejected')
  if (broken) throw broken.reason
  const failed = done.find(({ counts }) => counts.failure !== undefined)
  if (failed?.cause && done.every(({ counts }) => counts.failure !== undefined)) throw failed.cause
  return done.map(({ counts }) => counts)
}

interface Round {
  readonly connection: Connection
  readonly settings: Settings
  readonly storefront: Storefront
  readonly isAsked: boolean
}

interface RoundResult {
  readonly counts: SyncCounts
  readonly cause?: AppError | undefined
}

/** Never throws what the world does; bugs and cancelling it does. */
// eslint-disable-next-line max-params -- whom to ask, for whom, and how much
async function round(deps: Deps, caller: Caller, connectionId: string, options: SyncOptions): Promise<RoundResult> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const connection = await getConnection(deps, connectionId)
  const counts: Mutable<SyncCounts> = {
    connectionId,
    orders: nothingRead,
    products: { read: 0, refused: [] },
    erased: 0,
    stock: { set: 0, conflicts: 0, changed: 0 },
    reports: { sent: 0, waiting: 0, refused: 0 },
  }
  try {
    const storefront = deps.storefrontFor(connection)
    await talk(deps, caller, { connection, settings, storefront, isAsked: options.isAsked }, counts)
  } catch (cause) {
    if (!(cause instanceof AppError) || !cause.code.startsWith('ERR_STOREFRONT_')) throw cause
    const notes = failedRound(deps.system, notesOf(await getConnection(deps, connectionId)), {
      cause,
      moved: movedIn(counts),
    })
    await inTurn(caller, () => changeConnection(deps, caller, { connectionId, change: { lastSyncSummary: notesText(notes) } })) // prettier-ignore
    return { counts: { ...counts, failure: notes.failure }, cause }
  }
  const at = deps.system.clock.now()
  const { orders, reconciled } = counts
  const before = notesOf(await getConnection(deps, connectionId))
  const notes = goodRound(before, { at, orders, reconciled, moved: movedIn(counts) })
  await inTurn(caller, () =>
    changeConnection(deps, caller, {
      connectionId,
      change: {
        lastSyncAt: at,
        lastSyncSummary: notesText(notes),
        ...(reconciled ? { lastReconciledAt: at } : {}),
        ...(reconciled?.isFull ? { lastRereadAt: at } : {}),
      },
    }),
  )
  return { counts }
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** The talk itself, its numbers written down as they come, so that a round that breaks says how far it got. */
// eslint-disable-next-line max-params -- the round and where its numbers go
async function talk(deps: Deps, caller: Caller, side: Round, counts: Mutable<SyncCounts>): Promise<void> {
  const { connection, storefront } = side
  // Products before orders: an order may name one that is new. A feed of theirs that breaks must not keep orders back.
  const products = await kept(() => importProducts(deps, caller, side))
  if (products.value) counts.products = products.value
  counts.orders = await pullOrders(deps, caller, side)
  const reconciling = howToReconcile(deps, side, counts.orders)
  if (reconciling) counts.reconciled = await reconcileOrders(deps, caller, { ...side, ...reconciling })
  counts.reports = await reportToStorefront(deps, caller, { connection, storefront })
  counts.erased = await pullErasures(deps, caller, side)
  await publishRules(deps, caller, side)
  counts.stock = await pushStockTo(deps, caller, { ...side, isFull: reconciling !== undefined }, counts)
  if (products.cause) throw products.cause
}

/** What the host answers badly is thrown later; a host that is not there at all ends the talk. */
async function kept<Value>(work: () => Promise<Value>): Promise<{ value?: Value; cause?: AppError }> {
  try {
    return { value: await work() }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'ERR_STOREFRONT_ANSWER') return { cause }
    throw cause
  }
}

async function pullOrders(deps: Deps, caller: Caller, side: Round): Promise<IntakeCounts> {
  const { connection, settings, storefront } = side
  let total = nothingRead
  await readFeed(
    { deps, caller, connectionId: connection.id, cursorKey: 'orderCursor', pull: (cursor) => storefront.pullOrders(cursor) }, // prettier-ignore
    async (page) => {
      total = addCounts(total, await importOrders(deps, caller, { connection, settings, ...page }))
      caller.watch.report({ step: 'import-orders', done: total.read, total: 0 })
    },
  )
  return total
}

/** Undefined while nothing is due. */
function howToReconcile(
  { system }: Pick<Deps, 'system'>,
  { connection, settings, isAsked }: Round,
  delta: IntakeCounts,
): { isFull: boolean } | undefined {
  if (isAsked) return { isFull: true }
  const now = system.clock.now()
  const reread = now - (connection.lastRereadAt ?? 0)
  const isNight = zonedTime(now, settings.shop.zone).secondOfDay < smallHours
  if (reread >= rereadAtLatestMs || (isNight && reread >= rereadAfterMs)) return { isFull: true }
  if (now - (connection.lastReconciledAt ?? 0) < reconcileEveryMs) return undefined
  const wasQuiet = delta.new + delta.changed === 0
  return { isFull: wasQuiet && (notesOf(connection).reconciled?.compared ?? Infinity) <= fewOpenOrders }
}

async function pullErasures(deps: Deps, caller: Caller, { connection, storefront }: Round): Promise<number> {
  let erased = 0
  await readFeed(
    { deps, caller, connectionId: connection.id, cursorKey: 'erasureCursor', pull: (cursor) => storefront.pullErasures(cursor) }, // prettier-ignore
    async (page) => {
      for (const erasure of page.entries) {
        await eraseCustomer(deps, caller, { connectionId: connection.id, ...erasure })
        erased += 1
      }
      await changeConnection(deps, caller, { connectionId: connection.id, change: { erasureCursor: page.cursor } })
    },
  )
  await inTurn(caller, () => eraseEnded(deps, caller))
  return erased
}

async function publishRules(deps: Deps, caller: Caller, { connection, storefront, isAsked }: Round): Promise<void> {
  const rules = await packagingRules(deps)
  const told = toldOf(caller, connection.id)
  // Without cartons nothing can be said about parcels, and a storefront takes no empty list.
  if (rules.cartons.length === 0 || (!isAsked && told.rulesVersion === rules.version)) return
  await storefront.publishPackagingRules(rules)
  told.rulesVersion = rules.version
}

// eslint-disable-next-line max-params -- the round and where its numbers go
async function pushStockTo(
  deps: Deps,
  caller: Caller,
  side: Round & { readonly isFull: boolean },
  counts: Mutable<Pick<SyncCounts, 'orders'>>,
): Promise<SyncCounts['stock']> {
  return pushStock(deps, {
    connectionId: side.connection.id,
    storefront: side.storefront,
    told: toldOf(caller, side.connection.id),
    isFull: side.isFull,
    pullOrders: async () => {
      counts.orders = addCounts(counts.orders, await pullOrders(deps, caller, side))
    },
  })
}

/**
 * Tells every storefront what is sellable now, and nothing else: for the minute after something has moved on a shelf.
 * A storefront that does not answer hears it in its next round.
 */
export async function pushStockLevels(deps: Deps, caller: Caller): Promise<SyncCounts['stock']> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const now = deps.system.clock.now()
  const connections = (await deps.store.loadConnections())
    .filter(isOnline)
    .filter((connection) => (notesOf(connection).failure?.retryAt ?? 0) <= now)
  const done = await Promise.allSettled(
    connections.map(({ id }) =>
      talkAlone(caller, id, async () => {
        const connection = await getConnection(deps, id)
        const side = { connection, settings, storefront: deps.storefrontFor(connection), isAsked: false, isFull: false }
        const counts: Mutable<Pick<SyncCounts, 'orders'>> = { orders: nothingRead }
        const stock = await pushStockTo(deps, caller, side, counts)
        await noteTalk(deps, caller, {
          connectionId: id,
          moved: { stock: stock.changed, newOrders: counts.orders.new, changedOrders: counts.orders.changed },
        })
        return stock
      }),
    ),
  )
  const counts = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  return {
    set: counts.reduce((sum, { set }) => sum + set, 0),
    conflicts: counts.reduce((sum, { conflicts }) => sum + conflicts, 0),
    changed: counts.reduce((sum, { changed }) => sum + changed, 0),
  }
}
