import { AppError } from '../kernel/errors.ts'
import type { Settings } from '../domain/settings.ts'
import type { Connection } from '../ports/store/order-store.ts'
import { importOrders } from './import-orders.ts'
import { isOnline } from './is-online.ts'
import { sellableAt } from './push-stock.ts'
import { readFeed } from './read-feed.ts'
import { notesOf } from './sync-round.ts'
import { inTurn, talkAlone, toldOf } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder' | 'storefrontFor'>

/** A customer stands at the counter: a storefront that is slower than this is not waited for. */
const patienceMs = 3_000
/** Each try that is lost means that somebody there has just bought a piece. */
const mostTries = 12

/** Pieces by SKU. */
type Wants = ReadonlyMap<string, number>

/**
 * Takes pieces off sale at every storefront before they are promised here, so that nobody else can buy the last one at
 * the same moment; then `promise` runs in its turn, while the storefronts' levels stay as they are. Orders that came in
 * at that very moment are read first. A storefront that does not answer in time is passed over: the piece in somebody's
 * hand counts more than the one on a screen. `promise` may run twice and must find out by itself.
 */
export async function claimPieces<Value>(
  deps: Deps,
  caller: Caller,
  claim: { readonly wants: Wants; readonly promise: () => Promise<Value> },
): Promise<Value> {
  const now = deps.system.clock.now()
  const settings = await deps.store.findSettings()
  const connections = (await deps.store.loadConnections()).filter(
    (connection) =>
      isOnline(connection) && connection.lastSyncAt !== undefined && (notesOf(connection).failure?.retryAt ?? 0) <= now,
  )
  const promised = (): Promise<Value> => inTurn(caller, claim.promise)
  if (!settings || !caller.traffic || connections.length === 0) return promised()
  /** In the order of their ids, as everybody who talks with several at once. */
  const claimFrom = (index: number): Promise<Value> => {
    const connection = connections[index]
    if (!connection) return promised()
    return talkAlone(caller, connection.id, async () => {
      await lower(deps, caller, { connection, settings, wants: claim.wants })
      return claimFrom(index + 1)
    })
  }
  const done = await caller.traffic.atMost(patienceMs, async () => ({ value: await claimFrom(0) }))
  return done ? done.value : promised()
}

interface Lowering {
  readonly connection: Connection
  readonly settings: Settings
  readonly wants: Wants
}

/** Sets each level to what is left once the wanted pieces are gone, if it still is what we think. Never throws what the world does. */
async function lower(deps: Deps, caller: Caller, { connection, settings, wants }: Lowering): Promise<void> {
  const storefront = deps.storefrontFor(connection)
  const told = toldOf(caller, connection.id)
  let present = new Map<string, number>()
  let open: readonly string[] = [...wants.keys()]
  try {
    for (let time = 0; time < mostTries && open.length > 0; time++) {
      const sellable = await sellableAt(deps, connection.id)
      const levels = open.map((sku) => {
        const free = sellable.get(sku) ?? 0
        return { sku, quantity: Math.max(0, free - (wants.get(sku) ?? 0)), expected: present.get(sku) ?? free }
      })
      const answers = await storefront.pushStock(levels)
      levels.forEach(({ sku, quantity }, index) => {
        if (answers[index]?.outcome === 'set') told.stock?.set(sku, quantity)
        else told.stock?.delete(sku)
      })
      const conflicts = answers.flatMap((answer) => (answer.outcome === 'conflict' ? [answer] : []))
      open = conflicts.map(({ sku }) => sku)
      present = new Map(conflicts.map((answer) => [answer.sku, answer.present]))
      if (conflicts.length === 0) return
      await readFeed(
        { deps, caller, connectionId: connection.id, cursorKey: 'orderCursor', pull: (cursor) => storefront.pullOrders(cursor) }, // prettier-ignore
        async (page) => void (await importOrders(deps, caller, { connection, settings, ...page })),
      )
    }
  } catch (cause) {
    if (!(cause instanceof AppError) || !cause.code.startsWith('ERR_STOREFRONT_')) throw cause
  }
}
